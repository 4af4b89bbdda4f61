"""Pictures of what has something serious in it, by a browser that is only played here."""

import asyncio
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from textcheck.article import Page
from textcheck.cli.main import program
from textcheck.cli.scan import camera_of
from textcheck.config import CHINA, Config, ScanConfig
from textcheck.crawler.screenshot import Chromium, find_chromium
from textcheck.errors import FetchError

if TYPE_CHECKING:
    from tests.scan.conftest import FakeSource, Night
    from textcheck.article import Article, Reference

NOW = datetime(2026, 5, 2, 1, 30, tzinfo=CHINA)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
URL = "https://www.example.gov.cn/1.html"
SHOOTS = """
for a; do
  case $a in --screenshot=*) printf '\\211PNG\\r\\n\\032\\n' > "${a#*=}";; esac
done
"""


def browser(folder: Path, script: str) -> Path:
    path = folder / "chromium"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


async def _anywhere(host: str) -> list[str]:
    return [host]


def picture(path: Path, url: str = URL, seconds: float = 5.0) -> bytes:
    return asyncio.run(Chromium(str(path), seconds=seconds, addresses=_anywhere)(url))


def test_the_browser_is_found_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_chromium() is None
    path = browser(tmp_path, SHOOTS)
    assert find_chromium() == str(path)


def test_a_picture_is_what_the_browser_wrote(tmp_path: Path) -> None:
    assert picture(browser(tmp_path, SHOOTS)).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("script", "url", "reason"),
    [
        ("exit 1", URL, "退出状态 1"),
        ("exit 0", URL, "没有给出"),
        ("exec sleep 30", URL, "超过 0 秒"),
        (SHOOTS, "file:///etc/passwd", "不是网址"),
    ],
)
def test_what_hinders_a_picture_is_told(tmp_path: Path, script: str, url: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason):
        picture(browser(tmp_path, script), url, seconds=0.3)


def test_a_browser_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="无法启动"):
        picture(tmp_path / "nothing")


def test_the_office_s_own_network_is_not_pictured(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="内网"):
        asyncio.run(Chromium(str(browser(tmp_path, SHOOTS)))("http://127.0.0.1/"))


WANTED = Config(scan=ScanConfig(screenshots=True))


def test_no_browser_is_said_once_and_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert camera_of(WANTED) is None
    assert "没有 Chromium（chromium、" in capsys.readouterr().err
    assert camera_of(Config()) is None
    assert capsys.readouterr().err == ""
    browser(tmp_path, SHOOTS)
    assert camera_of(WANTED) is not None


@pytest.fixture
def pictured(night: "Night", monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Scan with a camera that fails for what it is told; return what was pictured."""
    fetch = night.source.fetch

    async def with_page(_source: "FakeSource", reference: "Reference") -> "Article":
        article = await fetch(reference)
        page = Page(reference.url, 200, {"content-type": "text/html"}, b"x", NOW)
        return replace(article, pages=(page,))

    monkeypatch.setattr(type(night.source), "fetch", with_page)

    def scan(*failing: str) -> list[str]:
        asked = []

        async def camera(url: str) -> bytes:
            await asyncio.sleep(0)
            asked.append(url)
            if url in failing:
                raise FetchError("无法截图")
            return PNG

        night.scan(camera=camera)
        return asked

    return scan


def test_only_what_is_serious_is_pictured_and_once(
    pictured: Callable[..., list[str]], tmp_path: Path
) -> None:
    url = "https://example.gov.cn/a/1"
    assert pictured(url) == [url]  # the next scan of the night tries again
    assert pictured() == [url]
    assert pictured() == []
    store = f"sqlite:///{tmp_path / 'a.db'}"
    folder = tmp_path / "证据"
    given = ["evidence", "export", str(folder), "--store", store]
    assert CliRunner().invoke(program, given).exit_code == 0
    [file] = folder.glob("*/*.png")
    assert file.read_bytes() == PNG
    told = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))["screenshot"]
    assert told["sha256"] == hashlib.sha256(PNG).hexdigest()
    assert told["taken_at_china"] == "2026-05-02T01:30:00+08:00"
    verify = ["evidence", "verify", str(folder)]
    assert CliRunner().invoke(program, verify).exit_code == 0
    os.truncate(file, 3)
    result = CliRunner().invoke(program, verify)
    assert (result.exit_code, "的截图" in result.stdout) == (1, True)
