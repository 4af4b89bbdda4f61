"""`textcheck scan` over a real source, served on loopback in the format of the platform."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner, Result

from textcheck import __version__
from textcheck.cli.main import program
from textcheck.cli.tools import LexiconVersion, Tools
from textcheck.config import CHINA

if TYPE_CHECKING:
    from textcheck.checkers.base import Checker

Scan = Callable[..., Result]
REGISTER = """
[[account]]
id = "wb-1"
county = "甲县"
unit = "甲县某局"
platform = "微博"
name = "甲县某局"
[[account.source]]
kind = "weibo"
uid = "1"
"""
BARE = """
[[account]]
id = "dy-1"
county = "甲县"
unit = "甲县某局"
platform = "抖音"
name = "甲县视频"
"""


class Weibo(BaseHTTPRequestHandler):
    """Serves one page of posts, or a login page for an account without any."""

    posts: tuple[str, ...] = ()
    asked = 0
    port = 0

    def do_GET(self) -> None:
        """Answer the list."""
        type(self).asked += 1
        (uid,) = parse_qs(urlsplit(self.path).query)["value"]
        created = f"{datetime.now(CHINA) - timedelta(days=1):%a %b %d %H:%M:%S %z %Y}"
        cards = [
            {
                "card_type": 9,
                "mblog": {
                    "mid": str(number),
                    "id": str(number),
                    "bid": f"B{number}",
                    "text": text,
                    "isLongText": False,
                    "created_at": created,
                    "user": {"id": int(uid)},
                },
            }
            for number, text in enumerate(self.posts, start=1)
        ]
        data = {"cardlistInfo": {"total": len(cards)}, "cards": cards}
        answer = {"ok": 1, "data": data} if cards else {"ok": -100}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def weibo() -> Iterator[type[Weibo]]:
    """Serve the posts that a test sets."""

    class Served(Weibo):
        posts = ("众人一错。", "没有问题。")

    with ThreadingHTTPServer(("127.0.0.1", 0), Served) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        Served.port = server.server_port
        yield Served
        server.shutdown()
        thread.join()


@pytest.fixture
def scan(weibo: type[Weibo], tmp_path: Path, make_checker: Callable[[], "Checker"]) -> Scan:
    """Run `textcheck scan` on a register, with a checker that finds 错."""
    settings = f"""
        [store]
        url = "sqlite:///{tmp_path / "office.db"}"
        [scan]
        register = "{tmp_path / "accounts.toml"}"
        [crawler]
        pace = 0
        retries = 0
        reroute = {{ "https://m.weibo.cn" = "http://127.0.0.1:{weibo.port}" }}
        """
    (tmp_path / "textcheck.toml").write_text(settings, encoding="utf-8")
    lexicon = LexiconVersion("0123456789abcdef", date(2026, 11, 1))
    tools = Tools((make_checker(),), lexicon, datetime.now(CHINA).date())

    def run(*arguments: str, register: str = REGISTER) -> Result:
        (tmp_path / "accounts.toml").write_text(register, encoding="utf-8")
        config = ["--config", str(tmp_path / "textcheck.toml")]
        return CliRunner().invoke(program, ["scan", *config, *arguments], obj=tools)

    return run


def summary(result: Result) -> list[str]:
    """Return the lines without the run's name, which is today's."""
    lines = result.stdout.splitlines()
    assert lines[0].startswith("扫描 20")
    return [lines[0].partition("：")[2], *lines[1:]]


def test_a_scan_tells_what_it_found_beside_what_it_read(scan: Scan) -> None:
    result = scan()
    assert result.exit_code == 0, result.output
    assert summary(result) == [
        "在运行账号 1 个，读全 1 个，有缺口 0 个。",
        "文章：当天读到 2 篇（本次新增 2 篇），未读到 0 篇，只读到一部分 0 篇，已被删除 0 篇。",
        (
            "发现：当天 1 处（严重 0、一般 1），本次新增 1 处；"
            "只就读到的 2 篇而言。严重问题待复核确认。"
        ),
        f"依据：程序 {__version__}，词库 0123456789ab，未启用模型。",
    ]
    assert result.stderr.splitlines()[0] == "读取 1/1  甲县某局（微博）"
    assert result.stderr.splitlines()[-1].startswith("检查 2/2  https://")


def test_a_second_scan_the_same_day_asks_nothing_and_adds_nothing(
    scan: Scan, weibo: type[Weibo]
) -> None:
    scan()
    asked = weibo.asked
    result = scan()
    assert weibo.asked == asked
    assert "当天读到 2 篇（本次新增 0 篇）" in result.stdout
    assert "当天 1 处（严重 0、一般 1），本次新增 0 处" in result.stdout


def test_a_serious_finding_is_told_by_the_exit_status_also_of_a_second_scan(
    scan: Scan, weibo: type[Weibo]
) -> None:
    weibo.posts = ("一错严。",)
    for _ in range(2):
        result = scan()
        assert result.exit_code == 1, result.output
        assert "当天 1 处（严重 1、一般 0）" in result.stdout


def test_a_gap_outweighs_findings_and_is_named(scan: Scan, weibo: type[Weibo]) -> None:
    weibo.posts = ("一错严。",)
    result = scan(register=REGISTER + BARE)
    assert result.exit_code == 2
    lines = summary(result)
    assert lines[0] == "在运行账号 2 个，读全 1 个，有缺口 1 个。"
    assert "只就读到的 1 篇而言，缺口见下" in lines[2]
    assert lines[3] == "缺口：甲县视频（抖音）  未读：没有来源"


def test_an_account_behind_a_wall_is_a_gap(scan: Scan, weibo: type[Weibo]) -> None:
    weibo.posts = ()
    result = scan()
    assert result.exit_code == 2
    assert "缺口：甲县某局（微博）  来源 weibo：" in result.stdout
    assert "要求登录" in result.stdout
    assert "当天 0 处（严重 0、一般 0），本次新增 0 处；只就读到的 0 篇而言" in result.stdout


def test_the_window_can_be_set(scan: Scan) -> None:
    tomorrow = datetime.now(CHINA).date() + timedelta(days=1)
    assert "当天读到 0 篇" in scan("--since", tomorrow.isoformat()).stdout


def test_a_manifest_says_what_a_scan_rests_on(scan: Scan, tmp_path: Path) -> None:
    path = tmp_path / "out" / "run.json"
    scan("--manifest", str(path), register=REGISTER + BARE)
    manifest = json.loads(path.read_bytes())
    assert manifest["makers"].pop("config")
    assert manifest["makers"] == {
        "code": __version__,
        "lexicon": "0123456789abcdef",
        "model": "未启用模型",
    }
    assert manifest["reposts_count_on"] == ["微信", "网站"]
    assert manifest["run"] == f"{manifest['night']}-1"
    started, ended = (datetime.fromisoformat(manifest[name]) for name in ("started_at", "ended_at"))
    assert started <= ended
    assert started.utcoffset() == timedelta(hours=8)
    assert manifest["counts"] == {
        "accounts": 2,
        "new_articles": 2,
        "new_versions": 2,
        "checked": 2,
        "new_findings": 1,
        "found_tonight": {"serious": 0, "ordinary": 1},
    }
    assert [item["account_id"] for item in manifest["coverage"]] == ["wb-1", "dy-1"]
    assert manifest["coverage"][1]["error"] == "未读：没有来源"
    assert manifest["failures"] == ["甲县视频（抖音）：未读：没有来源"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--since", "2026-05"], "日期应写作"),
        (["--config", "没有.toml"], "找不到配置文件 没有.toml"),
        (["--register", "没有.toml"], "没有.toml"),
        (["--store", "mysql://x/y"], "不支持的数据库 mysql"),
        (["--manifest", "/dev/null/run.json"], "无法写入 /dev/null/run.json"),
        (["多余"], "多余的参数"),
        (["--account", "没有"], "登记表中没有账号 没有"),
        (["--limit", "0"], "--limit"),
    ],
)
def test_a_wrong_command_is_refused_before_anything_is_read(
    scan: Scan, weibo: type[Weibo], arguments: list[str], message: str
) -> None:
    result = scan(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert weibo.asked == 0


def test_a_register_without_accounts_in_operation_is_refused(scan: Scan) -> None:
    result = scan(
        register=REGISTER.replace("[[account.source]]", 'status = "关停"\n[[account.source]]')
    )
    assert result.exit_code == 2
    assert "没有在运行的账号" in result.stderr


def test_progress_is_bars_on_a_terminal_and_the_summary_stays_clean(tmp_path: Path) -> None:
    register = tmp_path / "accounts.toml"
    register.write_text(BARE, encoding="utf-8")
    command = [sys.executable, "-m", "textcheck", "scan", "--register", str(register)]
    command += ["--store", f"sqlite:///{tmp_path / 'a.db'}"]
    terminal, stderr = pty.openpty()
    try:
        result = subprocess.run(  # noqa: S603 # our own program
            command, check=False, stdout=subprocess.PIPE, stderr=stderr, cwd=tmp_path
        )
        told = os.read(terminal, 100_000).decode()
    finally:
        os.close(stderr)
        os.close(terminal)
    assert result.returncode == 2
    assert "1/1" in told
    assert "甲县视频（抖音）" in told
    assert "\x1b" not in result.stdout.decode()
    assert "有缺口 1 个" in result.stdout.decode()


def test_a_dry_run_tells_what_would_be_read_and_reads_nothing(
    scan: Scan, weibo: type[Weibo]
) -> None:
    result = scan("--dry-run", "--since", "2026-05-01", register=REGISTER + BARE)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "要读 2 个账号，2026-05-01 及以后发布的文章：",
        "  wb-1  甲县某局（微博）  weibo",
        "  dy-1  甲县视频（抖音）  未读：没有来源",
    ]
    assert weibo.asked == 0


@pytest.mark.parametrize("arguments", [["--account", "wb-1"], ["--limit", "1"]])
def test_a_part_of_the_accounts_can_be_read(scan: Scan, arguments: list[str]) -> None:
    result = scan(*arguments, register=REGISTER + BARE)
    assert result.exit_code == 0
    assert summary(result)[0] == "在运行账号 1 个，读全 1 个，有缺口 0 个。"


def test_an_account_that_is_closed_cannot_be_asked_for(scan: Scan) -> None:
    closed = BARE.replace("[[account]]", '[[account]]\nstatus = "关停"')
    result = scan("--account", "dy-1", register=REGISTER + closed)
    assert (result.exit_code, "账号 dy-1 不在运行" in result.stderr) == (2, True)
