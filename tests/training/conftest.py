"""A tiny language model; what needs torch is tested where it is installed."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.model.tiny import write_tiny_language

collect_ignore = [] if find_spec("torch") else ["test_export.py", "test_net.py", "test_runtime.py"]


@pytest.fixture(scope="session")
def language(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny language model."""
    return write_tiny_language(tmp_path_factory.mktemp("language"))
