"""Where articles come from: each source lists an account's references and fetches articles."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from textcheck.config import CHINA, Config
from textcheck.crawler.fetch import Fetcher
from textcheck.crawler.robots import Obedient
from textcheck.sources.base import Source
from textcheck.sources.site import HanwebSite, TrsSite
from textcheck.sources.site_column import SiteColumn
from textcheck.sources.site_style import STYLES
from textcheck.sources.wechat import WechatArticles
from textcheck.sources.wechat_api import WechatApi
from textcheck.sources.wechat_backend import WechatBackend
from textcheck.sources.wechat_calls import WechatCalls
from textcheck.sources.wechat_events import WechatEvents
from textcheck.sources.wechat_links import WechatLinks
from textcheck.sources.weibo import WeiboPosts
from textcheck.sources.weibo_api import WeiboApi
from textcheck.sources.weibo_pc import WeiboPc
from textcheck.sources.weibo_rss import WeiboRss

__all__ = ["Source", "build_sources"]


def build_sources(
    fetcher: Fetcher,
    config: Config,
    *,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    now: Callable[[], datetime] = lambda: datetime.now(CHINA),
) -> dict[str, Source]:
    """Return one of each source, by the kind that the register uses."""
    polite = Obedient(fetcher, config.crawler)
    sources: tuple[Source, ...] = (
        WechatApi(fetcher, WechatCalls(fetcher, sleep=sleep, now=now), polite),
        WechatEvents(fetcher, polite),
        WechatBackend(fetcher, polite),
        WechatArticles(fetcher, polite),
        WechatLinks(fetcher, polite),
        WeiboApi(fetcher),
        WeiboPc(fetcher),
        WeiboPosts(fetcher),
        WeiboRss(fetcher),
        TrsSite(polite),
        HanwebSite(polite),
        *(SiteColumn(polite, style) for style in STYLES),
    )
    return {source.name: source for source in sources}
