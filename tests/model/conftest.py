"""A tiny language model, scored by both scorers."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.model.tiny import write_tiny_language
from textcheck.model import native


@pytest.fixture(scope="session")
def language(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny language model."""
    return write_tiny_language(tmp_path_factory.mktemp("language"))


@pytest.fixture(scope="session")
def _library(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """Compile the scorer, where there is a compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    library = tmp_path_factory.mktemp("library") / "score.so"
    source = Path(native.__file__).with_name("score.c")
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", library, source], check=True)  # noqa: S603 # found by name
    return library


@pytest.fixture(params=["numpy", "compiled"])
def scorer(
    request: pytest.FixtureRequest, _library: Path | None, monkeypatch: pytest.MonkeyPatch
) -> str:
    """Name the scorer to take; without a compiler both are the plain one."""
    if _library is not None:
        monkeypatch.setattr(native, "LIBRARY", _library)
    return str(request.param)
