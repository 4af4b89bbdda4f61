"""The hosts of Weibo: who may see what, how lists go on, and what a wall looks like."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from replay import Answer, Asked, Host

__all__ = ["WeiboPost", "WeiboWorld"]

_UID_FIELDS = {"verified": True, "verified_type": 1}
_JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class WeiboPost:
    """A post of an account; `whole` is the text that the list cuts, `more` any other field."""

    mid: str
    bid: str
    text: str
    created_at: str
    whole: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class WeiboWorld:
    """
    Weibo with one account; `hosts()` are for Replay.

    A request without the cookie gets status 432 from the mobile host and `ok: -100` from the
    other; `sessions` are the cookies that are still good. `tokens` are those of the open
    platform and what becomes of a call with them: an error code, or none. No list holds the posts
    of `hidden` and `gone`; the former are there when they are asked for.
    """

    uid: str
    posts: Sequence[WeiboPost]
    sessions: set[str] = field(default_factory=lambda: {"SUB=good"})
    tokens: Mapping[str, int] = field(default_factory=lambda: {"T": 0})
    articles: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    page_size: int = 2
    hidden: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    def hosts(self) -> dict[str, Host]:
        """Return the hosts by name."""
        return {
            "m.weibo.cn": self._mobile,
            "weibo.com": self._desktop,
            "card.weibo.com": self._card,
            "api.weibo.com": self._open,
        }

    def _mobile(self, asked: Asked) -> Answer:
        if asked.headers.get("Cookie") not in self.sessions:
            return Answer(b"", status=432)
        if asked.path == "/statuses/extend":
            post = self._post(asked.query.get("id", ""))
            whole = post.whole.replace("\n", "<br />") if post else ""
            return _json({"ok": 1, "data": {"ok": int(bool(whole)), "longTextContent": whole}})
        if asked.path == "/statuses/show":
            return self._one(asked.query.get("id", ""), "text")
        if asked.path != "/api/container/getIndex" or asked.query.get("value") != self.uid:
            return Answer(b"", status=404)
        at = int(asked.query.get("since_id") or 0)
        given = self._listed[at : at + self.page_size]
        if not given:
            return _json({"ok": 0, "msg": "这里还没有内容", "data": {"cards": []}})
        info: dict[str, Any] = {"total": len(self._listed)}
        if at + self.page_size < len(self._listed):
            info["since_id"] = at + self.page_size
        cards = [{"card_type": 9, "mblog": self._mblog(post, "text")} for post in given]
        return _json({"ok": 1, "data": {"cardlistInfo": info, "cards": cards}})

    def _desktop(self, asked: Asked) -> Answer:
        if asked.headers.get("Cookie") not in self.sessions:
            return _json({"ok": -100, "url": "https://weibo.com/login.php"})
        if asked.path == "/ajax/statuses/longtext":
            post = next((item for item in self.posts if item.bid == asked.query.get("id")), None)
            if post is None or not post.whole:
                return _json({"ok": 0})
            return _json({"ok": 1, "data": {"longTextContent": post.whole}})
        if asked.path == "/ajax/statuses/show":
            return self._one(asked.query.get("id", ""), "text_raw")
        if asked.path != "/ajax/statuses/mymblog" or asked.query.get("uid") != self.uid:
            return Answer(b"", status=404)
        at = (int(asked.query.get("page") or 1) - 1) * self.page_size
        given = self._listed[at : at + self.page_size]
        posts = [self._mblog(post, "text_raw") for post in given]
        data = {"list": posts, "since_id": f"{at}kp" if given else "", "total": len(self._listed)}
        return _json({"ok": 1, "data": data})

    def _card(self, asked: Asked) -> Answer:
        article = self.articles.get(asked.query.get("id", ""))
        if article is None:
            return _json({"code": "100006", "msg": "", "data": []})
        return _json({"code": "100000", "msg": "", "data": article})

    def _open(self, asked: Asked) -> Answer:
        code = self.tokens.get(asked.query.get("access_token", ""), 21332)
        if not code and asked.query.get("uid", self.uid) != self.uid:
            code = 21335
        if code:
            answer = {"error": "refused", "error_code": code, "request": asked.path}
            return _json(answer, status=403 if code < 20000 else 400)
        if asked.path == "/2/statuses/show.json":
            post = self._post(asked.query.get("id", ""))
            if post is None or post.mid in self.gone:
                return _json({"error": "gone", "error_code": 20101}, status=400)
            return _json({"longText": {"longTextContent": post.whole}} if post.whole else {})
        count = min(int(asked.query.get("count") or 20), self.page_size)
        at = (int(asked.query.get("page") or 1) - 1) * count
        posts = [self._mblog(post, "text") for post in self._listed[at : at + count]]
        return _json({"statuses": posts, "total_number": len(self._listed)})

    @property
    def _listed(self) -> list[WeiboPost]:
        return [post for post in self.posts if post.mid not in self.hidden | self.gone]

    def _one(self, name: str, text: str) -> Answer:
        post = next((item for item in self.posts if name in {item.mid, item.bid}), None)
        if post is None or post.mid in self.gone:
            return _json({"ok": 0, "msg": "微博不存在或暂无查看权限!", "error_code": 20101})
        return _json({"ok": 1, "data": self._mblog(post, text)})

    def _post(self, mid: str) -> WeiboPost | None:
        return next((post for post in self.posts if post.mid == mid), None)

    def _mblog(self, post: WeiboPost, text: str) -> dict[str, Any]:
        return {
            "id": post.mid,
            "idstr": post.mid,
            "mid": post.mid,
            "bid": post.bid,
            "mblogid": post.bid,
            "created_at": post.created_at,
            text: post.text,
            "isLongText": bool(post.whole),
            "pic_num": 0,
            "user": {"id": int(self.uid), "screen_name": "溪口发布", **_UID_FIELDS},
            **post.more,
        }


def _json(answer: Mapping[str, Any], *, status: int = 200) -> Answer:
    return Answer(json.dumps(answer, ensure_ascii=False).encode(), _JSON, status)
