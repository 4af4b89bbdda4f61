"""Whether notices would go out: the mail server and the robots of the settings, nothing sent."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace

from textcheck.account import Account, Status
from textcheck.cli.day import now_in_china
from textcheck.cli.told import BROKEN, WARNED, Told
from textcheck.config import Config
from textcheck.crawler.client import Client
from textcheck.errors import ConfigError, NotifyError
from textcheck.notify.channels import EVERYBODY, Channel, channels_of, demand_known

__all__ = ["channels_told"]

_MAIL = "mail"
_SHOWN = 3


def channels_told(
    accounts: Sequence[Account], config: Config, *, offline: bool = False
) -> Iterator[Told]:
    """Try each channel of the settings as far as that goes without sending anything."""
    channels = channels_of(config.notify, now_in_china)
    if not channels:
        return
    try:
        demand_known(channels, accounts)
    except ConfigError as error:
        yield Told("通知", str(error), BROKEN)
    yield from _unreached(channels, accounts)
    yield from asyncio.run(_try(config, offline=offline))


async def _try(config: Config, *, offline: bool) -> list[Told]:
    """All mail goes by one server, which is asked once."""
    everybody = ",".join(config.notify.mail.values())
    once = replace(config.notify, mail={EVERYBODY: everybody} if everybody else {})
    async with Client(replace(config.crawler, retries=0)) as client:
        return [
            await _told(channel, client, offline) for channel in channels_of(once, now_in_china)
        ]


async def _told(channel: Channel, client: Client, offline: bool) -> Told:  # noqa: FBT001 # as asked
    name = "通知 邮件" if channel.kind == _MAIL else f"通知 {channel.name}"
    if offline and channel.kind == _MAIL:
        return Told(name, "没有访问网络，没有登录邮件服务器")
    try:
        return Told(name, await channel.build(client).ready())
    except ConfigError as error:
        return Told(name, str(error), BROKEN)
    except NotifyError as error:
        remedy = "请核对 [notify] 的 smtp、smtp_password、sender 和防火墙"
        return Told(name, str(error), BROKEN, remedy)


def _unreached(channels: Sequence[Channel], accounts: Sequence[Account]) -> Iterator[Told]:
    """Name units that no channel reaches."""
    known = {channel.whom for channel in channels}
    units = dict.fromkeys(
        account.unit
        for account in accounts
        if account.status is Status.RUNNING
        and not known & {EVERYBODY, account.unit, account.county}
    )
    if units:
        named = "、".join(list(units)[:_SHOWN]) + ("等" if len(units) > _SHOWN else "")
        text = f"{named} {len(units)} 个单位没有发送渠道"
        yield Told("通知", text, WARNED, "请在 [notify] 中写明，或把通知下载后另行送达")
