"""Where articles come from: each source lists an account's references and fetches articles."""

from textcheck.config import Config
from textcheck.crawler.fetch import Fetcher
from textcheck.sources.base import Source
from textcheck.sources.site import HanwebSite, TrsSite
from textcheck.sources.wechat import WechatArticles
from textcheck.sources.weibo import WeiboPosts

__all__ = ["Source", "build_sources"]


def build_sources(fetcher: Fetcher, config: Config) -> dict[str, Source]:  # noqa: ARG001 # sources without settings so far
    """Return one of each source, by the kind that the register uses."""
    sources: tuple[Source, ...] = (
        WechatArticles(fetcher),
        WeiboPosts(fetcher),
        TrsSite(fetcher),
        HanwebSite(fetcher),
    )
    return {source.name: source for source in sources}
