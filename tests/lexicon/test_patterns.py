"""Choices between braces in a cell."""

from pathlib import Path

import pytest

from textcheck.errors import LexiconError
from textcheck.knowledge.table import read_table


def patterns(folder: Path, cell: str) -> tuple[str, ...]:
    path = folder / "some.tsv"
    path.write_text(f"avoid\n{cell}\n", encoding="utf-8")
    (row,) = read_table(path, ("avoid",))
    return row.patterns("avoid")


@pytest.mark.parametrize(
    ("cell", "written_out"),
    [
        ("甲", ("甲",)),
        ("甲{乙,丙}丁|戊", ("甲乙丁", "甲丙丁", "戊")),
        ("{甲,}{乙,丙}", ("甲乙", "甲丙", "乙", "丙")),
    ],
)
def test_each_choice_is_written_out(
    cell: str, written_out: tuple[str, ...], tmp_path: Path
) -> None:
    assert patterns(tmp_path, cell) == written_out


@pytest.mark.parametrize("cell", ["甲{乙", "甲乙}", "{甲{乙}}"])
def test_braces_come_in_pairs(cell: str, tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="花括号"):
        patterns(tmp_path, cell)
