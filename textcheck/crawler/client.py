"""The fetcher that goes out: politely, within limits, and to public hosts only."""

import asyncio
import email.utils
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx

from textcheck.article import Page
from textcheck.config import CHINA, CrawlerConfig
from textcheck.crawler.guard import addresses_of, public_addresses
from textcheck.crawler.limits import Breaker, Budget
from textcheck.crawler.mask import masked
from textcheck.errors import ConfigError, FetchError, RateLimited, Unanswered

__all__ = ["Client"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS = 5
_TOO_MANY = 429
_BUSY = frozenset({408, _TOO_MANY})
_SERVER_ERRORS = 500
# Comes with a script that is to set a cookie; it will come again.
_WALL = 521
# The first wait before another try; each further one is twice as long.
_BACKOFF = 1.0
# A host that asks for a longer rest than this is left alone until the next run.
_MAX_WAIT = 60.0
# The timeout bounds one read; a host that trickles is given up after so many of them.
_PATIENCE = 4


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    url: str
    headers: Mapping[str, str]
    body: Mapping[str, str] | bytes = b""

    @property
    def shown(self) -> str:
        """Return the address as messages and pages have it."""
        return masked(self.url)


class Client:
    """
    Fetches pages over HTTP; fits the Fetcher protocol.

        async with Client(config) as client:
            page = await client.get("https://www.example.gov.cn/")

    One request at a time to a host and `pace` seconds between two; any number of hosts
    side by side. A host that refuses or does not answer is left alone for the rest of the run.
    Proxies named in the environment are not used, and no cookie is kept.
    """

    def __init__(
        self,
        config: CrawlerConfig,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(CHINA),
        addresses: Callable[[str], Awaitable[list[str]]] = public_addresses,
    ) -> None:
        """Take the settings; `clock` paces in seconds, `now` dates the pages."""
        self._config = config
        self._sleep = sleep
        self._clock = clock
        self._now = now
        self._addresses = addresses
        self._reroute = _bases(config.reroute)
        self._locks: dict[str, asyncio.Lock] = {}
        self._last: dict[str, float] = {}
        self._breaker = Breaker()
        self._budget = Budget(config, clock)
        self._http = _http(config, verify=True)
        self._unverified = _http(config, verify=False) if config.insecure else None

    async def __aenter__(self) -> Self:
        """Return the client itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all connections."""
        await self._http.aclose()
        if self._unverified is not None:
            await self._unverified.aclose()

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Page:
        """Return the answer to a GET; see Fetcher."""
        return await self._follow(_Request("GET", url, headers or {}))

    async def post(
        self, url: str, *, body: Mapping[str, str] | bytes, headers: Mapping[str, str] | None = None
    ) -> Page:
        """Return the answer to a POST; see Fetcher."""
        return await self._follow(_Request("POST", url, headers or {}, body))

    def halt(self, url: str, reason: str) -> None:
        """Leave the host of url alone for the rest of the run."""
        self._breaker.halt(url, reason)

    async def _follow(self, request: _Request) -> Page:
        for _ in range(_MAX_REDIRECTS + 1):
            page = await self._in_turn(request)
            target = page.headers.get("location")
            if page.status not in _REDIRECTS or not target:
                return page
            request = self._redirected(request, page.status, target)
        raise FetchError(f"{request.shown} 跳转超过 {_MAX_REDIRECTS} 次")

    def _redirected(self, request: _Request, status: int, target: str) -> _Request:
        try:
            url = _checked(self._public(urljoin(request.url, target)))
        except ValueError as error:
            raise FetchError(f"{request.shown} 跳转到无效的网址 {masked(target)}") from error
        # What was meant for one host is not shown to another.
        headers = request.headers if _origin(url) == _origin(request.url) else {}
        if status in {307, 308}:
            return replace(request, url=url, headers=headers)
        return _Request("GET", url, headers)

    def _public(self, url: str) -> str:
        # A rerouted host may name itself by the address that we asked, not by its own.
        for origin, base in self._reroute.items():
            if url == base or url.startswith(f"{base}/"):
                return origin + url[len(base) :]
        return url

    async def _in_turn(self, request: _Request) -> Page:
        # The lock is held through the waits: a host that asks for rest gets it from everyone.
        host = urlsplit(_checked(request.url)).netloc.lower()
        async with self._locks.setdefault(host, asyncio.Lock()):
            self._breaker.demand_open(request.url)
            try:
                page = await self._until_answered(request, host)
            except FetchError as error:
                # A page that is broken or too large says nothing about its host.
                if isinstance(error, RateLimited) or isinstance(error.__cause__, _Transient):
                    self._breaker.failed(request.url, error)
                raise
            self._breaker.answered(request.url, page.status)
            return page

    async def _until_answered(self, request: _Request, host: str) -> Page:
        tried = 0
        while True:
            await self._keep_pace(host)
            self._budget.demand_left()
            try:
                page = await self._within_limits(request, tried)
            except _Transient as error:
                if tried >= self._config.retries:
                    kind = Unanswered if error.sent else FetchError
                    raise kind(f"{error}（共试 {tried + 1} 次）") from error
                wait = _BACKOFF * 2**tried
            else:
                if page.status == _WALL or (
                    page.status < _SERVER_ERRORS and page.status not in _BUSY
                ):
                    return page
                asked = _retry_after(page.headers.get("retry-after", ""), self._now())
                if tried >= self._config.retries or asked > _MAX_WAIT:
                    return _last_answer(page, tried + 1)
                wait = max(asked, _BACKOFF * 2**tried)
            await self._sleep(wait)
            tried += 1

    async def _keep_pace(self, host: str) -> None:
        if (last := self._last.get(host)) is not None:
            rest = last + self._config.pace - self._clock()
            if rest > 0:
                await self._sleep(rest)
        self._last[host] = self._clock()

    async def _within_limits(self, request: _Request, tried: int) -> Page:
        try:
            async with asyncio.timeout(_PATIENCE * self._config.timeout):
                return await self._send(request, tried)
        except (TimeoutError, httpx.TimeoutException) as error:
            sent = not isinstance(error, httpx.ConnectTimeout)
            raise _Transient(f"{request.shown} 超时", sent=sent) from error
        except httpx.InvalidURL as error:
            raise FetchError(f"无效的网址 {request.shown}") from error
        except httpx.RequestError as error:
            sent = not isinstance(error, httpx.ConnectError)
            raise _Transient(f"{request.shown} {_reason(error)}", sent=sent) from error
        finally:
            self._client_of(request).cookies.clear()

    async def _send(self, request: _Request, tried: int) -> Page:
        url, headers, extensions = await self._destination(request, tried)
        content, form = (
            (request.body, None) if isinstance(request.body, bytes) else (None, request.body)
        )
        async with self._client_of(request).stream(
            request.method, url, headers=headers, content=content, data=form, extensions=extensions
        ) as response:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > self._config.max_bytes:
                    raise FetchError(f"{request.shown} 的内容超过 {self._config.max_bytes} 字节")
            self._budget.spend(response.num_bytes_downloaded)
            return Page(
                url=request.shown,
                status=response.status_code,
                headers={name.lower(): value for name, value in response.headers.items()},
                body=bytes(body),
                fetched_at=self._now(),
            )

    def _client_of(self, request: _Request) -> httpx.AsyncClient:
        host = urlsplit(request.url).hostname
        return (
            self._unverified if self._unverified and host in self._config.insecure else self._http
        )

    async def _destination(
        self, request: _Request, tried: int
    ) -> tuple[httpx.URL, dict[str, str], dict[str, str]]:
        """Return where to connect: the reroute's base, or an address that was found public."""
        headers = dict(request.headers)
        parts = urlsplit(request.url)
        if base := self._reroute.get(_origin(request.url)):
            query = f"?{parts.query}" if parts.query else ""
            return httpx.URL(f"{base}{parts.path or '/'}{query}"), headers, {}
        url = httpx.URL(request.url)
        known = url.host in self._config.private
        addresses = await (addresses_of if known else self._addresses)(url.host)
        pinned = url.copy_with(host=addresses[tried % len(addresses)])
        headers["Host"] = url.netloc.decode()
        return pinned, headers, {"sni_hostname": url.raw_host.decode()}


def _http(config: CrawlerConfig, *, verify: bool) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        timeout=config.timeout,
        trust_env=False,
        verify=verify,
        headers={"User-Agent": config.user_agent, "Accept-Language": "zh-CN,zh;q=0.9"},
    )


def _bases(reroute: Mapping[str, str]) -> dict[str, str]:
    try:
        return {_origin(_checked(url)): _checked(base).rstrip("/") for url, base in reroute.items()}
    except FetchError as error:
        raise ConfigError(f"[crawler] reroute：{error}") from error


class _Transient(Exception):  # noqa: N818 # never leaves this module: another try may help
    """No usable answer this time; `sent` tells that the host may have taken the request."""

    def __init__(self, message: str, *, sent: bool) -> None:
        super().__init__(message)
        self.sent = sent


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise FetchError(f"无效的网址 {masked(url)}，只能是 http 或 https")
    return url


def _origin(url: str) -> str:
    """Return scheme and host in lower case: "https://m.weibo.cn"."""
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


def _reason(error: httpx.RequestError) -> str:
    if isinstance(error, httpx.ConnectError):
        return f"无法连接（{error}）"
    return "内容损坏" if isinstance(error, httpx.DecodingError) else "连接中断"


def _last_answer(page: Page, tries: int) -> Page:
    if page.status == _TOO_MANY:
        raise RateLimited(f"{page.url} 限制访问频率（429，共试 {tries} 次）")
    if page.status >= _SERVER_ERRORS:
        raise FetchError(f"{page.url} 返回 {page.status}（共试 {tries} 次）")
    return page


def _retry_after(value: str, now: datetime) -> float:
    """Read seconds or an HTTP date; 0 for anything else."""
    if value.strip().isascii() and value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, (email.utils.parsedate_to_datetime(value) - now).total_seconds())
    except (TypeError, ValueError):
        return 0.0
