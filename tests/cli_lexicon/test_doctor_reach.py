"""textcheck doctor asks each host and each login of a register once, on the replay services."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from replay import Answer, Asked, Replay
from replay_hosts.wechat_api import ApiAccount, WechatApiHost
from replay_hosts.weibo import WeiboWorld

from textcheck.account import Account, Platform, SourceSpec, Status
from textcheck.cli.main import program
from textcheck.cli.reach import clock_told
from textcheck.config import CrawlerConfig
from textcheck.crawler.client import Client
from textcheck.scan.probing import Overheard, probes

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>动态</title>
<item><title>一</title><link>https://www.example.gov.cn/1.html</link>
<pubDate>Fri, 20 Nov 2026 01:00:00 GMT</pubDate></item></channel></rss>"""
ACCOUNTS = (
    ("good", "微信", 'kind = "wechat_api"\nappid = "wx1"\nsecret = "env:GOOD"'),
    ("strange", "微信", 'kind = "wechat_api"\nappid = "wx2"\nsecret = "env:GOOD"'),
    ("wrong", "微信", 'kind = "wechat_api"\nappid = "wx1"\nsecret = "env:WRONG"'),
    ("unset", "微信", 'kind = "wechat_api"\nappid = "wx1"\nsecret = "env:UNSET"'),
    ("weibo", "微博", 'kind = "weibo_pc"\nuid = "7"\ncookie = "env:OLD"'),
    ("site", "网站", 'kind = "site_rss"\nlist = "https://www.example.gov.cn/rss.xml"'),
    ("site2", "网站", 'kind = "site_rss"\nlist = "https://www.example.gov.cn/rss2.xml"'),
    ("dead", "网站", 'kind = "site_rss"\nlist = "https://dead.example.gov.cn/rss.xml"'),
    ("wall", "网站", 'kind = "site_rss"\nlist = "https://wall.example.gov.cn/rss.xml"'),
    ("unknown", "网站", 'kind = "nothing"'),
)
if TYPE_CHECKING:
    from replay import Host

Doctor = Callable[..., list[str]]


def feed(asked: Asked) -> Answer:
    if asked.path == "/robots.txt":
        return Answer(status=404)
    return Answer(FEED.encode(), "application/rss+xml")


@pytest.fixture
def doctor(tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Doctor]:
    """Run the command over small tables and a register, the hosts on loopback; give its lines."""
    del tables
    hosts: dict[str, Host] = {
        "api.weixin.qq.com": WechatApiHost(
            {"wx1": ApiAccount("s3cret"), "wx2": ApiAccount("s3cret", listed_address=False)}
        ),
        "weibo.com": WeiboWorld("7", ()).hosts()["weibo.com"],
        "www.example.gov.cn": feed,
        "wall.example.gov.cn": lambda _: Answer("请完成验证".encode(), status=403),
    }
    for name, value in (("GOOD", "s3cret"), ("WRONG", "other"), ("OLD", "SUB=old")):
        monkeypatch.setenv(name, value)
    with Replay(tmp_path, hosts=hosts) as replay:
        reroute = {"https://dead.example.gov.cn": "http://127.0.0.1:9"} | replay.reroute()
        lines = "".join(f'"{origin}" = "{base}"\n' for origin, base in reroute.items())
        settings = f"[crawler]\npace = 0.0\n[crawler.reroute]\n{lines}"
        Path("textcheck.toml").write_text(settings, encoding="utf-8")

        def call(*options: str, accounts: tuple[tuple[str, str, str], ...] = ACCOUNTS) -> list[str]:
            text = "".join(
                f'[[account]]\nid = "{name}"\ncounty = "甲县"\nunit = "局"\nplatform = "{kind}"\n'
                f'name = "{name}"\n[[account.source]]\n{source}\n'
                for name, kind, source in accounts
            )
            Path("accounts.toml").write_text(text, encoding="utf-8")
            ran = CliRunner(catch_exceptions=False).invoke(program, ["doctor", *options])
            call.status = ran.exit_code  # type: ignore[attr-defined] # of the last call
            return ran.stdout.splitlines()

        yield call


def test_each_host_and_each_login_is_told_with_what_to_do(doctor: Doctor) -> None:
    lines = doctor()
    told = {line.partition("：")[0]: line for line in lines}
    assert told["通过  登记表"].endswith("在运行账号 10 个，来源 9 处（同一主机、同一登录算一处）")
    assert told["通过  时钟"].startswith("通过  时钟：与网上的时间相差 ")
    assert told["通过  来源 wechat_api good（微信）"].endswith("读到 0 篇的列表")
    strange = told["失败  来源 wechat_api strange（微信）"]
    assert "40164" in strange
    assert "“设置与开发→基本配置→IP白名单”中加入本机地址 203.0.113.7" in strange
    assert "appid 或 secret 不对" in told["失败  来源 wechat_api wrong（微信）"]
    assert "没有设置环境变量 UNSET" in told["失败  来源 wechat_api unset（微信）"]
    assert (
        "；登录已过期：请重新登录，更新登记表所指的 cookie 或 token"
        in told["失败  来源 weibo_pc weibo（微博）"]
    )
    site = "来源 site_rss www.example.gov.cn（另有 1 个账号相同）"
    assert told[f"通过  {site}"].endswith("读到 1 篇的列表")
    dead = told["失败  来源 site_rss dead.example.gov.cn"]
    assert "无法连接" in dead
    assert dead.endswith("；请核对地址，检查网络、DNS 和防火墙")
    assert told["失败  来源 site_rss wall.example.gov.cn"]
    assert "没有名为 nothing 的来源" in told["失败  来源 nothing unknown（网站）"]
    assert not any("s3cret" in line or "SUB=old" in line for line in lines)
    assert doctor.status == 2  # type: ignore[attr-defined] # of the last call


def test_without_a_network_nothing_is_asked(doctor: Doctor) -> None:
    lines = doctor("--offline")
    assert lines[-1] == "通过  来源：没有访问网络，没有试读"


def test_the_machine_is_looked_at(doctor: Doctor, tmp_path: Path) -> None:
    lines = doctor("--offline")
    assert "通过  数据库：textcheck.db 还没有，第一次扫描或导入登记表时建立" in lines
    assert any("磁盘：" in line and str(tmp_path) in line for line in lines)
    Path("textcheck.db").write_text("这不是数据库" * 99, encoding="utf-8")
    broken = doctor("--offline")
    assert any(line.startswith("失败  数据库：") for line in broken)


def test_a_register_with_errors_is_told(doctor: Doctor) -> None:
    lines = doctor(accounts=(("x", "广播", 'kind = "trs"'),))
    assert any(line.startswith("失败  登记表：") and "不认识“广播”" in line for line in lines)


@pytest.mark.parametrize(
    ("seconds", "line"),
    [
        (3, "通过  时钟：与网上的时间相差 3 秒"),
        (-59, "通过  时钟：与网上的时间相差 59 秒"),
        (61, "警告  时钟：比网上的时间快 61 秒；请校准时间，如 timedatectl set-ntp true"),
        (-7200, "失败  时钟：比网上的时间慢 7200 秒；请校准时间，如 timedatectl set-ntp true"),
        (None, "警告  时钟：没有主机告知时间，无法核对"),
    ],
)
def test_a_clock_that_is_wrong_is_told(seconds: int | None, line: str) -> None:
    skew = None if seconds is None else timedelta(seconds=seconds)
    assert str(clock_told(skew)) == line


@pytest.mark.parametrize(("age", "ahead"), [("", 600), ("240", 360), ("x", None)])
def test_the_clock_is_told_by_what_a_host_answers(
    tmp_path: Path, age: str, ahead: int | None
) -> None:
    there = {"Age": age} if age else {}
    shifted = datetime.now(UTC) + timedelta(seconds=600)

    async def ask(replay: Replay) -> timedelta | None:
        config = CrawlerConfig(reroute=replay.reroute())
        async with Client(config, now=lambda: shifted) as client:
            overheard = Overheard(client)
            await overheard.get("https://www.example.gov.cn/")
            return overheard.skew

    hosts = {"www.example.gov.cn": lambda _: Answer(b"", headers=there)}
    with Replay(tmp_path, hosts=hosts) as replay:
        skew = asyncio.run(ask(replay))
    assert (skew is None) == (ahead is None)
    if skew is not None and ahead is not None:
        assert abs(skew.total_seconds() - ahead) < 30  # a loaded machine may take its time


def test_closed_accounts_are_not_asked_for() -> None:
    spec = SourceSpec("site_rss", {"list": "http://[x/"})
    closed = Account("a", "甲县", "局", Platform.SITE, "名", Status.CLOSED, 1, (spec,))
    running = Account("b", "甲县", "局", Platform.SITE, "名", Status.RUNNING, 1, (spec,))
    assert [one.account for one in probes([closed, running])] == [running]
