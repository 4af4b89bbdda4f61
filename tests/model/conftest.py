"""A tiny language model, scored by both scorers."""

from pathlib import Path

import pytest

from tests.model.tiny import write_tiny_language
from textcheck.text import native


@pytest.fixture(scope="session")
def language(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny language model."""
    return write_tiny_language(tmp_path_factory.mktemp("language"))


@pytest.fixture(params=["numpy", "compiled"])
def scorer(request: pytest.FixtureRequest, libraries: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name the scorer to take; without a compiler both are the plain one."""
    monkeypatch.setattr(native, "FOLDER", libraries)
    return str(request.param)
