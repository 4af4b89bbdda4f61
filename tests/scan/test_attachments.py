"""The files that articles link to: listed with size and digest, read where they can be."""

import hashlib
import io
from pathlib import Path
from typing import Any

import docx
import pytest
from plain_files import plain_pdf
from replay import Route
from sqlalchemy import create_engine, select

from tests.scan.hosts import Hosts, Kept, account, night
from textcheck.account import Platform, SourceSpec
from textcheck.document import BlockKind, Document, Span, join_blocks
from textcheck.finding import Finding, Rule, Severity
from textcheck.readers.html import parse_html
from textcheck.refine import named_attachments
from textcheck.sources.attachments import linked_files
from textcheck.store.tables import pages, versions

SITE, MP, RSS = "www.xikou.example.gov.cn", "mp.weixin.qq.com", "rss.xikou.example.gov.cn"
AT = "gzdt/202611"
ARTICLE = f"http://{SITE}/{AT}/t20261110_1.html"
TRS = SourceSpec("trs", {"list": f"http://{SITE}/gzdt/"})
XLSX = b"PK\x03\x04"


def word(*paragraphs: str) -> bytes:
    made, body = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    made.save(body)
    return body.getvalue()


WORD = word("附件一 申报条件", "须在本区注册。")
PDF = plain_pdf([["附件二", "    申报时间为十二月一日至十二月三十一日，逾期不再受", "理。"]])
LINKS = {
    "./P1.docx": ("申报条件.docx", WORD),
    "./P2.pdf": ("申报说明", PDF),
}


def page(links: dict[str, tuple[str, bytes]], text: str = "现将事项通知如下。") -> str:
    anchors = "".join(f'<p><a href="{href}">{name}</a></p>' for href, (name, _) in links.items())
    return (
        '<html><head><meta name="ArticleTitle" content="关于申报的通知">'
        '<meta name="PubDate" content="2026-11-10 09:00"></head><body>'
        f'<div class="TRS_Editor"><p>{text}</p>{anchors}</div></body></html>'
    )


def served(links: dict[str, tuple[str, bytes]], **more: Any) -> Hosts:  # noqa: ANN401 # of Hosts
    files: dict[str, str | bytes] = {
        f"{SITE}/gzdt/index.html": f"<li><a href='./202611/t20261110_1.html'>题</a></li>{PAGING}",
        f"{SITE}/{AT}/t20261110_1.html": page(links),
    }
    files |= {
        f"{SITE}/{AT}/{href.removeprefix('./')}": body for href, (_, body) in links.items() if body
    }
    return Hosts(files, **more)


PAGING = '<script>createPageHTML(1, 0, "index", "html");</script>'


def read(tmp_path: Path, links: dict[str, tuple[str, bytes]], **more: Any) -> Kept:  # noqa: ANN401 # of Hosts or the crawler
    routes = more.pop("routes", ())
    watched = account(TRS, platform=Platform.SITE)
    return night(tmp_path, watched, served(links, routes=routes), **more)


def stored(tmp_path: Path) -> Any:  # noqa: ANN401 # a row
    with create_engine(f"sqlite:///{tmp_path / 'a.db'}").connect() as connection:
        return connection.execute(select(versions)).one()


def test_word_and_pdf_files_are_read_with_the_article(tmp_path: Path) -> None:
    kept = read(tmp_path, LINKS)
    row = kept.articles[ARTICLE]
    assert row.state == "ok"
    assert row.text.splitlines()[-6:] == [
        "附件：申报条件.docx",
        "附件一 申报条件",
        "须在本区注册。",
        "附件：申报说明",
        "附件二",
        "申报时间为十二月一日至十二月三十一日，逾期不再受理。",
    ]
    assert (kept.coverage.attachments, kept.coverage.attachments_unread) == (2, 0)
    told = stored(tmp_path).attachments
    assert [(item["name"], item["size"], item["sha256"], item["unread"]) for item in told] == [
        (name, len(body), hashlib.sha256(body).hexdigest(), "") for name, body in LINKS.values()
    ]


def test_what_was_read_is_kept_as_it_came(tmp_path: Path) -> None:
    read(tmp_path, LINKS)
    with create_engine(f"sqlite:///{tmp_path / 'a.db'}").connect() as connection:
        digests = connection.execute(select(pages.c.sha256).order_by(pages.c.ordinal)).scalars()
        assert list(digests)[1:] == [hashlib.sha256(body).hexdigest() for _, body in LINKS.values()]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (OLE, "旧版 Word"),
        (b"Rar!\x1a\x07", "压缩包"),
        (plain_pdf([[]]), "扫描件"),
    ],
)
def test_a_kind_that_is_not_read_is_noted_and_is_no_gap(
    tmp_path: Path, body: bytes, reason: str
) -> None:
    kept = read(tmp_path, {"./P1.doc": ("表.doc", body)})
    assert kept.articles[ARTICLE].state == "ok"
    assert (kept.coverage.attachments_unread, kept.coverage.partial) == (1, 0)
    [failure] = kept.run.failures
    assert "附件“表.doc”未读：" in failure
    assert reason in failure
    [told] = stored(tmp_path).attachments
    assert told["sha256"] == hashlib.sha256(body).hexdigest()


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("坏.docx", WORD[:600], "已损坏"),
        ("坏.pdf", PDF[:300], "已损坏"),
        ("假.docx", b"<!DOCTYPE html><html><p>\xe6\x97\xa0</p></html>", "网页"),
        ("没有.docx", b"", "404"),
        ("大.docx", b"PK\x03\x04" + b"\0" * 200_000, "超过 100000 字节"),
    ],
)
def test_a_file_that_should_have_been_read_is_a_gap(
    tmp_path: Path, name: str, body: bytes, reason: str
) -> None:
    links = {f"./P9{Path(name).suffix}": (name, body), **LINKS}
    kept = read(tmp_path, links, max_bytes=100_000)
    row = kept.articles[ARTICLE]
    assert (row.state, kept.coverage.partial) == ("partial", 1)
    assert "须在本区注册。" in row.text  # the others are read all the same
    assert [failure for failure in kept.run.failures if reason in failure]
    assert (kept.coverage.attachments, kept.coverage.attachments_unread) == (3, 1)


def test_an_article_that_is_all_attachment_is_read_in_full(tmp_path: Path) -> None:
    hosts = served(LINKS)
    files = dict(hosts.files)
    files[f"{SITE}/{AT}/t20261110_1.html"] = page({"./P1.docx": ("", WORD)}, text="")
    kept = night(tmp_path, account(TRS, platform=Platform.SITE), Hosts(files))
    row = kept.articles[ARTICLE]
    assert row.state == "ok"
    assert row.text.endswith("须在本区注册。")


def test_a_partial_article_is_asked_for_in_full_the_next_night(tmp_path: Path) -> None:
    path = f"/{AT}/P1.docx"
    once = Route(SITE, path, status=500, times=2)
    tagged = Route(
        SITE,
        f"/{AT}/t20261110_1.html",
        file=f"{SITE}/{AT}/t20261110_1.html",
        headers={"ETag": '"1"'},
        type="text/html; charset=utf-8",
    )
    kept = read(tmp_path, LINKS, routes=(once, tagged))
    assert kept.articles[ARTICLE].state == "partial"
    assert kept.queue[ARTICLE].validators == {}


def test_too_many_files_are_listed_and_not_fetched(tmp_path: Path) -> None:
    links = {f"./P{number}.doc": (f"{number}.doc", OLE) for number in range(22)}
    kept = read(tmp_path, links)
    assert kept.coverage.attachments_unread == 22
    assert sum("P2" in target for target in kept.replay.counts) == 1  # P2, not P20
    assert kept.articles[ARTICLE].state == "partial"


def test_files_that_a_wechat_article_links_to_are_read(tmp_path: Path) -> None:
    link = f"https://{SITE}/files/1.docx"
    text = (
        "<div id='js_article'><h1 id='activity-name'>题</h1><div id='js_content'>"
        f"<p>见<a href='{link}'>办法</a>。</p></div></div><script>var ct = '1775038385';</script>"
    )
    feed = (
        "<rss version='2.0'><channel><title>t</title><item><title>题</title>"
        f"<link>https://{MP}/s/AAAAAAAAAAAAAAAAAAAA01</link></item></channel></rss>"
    )
    files: dict[str, str | bytes] = {
        f"{RSS}/1.xml": feed,
        f"{MP}/s/AAAAAAAAAAAAAAAAAAAA01.html": f"<meta charset=utf-8>{text}",
        f"{SITE}/files/1.docx": WORD,
    }
    bridge = SourceSpec("wechat_rss", {"feed": f"https://{RSS}/1.xml"})
    kept = night(tmp_path, account(bridge), Hosts(files))
    [row] = kept.articles.values()
    assert row.text.splitlines()[-3:] == ["附件：办法", "附件一 申报条件", "须在本区注册。"]
    # Whoever's host it is, its robots.txt is asked.
    assert kept.replay.counts[f"/{SITE}/robots.txt"] == 1


def test_a_finding_in_an_attachment_names_it() -> None:
    text, blocks = join_blocks(
        [
            (BlockKind.BODY, "错一"),
            (BlockKind.UI, "附件：甲.docx"),
            (BlockKind.ATTACHMENT, "错二"),
            (BlockKind.UI, "附件：乙.pdf"),
            (BlockKind.ATTACHMENT, "无"),
            (BlockKind.ATTACHMENT, "错三"),
        ]
    )
    rule = Rule("WRD801", Severity.ORDINARY, "错字", "表")
    starts = [at for at, character in enumerate(text) if character == "错"]
    findings = [
        Finding(rule, Span(at, at + 1), Severity.ORDINARY, 0.9, "错字", (), "表") for at in starts
    ]
    messages = [item.message for item in named_attachments(findings, Document(text, blocks))]
    assert messages == ["错字", "错字（在附件“甲.docx”中）", "错字（在附件“乙.pdf”中）"]


@pytest.mark.parametrize(
    ("href", "is_file"),
    [
        ("a.DOCX", True),
        ("/module/download/downfile.jsp?classid=0&filename=2601.pdf", True),
        ("a.html?from=b.docx.html", False),
        ("docx", False),
        ("javascript:open('a.docx')", False),
    ],
)
def test_a_file_is_told_by_its_address(href: str, is_file: bool) -> None:  # noqa: FBT001 # a table
    root = parse_html(f'<p><a href="{href}">文件</a></p>')
    assert bool(list(linked_files(root.iter("a"), f"http://{SITE}/"))) is is_file
