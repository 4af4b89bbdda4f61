"""When to leave a host alone for the rest of a run, and when to end the run's requests."""

from collections.abc import Callable
from urllib.parse import urlsplit

from textcheck.config import CrawlerConfig
from textcheck.errors import BlockedError, BudgetError, FetchError

__all__ = ["Breaker", "Budget"]

# What walls answer; one may be about one page, two running are about us.
_REFUSALS = frozenset({403, 412, 418, 432, 521})
_MOST_REFUSALS = 2
# Requests, each with all its retries, that got no usable answer.
_MOST_SILENT = 2


class Breaker:
    """
    Keeps from a host what it would only refuse.

    A host is left alone for the rest of the run after a captcha, after two refusals running,
    or after two requests running without a usable answer; all that is asked of it then is
    refused here, at no cost.
    """

    def __init__(self) -> None:
        """Begin with no host halted."""
        self._halted: dict[str, FetchError] = {}
        self._refused: dict[str, int] = {}
        self._silent: dict[str, int] = {}

    def demand_open(self, url: str) -> None:
        """Raise what made the host of url be left alone, if it is."""
        host = _host(url)
        if error := self._halted.get(host):
            raise type(error)(f"{host} 本次不再访问：{error}")

    def halt(self, url: str, reason: str) -> None:
        """Leave the host of url alone from now on."""
        self._halted.setdefault(_host(url), BlockedError(reason))

    def answered(self, url: str, status: int) -> None:
        """Note an answer."""
        host = _host(url)
        self._silent[host] = 0
        self._refused[host] = self._refused.get(host, 0) + 1 if status in _REFUSALS else 0
        if self._refused[host] >= _MOST_REFUSALS:
            self.halt(url, f"连续 {_MOST_REFUSALS} 次被拒绝（{status}）")

    def failed(self, url: str, error: FetchError) -> None:
        """Note a request without a usable answer."""
        host = _host(url)
        self._silent[host] = self._silent.get(host, 0) + 1
        if self._silent[host] >= _MOST_SILENT:
            self._halted.setdefault(host, FetchError(f"连续 {_MOST_SILENT} 次没有结果，{error}"))


class Budget:
    """What a run may use in all: requests, bytes, seconds; 0 is no limit."""

    def __init__(self, config: CrawlerConfig, clock: Callable[[], float]) -> None:
        """Begin now."""
        self._config = config
        self._clock = clock
        self._began = clock()
        self._requests = 0
        self._bytes = 0

    def demand_left(self) -> None:
        """Count a request; raise BudgetError where there is nothing left for it."""
        config = self._config
        used = (
            ("次请求", self._requests, config.max_requests),
            ("字节", self._bytes, config.max_total_bytes),
            ("秒", self._clock() - self._began, config.max_seconds),
        )
        for unit, amount, limit in used:
            if limit and amount >= limit:
                raise BudgetError(f"本次扫描的限额已用完：{limit:g} {unit}")
        self._requests += 1

    def spend(self, size: int) -> None:
        """Count bytes that came."""
        self._bytes += size


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()
