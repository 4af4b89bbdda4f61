"""api.weixin.qq.com: tokens, white list, quotas and permissions as the real one keeps them."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from replay import Answer, Asked

__all__ = ["ApiAccount", "WechatApiHost"]

_RID = "rid: 658d27b3-03157d12-01fd57a3"
_ADDRESS = "203.0.113.7"
_MOST_AT_ONCE = 20


@dataclass(slots=True)
class ApiAccount:
    """
    One official account: what it published, its drafts, and how the platform treats it.

    `pushes` and `drafts` are items of batchget, newest first; `days` the msgids of each day, all
    kinds of sending included; `quotas` tell how many calls of a path a day allows.
    """

    secret: str
    pushes: Sequence[Mapping[str, Any]] = ()
    drafts: Sequence[Mapping[str, Any]] = ()
    days: Mapping[str, Sequence[str]] = field(default_factory=dict)
    quotas: Mapping[str, int] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()  # paths without permission
    listed_address: bool = True  # our address is in the white list
    busy: int = 0  # so many calls are answered with -1
    expire_after: int | None = None  # the first token ends after so many calls
    calls: Counter[str] = field(default_factory=Counter)


class WechatApiHost:
    """The host; hand it to Replay as `{"api.weixin.qq.com": host}`."""

    def __init__(self, accounts: Mapping[str, ApiAccount]) -> None:
        """Serve accounts by their appid."""
        self.accounts = accounts
        self.tokens: dict[str, str] = {}
        self._uses: defaultdict[str, int] = defaultdict(int)

    def __call__(self, asked: Asked) -> Answer:
        """Answer as the platform does: always with status 200."""
        answer = self._answer(asked)
        return Answer(
            json.dumps(answer, ensure_ascii=False).encode(), "application/json; encoding=utf-8"
        )

    def _answer(self, asked: Asked) -> Mapping[str, Any]:
        if asked.method != "POST":
            return _error(43002, "require POST method")
        try:
            body = json.loads(asked.body)
        except ValueError:
            return _error(47001, "data format error")
        if asked.path == "/cgi-bin/stable_token":
            return self._token(body)
        token = asked.query.get("access_token", "")
        if not token:
            return _error(41001, "access_token missing")
        appid = self.tokens.get(token)
        if appid is None:
            return _error(40001, "invalid credential, access_token is invalid or not latest")
        account = self.accounts[appid]
        self._uses[token] += 1
        if (
            account.expire_after is not None
            and token.endswith("_1")
            and self._uses[token] > account.expire_after
        ):
            return _error(42001, "access_token expired")
        return self._called(account, asked.path, body)

    def _token(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        account = self.accounts.get(str(body.get("appid")))
        if account is None:
            return _error(40013, "invalid appid")
        if body.get("secret") != account.secret:
            return _error(40125, "invalid appsecret")
        if not account.listed_address:
            said = f"invalid ip {_ADDRESS} ipv6 ::ffff:{_ADDRESS}, not in whitelist"
            return _error(40164, said)
        appid = str(body["appid"])
        account.calls["token"] += 1
        token = f"T_{appid}_{account.calls['token']}"
        self.tokens[token] = appid
        return {"access_token": token, "expires_in": 7200}

    def _called(self, account: ApiAccount, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        if account.busy:
            account.busy -= 1
            return _error(-1, "system error")
        if path in account.refused:
            return _error(48001, "api unauthorized")
        account.calls[path] += 1
        if account.calls[path] > account.quotas.get(path, 100):
            return _error(45009, "reach max api daily quota limit")
        match path:
            case "/cgi-bin/freepublish/batchget":
                return _batch(account.pushes, body)
            case "/cgi-bin/draft/batchget":
                return _batch(account.drafts, body)
            case "/cgi-bin/draft/get":
                for draft in account.drafts:
                    if draft["media_id"] == body.get("media_id"):
                        content: Mapping[str, Any] = draft["content"]
                        return content
                return _error(40007, "invalid media_id")
            case "/datacube/getarticletotaldetail":
                return _days(account, body)
        return _error(40066, "invalid url")


def _batch(items: Sequence[Mapping[str, Any]], body: Mapping[str, Any]) -> Mapping[str, Any]:
    offset, count = body.get("offset"), body.get("count")
    if not isinstance(offset, int) or not isinstance(count, int):
        return _error(40097, "invalid args")
    if not 1 <= count <= _MOST_AT_ONCE or body.get("no_content") not in {0, 1}:
        return _error(40097, "invalid args")
    given = items[offset : offset + count]
    return {"item": list(given), "total_count": len(items), "item_count": len(given)}


def _days(account: ApiAccount, body: Mapping[str, Any]) -> Mapping[str, Any]:
    day = body.get("begin_date")
    if day is None or day != body.get("end_date"):
        return _error(40097, "invalid args")
    rows = [
        {"ref_date": day, "msgid": msgid, "publish_type": 0, "detail_list": []}
        for msgid in account.days.get(str(day), ())
    ]
    return {"list": rows, "is_delay": False}


def _error(code: int, said: str) -> Mapping[str, Any]:
    return {"errcode": code, "errmsg": f"{said} {_RID}"}
