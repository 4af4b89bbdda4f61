from pathlib import Path

import pytest

from tests.lexicon.small import write_tables
from textcheck.data import data_dir
from textcheck.lexicon.lexicon import Lexicon
from textcheck.lexicon.load import load_lexicon


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of tables to be damaged."""
    return write_tables(tmp_path / "lexicons")


@pytest.fixture(scope="session")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    """Return the small lexicon."""
    tables = write_tables(tmp_path_factory.mktemp("small") / "lexicons")
    return load_lexicon(tables, data_dir("models"))
