"""WeChat accounts listed by pushed events, by the back end, and by pasted links."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from replay import Route

from tests.sources.reading import Serve, account, fetched, listed, titles
from textcheck import errors
from textcheck.article import ArticleState, Cursor
from textcheck.config import CHINA
from textcheck.sources.wechat_events import read_events

SHORT = "https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAA01"
LONG = "http://mp.weixin.qq.com/s?__biz=MzA==&amp;mid=22&amp;idx=2&amp;sn=f#rd"
PAGE = (
    '<html><body><div id="js_article"><h1 id="activity-name">题</h1>'
    '<div id="js_content" style="visibility: hidden"><p>正文。</p></div></div>'
    '<script>var item_show_type = "0"; var ct = "1762747210";</script></body></html>'
)
SENT = (
    "<xml><ToUserName>gh_1</ToUserName><CreateTime>1762747300</CreateTime><MsgType>event</MsgType>"
    "<Event>MASSSENDJOBFINISH</Event><MsgID>1000001625</MsgID><Status>{status}</Status>"
    "<ArticleUrlResult><Count>2</Count><ResultList>"
    f"<item><ArticleIdx>1</ArticleIdx><ArticleUrl><![CDATA[{SHORT}]]></ArticleUrl></item>"
    f"<item><ArticleIdx>2</ArticleIdx><ArticleUrl>{LONG}</ArticleUrl></item>"
    "</ResultList></ArticleUrlResult></xml>"
)
PUBLISHED = (
    "<xml><CreateTime>1762747200</CreateTime><Event>PUBLISHJOBFINISH</Event><PublishEventInfo>"
    "<publish_id>1</publish_id><publish_status>{status}</publish_status><article_id>a</article_id>"
    "<article_detail><count>1</count><item><idx>1</idx>"
    "<article_url>http://mp.weixin.qq.com/s?__biz=MzA==&amp;mid=9&amp;idx=1&amp;sn=f</article_url>"
    "</item></article_detail></PublishEventInfo></xml>"
)
DONE = SENT.format(status="send success")


def inbox(tmp_path: Path, **files: str) -> str:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name, body in files.items():
        (folder / f"{name}.xml").write_text(body, encoding="utf-8")
    return str(folder)


def test_the_inbox_names_each_article_once_and_its_page_is_read(
    serve: Serve, tmp_path: Path
) -> None:
    folder = inbox(tmp_path, a=DONE, again=DONE, b=PUBLISHED.format(status=0))
    replay = serve({"mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAA01.html": PAGE})
    [listing] = listed(replay, account("wechat_events", inbox=folder))
    identities = [item.native_id for item in listing.references]
    assert identities == ["AAAAAAAAAAAAAAAAAAAA01", "MzA==:22:2", "MzA==:9:1"]
    article = fetched(replay, listing.references[0])
    assert article.document.text == "题\n正文。"
    assert article.published_at == datetime(2025, 11, 10, 12, 0, 10, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (DONE + PUBLISHED.format(status=0), 3),
        ('<?xml version="1.0"?>' + DONE, 2),
        (SENT.format(status="sendsuccess"), 2),
        (SENT.format(status="send fail"), 0),
        (SENT.format(status="err(20001)"), 0),
        (PUBLISHED.format(status=2), 0),
        ("<xml><Event>subscribe</Event></xml>", 0),
        ("<xml><Event>MASSSENDJOBFINISH</Event><Status>send success</Status></xml>", 0),
    ],
)
def test_only_what_went_out_is_named(body: str, count: int) -> None:
    assert len(list(read_events("a", body.encode(), "1.xml"))) == count


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "没有事件"),
        ("<xml><Encrypt>x</Encrypt></xml>", "是加密的"),
        ("<xml>", "不是可读的 XML"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><xml><Event>&b;</Event></xml>', "不是可读的 XML"),
    ],
)
def test_what_is_no_event_is_an_error(body: str, message: str) -> None:
    with pytest.raises(errors.FormatChanged, match=message):
        list(read_events("a", body.encode(), "1.xml"))


def test_a_missing_inbox_is_a_wrong_register(serve: Serve, tmp_path: Path) -> None:
    with pytest.raises(errors.ConfigError, match="没有目录"):
        listed(serve({}), account("wechat_events", inbox=str(tmp_path / "nowhere")))


def test_pasted_links_are_read_in_order(serve: Serve, tmp_path: Path) -> None:
    file = tmp_path / "links.csv"
    file.write_text(f"标题,链接\n甲,{SHORT}\n乙;https://x.example/1\n重,{SHORT}\n", "gb18030")
    replay = serve({"mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAA01.html": PAGE})
    [listing] = listed(replay, account("wechat_links", file=str(file)))
    assert [item.url for item in listing.references] == [SHORT]
    assert fetched(replay, listing.references[0]).state is ArticleState.OK
    with pytest.raises(errors.ConfigError, match="无法读取"):
        listed(replay, account("wechat_links", file=str(tmp_path / "none")))


def article(number: int, **changed: object) -> dict[str, object]:
    return {
        "aid": f"{number}_1",
        "title": f"题{number}",
        "link": f"https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAA0{number}",
        "create_time": 1762747210 - number,
        "item_show_type": 0,
        "is_deleted": False,
    } | changed


def pushes(*articles: dict[str, object] | None, total: int = 2) -> str:
    told = [{"publish_info": json.dumps({"appmsgex": [item]}) if item else ""} for item in articles]
    page = {"total_count": total, "publish_list": told}
    return json.dumps({"base_resp": {"ret": 0, "err_msg": "ok"}, "publish_page": json.dumps(page)})


def backend(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:  # noqa: ANN401 # an Account
    monkeypatch.setenv("WX_COOKIE", "slave_sid=s1")
    token = tmp_path / "token"
    token.write_text("778899\n")
    token.chmod(0o600)
    given = {"fakeid": "MzA==", "cookie": "env:WX_COOKIE", "token": f"file:{token}"}
    return account("wechat_backend", **given)


def route(begin: int, file: str) -> Route:
    query = {"begin": str(begin), "fakeid": "MzA==", "token": "778899", "f": "json"}
    asks = {"Cookie": "slave_sid=s1"}
    return Route("mp.weixin.qq.com", "/cgi-bin/appmsgpublish", query=query, asks=asks, file=file)


def test_the_back_end_lists_all_that_was_sent(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = pushes(article(1), None, article(2, is_deleted=True), total=4)
    files = {
        "mp.weixin.qq.com/1.json": first,
        "mp.weixin.qq.com/2.json": pushes(article(3), total=4),
        "mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAA01.html": PAGE,
    }
    pages = route(0, "mp.weixin.qq.com/1.json"), route(3, "mp.weixin.qq.com/2.json")
    replay = serve(files, *pages)
    watched = backend(monkeypatch, tmp_path)
    listings = listed(replay, watched)
    assert titles(listings) == [["题1", "题2"], ["题3"]]
    assert [listing.cursor for listing in listings] == [Cursor("3"), None]
    first_one, deleted = listings[0].references
    assert fetched(replay, first_one).document.text == "题\n正文。"
    with pytest.raises(errors.GoneError):
        fetched(replay, deleted)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ('{"base_resp": {"ret": 200003, "err_msg": "invalid session"}}', errors.LoginExpired),
        ('{"base_resp": {"ret": 200040, "err_msg": "csrf"}}', errors.LoginExpired),
        ('{"base_resp": {"ret": 200013, "err_msg": "freq control"}}', errors.RateLimited),
        ('{"base_resp": {"ret": 200002, "err_msg": "invalid args"}}', errors.FetchError),
        ("{}", errors.FormatChanged),
        ('{"base_resp": {"ret": 0}, "publish_page": "x"}', errors.FormatChanged),
        ('{"base_resp": {"ret": 0}, "publish_page": "{}"}', errors.FormatChanged),
        ("<html>", errors.FormatChanged),
    ],
)
def test_a_lost_login_is_no_empty_account(
    serve: Serve,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    answer: str,
    kind: type[Exception],
) -> None:
    replay = serve({"mp.weixin.qq.com/1.json": answer}, route(0, "mp.weixin.qq.com/1.json"))
    with pytest.raises(errors.FetchError) as caught:
        listed(replay, backend(monkeypatch, tmp_path))
    assert type(caught.value) is kind
    assert "778899" not in str(caught.value)


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("s3cret", "不能直接写在登记表里"),
        ("env:NOT_SET_ANYWHERE", "没有设置环境变量"),
        ("file:/nowhere/x", "无法读取文件"),
        ("file:open", "能被其他用户读取"),
        ("file:empty", "是空的"),
    ],
)
def test_secrets_stay_out_of_the_register_and_of_others_hands(
    serve: Serve, tmp_path: Path, reference: str, message: str
) -> None:
    (tmp_path / "open").write_text("s3cret")
    (tmp_path / "empty").touch(mode=0o600)
    (tmp_path / "empty").chmod(0o600)
    if reference in {"file:open", "file:empty"}:
        reference = f"file:{tmp_path / reference[5:]}"
    watched = account("wechat_backend", fakeid="1", cookie=reference, token="env:X")  # noqa: S106 # a reference
    with pytest.raises(errors.ConfigError, match=message) as caught:
        listed(serve({}), watched)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("script", "identity"),
    [
        ('var biz = "MzA==" || ""; var mid = "22" || ""; var idx = "1" || "";', "MzA==:22:1"),
        ('var biz = "MzA==" || "";', ""),
        ("", ""),
    ],
)
def test_a_page_tells_the_identity_that_its_short_link_hides(
    serve: Serve, tmp_path: Path, script: str, identity: str
) -> None:
    page = PAGE.replace("<script>", f"<script>{script} ", 1)
    replay = serve({"mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAA01.html": page})
    file = tmp_path / "links.txt"
    file.write_text(SHORT)
    [listing] = listed(replay, account("wechat_links", file=str(file)))
    article = fetched(replay, listing.references[0])
    assert article.identity == identity
