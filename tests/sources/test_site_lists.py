"""Lists of TRS and Hanweb sites on loopback: paging, order, ends and walls."""

from datetime import datetime

import pytest
from replay import Route

from tests.sources.reading import Serve, account, listed, titles, with_source
from textcheck.config import CHINA
from textcheck.errors import BlockedError, ConfigError, FetchError, FormatChanged
from textcheck.sources import Source


def test_sources_are_known_by_the_kinds_of_the_register(serve: Serve) -> None:
    async def names(source: Source) -> str:
        return source.name

    replay = serve({"h/x": ""})
    for kind in ("wechat_rss", "weibo", "trs", "hanweb"):
        assert with_source(replay, kind, names) == kind


@pytest.mark.parametrize("kind", ["wechat_rss", "weibo", "trs", "hanweb"])
def test_a_source_without_its_option_is_a_wrong_setting(serve: Serve, kind: str) -> None:
    replay = serve({"h/x": ""})
    with pytest.raises(ConfigError, match=f"账号 acc-1 的 {kind} 来源缺少"):
        listed(replay, account(kind))


TRS = "www.xikou.example.gov.cn/gzdt"
TRS_URL = f"http://{TRS}/"


def trs_page(rows: str, paging: str = "") -> str:
    return (
        '<html><head><meta charset="utf-8"></head><body><div><a href="/about.html">关于</a></div>'
        f'<ul class="u-list">{rows}</ul><script>{paging}</script></body></html>'
    )


def row(number: int, day: str, shown: str, title: str = "") -> str:
    link = f"./{day[:6]}/t{day}_{number}.html"
    attribute = f' title="{title}"' if title else ""
    return f'<li><a href="{link}"{attribute}>第{number}条...</a><span>{shown}</span></li>'


def test_trs_pages_are_read_as_declared(serve: Serve) -> None:
    first = row(3, "20260624", "06-24") + row(4, "20260625", "2026/06/25", "第四条的完整标题")
    replay = serve(
        {
            f"{TRS}/index.html": trs_page(first, 'createPageHTML(2, 0, "index", "html");'),
            f"{TRS}/index_1.html": trs_page(
                row(1, "20251231", "12-31"), 'createPageHTML(2, 1, "index", "html");'
            ),
        }
    )
    one, two = listed(replay, account("trs", list=TRS_URL))
    assert titles([one, two]) == [["第四条的完整标题", "第3条..."], ["第1条..."]]
    assert [item.published_at for item in (*one.references, *two.references)] == [
        datetime(2026, 6, 25, tzinfo=CHINA),
        datetime(2026, 6, 24, tzinfo=CHINA),
        datetime(2025, 12, 31, tzinfo=CHINA),
    ]
    newest = one.references[0]
    assert newest.url == f"http://{TRS}/202606/t20260625_4.html"
    assert newest.native_id == f"https://{TRS}/202606/t20260625_4.html"
    assert (newest.account_id, newest.source) == ("acc-1", "trs")
    assert two.cursor is None
    assert one.cursor is not None
    assert listed(replay, account("trs", list=TRS_URL), one.cursor.value) == [two]


def test_trs_ends_at_404_where_the_length_is_not_told(serve: Serve) -> None:
    replay = serve(
        {
            f"{TRS}/index.html": trs_page(row(2, "20260602", "")),
            f"{TRS}/index_1.html": trs_page(row(1, "20260601", "")),
        }
    )
    assert titles(listed(replay, account("trs", list=TRS_URL))) == [["第2条..."], ["第1条..."]]
    assert replay.counts[f"/{TRS}/index_2.html"] == 1


def test_trs_ends_where_a_page_repeats_itself(serve: Serve) -> None:
    page = trs_page(row(1, "20260601", ""), 'createPageHTML(99, 0, "index", "html")')
    replay = serve({f"{TRS}/index.html": page, f"{TRS}/index_1.html": page})
    assert titles(listed(replay, account("trs", list=TRS_URL))) == [["第1条..."]]
    assert sum(replay.counts.values()) == 3  # robots.txt and two pages


def test_trs_takes_each_article_once_and_no_other_site(serve: Serve) -> None:
    link = "./202606/t20260601_1.html"
    rows = (
        f'<li><a href="{link}"><img src="x.jpg"></a><h3><a href="{link}#top">图文</a></h3></li>'
        '<li><a href="http://www.gov.cn/x/t20260602_9.html">转来的</a></li>'
        '<li><a href="javascript:void(0)">更多</a><a href="http://[">坏</a><a>空</a></li>'
        f"{row(7, '20261399', '')}"
    )
    replay = serve({f"{TRS}/index.html": trs_page(rows, 'createPageHTML(1, 0, "index", "html")')})
    [listing] = listed(replay, account("trs", list=TRS_URL))
    assert titles([listing]) == [["第7条...", "图文"]]
    # A file name that is no date gives none, and what has none is never cut off by date.
    assert listing.references[0].published_at is None


@pytest.mark.parametrize("status", [403, 412, 521])
def test_trs_walls_are_blocked(serve: Serve, status: int) -> None:
    wall = Route("www.xikou.example.gov.cn", "/gzdt/", status=status)
    config = {f"{TRS}/x": ""}
    with pytest.raises(BlockedError):
        listed(serve(config, wall), account("trs", list=TRS_URL))


def test_trs_answer_that_is_neither_wall_nor_list_is_an_error(serve: Serve) -> None:
    odd = Route("www.xikou.example.gov.cn", "/gzdt/", status=400)
    with pytest.raises(FetchError, match="返回 400") as caught:
        listed(serve({f"{TRS}/x": ""}, odd), account("trs", list=TRS_URL))
    assert type(caught.value) is FetchError


@pytest.mark.parametrize(
    ("files", "kind", "message"),
    [
        ({f"{TRS}/index.html": "<html><p>改版</p></html>"}, FormatChanged, "列表里没有文章"),
        ({f"{TRS}/index.html": ""}, FormatChanged, "网页是空的"),
        ({f"{TRS}/other.html": ""}, FetchError, "列表 .* 已不存在"),
    ],
)
def test_trs_without_a_list_is_an_error(
    serve: Serve, files: dict[str, str], kind: type[FetchError], message: str
) -> None:
    with pytest.raises(FetchError, match=message) as caught:
        listed(serve(files), account("trs", list=TRS_URL))
    assert type(caught.value) is kind


COL = "lyj.xikou.example.gov.cn"
COL_URL = f"http://{COL}/col/col12/index.html"
PROXY = "/module/web/jpage/dataproxy.jsp"
JUNK = "<record><![CDATA[<li style=<br/></li>]]></record>"


def record(number: int, day: str, tag: str = "li") -> str:
    year, month, date = day.split("-")
    link = f"/art/{year}/{int(month)}/{int(date)}/art_12_{number}.html"
    text = f'<a href="{link}" title="第{number}条全题" target="_blank">第{number}...</a>'
    inner = f"<td>{text}</td><td>{day}</td>" if tag == "tr" else f"{text}<b>{day}</b>"
    return f"<record><![CDATA[<{tag}>{inner}</{tag}>]]></record>"


def datastore(records: str, total: int | None = None) -> str:
    told = f"<totalrecord>{total}</totalrecord><totalpage>9</totalpage>" if total else ""
    following = (
        f'<nextgroup><![CDATA[<a href="{PROXY}?page=1&appid=1&webid=110&path=/&columnid=12'
        '&unitid=38&webname=%25E6%259E%2597&permissiontype=0"></a>]]></nextgroup>'
    )
    return f"<datastore>{following}{told}<recordset>{records}</recordset></datastore>"


def column(records: str, total: int | None = None) -> str:
    store = datastore(records, total)
    return f'<html><body><div id="38"><script type="text/xml">{store}</script></div></body></html>'


def proxied(start: int, file: str) -> Route:
    form = {"columnid": "12", "webid": "110", "unitid": "38", "path": "/", "col": "1"}
    # Decoded once by the form, the name is still encoded once, as the page's own script sends it.
    form["webname"] = "%E6%9E%97"
    query = {"startrecord": str(start), "endrecord": str(start + 44), "perpage": "15"}
    return Route(COL, PROXY, "POST", query, form, asks={"Referer": COL_URL}, file=f"{COL}/{file}")


def test_hanweb_goes_on_behind_junk_to_its_total(serve: Serve) -> None:
    replay = serve(
        {
            f"{COL}/col/col12/index.html": column(
                record(2, "2026-01-20") + JUNK + record(3, "2026-01-21"), 5
            ),
            f"{COL}/4.xml": datastore(record(1, "2025-12-31", "tr") + JUNK, 5),
        },
        proxied(4, "4.xml"),
    )
    one, two = listed(replay, account("hanweb", list=COL_URL))
    assert titles([one, two]) == [["第3条全题", "第2条全题"], ["第1条全题"]]
    assert [listing.expected for listing in (one, two)] == [5, 5]
    assert one.references[0].published_at == datetime(2026, 1, 21, tzinfo=CHINA)
    assert two.references[0].native_id == f"https://{COL}/art/2025/12/31/art_12_1.html"
    assert two.cursor is None
    assert one.cursor is not None
    assert listed(replay, account("hanweb", list=COL_URL), one.cursor.value) == [two]


def test_hanweb_without_a_total_ends_at_an_empty_answer(serve: Serve) -> None:
    replay = serve(
        {
            f"{COL}/col/col12/index.html": column(record(2, "2026-01-20")),
            f"{COL}/2.xml": datastore(""),
        },
        proxied(2, "2.xml"),
    )
    one = listed(replay, account("hanweb", list=COL_URL))
    assert titles(one) == [["第2条全题"]]
    assert [listing.expected for listing in one] == [None]


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("<html><body><ul><li>改版</li></ul></body></html>", "没有文章列表"),
        (column(JUNK * 3, 3), "列表里没有文章"),
    ],
)
def test_hanweb_without_a_list_is_an_error(serve: Serve, page: str, message: str) -> None:
    replay = serve({f"{COL}/col/col12/index.html": page})
    with pytest.raises(FormatChanged, match=message):
        listed(replay, account("hanweb", list=COL_URL))


def test_hanweb_proxy_that_answers_a_page_is_an_error(serve: Serve) -> None:
    replay = serve(
        {f"{COL}/col/col12/index.html": column(record(2, "2026-01-20"), 9), f"{COL}/2.xml": "<p>"},
        proxied(2, "2.xml"),
    )
    with pytest.raises(FormatChanged, match="没有文章列表"):
        listed(replay, account("hanweb", list=COL_URL))
