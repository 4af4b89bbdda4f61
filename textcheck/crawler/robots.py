"""What a site asks of crawlers, and who allowed us not to heed it."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from protego import Protego

from textcheck.article import Page
from textcheck.config import CrawlerConfig
from textcheck.crawler.fetch import Fetcher
from textcheck.errors import ConfigError, RobotsError

__all__ = ["Obedient"]

_FIRST_ERROR = 400
_WHO_AND_WHEN = re.compile(r".*\S.*\d{4}-\d{2}-\d{2}|\d{4}-\d{2}-\d{2}.*\S.*")


class Obedient:
    """
    A Fetcher that asks robots.txt first, once a run and host.

    The settings name the hosts that it may read all the same, each with who allowed it and
    when: sites of the office itself.
    """

    def __init__(self, fetcher: Fetcher, config: CrawlerConfig) -> None:
        """Take what goes out; raise ConfigError for an authorisation without who or when."""
        self._fetcher = fetcher
        self._agent = config.user_agent
        self._allowed = {host.lower() for host in config.authorised}
        self._rules: dict[str, Protego | None] = {}
        for host, said in config.authorised.items():
            if not _WHO_AND_WHEN.fullmatch(said):
                raise ConfigError(
                    f"[crawler] authorised {host}：应写明谁在哪天授权，如 “张某 2026-01-31”"
                )

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Page:
        """Return the answer to a GET; raises RobotsError where the site does not want it."""
        await self._demand(url)
        return await self._fetcher.get(url, headers=headers)

    async def post(
        self, url: str, *, body: Mapping[str, str] | bytes, headers: Mapping[str, str] | None = None
    ) -> Page:
        """Return the answer to a POST, likewise."""
        await self._demand(url)
        return await self._fetcher.post(url, body=body, headers=headers)

    def halt(self, url: str, reason: str) -> None:
        """Leave the host of url alone."""
        self._fetcher.halt(url, reason)

    async def _demand(self, url: str) -> None:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        if host in self._allowed:
            return
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = await self._read(f"{origin}/robots.txt")
        rules = self._rules[origin]
        if rules is not None and not rules.can_fetch(url, self._agent):
            raise RobotsError(
                f"{url} 的 robots.txt 不允许读取；本单位的网站可在 [crawler.authorised] 中写明授权"
            )

    async def _read(self, url: str) -> Protego | None:
        page = await self._fetcher.get(url)
        # A site without the file asks for nothing.
        if page.status >= _FIRST_ERROR:
            return None
        return Protego.parse(page.body.decode("utf-8", "replace"))
