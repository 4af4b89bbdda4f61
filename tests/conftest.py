"""What tests of several parts share: hosts on loopback, a small lexicon, both ways to look up."""

import gc
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from replay import Replay, Route

from tests.small import write_tables
from textcheck.data import data_dir
from textcheck.lexicon.lexicon import Lexicon
from textcheck.lexicon.load import load_lexicon
from textcheck.text import native

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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of tables to be damaged."""
    return write_tables(tmp_path / "lexicons")


@pytest.fixture(scope="session")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    """Return the small lexicon."""
    tables = write_tables(tmp_path_factory.mktemp("small") / "lexicons")
    return load_lexicon(tables, data_dir("models"))


@pytest.fixture(autouse=True)
def _tables_are_let_go() -> Iterator[None]:
    """Free the tables of a command that ran here: a program of its own keeps them to its end."""
    yield
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()


@pytest.fixture(autouse=True, scope="session")
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what programs keep between runs out of the user's own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile what is faster so, where there is a compiler."""
    folder = tmp_path_factory.mktemp("compiled")
    compiler = shutil.which("cc")
    package = Path(native.__file__).parents[1]
    if compiler is not None:
        for source in package.glob("*/*.c"):
            library = folder / f"{source.stem}.so"
            subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", library, source], check=True)  # noqa: S603 # found by name
    return folder


@pytest.fixture(scope="module", params=["plain", "compiled"])
def _each_way(
    request: pytest.FixtureRequest, libraries: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Look keys up by NumPy, then by what was compiled; without a compiler twice by NumPy."""
    folder = libraries if request.param == "compiled" else tmp_path_factory.mktemp("nothing")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(native, "FOLDER", folder)
        yield
