import os
from pathlib import Path

import pytest

from textcheck.cli.inputs import Opened, open_files, open_text


def names(opened: list[Opened], root: Path) -> dict[str, str]:
    return {str(Path(one.name).relative_to(root)): one.reason for one in opened}


def test_nothing_in_a_folder_is_passed_over_in_silence(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("乙", encoding="utf-8")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.txt").write_text("甲", encoding="utf-8")
    (tmp_path / "a" / ".hidden").write_text("x", encoding="utf-8")
    (tmp_path / "c.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "d.txt").symlink_to(tmp_path / "missing")
    (tmp_path / "e").symlink_to(tmp_path, target_is_directory=True)  # a loop, if followed
    os.mkfifo(tmp_path / "f.txt")
    (tmp_path / "g.jpg").write_bytes(b"\xff\xd8\xff")

    assert names(list(open_files([str(tmp_path)])), tmp_path) == {
        "a/a.txt": "",
        "b.txt": "",
        "c.txt": "",
        "d.txt": "不是普通文件",
        "e": "是指向目录的链接，请直接检查它所指的目录",
        "f.txt": "不是普通文件",
        "g.jpg": "图片，本版不识别图中文字",
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b.txt").write_text("乙", encoding="utf-8")
    (tmp_path / "a").chmod(0)
    (tmp_path / "b.txt").chmod(0)
    try:
        found = names(list(open_files([str(tmp_path)])), tmp_path)
    finally:
        (tmp_path / "a").chmod(0o700)

    assert found["a"].startswith("无法列出目录")
    assert found["b.txt"] == "没有读取权限"


def test_an_empty_folder_is_not_clean(tmp_path: Path) -> None:
    assert [one.reason for one in open_files([str(tmp_path)])] == ["目录中没有可检查的文件"]


@pytest.mark.parametrize(
    ("path", "reason"), [("missing.txt", "找不到文件"), ("a\0b.txt", "无法读取"), ("", "目录")]
)
def test_a_path_that_leads_nowhere_is_named(tmp_path: Path, path: str, reason: str) -> None:
    (opened,) = open_files([str(tmp_path / path) if path else str(tmp_path)])

    assert opened.document is None
    assert reason in opened.reason


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("甲", encoding="utf-8")

    assert len(list(open_files([str(file), str(file)]))) == 1


def test_text_in_the_bytes_of_an_older_locale_is_decoded() -> None:
    opened = open_text(os.fsdecode("县长张三讲话".encode("gb18030")))

    assert opened.document is not None
    assert opened.document.text == "县长张三讲话"
