"""Who is told by which channel, as the settings say."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from textcheck.account import Account
from textcheck.config import NotifyConfig
from textcheck.crawler.fetch import Fetcher
from textcheck.errors import ConfigError
from textcheck.notice import Notice
from textcheck.notify.base import Sender
from textcheck.notify.mail import Mail, mail_server
from textcheck.notify.robots import DINGTALK, FEISHU, WECOM, Robot
from textcheck.notify.webhook import Webhook
from textcheck.sources.secrets import read_secret

__all__ = ["EVERYBODY", "Channel", "channels_of", "demand_known"]

EVERYBODY = "*"
"""The name under which a channel is told of all units."""

_ROBOTS = {"wecom": WECOM, "dingtalk": DINGTALK, "feishu": FEISHU}


@dataclass(frozen=True, slots=True)
class Channel:
    """
    One line of the settings: how a unit, the units of a county, or all of them are told.

    `build` makes the sender, which posts by a fetcher; it raises ConfigError where a secret is
    missing.
    """

    kind: str
    whom: str
    build: Callable[[Fetcher], Sender]

    @property
    def name(self) -> str:
        """Name the channel, e.g. mail:某局."""
        return f"{self.kind}:{self.whom}"

    def reaches(self, notice: Notice) -> bool:
        """Tell whether a notice goes out on this channel."""
        return self.whom in {EVERYBODY, notice.unit, notice.county}


def channels_of(config: NotifyConfig, now: Callable[[], datetime]) -> list[Channel]:
    """Return the channels of the settings."""
    channels = [Channel("mail", whom, _mail(config, to, now)) for whom, to in config.mail.items()]
    for kind in ("wecom", "dingtalk", "feishu", "webhook"):
        for whom, reference in getattr(config, kind).items():
            where = f"[notify.{kind}] {whom}"
            channels.append(Channel(kind, whom, _posting(kind, where, reference, now)))
    return channels


def demand_known(channels: Iterable[Channel], accounts: Sequence[Account]) -> None:
    """Raise ConfigError for a channel of a unit that the register does not have: surely a slip."""
    known = {EVERYBODY} | {name for item in accounts for name in (item.unit, item.county)}
    for channel in channels:
        if channel.whom not in known:
            raise ConfigError(
                f"[notify.{channel.kind}]：登记表中没有单位或县区“{channel.whom}”；全部单位写作 *"
            )


def _mail(
    config: NotifyConfig, to: str, now: Callable[[], datetime]
) -> Callable[[Fetcher], Sender]:
    def build(fetcher: Fetcher) -> Sender:
        del fetcher  # mail goes another way
        password = ""
        if config.smtp_password:
            password = read_secret(config.smtp_password, "[notify] smtp_password")
        server = mail_server(config.smtp, password, config.sender)
        return Mail(server, tuple(filter(None, map(str.strip, to.split(",")))), now)

    return build


def _posting(
    kind: str, where: str, reference: str, now: Callable[[], datetime]
) -> Callable[[Fetcher], Sender]:
    def build(fetcher: Fetcher) -> Sender:
        # The secret is the address, and behind a blank what the robot is signed with.
        address, _, secret = read_secret(reference, where).partition(" ")
        if kind == "webhook":
            return Webhook(fetcher, now, address, secret.strip())
        return Robot(_ROBOTS[kind], fetcher, now, address, secret.strip())

    return build
