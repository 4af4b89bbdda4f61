"""The command line over small tables in a data folder of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.small import write_tables
from textcheck.cli.main import program
from textcheck.data import data_dir

Run = Callable[..., Result]


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the program's own tables, which have no problems."""
    models = data_dir("models")
    data = tmp_path / "data"
    folder = write_tables(data / "lexicons")
    for path in folder.glob("*.tsv"):
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        cells = [[_source(cell) for cell in row.split("\t")] for row in rows]
        lines = [head, *sorted("\t".join(row) for row in cells)]
        text = "\n".join(lines).replace("“三个湖泊”战略\t", "“三片湖泊”战略\t")
        path.write_text(text + "\n", encoding="utf-8")
    (data / "models").symlink_to(models)
    monkeypatch.setenv("TEXTCHECK_DATA", str(data))
    monkeypatch.chdir(tmp_path)
    return folder


def _source(cell: str) -> str:
    return "facts:甲报.tsv" if cell.startswith("甲报") else cell


@pytest.fixture
def run() -> Run:
    """Return what runs a command."""

    def call(*arguments: str | Path) -> Result:
        runner = CliRunner(catch_exceptions=False)
        return runner.invoke(program, list(map(str, arguments)), prog_name="textcheck")

    return call
