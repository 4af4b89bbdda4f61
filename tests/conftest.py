"""What tests of several parts share: hosts on loopback, faults included."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from replay import Replay, Route

Serve = Callable[..., Replay]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    with ExitStack() as stack:

        def start(files: Mapping[str, str | bytes], *routes: Route) -> Replay:
            for name, body in files.items():
                path = tmp_path / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(body.encode() if isinstance(body, str) else body)
            replay = stack.enter_context(Replay(tmp_path))
            replay.routes += routes
            return replay

        yield start
