"""What is kept between runs is never out of date, never half a file, and never needed."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.small import TABLES
from textcheck import kept as keeping
from textcheck.arrays import read_arrays, write_arrays
from textcheck.checkers import build_checkers
from textcheck.data import data_dir
from textcheck.document import Document
from textcheck.kept import find_arrays, keep_arrays
from textcheck.knowledge.entry import EntryKind
from textcheck.knowledge.layers import Layers
from textcheck.lexicon import cache, load
from textcheck.lexicon import compiled as stored
from textcheck.lexicon.cache import KEPT, key_of
from textcheck.lexicon.lexicon import Lexicon
from textcheck.lexicon.load import load_lexicon
from textcheck.linter import check
from textcheck.matching.strings import Strings, packed

MODELS = data_dir("models")
TEXT = "江望书强调，云泽院总理江望舒走头无路，抓渔业必须先抓税。按装了东湖省"


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.lexicon"))


def _what_is_found(lexicon: Lexicon) -> list[object]:
    slips = [slip for kind in EntryKind for slip in lexicon.slips(TEXT, kind)]
    return [*slips, *lexicon.mentions(TEXT), *lexicon.misspelt(TEXT), *lexicon.likely_typos(TEXT)]


@pytest.fixture
def kept(tmp_path: Path, folder: Path) -> Path:
    """Return a folder in which the small lexicon is kept."""
    load_lexicon(folder, MODELS, [tmp_path / "kept"])
    return tmp_path / "kept"


@pytest.fixture
def never_made(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where arrays are worked out that were kept."""
    assert _files(kept)

    def refuse(_: object) -> None:
        pytest.fail("the arrays were made anew")

    monkeypatch.setattr(load, "compiled", refuse)


@pytest.mark.usefixtures("never_made")
def test_the_same_content_is_made_once_and_finds_the_same(
    kept: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = load_lexicon(folder, MODELS, [kept])
    monkeypatch.undo()
    fresh = load_lexicon(folder, MODELS)
    assert _what_is_found(again) == _what_is_found(fresh) != []
    assert again.tables.entries == fresh.tables.entries
    assert list(again.tables.light[1:]) == list(fresh.tables.light[1:])


def test_no_row_of_a_long_table_is_read_before_a_slip_is_found(
    kept: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str) -> None:
        pytest.fail("a row was read")

    monkeypatch.setattr(stored, "_entry", refuse)
    checkers = build_checkers(load_lexicon(folder, MODELS, [kept]))
    assert check(Document("渔业和湖泊事务管理委员会水到渠成。"), checkers) == []


@pytest.mark.parametrize("name", [*TABLES, "naming.tsv", "sounds.tsv", "shapes.tsv", "meta.toml"])
def test_a_change_in_any_table_is_another_lexicon(kept: Path, folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    load_lexicon(folder, MODELS, [kept])
    assert len(_files(kept)) == 2


def test_a_row_that_changes_changes_what_is_found(kept: Path, folder: Path) -> None:
    path = folder / "formulations.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("四个水源", "五条江河"), "utf-8")
    changed = load_lexicon(folder, MODELS, [kept])
    assert changed.slips("四个水园", EntryKind.FORMULATION) == []
    (slip,) = changed.slips("五条姜河", EntryKind.FORMULATION)
    assert slip.right == "五条江河"


def test_layers_of_one_content_and_two_names_are_two_lexicons(folder: Path, tmp_path: Path) -> None:
    for name in ("甲局", "乙局"):
        layer = tmp_path / name
        layer.mkdir()
        rows = "id\tform\tvariants\tsource\ni9\t湖光山色\t\t甲报 2012-01-01\n"
        (layer / "idioms.tsv").write_text(rows, encoding="utf-8")
        layers = Layers(folder, (layer,))
        first, again = (load_lexicon(layers, MODELS, [tmp_path / "kept"]) for _ in range(2))
        assert list(again.tables.light) == list(first.tables.light)
        (slip,) = again.slips("湖光山社", EntryKind.IDIOM)
        assert slip.entry.citation.layer == name
    assert len(_files(tmp_path / "kept")) == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("__version__", "999"),
        ("_MAKERS", ("text",)),
        ("np", type("np", (), {"__version__": "9"})),
    ],
)
def test_another_program_has_another_key(
    name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key_of("digest")
    monkeypatch.setattr(cache, name, value)
    assert key_of("digest") != before


DAMAGES: list[Callable[[bytes], bytes]] = [
    lambda _: b"",
    lambda data: data[:10],
    lambda data: data[: len(data) // 2],
    lambda data: data[:-1],
    lambda data: data + b"\0",
    lambda data: b"x" + data[1:],
    lambda data: data[:60] + bytes([data[60] ^ 1]) + data[61:],
    lambda data: data[:-1000] + bytes([data[-1000] ^ 1]) + data[-999:],
    lambda data: data.split(b"\n")[0] + b"\n00000000\n{}\n",
    lambda data: bytes(len(data)),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_made_anew(
    damage: Callable[[bytes], bytes], kept: Path, folder: Path
) -> None:
    (path,) = _files(kept)
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    found = _what_is_found(load_lexicon(folder, MODELS, [kept]))
    assert found == _what_is_found(load_lexicon(folder, MODELS))
    assert path.read_bytes() == whole


def test_a_folder_in_place_of_the_file_is_no_file(kept: Path, folder: Path) -> None:
    (path,) = _files(kept)
    path.unlink()
    path.mkdir()
    assert load_lexicon(folder, MODELS, [kept]).slips("四个水园", EntryKind.FORMULATION)


def test_where_nothing_can_be_written_all_is_made_in_memory(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    nowhere = tmp_path / "file" / "kept"  # a file is no folder, not for the superuser either
    assert _what_is_found(load_lexicon(folder, MODELS, [nowhere])) != []
    assert keep_arrays([nowhere], "key", KEPT, {}) is None


@pytest.mark.usefixtures("never_made")
def test_what_came_with_the_installation_is_used_and_left_alone(
    kept: Path, folder: Path, tmp_path: Path
) -> None:
    (path,) = _files(kept)
    before = path.stat().st_mtime_ns
    load_lexicon(folder, MODELS, [kept, tmp_path / "own"])
    assert path.stat().st_mtime_ns == before
    assert not (tmp_path / "own").exists()


def test_of_two_folders_the_users_own_is_written(folder: Path, tmp_path: Path) -> None:
    load_lexicon(folder, MODELS, [tmp_path / "installed", tmp_path / "own"])
    assert not (tmp_path / "installed").exists()
    assert len(_files(tmp_path / "own")) == 1


def test_programs_that_start_at_once_do_not_disturb_each_other(
    folder: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    code = (
        "import sys; from pathlib import Path; from textcheck.lexicon.load import load_lexicon; "
        "load_lexicon(*map(Path, sys.argv[1:3]), [Path(sys.argv[3])])"
    )
    command = [sys.executable, "-c", code, str(folder), str(MODELS), str(own)]
    started = [subprocess.Popen(command) for _ in range(3)]  # noqa: S603 # our own words
    assert [process.wait() for process in started] == [0, 0, 0]
    assert [path.name for path in own.iterdir()] == [path.name for path in _files(own)]
    assert find_arrays([own], _files(own)[0].stem, KEPT) is not None


def test_nobody_else_reads_or_writes_what_is_kept(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = _files(kept)
    assert kept.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600
    monkeypatch.setattr(keeping, "__file__", str(kept / "no such file"))
    assert find_arrays([kept], path.stem, KEPT) is None  # nobody is known whom to trust
    monkeypatch.undo()
    if os.geteuid() == 0:
        os.chown(path, 12345, -1)
        assert find_arrays([kept], path.stem, KEPT) is None


def test_the_oldest_are_forgotten(tmp_path: Path) -> None:
    for number in range(10):
        keep_arrays([tmp_path], f"key{number}", KEPT, {"one": np.arange(number)})
        os.utime(tmp_path / f"key{number}.lexicon", (number, number))
    keep_arrays([tmp_path], "last", KEPT, {"one": np.arange(3)})
    assert [path.stem for path in _files(tmp_path)] == [*(f"key{n}" for n in range(3, 10)), "last"]


def test_arrays_come_back_as_they_were(tmp_path: Path) -> None:
    arrays = {
        "one": np.arange(7, dtype=np.int16),
        "none": np.zeros((0, 3), dtype=np.int16),
        "table": np.array([[1, 2], [3, 4]], dtype=np.int16),
    }
    write_arrays(tmp_path / "file", "key", arrays)
    again = read_arrays(tmp_path / "file", "key")
    assert again is not None
    for name, array in arrays.items():
        assert again[name].dtype == array.dtype
        assert again[name].tolist() == array.tolist()
    assert read_arrays(tmp_path / "file", "other") is None


def test_strings_are_cut_out_of_a_row() -> None:
    strings = Strings(packed(["甲", "", "𠮷乙", "\ud800"]))
    assert list(strings) == ["甲", "", "𠮷乙", "\ud800"] == [strings[n] for n in range(4)]
    assert strings[1:3] == ["", "𠮷乙"]
    assert "𠮷乙" in strings
    assert "乙" not in strings
    with pytest.raises(IndexError):
        strings[4]
    assert list(Strings(packed([]))) == []
