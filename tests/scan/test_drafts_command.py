"""`textcheck drafts` on the official interface, served on loopback."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from replay import Replay
from replay_hosts.wechat_api import ApiAccount, WechatApiHost

from textcheck.cli.main import program
from textcheck.cli.tools import LexiconVersion, Tools
from textcheck.config import CHINA

if TYPE_CHECKING:
    from textcheck.checkers.base import Checker

REGISTER = """
[[account]]
id = "wx-1"
county = "甲县"
unit = "甲县某局"
platform = "微信"
name = "甲县发布"
[[account.source]]
kind = "wechat_api"
appid = "wx1"
secret = "env:WX_SECRET"
"""


def draft(number: int, content: str) -> dict[str, object]:
    news = {"title": f"题{number}", "content": content, "article_type": "news", "url": ""}
    return {"media_id": f"D{number}", "content": {"news_item": [news]}, "update_time": 1762747210}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[ApiAccount, Path]]:
    (tmp_path / "accounts.toml").write_text(REGISTER, encoding="utf-8")
    account = ApiAccount("s3cret", drafts=[draft(1, "<p>一错严。</p>"), draft(2, "<p>好。</p>")])
    host = WechatApiHost({"wx1": account})
    with Replay(tmp_path, hosts={"api.weixin.qq.com": host}) as replay:
        settings = f"""
            [scan]
            register = "{tmp_path / "accounts.toml"}"
            [crawler]
            pace = 0
            retries = 0
            reroute = {{ "https://api.weixin.qq.com" = "{replay.base}/api.weixin.qq.com" }}
            """
        config = tmp_path / "textcheck.toml"
        config.write_text(settings, encoding="utf-8")
        yield account, config


@pytest.fixture
def drafts(
    served: tuple[ApiAccount, Path],
    monkeypatch: pytest.MonkeyPatch,
    make_checker: Callable[[], "Checker"],
) -> Callable[..., Result]:
    monkeypatch.setenv("WX_SECRET", "s3cret")
    lexicon = LexiconVersion("0123456789abcdef", date(2026, 11, 1))
    tools = Tools((make_checker(),), lexicon, datetime.now(CHINA).date())

    def run(*arguments: str) -> Result:
        given = ["drafts", *arguments, "--config", str(served[1])]
        return CliRunner().invoke(program, given, obj=tools)

    return run


def test_drafts_are_checked_as_of_today(drafts: Callable[..., Result]) -> None:
    result = drafts("wx-1")
    assert result.exit_code == 1, result.output
    assert result.stdout.startswith("题1（草稿 D1 第1篇）:")
    assert "【错】" in result.stdout


def test_one_draft_can_be_checked(drafts: Callable[..., Result]) -> None:
    result = drafts("wx-1", "--draft", "D2")
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize(
    ("changed", "account_id", "message"),
    [
        ({}, "wx-9", "没有账号 wx-9"),
        ({"listed_address": False}, "wx-1", "IP白名单"),
        ({"refused": frozenset({"/cgi-bin/draft/batchget"})}, "wx-1", "没有这个接口的权限"),
    ],
)
def test_what_cannot_be_read_is_said(
    served: tuple[ApiAccount, Path],
    drafts: Callable[..., Result],
    changed: dict[str, object],
    account_id: str,
    message: str,
) -> None:
    for name, value in changed.items():
        setattr(served[0], name, value)
    result = drafts(account_id)
    assert result.exit_code == 2
    assert message in result.stderr
