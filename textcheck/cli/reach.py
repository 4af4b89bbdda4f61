"""Whether the night will reach what the register names: hosts, logins, tokens, and the time."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from textcheck.account import Account, Status
from textcheck.cli.told import BROKEN, WARNED, Told
from textcheck.config import Config
from textcheck.crawler.client import Client
from textcheck.errors import (
    BlockedError,
    CaptchaError,
    ConfigError,
    FetchError,
    FormatChanged,
    LoginExpired,
    NotPermitted,
    QuotaError,
    RateLimited,
    RobotsError,
    TextcheckError,
)
from textcheck.scan.probing import Overheard, Probe, Probed, probe, probes
from textcheck.sources import build_sources

__all__ = ["clock_told", "reach_told"]

_PATIENCE = 10.0  # seconds: a host that takes longer at noon will not be quicker at night
# Times in findings are to the minute; certificates and tokens fail when hours are wrong.
_OFF, _FAR_OFF = timedelta(seconds=60), timedelta(minutes=5)

_REMEDIES: tuple[tuple[type[TextcheckError], int, str], ...] = (
    (ConfigError, BROKEN, ""),  # says itself what is to be done
    (LoginExpired, BROKEN, "登录已过期：请重新登录，更新登记表所指的 cookie 或 token"),
    (QuotaError, WARNED, ""),
    (RateLimited, WARNED, "对方限制频率，过一会儿再试"),
    (CaptchaError, WARNED, "对方要求人工验证，过几小时再试，或换用其他来源"),
    (RobotsError, WARNED, "本单位的网站可在配置文件 [crawler.authorised] 中写明谁在哪天授权"),
    (BlockedError, BROKEN, "对方拒绝访问：请网站管理方放行本机地址"),
    (NotPermitted, WARNED, "账号没有这个接口的权限：请在登记表中换用或补充其他来源"),
    (FormatChanged, BROKEN, "请核对地址和来源种类，可用 textcheck source detect 试读"),
    (FetchError, BROKEN, "请核对地址，检查网络、DNS 和防火墙"),
)


def reach_told(accounts: Sequence[Account], config: Config) -> Iterator[Told]:
    """Ask each host and login of the register once."""
    waiting = probes(accounts)
    running = [account for account in accounts if account.status is Status.RUNNING]
    bare = sum(not account.sources for account in running)
    text = f"在运行账号 {len(running)} 个，来源 {len(waiting)} 处（同一主机、同一登录算一处）"
    if bare:
        remedy = "没有来源的不会扫描，请在登记表中补上"
        yield Told("登记表", f"{text}，其中 {bare} 个没有来源", WARNED, remedy)
    else:
        yield Told("登记表", text)
    if not waiting:
        return
    found, skew = asyncio.run(_ask(waiting, config))
    yield clock_told(skew)
    yield from map(_told, found)


def clock_told(skew: timedelta | None) -> Told:
    """Say whether our clock, which is ahead by so much, is right."""
    if skew is None:
        return Told("时钟", "没有主机告知时间，无法核对", WARNED)
    seconds = round(abs(skew).total_seconds())
    text = f"与网上的时间相差 {seconds} 秒"
    if abs(skew) < _OFF:
        return Told("时钟", text)
    way = "快" if skew > timedelta(0) else "慢"
    remedy = "请校准时间，如 timedatectl set-ntp true"
    status = BROKEN if abs(skew) >= _FAR_OFF else WARNED
    return Told("时钟", f"比网上的时间{way} {seconds} 秒", status, remedy)


async def _ask(waiting: Sequence[Probe], config: Config) -> tuple[list[Probed], timedelta | None]:
    hasty = replace(config.crawler, retries=0, timeout=min(config.crawler.timeout, _PATIENCE))
    async with Client(hasty) as client:
        overheard = Overheard(client)
        sources = build_sources(overheard, config, sleep=_at_once)
        return await probe(waiting, sources), overheard.skew


async def _at_once(seconds: float) -> None:
    """Wait for nobody: that a host asks for a pause is an answer, too."""
    del seconds


def _told(found: Probed) -> Told:
    name = found.probe.name
    if found.error is None:
        return Told(name, f"读到 {found.listed} 篇的列表")
    for kind, status, remedy in _REMEDIES:
        if isinstance(found.error, kind):
            return Told(name, str(found.error), status, remedy)
    return Told(name, str(found.error), BROKEN)
