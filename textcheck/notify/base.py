"""The protocol of a sender, and what a digest says on a channel that many read."""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol
from urllib.parse import urlsplit

from textcheck.errors import ConfigError
from textcheck.notice import Notice
from textcheck.report.attachment import full_day, plain_day

__all__ = ["Sender", "digest_lines", "digest_title", "fitted", "host_of", "without_secrets"]

_ADDRESS = re.compile(r"(https?://[^/\s?#]+)[^\s，。；）)]*")
_LONGEST = 300


class Sender(Protocol):
    """
    One way to reach somebody.

    Raises NotifyError where the notices were not sent, UnsureError where they may have been; no
    message holds a secret.
    """

    async def send(self, notices: Sequence[Notice]) -> None:
        """Send all the notices of a run in one message."""
        ...

    async def ready(self) -> str:
        """
        Say where it would send to, without sending anything and without any secret.

        Raises ConfigError or NotifyError where sending would fail, as far as that can be told.
        """
        ...


def digest_title(notices: Sequence[Notice]) -> str:
    """Return what the message is about."""
    return f"政务新媒体整改通知（{len(notices)}个单位）"


def digest_lines(notices: Sequence[Notice]) -> list[str]:
    """Return which accounts are to be mended by when; no word of the articles."""
    return [
        f"{notice.unit}：{_accounts(notice)}；请于{full_day(notice.due_on)}前整改并反馈。"
        for notice in notices
    ]


def fitted(lines: Iterable[str], most: int) -> list[str]:
    """
    Return as many lines as `most` bytes hold, with one that counts the others.

    >>> fitted(["甲一", "乙二", "丙三"], 34)
    ['甲一', '……另有2个单位，见书面通知。']
    >>> fitted(["甲一", "乙二"], 20)
    ['甲一', '乙二']
    """
    every = list(lines)
    for count in range(len(every), -1, -1):
        rest = [f"……另有{len(every) - count}个单位，见书面通知。"] if count < len(every) else []
        if len("\n\n".join(every[:count] + rest).encode()) <= most or not count:
            return every[:count] + rest
    return []


def host_of(address: str) -> str:
    """
    Return the host of a web address, the only part of it that is no secret.

    >>> host_of("https://oapi.dingtalk.com/robot/send?access_token=9f")
    'oapi.dingtalk.com'
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or parts.scheme not in {"http", "https"}:
        raise ConfigError("密钥的内容不是网址，应以 https:// 开头")
    return host


def without_secrets(text: str, *secrets: str) -> str:
    """
    Return a message without what opens a robot or a mailbox: no path of an address, no key.

    >>> without_secrets("https://oapi.dingtalk.com/robot/send?access_token=9f 超时", "9f")
    'https://oapi.dingtalk.com/… 超时'
    """
    text = _ADDRESS.sub(r"\1/…", text)
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "***")
    return text[:_LONGEST]


def _accounts(notice: Notice) -> str:
    return "，".join(
        f"{line.account}{'、'.join(line.problems)}（{'、'.join(map(plain_day, line.dates))}）"
        for line in notice.lines
    )
