"""textcheck doctor: what works is said, what does not decides the exit status."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from textcheck import __version__
from textcheck.config import CHINA
from textcheck.model.load import Stage

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    fonts = tmp_path / "bin" / "fc-list"
    fonts.parent.mkdir()
    fonts.write_text("#!/bin/sh\necho Noto Serif CJK SC\n", encoding="utf-8")
    fonts.chmod(0o700)
    monkeypatch.setenv("PATH", f"{fonts.parent}:{os.environ['PATH']}")


def checked(tables: Path, days_ago: int) -> None:
    day = datetime.now(CHINA).date() - timedelta(days=days_ago)
    (tables / "meta.toml").write_text(f"day = {day}\n", encoding="utf-8")


def test_a_sound_installation_is_told_in_full(
    tables: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(tables, 30)
    monkeypatch.setattr("textcheck.cli.doctor.stage_of", lambda _: Stage.JUDGE)
    (tmp_path / "office").mkdir()
    (tmp_path / "textcheck.toml").write_text('[lexicon]\nlayers = ["office"]\n', encoding="utf-8")
    ran = run("doctor")
    assert ran.exit_code == 0, ran.output
    lines = ran.stdout.splitlines()
    assert lines[0] == f"通过  程序：textcheck {__version__}"
    assert lines[1] == f"通过  数据目录 lexicons：{tables}"
    assert lines[3].startswith("通过  模型：语言模型")
    assert lines[4].startswith("通过  词库：日期 ")
    assert lines[5] == "通过  词库层：office，0 个表（office）"
    assert lines[6] == f"通过  缓存目录：{tmp_path / 'cache' / 'textcheck'}，可写"
    assert [line.partition("：")[0] for line in lines[7:]] == [
        "通过  数据库",
        "通过  磁盘",
        "通过  字体",
        "通过  登记表",
    ]


def test_an_old_lexicon_is_warned_of(tables: Path, run: Run) -> None:
    checked(tables, 31)
    ran = run("doctor")
    assert ran.exit_code == 1
    assert "警告  词库：词库已 31 天没有更新（" in ran.stdout
    assert "通过  词库层：没有省、单位的词库层" in ran.stdout


def test_what_is_disabled_is_told(tables: Path, run: Run, tmp_path: Path) -> None:
    checked(tables, 1)
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "disable.tsv").write_text(
        "id\ttable\treason\texpires\nw1\twords\t地名\t2099-01-01\n", encoding="utf-8"
    )
    ran = run("doctor", "--lexicon", "office")
    assert ran.exit_code == 1
    assert "警告  词库：按 disable.tsv 停用 1 项：words 表的 w1" in ran.stdout


def test_a_lexicon_that_cannot_be_read_is_told(tables: Path, run: Run) -> None:
    (tables / "words.tsv").unlink()
    ran = run("doctor")
    assert ran.exit_code == 2
    assert "失败  词库：词库缺少文件 words.tsv" in ran.stdout
    assert run("doctor", "--lexicon", "none").exit_code == 2


def test_a_missing_data_folder_is_told(
    tables: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXTCHECK_DATA", str(tables))
    ran = run("doctor")
    assert ran.exit_code == 2
    assert ran.stdout.count("失败  数据目录") == 2


def test_a_cache_that_cannot_be_written_is_a_warning(
    tables: Path, run: Run, tmp_path: Path
) -> None:
    checked(tables, 1)
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    ran = run("doctor")
    assert ran.exit_code == 1
    assert "警告  缓存目录：" in ran.stdout


def test_a_detector_without_what_runs_it_is_warned_of(
    tables: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(tables, 1)
    monkeypatch.setattr("textcheck.cli.doctor.stage_of", lambda _: Stage.NO_RUNTIME)
    ran = run("doctor")
    assert ran.exit_code == 1
    assert "警告  模型：未安装 onnxruntime" in ran.stdout
    assert "textcheck[model]" in ran.stdout
