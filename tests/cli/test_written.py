"""Files are written in one step, or not at all."""

from pathlib import Path

import pytest

from textcheck.cli.written import replace_files, write_file
from textcheck.errors import ConfigError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "表.tsv"
    file.write_bytes(b"old")
    file.chmod(0o640)
    write_file(file, b"new")

    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["表.tsv"]


def test_a_link_still_points_to_what_was_written(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_bytes(b"old")
    link.symlink_to(file)
    write_file(link, b"new")

    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_where_one_file_cannot_be_written_none_is_replaced(tmp_path: Path) -> None:
    file, nowhere = tmp_path / "file", tmp_path / "nowhere" / "file"
    file.write_bytes(b"old")
    with pytest.raises(OSError, match="nowhere"):
        replace_files({file: b"new", nowhere: b"new"})

    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["file"]


def test_a_device_is_written_to_and_stays_one() -> None:
    write_file(Path("/dev/null"), b"new")

    assert Path("/dev/null").is_char_device()


def test_a_file_that_is_there_is_kept_if_so_wanted(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    with pytest.raises(ConfigError, match="没有覆盖"):
        write_file(file, b"new", over=False)

    assert file.read_bytes() == b"old"
