"""What counts as found, and what a floor does."""

from pathlib import Path

import pytest
from score_real import copy_without, main, settings, wrong_forms

HEAD = "wrong\tright\tclass\tuse\torigin"


def table(folder: Path, *rows: tuple[str, str, str, str]) -> str:
    path = folder / "some.tsv"
    lines = [HEAD, *("\t".join((*row, "made up")) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_a_phrase_is_set_into_carriers_and_a_sentence_stands_alone() -> None:
    texts = [text for text, _ in settings("布署")]
    assert texts[0] == "布署"
    assert len(texts) > 1
    assert all(text[start:].startswith("布署") for text, start in settings("布署"))
    assert list(settings("各单位要布署工作。")) == [("各单位要布署工作。", 0)]


def test_what_a_table_calls_wrong(tmp_path: Path) -> None:
    (tmp_path / "some.tsv").write_text("id\tavoid\na-1\t甲|乙\n", encoding="utf-8")
    (tmp_path / "others.tsv").write_text("wrong\tright\n丙\t丁\n", encoding="utf-8")
    assert wrong_forms(tmp_path) == {"甲", "乙", "丙"}


def test_tables_without_some_wordings(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    one = "id\tavoid\tinstead\na-1\t甲|{乙,丙}地\t子|{丑,寅}地\na-2\t丁|戊\t卯\n"
    (folder / "one.tsv").write_text(one, encoding="utf-8")
    (folder / "other.tsv").write_text("wrong\tright\n己\t辰\n庚\t巳\n", encoding="utf-8")
    copy_without(folder, {"乙地", "丁", "己"}, tmp_path / "copy")
    less = "id\tavoid\tinstead\na-1\t甲|丙地\t子|寅地\na-2\t戊\t卯\n"
    assert (tmp_path / "copy" / "one.tsv").read_text(encoding="utf-8") == less
    assert (tmp_path / "copy" / "other.tsv").read_text(encoding="utf-8") == "wrong\tright\n庚\t巳\n"


def test_floors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(
        tmp_path,
        ("一诺千斤", "一诺千金", "typo", "pair"),
        ("认真学习文件", "认真学习文件", "typo", "pair"),
        ("张三（人名）", "张山", "person", "context"),
    )
    assert main([path, "--least", "0.5"]) == 0
    assert main([path, "--least", "0.6", "--missed"]) == 1
    out = capsys.readouterr().out
    assert "  without      1" in out
    assert "missed typo: 认真学习文件" in out
    assert "FAILED found: 1 of 2" in out


def test_a_silent_row_must_not_be_flagged(tmp_path: Path) -> None:
    quiet = table(tmp_path, ("渡过难关", "度过难关", "disputed", "silent"))
    assert main([quiet]) == 0
    loud = table(tmp_path, ("一诺千斤", "一诺千金", "disputed", "silent"))
    assert main([loud]) == 1
