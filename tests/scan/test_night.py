"""
A night on the platforms' own forms and rules, served on loopback, from the list to the store.

Whatever a host does, each article ends with its state, text, time and account, or as a gap with
the reason; none as an empty clean article.
"""

import json
import tomllib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from replay import Answer, Asked, Host, Route
from replay_hosts.wechat_api import ApiAccount, WechatApiHost
from replay_hosts.weibo import WeiboPost, WeiboWorld
from sqlalchemy import select

from tests.scan.hosts import NOW, Hosts, Kept, account, night
from textcheck.account import Platform, SourceSpec
from textcheck.config import CHINA
from textcheck.run import Coverage
from textcheck.store.connect import open_store
from textcheck.store.tables import queue, versions

PAGES = Path(__file__).resolve().parents[1] / "pages"
MP, SITE, RSS = "mp.weixin.qq.com", "www.xikou.example.gov.cn", "rss.xikou.example.gov.cn"
LIST = f"http://{SITE}/gzdt/"


def counted(kept: Kept) -> Coverage:
    """Return the coverage but for the usual pace, which depends on the day of the test."""
    return replace(kept.coverage, last_week=None, usual_week=None)


def test_no_article_is_clean_and_empty(kept: Kept) -> None:
    for row in kept.articles.values():
        assert row.state != "ok" or row.text.strip()


# --- every page state and item type of WeChat ---

SAVED = {
    path: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((PAGES / "wechat").glob("*.toml"))
    if not path.stem.startswith(("captcha", "another_page"))
}


def feed(*links: str) -> str:
    items = "".join(
        f"<item><title>题{number}</title><link>{link}</link>"
        "<pubDate>Thu, 19 Nov 2026 04:00:10 GMT</pubDate></item>"
        for number, link in enumerate(links)
    )
    return f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'


BRIDGE = SourceSpec("wechat_rss", {"feed": f"https://{RSS}/1.xml"})


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Read an account whose articles are all the saved pages of WeChat."""
    files: dict[str, str | bytes] = {f"{RSS}/1.xml": feed(*(t["url"] for t in SAVED.values()))}
    for path, table in SAVED.items():
        files[f"{MP}/s/{table['url'].rpartition('/')[2]}.html"] = path.with_suffix(
            ".html"
        ).read_bytes()
    return night(tmp_path_factory.mktemp("night"), account(BRIDGE), Hosts(files))


@pytest.mark.parametrize("table", SAVED.values(), ids=[path.stem for path in SAVED])
def test_a_page_of_wechat_ends_as_it_should(kept: Kept, table: Mapping[str, Any]) -> None:
    row, queued = kept.articles.get(table["url"]), kept.queue[table["url"]]
    if table.get("error") == "GoneError":
        assert row is not None
        assert (row.state, row.text, queued.state) == (table["gone"], None, "gone")
        return
    if "error" in table:
        assert row is None
        assert queued.state == "failed"
        assert table["message"] in queued.error
        return
    assert row is not None
    assert (row.state, row.title, row.account_id) == (table["state"], table["title"], "acc-1")
    minute = "%Y-%m-%d %H:%M"
    assert f"{row.published_at:{minute}}" == f"{table['published']:{minute}}"
    assert row.published_on == table["published"].date()
    assert [words for words in table.get("present", []) if words not in row.text] == []


def test_the_coverage_adds_up(kept: Kept) -> None:
    states = [table.get("state") or table["error"] for table in SAVED.values()]
    failed = sum(state in {"FormatChanged", "BlockedError"} for state in states)
    assert counted(kept) == Coverage(
        "acc-1",
        listed=len(states),
        fetched=states.count("ok") + states.count("partial"),
        failed=failed,
        gone=states.count("GoneError"),
        partial=states.count("partial"),
    )


# --- walls of WeChat ---

TWO = [f"https://{MP}/s/AAAAAAAAAAAAAAAAAAAA0{n}" for n in (1, 2)]
ARTICLE = (PAGES / "wechat" / "article.html").read_bytes()
CAPTCHA = (PAGES / "wechat" / "captcha.html").read_bytes()


def captcha_as_302(asked: Asked) -> Answer:
    if asked.path.startswith("/mp/"):
        return Answer(b"<html><body><div id='app'></div></body></html>")
    to = f"https://{MP}/mp/wappoc_appmsgcaptcha?poc_token=x&target_url=y"
    return Answer(status=302, headers={"Location": to})


@pytest.mark.parametrize(
    "host", [lambda _asked: Answer(CAPTCHA), captcha_as_302], ids=["200", "302"]
)
def test_a_captcha_is_a_gap_and_the_host_is_left_alone(tmp_path: Path, host: Host) -> None:
    served = Hosts({f"{RSS}/1.xml": feed(*TWO)}, hosts={MP: host})
    kept = night(tmp_path, account(BRIDGE), served)
    assert kept.articles == {}
    assert counted(kept) == Coverage("acc-1", listed=2, failed=2)
    assert sum(path.startswith(f"/{MP}/s/") for path in kept.replay.counts) == 1
    assert "本次不再访问" in kept.run.failures[1]


# --- the official interface ---

API = SourceSpec("wechat_api", {"appid": "wx1", "secret": "env:WX_SECRET"})
BATCHGET, DRAFTS = "/cgi-bin/freepublish/batchget", "/cgi-bin/draft/batchget"
PUBLISHED_AT = int(datetime(2026, 11, 19, 10, 31, tzinfo=CHINA).timestamp())


def pushes(count: int) -> list[dict[str, Any]]:
    found = []
    for number in range(count):
        link = f"http://{MP}/s?__biz=MzA==&mid={number}&idx=1&sn=x#rd"
        news = {"title": f"题{number}", "content": "<p>正文。</p>", "url": link}
        content = {"news_item": [news], "create_time": PUBLISHED_AT}
        found.append({"content": content, "update_time": PUBLISHED_AT})
    return found


@pytest.mark.parametrize(
    ("served", "sources", "error", "fetched"),
    [
        ({"pushes": pushes(25), "expire_after": 1}, [API], "", 25),
        ({"pushes": pushes(3)}, [API], "", 3),
        ({"pushes": pushes(2)}, [API], "其中 1 篇没有列出", 2),
        ({"pushes": []}, [API], "其中 3 篇没有列出", 0),
        (
            {"pushes": [], "refused": frozenset({"/datacube/getarticletotaldetail"})},
            [API],
            "核对",
            0,
        ),
        ({"quotas": {BATCHGET: 0}}, [API], "今天的调用次数已用完", 0),
        ({"listed_address": False}, [API], "IP白名单", 0),
        ({"secret": "changed"}, [API], "secret 不对", 0),
        ({"refused": frozenset({BATCHGET})}, [API], "没有这个接口的权限", 0),
        ({"refused": frozenset({BATCHGET})}, [API, BRIDGE], "", 1),  # the bridge takes over
        ({"quotas": {BATCHGET: 0}}, [API, BRIDGE], "", 1),
        ({"pushes": []}, [API, BRIDGE], "其中 2 篇没有列出", 1),
    ],
)
def test_the_official_interface_ends_in_coverage_or_a_gap(  # noqa: PLR0913, PLR0917 # a row of the table
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    served: dict[str, Any],
    sources: list[SourceSpec],
    error: str,
    fetched: int,
) -> None:
    monkeypatch.setenv("WX_SECRET", "s3cret")
    count = 25 if len(served.get("pushes", ())) == 25 else 3
    days = {"2026-11-19": [f"{number}_1" for number in range(count)]}
    api = ApiAccount(**{"secret": "s3cret", "days": days} | served)
    files: dict[str, str | bytes] = {f"{RSS}/1.xml": feed(TWO[0])}
    files[f"{MP}/s/AAAAAAAAAAAAAAAAAAAA01.html"] = ARTICLE
    hosts = {"api.weixin.qq.com": WechatApiHost({"wx1": api})}
    kept = night(tmp_path, account(*sources), Hosts(files, hosts=hosts))
    assert error in kept.coverage.error
    assert bool(kept.coverage.error) is bool(error)
    assert kept.coverage.fetched == fetched
    assert {row.state for row in kept.articles.values()} <= {"ok"}
    assert "s3cret" not in repr(kept.run)
    if sources == [API] and fetched:
        row = next(iter(kept.articles.values()))
        assert f"{row.published_at:%Y-%m-%d %H:%M}" == "2026-11-19 10:31"


# --- Weibo ---

AT = "Thu Nov 19 10:31:04 +0800 2026"
POSTS = (WeiboPost("1", "B1", "前半 ...", AT, whole="前半后半。"), WeiboPost("2", "B2", "短的", AT))


@pytest.mark.parametrize(
    ("kind", "changed", "error", "states"),
    [
        ("weibo", {}, "", ["ok", "ok"]),
        ("weibo_pc", {}, "", ["ok", "ok"]),
        ("weibo", {"sessions": set()}, "被拒绝（432）", []),
        ("weibo_pc", {"sessions": set()}, "微博要求登录", []),
        ("weibo", {"posts": ()}, "不能当作没有微博", []),
        ("weibo_pc", {"posts": ()}, "不能当作没有微博", []),
    ],
)
def test_weibo_ends_in_posts_or_a_gap(  # noqa: PLR0913, PLR0917 # a row of the table
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    changed: dict[str, Any],
    error: str,
    states: list[str],
) -> None:
    monkeypatch.setenv("WB_COOKIE", "SUB=good")
    world = WeiboWorld(**{"uid": "7", "posts": POSTS} | changed)
    spec = SourceSpec(kind, {"uid": "7", "cookie": "env:WB_COOKIE"})
    kept = night(tmp_path, account(spec, platform=Platform.WEIBO), Hosts(hosts=world.hosts()))
    assert error in kept.coverage.error
    assert bool(kept.coverage.error) is bool(error)
    assert [row.state for row in kept.articles.values()] == states
    assert all(f"{row.published_at:%H:%M}" == "10:31" for row in kept.articles.values())


# --- sites ---

GBK = (PAGES / "trs" / "mislabelled_gb2312.html").read_bytes()
FIRST = f"{LIST}202603/t20260309_1002.html"
TRS = SourceSpec("trs", {"list": LIST})


def trs_list(*names: str, pages: int = 1) -> str:
    rows = "".join(f'<li><a href="./{name}">题</a></li>' for name in names)
    return f'<ul>{rows}</ul><script>createPageHTML({pages}, 0, "index", "html");</script>'


ONE = "202603/t20260309_1002.html"
FILES: dict[str, str | bytes] = {
    f"{SITE}/gzdt/index.html": trs_list(ONE),
    f"{SITE}/gzdt/{ONE}": GBK,
}


def on(path: str, **fault: Any) -> Route:  # noqa: ANN401 # fields of Route
    return Route(SITE, path, **fault)


@pytest.mark.parametrize(
    ("route", "error", "failed", "naps"),
    [
        (None, "", 0, []),
        (on("/gzdt/", times=1, status=429, headers={"Retry-After": "7"}), "", 0, [7.0]),
        (on("/gzdt/", status=429), "限制访问频率", 0, [1.0]),
        (on("/gzdt/", times=1, status=503), "", 0, [1.0]),
        (on("/gzdt/", status=503), "返回 503", 0, [1.0]),
        (on("/gzdt/", status=404), "已不存在（404）", 0, []),
        (on("/gzdt/", status=412), "被拒绝（412）", 0, []),
        (on("/gzdt/", status=521), "被拒绝（521）", 0, []),
        (on("/gzdt/", close=True), "连接中断", 0, [1.0]),
        (on("/gzdt/", file=f"{SITE}/gzdt/{ONE}", truncate=9), "连接中断", 0, [1.0]),
        (on("/gzdt/", delay=9.0), "超时", 0, [1.0]),
        (on("/gzdt/", file=f"{SITE}/login.html"), "列表里没有文章", 0, []),
        (on(f"/gzdt/{ONE}", status=500), "", 1, [1.0]),
        (on(f"/gzdt/{ONE}", file=f"{SITE}/gzdt/{ONE}", truncate=99), "", 1, [1.0]),
        (on(f"/gzdt/{ONE}", file=f"{SITE}/login.html"), "", 1, []),
        (on(f"/gzdt/{ONE}", file=f"{SITE}/empty.html"), "", 1, []),
        (on(f"/gzdt/{ONE}", status=403), "", 1, []),
    ],
)
def test_a_site_ends_in_articles_or_a_gap(
    tmp_path: Path, route: Route | None, error: str, failed: int, naps: list[float]
) -> None:
    files = {
        **FILES,
        f"{SITE}/login.html": "<html><body>请登录</body></html>",
        f"{SITE}/empty.html": "<html><body><div class='TRS_Editor'> </div></body></html>",
    }
    served = Hosts(files, (route,) if route else ())
    hangs = route is not None and route.delay > 0
    timeout = 0.3 if hangs else 9.0  # a busy machine must not look like a slow host
    kept = night(tmp_path, account(TRS, platform=Platform.SITE), served, timeout=timeout)
    assert error in kept.coverage.error
    assert bool(kept.coverage.error) is bool(error)
    assert (kept.coverage.failed, kept.naps) == (failed, naps)
    if not error and not failed:
        row = kept.articles[FIRST]
        assert row.text.startswith("溪口区开展喆里村道路养护\n喆里村的道路有3㎞，镕桥")
        assert f"{row.published_at:%Y-%m-%d %H:%M}" == "2026-03-09 09:30"
    else:
        assert kept.articles == {}


def test_an_article_that_is_gone_is_deleted_not_failed(tmp_path: Path) -> None:
    served = Hosts(FILES, (on(f"/gzdt/{ONE}", status=404),))
    kept = night(tmp_path, account(TRS, platform=Platform.SITE), served)
    assert counted(kept) == Coverage("acc-1", listed=1, gone=1)


def test_pages_out_of_order_and_past_the_end_are_all_read(tmp_path: Path) -> None:
    names = [f"202603/t202603{day}_{day}.html" for day in (28, 11, 19, 30)]
    files: dict[str, str | bytes] = {f"{SITE}/gzdt/{name}": GBK for name in names}
    files[f"{SITE}/gzdt/index.html"] = trs_list(*names[:2], pages=9)  # there are two
    files[f"{SITE}/gzdt/index_1.html"] = trs_list(*names[2:], pages=9)
    kept = night(tmp_path, account(TRS, platform=Platform.SITE), Hosts(files))
    assert counted(kept) == Coverage("acc-1", listed=4, fetched=4)
    assert kept.replay.counts[f"/{SITE}/gzdt/index_2.html"] == 1


def test_the_same_night_again_asks_only_for_what_failed(tmp_path: Path) -> None:
    route = on(f"/gzdt/{ONE}", times=2, status=500)  # and the retry
    kept = night(tmp_path, account(TRS, platform=Platform.SITE), Hosts(FILES, (route,)), times=2)
    assert counted(kept) == Coverage("acc-1", listed=1, fetched=1)
    assert kept.replay.counts[f"/{SITE}/gzdt/"] == 1
    assert kept.replay.counts[f"/{SITE}/gzdt/{ONE}"] == 3


def test_what_has_not_changed_is_asked_for_by_its_validator(tmp_path: Path) -> None:
    recent = "202611/t20261118_1.html"
    meta = '<meta name="PubDate" content="2026-11-18 09:30">'
    page = f"<html><head>{meta}</head><body><div class='TRS_Editor'>正文。</div></body></html>"
    given = {"ETag": '"7"', "Last-Modified": "Wed, 18 Nov 2026 01:00:00 GMT"}
    asked = {"If-None-Match": '"7"', "If-Modified-Since": given["Last-Modified"]}
    served = Hosts(
        {f"{SITE}/gzdt/index.html": trs_list(recent), f"{SITE}/x": page},
        (
            on(f"/gzdt/{recent}", asks=asked, status=304),
            on(f"/gzdt/{recent}", file=f"{SITE}/x", headers=given, type="text/html"),
        ),
    )
    first = night(tmp_path, account(TRS, platform=Platform.SITE), served)
    assert first.coverage.fetched == 1
    with (
        closing(open_store(f"sqlite:///{tmp_path / 'a.db'}")) as store,
        store.write() as connection,
    ):
        connection.execute(queue.update().values(fetched_at=datetime(2026, 11, 19, tzinfo=CHINA)))
    again = night(tmp_path, account(TRS, platform=Platform.SITE), served)
    assert again.run.new_versions == 0
    assert again.run.failures == []
    [row] = again.queue.values()
    assert row.fetched_at == NOW
    assert json.loads(json.dumps(row.validators)) == {
        "etag": '"7"',
        "last-modified": given["Last-Modified"],
    }


@pytest.mark.parametrize(
    ("source", "quoted"), [("新华社", True), ("溪口区融媒体中心", False), ("", False)]
)
def test_what_a_site_reposts_is_somebody_else_s_words(
    tmp_path: Path,
    source: str,
    quoted: bool,  # noqa: FBT001 # a table
) -> None:
    page = (
        f'<meta charset="utf-8"><meta name="ArticleTitle" content="题"><meta name="ContentSource" '
        f'content="{source}"><div class="TRS_Editor"><p>转来的文字。</p></div>'
    )
    files: dict[str, str | bytes] = {
        f"{SITE}/gzdt/index.html": "<li><a href='./202611/t20261110_1.html'>题</a></li>"
        '<script>createPageHTML(1, 0, "index", "html");</script>',
        f"{SITE}/gzdt/202611/t20261110_1.html": page,
    }
    spec = SourceSpec("trs", {"list": LIST})
    kept = night(tmp_path, account(spec, platform=Platform.SITE), Hosts(files))
    [row] = kept.articles.values()
    assert row.state == "ok"
    with closing(open_store(f"sqlite:///{tmp_path / 'a.db'}")) as store, store.read() as connection:
        [blocks] = connection.execute(select(versions.c.blocks)).scalars()
    assert [kind for kind, *_ in blocks] == ["title", "quoted" if quoted else "body"]
