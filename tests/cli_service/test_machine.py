from pathlib import Path

import pytest

from textcheck.cli.machine import machine_told, room_told


@pytest.mark.parametrize(
    ("free", "line"),
    [
        (60 * 10**9, "通过  磁盘：/srv 所在磁盘剩余 60.0 GB"),
        (10**9, "警告  磁盘：/srv 所在磁盘剩余 1.0 GB；请清理磁盘"),
        (10**8, "失败  磁盘：/srv 所在磁盘剩余 0.1 GB；请清理磁盘"),
    ],
)
def test_a_full_disk_is_told(free: int, line: str) -> None:
    assert str(room_told(free, Path("/srv"))).startswith(line)


@pytest.mark.parametrize(
    ("script", "line"),
    [
        (
            "echo 'Noto Serif CJK SC,思源宋体'",
            "通过  字体：有中文字体 Noto",
        ),
        ("true", "警告  字体：没有中文字体；截图和 PDF 中的汉字会成为方框；安装中文字体"),
        ("exit 3", "警告  字体：fc-list 没有结果"),
        ("", "警告  字体：没有 fc-list，无法查看"),
    ],
)
def test_missing_fonts_are_told(
    script: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if script:
        program = tmp_path / "fc-list"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o700)
    *_, fonts = machine_told(f"sqlite:///{tmp_path}/无/a.db")
    assert str(fonts).startswith(line)
