"""Calls of the official interface of WeChat accounts: the token, and what an error code means."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from textcheck.article import ArticleState, Page
from textcheck.config import CHINA
from textcheck.crawler.fetch import Fetcher
from textcheck.errors import (
    BlockedError,
    ConfigError,
    FetchError,
    FormatChanged,
    GoneError,
    LoginExpired,
    NotPermitted,
    QuotaError,
    RateLimited,
)
from textcheck.sources.answer import demand_list, json_object

__all__ = ["Credentials", "WechatCalls", "refuse"]

_BASE = "https://api.weixin.qq.com/cgi-bin"
# Tuples, not sets: what is looked for comes from the answer, and may be a list.
_TOKEN_BAD = (40001, 40014, 42001, 42007)
_CREDENTIALS_BAD = (40013, 40125, 41002, 41004)
_OURS = (40097, 47001, 43002, 41001)
_BUSY, _TOO_OFTEN = -1, 45011
_BUSY_TRIES = 3
_PAUSE = 60.0
# The platform renews a token five minutes early; old and new both work in between.
_RENEW_EARLY = timedelta(minutes=5)
_LONGEST = 7_200  # seconds that a token lasts, whatever is told
_ADDRESS = re.compile(r"invalid ip ([0-9a-fA-F.:]+)")


@dataclass(frozen=True, slots=True)
class Credentials:
    """Those of one account; the secret is in no message."""

    appid: str
    secret: str


class WechatCalls:
    """
    Calls the interface, with a token that is asked for once and kept until it ends.

    The token is the stable one: asking for it does not end that of the office's other systems.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(CHINA),
    ) -> None:
        """Take what goes out, what waits, and the clock that tokens end by."""
        self._fetcher = fetcher
        self._sleep = sleep
        self._now = now
        self._tokens: dict[str, tuple[str, datetime]] = {}
        # An account whose quota is used up is left alone for the rest of the run.
        self._used_up: dict[str, QuotaError] = {}

    async def call(
        self, credentials: Credentials, path: str, body: Mapping[str, Any]
    ) -> tuple[dict[str, Any], Page]:
        """
        POST to a path such as /draft/batchget; return the answer, read and as it came.

        Raises the error of whoever must act; a token that ended is renewed once, a busy
        platform asked again.
        """
        if known := self._used_up.get(credentials.appid):
            raise known
        try:
            return await self._with_token(credentials, path, body)
        except QuotaError as error:
            self._used_up[credentials.appid] = error
            raise

    async def _with_token(
        self, credentials: Credentials, path: str, body: Mapping[str, Any]
    ) -> tuple[dict[str, Any], Page]:
        answer, page = await self._post(path, body, await self._token(credentials))
        if answer.get("errcode") in _TOKEN_BAD:
            del self._tokens[credentials.appid]
            answer, page = await self._post(path, body, await self._token(credentials))
        refuse(answer, page)
        return answer, page

    async def _token(self, credentials: Credentials) -> str:
        token, ends = self._tokens.get(credentials.appid, ("", None))
        if ends is not None and self._now() < ends:
            return token
        body = {
            "grant_type": "client_credential",
            "appid": credentials.appid,
            "secret": credentials.secret,
            "force_refresh": False,
        }
        answer, page = await self._post("/stable_token", body, "")
        refuse(answer, page)
        given, seconds = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(given, str) or not given or not isinstance(seconds, int):
            raise FormatChanged(f"{page.url}：没有 access_token")
        lasts = timedelta(seconds=min(max(0, seconds), _LONGEST))
        ends = page.fetched_at + lasts - _RENEW_EARLY
        self._tokens[credentials.appid] = (given, ends)
        return given

    async def _post(
        self, path: str, body: Mapping[str, Any], token: str
    ) -> tuple[dict[str, Any], Page]:
        base = _BASE.removesuffix("/cgi-bin") if path.startswith("/datacube") else _BASE
        url = f"{base}{path}?access_token={token}" if token else f"{base}{path}"
        # Chinese as it is: older interfaces store an escape as the letters that it is made of.
        data = json.dumps(body, ensure_ascii=False).encode()
        paused = False
        for tried in range(_BUSY_TRIES + 1):
            page = await self._fetcher.post(
                url, body=data, headers={"Content-Type": "application/json"}
            )
            demand_list(page)
            answer = json_object(page)
            code = answer.get("errcode")
            if code == _BUSY and tried < _BUSY_TRIES:
                await self._sleep(2.0**tried)
            elif code == _TOO_OFTEN and not paused:
                paused = True
                await self._sleep(_PAUSE)
            else:
                break
        return answer, page


def refuse(answer: Mapping[str, Any], page: Page) -> None:
    """Raise what the error code of an answer means, unless there is none."""
    code = answer.get("errcode", 0)
    if code == 0:
        return
    said = f"微信接口返回 {code}（{answer.get('errmsg', '')}）"
    if code in _TOKEN_BAD:
        raise LoginExpired(f"{said}：重新取得的 access_token 仍然无效")
    if code in _CREDENTIALS_BAD:
        raise ConfigError(f"{said}：appid 或 secret 不对，请核对登记表和密钥文件")
    if code == 40164:  # noqa: PLR2004 # the platform's number
        address = _ADDRESS.search(str(answer.get("errmsg", "")))
        raise ConfigError(
            f"{said}：请在公众平台“设置与开发→基本配置→IP白名单”中加入本机地址"
            f" {address[1].rstrip('.') if address else ''}"
        )
    raise _others(code, said, page)


def _others(code: object, said: str, page: Page) -> FetchError:
    match code:
        case 45009:
            tomorrow = page.fetched_at.astimezone(CHINA).date() + timedelta(days=1)
            until = datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=CHINA)
            return QuotaError(f"{said}：今天的调用次数已用完，{until:%m月%d日}零时后恢复", until)
        case 45011:
            return RateLimited(f"{said}：调用过于频繁")
        case 48001 | 48004:
            return NotPermitted(f"{said}：公众号没有这个接口的权限")
        case 50002:
            return BlockedError(f"{said}：公众号被限制使用")
        case 53600:
            return GoneError(f"{said}：文章已不存在", ArticleState.DELETED.value)
    if code in _OURS:
        return FormatChanged(f"{said}：请求的格式不对，请报告给程序维护者")
    return FetchError(said)
