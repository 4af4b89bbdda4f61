"""
The robots of group chats, 企业微信, 钉钉 and 飞书: one message a run, for they take 20 a minute.

All three answer 200 with a code of their own; only 0 means that the message was taken.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from textcheck.crawler.fetch import Fetcher
from textcheck.errors import ConfigError, FetchError, NotifyError, Unanswered, UnsureError
from textcheck.notice import Notice
from textcheck.notify.base import digest_lines, digest_title, fitted, host_of, without_secrets

__all__ = ["DIALECTS", "DINGTALK", "FEISHU", "WECOM", "Dialect", "Robot"]

_JSON = {"Content-Type": "application/json; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """
    How a platform's robots are spoken to.

    `host` is where the platform has them; `most` is how many bytes of text one message holds;
    `ask` makes address and body of the robot's address, its signing secret, title, lines and the
    time; `codes` says what is to be done about the answers that are known.
    """

    name: str
    host: str
    most: int
    ask: Callable[[str, str, str, Sequence[str], datetime], tuple[str, Mapping[str, Any]]]
    codes: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Robot:
    """A robot by its address, and the secret that it is signed with, "" where it is not."""

    dialect: Dialect
    fetcher: Fetcher
    now: Callable[[], datetime]
    address: str
    secret: str = ""

    async def send(self, notices: Sequence[Notice]) -> None:
        """Send the digest; see Sender."""
        title, lines = digest_title(notices), fitted(digest_lines(notices), self.dialect.most)
        url, message = self.dialect.ask(self.address, self.secret, title, lines, self.now())
        body = json.dumps(message, ensure_ascii=False).encode()
        try:
            page = await self.fetcher.post(url, body=body, headers=_JSON)
        except Unanswered as error:
            raise UnsureError(self._told(str(error))) from error
        except FetchError as error:
            raise NotifyError(self._told(str(error))) from error
        self._demand_taken(page.status, page.body)

    async def ready(self) -> str:
        """Look at the address, which is all that can be tried in silence; see Sender."""
        host = host_of(self.address)
        other = next((one.name for one in DIALECTS if one.host == host), self.dialect.name)
        if other != self.dialect.name:
            raise ConfigError(f"这是{other}机器人的地址，不是{self.dialect.name}的")
        where = "" if host == self.dialect.host else f"，不是{self.dialect.name}的公网地址"
        signed = "有加签密钥" if self.secret else "没有加签密钥"
        return f"已设置，主机 {host}{where}，{signed}；没有试发"

    def _demand_taken(self, status: int, body: bytes) -> None:
        try:
            answer = json.loads(body)
            code = int(answer["errcode"] if "errcode" in answer else answer["code"])
        except (ValueError, KeyError, TypeError) as error:
            raise NotifyError(f"{self.dialect.name}返回 {status}，不是机器人的应答") from error
        if code:
            said = answer.get("errmsg") or answer.get("msg") or ""
            remedy = self.dialect.codes.get(code, "")
            words = f"{self.dialect.name}返回 {code}（{said}）{'：' if remedy else ''}{remedy}"
            raise NotifyError(self._told(words))

    def _told(self, message: str) -> str:
        return without_secrets(message, self.address, self.secret)


def _ask_wecom(
    address: str, secret: str, title: str, lines: Sequence[str], now: datetime
) -> tuple[str, Mapping[str, Any]]:
    del secret, now  # the key in the address is all that it asks for
    text = "\n\n".join([f"**{title}**", *lines])
    return address, {"msgtype": "markdown", "markdown": {"content": text}}


def _ask_dingtalk(
    address: str, secret: str, title: str, lines: Sequence[str], now: datetime
) -> tuple[str, Mapping[str, Any]]:
    text = "\n\n".join([f"#### {title}", *lines])
    message = {"msgtype": "markdown", "markdown": {"title": title, "text": text}}
    if not secret:
        return address, message
    moment = str(int(now.timestamp() * 1000))
    signed = _signed(secret.encode(), f"{moment}\n{secret}".encode())
    return f"{address}&timestamp={moment}&sign={quote(signed, safe='')}", message


def _ask_feishu(
    address: str, secret: str, title: str, lines: Sequence[str], now: datetime
) -> tuple[str, Mapping[str, Any]]:
    message: dict[str, Any] = {
        "msg_type": "text",
        "content": {"text": "\n".join([title, *lines])},
    }
    if secret:
        moment = str(int(now.timestamp()))
        # Theirs is the other way round: what is signed is the key, and the text is empty.
        message |= {"timestamp": moment, "sign": _signed(f"{moment}\n{secret}".encode(), b"")}
    return address, message


def _signed(key: bytes, text: bytes) -> str:
    return base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()


_TOO_OFTEN = "发送过于频繁，下次运行再试"
_UNSIGNED = "请核对机器人的安全设置：关键词、加签密钥、IP 地址段"

WECOM = Dialect(
    "企业微信",
    "qyapi.weixin.qq.com",
    4_000,  # of 4,096
    _ask_wecom,
    {45009: _TOO_OFTEN, 93000: "机器人的地址无效", 40008: "消息的格式不被接受"},
)
DINGTALK = Dialect(
    "钉钉",
    "oapi.dingtalk.com",
    18_000,  # of 20,000
    _ask_dingtalk,
    {130101: _TOO_OFTEN, 310000: _UNSIGNED, 300005: "机器人的地址无效"},
)
FEISHU = Dialect(
    "飞书",
    "open.feishu.cn",
    18_000,  # of 20 KB, with the rest of the request
    _ask_feishu,
    {
        11232: _TOO_OFTEN,
        9499: "消息的格式不被接受",
        19001: "机器人的地址无效",
        19021: _UNSIGNED,
        19022: _UNSIGNED,
        19024: _UNSIGNED,
    },
)
DIALECTS = (WECOM, DINGTALK, FEISHU)
