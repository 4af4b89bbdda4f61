from pathlib import Path

import pytest

from textcheck.errors import LexiconError
from textcheck.finding import Severity
from textcheck.knowledge.entry import EntryKind
from textcheck.knowledge.idioms import read_idioms
from textcheck.knowledge.layers import Layers


def _table(folder: Path, *rows: str) -> Path:
    lines = ("id\tform\tvariants\tsource", *rows)
    (folder / "idioms.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_an_idiom_is_protected_as_ordinary(tmp_path: Path) -> None:
    (entry,) = read_idioms(Layers(_table(tmp_path, "i1\t水到渠成\t水到渠通|水到渠来\t甲报")))
    assert (entry.kind, entry.level) == (EntryKind.IDIOM, Severity.ORDINARY)
    assert entry.variants == ("水到渠通", "水到渠来")
    assert entry.citation.text == "甲报"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("i1\t\t\t甲报", "idioms.tsv 第2行 form 列不能为空"),
        ("i1\t水到渠成\t\t", "idioms.tsv 第2行 source 列不能为空"),
    ],
)
def test_a_row_without_form_or_source_is_refused(row: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=message):
        list(read_idioms(Layers(_table(tmp_path, row))))
