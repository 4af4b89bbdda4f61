"""Weibo on loopback: paging, pinned posts, long texts, walls."""

import json
from datetime import datetime
from typing import Any

import pytest
from replay import Replay, Route

from tests.sources.reading import Serve, account, fetched, listed, titles
from textcheck.article import Cursor, Reference
from textcheck.config import CHINA
from textcheck.document import BlockKind
from textcheck.errors import BlockedError, FetchError, FormatChanged, LoginExpired

UID = "1000000001"
HEADERS = {
    "Referer": f"https://m.weibo.cn/u/{UID}",
    "X-Requested-With": "XMLHttpRequest",
    "MWeibo-Pwa": "1",
}


def post(mid: str, text: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 # JSON
    user = {"id": int(UID), "screen_name": "溪口发布"}
    return {
        "card_type": 9,
        "scheme": f"https://m.weibo.cn/status/B{mid}?mblogid=B{mid}",
        "mblog": {
            "id": mid,
            "mid": mid,
            "bid": "",
            "created_at": "Fri Nov 20 08:05:04 +0800 2026",
            "text": text,
            "isLongText": False,
            "pic_num": 0,
            "user": user,
            **fields,
        },
    }


def cards(*found: dict[str, Any], since_id: int | None = None, total: int = 9) -> str:
    info = {"containerid": f"107603{UID}", "total": total, "since_id": since_id}
    return json.dumps({"ok": 1, "data": {"cardlistInfo": info, "cards": found}})


def weibo(
    serve: Serve, *pages: str, more: dict[str, str] | None = None, extra: tuple[Route, ...] = ()
) -> Replay:
    files = {f"m.weibo.cn/{number}.json": page for number, page in enumerate(pages)}
    query = {"type": "uid", "value": UID, "containerid": f"107603{UID}"}
    kind = "application/json; charset=utf-8"
    path = "/api/container/getIndex"
    routes = [
        Route(
            "m.weibo.cn",
            path,
            query={**query, "since_id": str(number)} if number else query,
            asks=HEADERS,
            file=name,
            type=kind,
        )
        for number, name in reversed(list(enumerate(files)))
    ]
    return serve({**files, **(more or {})}, *routes, *extra)


def test_weibo_pages_by_since_id_and_keeps_the_pinned_apart(serve: Serve) -> None:
    old = "Tue Jun 08 09:35:04 +0800 2021"
    pinned = post("1", "置顶的旧闻", created_at=old, title={"text": "置顶"}, edit_at=old)
    liked = post("5", "别人的", user={"id": 7})
    group = {"card_type": 11, "card_group": [post("3", "五分钟前的", created_at="5分钟前")]}
    replay = weibo(
        serve,
        cards(pinned, post("4", "新的"), liked, group, {"card_type": 58}, since_id=1),
        cards(post("2", "旧的"), since_id=2),
        json.dumps({"ok": 0, "msg": "这里还没有内容", "data": {"cards": []}}),
    )
    one, two, end = listed(replay, account("weibo", uid=UID))
    assert titles([one, two, end]) == [["新的", "五分钟前的", "置顶的旧闻"], ["旧的"], []]
    assert [item.hint.get("pinned") for item in one.references] == [None, None, "1"]
    assert [item.native_id for item in one.references] == ["4", "3", "1"]
    assert one.references[0].url == f"https://weibo.com/{UID}/B4"
    assert one.references[0].published_at == datetime(2026, 11, 20, 8, 5, 4, tzinfo=CHINA)
    assert one.references[1].published_at == datetime(2026, 11, 20, 8, 55, 30, tzinfo=CHINA)
    assert (one.expected, two.cursor, end.cursor) == (9, Cursor("2"), None)
    assert listed(replay, account("weibo", uid=UID), "1") == [two, end]
    edited = fetched(replay, one.references[2])
    assert edited.modified_at == datetime(2021, 6, 8, 9, 35, 4, tzinfo=CHINA)


def test_weibo_list_that_turns_in_a_circle_ends(serve: Serve) -> None:
    replay = weibo(serve, cards(post("1", "甲"), since_id=1), cards(post("2", "乙"), since_id=1))
    assert titles(listed(replay, account("weibo", uid=UID))) == [["甲"], ["乙"]]


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        ('{"ok": -100, "url": "https://passport.weibo.com/"}', LoginExpired, "要求登录"),
        ('{"ok": 0, "msg": "这里还没有内容", "data": {"cards": []}}', BlockedError, "不能当作没有"),
        (cards(), BlockedError, "不能当作没有"),
        (cards({"card_type": 58}), BlockedError, "不能当作没有"),
        ("<html><title>Sina Visitor System</title></html>", BlockedError, "访客验证"),
        ("<html></html>", FormatChanged, "不是 JSON"),
        ("[]", FormatChanged, "不是 JSON 对象"),
        ("[" * 100_000, FormatChanged, "不是 JSON"),
        ('{"ok": 1}', FormatChanged, "没有 data"),
        ('{"ok": 1, "data": {"cards": {}}}', FormatChanged, "没有微博列表"),
        (cards(post("", "无编号", id="")), FormatChanged, "没有编号"),
        (cards(post("1", "<!-- 注 -->")), FormatChanged, "是空的"),
    ],
)
def test_weibo_answers_that_are_no_list(
    serve: Serve, body: str, kind: type[FetchError], message: str
) -> None:
    with pytest.raises(FetchError, match=message) as caught:
        listed(weibo(serve, body), account("weibo", uid=UID))
    assert type(caught.value) is kind


@pytest.mark.parametrize("status", [403, 414, 418, 432])
def test_weibo_walls_are_blocked(serve: Serve, status: int) -> None:
    wall = Route("m.weibo.cn", "/api/container/getIndex", status=status)
    with pytest.raises(BlockedError, match=str(status)):
        listed(serve({"m.weibo.cn/x": ""}, wall), account("weibo", uid=UID))


LONG_POST = post("8", '前半 ...<a href="/status/8">全文</a>', isLongText=True)
LONG_TEXT = '<a href="x"><span class="surl-text">#话题#</span></a><br />前半后半。'


@pytest.mark.parametrize(
    ("answer", "status", "state", "lines"),
    [
        (
            json.dumps({"ok": 1, "data": {"ok": 1, "longTextContent": LONG_TEXT}}),
            200,
            "ok",
            ["#话题#", "前半后半。"],
        ),
        (json.dumps({"ok": 1, "data": {"ok": 0, "longTextContent": ""}}), 200, "partial", ["前半"]),
        ('{"ok": 0}', 200, "partial", ["前半"]),
        ('{"ok": -100}', 200, "partial", ["前半"]),
        ("<title>Sina Visitor System</title>", 200, "partial", ["前半"]),
        ("", 404, "partial", ["前半"]),
        ("", 432, "partial", ["前半"]),
        ("", 502, "partial", ["前半"]),
    ],
)
def test_weibo_long_text_is_whole_or_partial(
    serve: Serve, answer: str, status: int, state: str, lines: list[str]
) -> None:
    route = Route("m.weibo.cn", "/statuses/extend", query={"id": "8"}, asks=HEADERS, status=status)
    route.file = "m.weibo.cn/long"
    replay = weibo(serve, cards(LONG_POST), more={"m.weibo.cn/long": answer}, extra=(route,))
    [listing] = listed(replay, account("weibo", uid=UID))
    article = fetched(replay, listing.references[0])
    assert (article.state.value, article.document.text.split("\n")) == (state, lines)
    assert any("只读到开头" in warning for warning in article.warnings) is (state == "partial")


@pytest.mark.parametrize(
    ("fields", "kinds", "state", "warnings"),
    [
        ({"text": "说几句"}, ["body"], "ok", []),
        (
            {"text": "转", "retweeted_status": {"text": "原文<br/>二", "user": {"id": 9}}},
            ["body", "quoted", "quoted"],
            "ok",
            [],
        ),
        (
            {
                "text": "转",
                "retweeted_status": {"text": "抱歉，此微博已被作者删除。", "user": None},
            },
            ["body", "ui"],
            "ok",
            [],
        ),
        (
            {"text": "", "retweeted_status": {"text": "原", "user": {"id": 9}, "isLongText": True}},
            ["quoted"],
            "ok",
            ["被转发的长微博只读到开头"],
        ),
        ({"text": "", "pic_num": 3}, [], "partial", ["正文只有图片，文字未读"]),
        (
            {"text": "文", "page_info": {"type": "article", "page_title": "长文"}},
            ["body"],
            "partial",
            ["头条文章未读：长文"],
        ),
        (
            {"text": "文", "page_info": [], "pic_num": "2", "retweeted_status": 5},
            ["body"],
            "ok",
            [],
        ),
        ({"text": "文", "created_at": "某日"}, ["body"], "ok", ["无法识别发布时间"]),
    ],
)
def test_weibo_post_by_its_parts(
    serve: Serve, fields: dict[str, Any], kinds: list[str], state: str, warnings: list[str]
) -> None:
    replay = weibo(serve, cards(post("8", **fields)))
    [listing] = listed(replay, account("weibo", uid=UID))
    article = fetched(replay, listing.references[0])
    assert [block.kind.value for block in article.document.blocks] == kinds
    assert (article.state.value, list(article.warnings)) == (state, warnings)
    assert article.images_unread == (
        fields.get("pic_num") if state == "partial" and not kinds else 0
    )


def test_weibo_post_without_anything_is_an_error(serve: Serve) -> None:
    replay = weibo(serve, cards(post("8", "")))
    [listing] = listed(replay, account("weibo", uid=UID))
    with pytest.raises(FormatChanged, match="没有文字"):
        fetched(replay, listing.references[0])
    bare = Reference("acc-1", "weibo", "8", "https://weibo.com/1/8")
    with pytest.raises(FormatChanged, match="列表中没有"):
        fetched(replay, bare)


def test_half_a_surrogate_pair_does_not_reach_the_document(serve: Serve) -> None:
    replay = weibo(serve, cards(post("8", "笑\ud83d\ude00哭\ud83d")))
    [listing] = listed(replay, account("weibo", uid=UID))
    article = fetched(replay, listing.references[0])
    assert article.document.text == "笑😀哭\ufffd"
    assert article.document.blocks[0].kind is BlockKind.BODY
