"""The client against a server on loopback that misbehaves."""

import asyncio
import gzip
import socket
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from replay import Replay, Route

from textcheck.article import Page
from textcheck.config import CrawlerConfig
from textcheck.crawler.client import Client
from textcheck.errors import ConfigError, FetchError, RateLimited, Unanswered

Serve = Callable[..., Replay]

HOST = "www.example.gov.cn"
URL = f"http://{HOST}/a"
NOW = datetime(2026, 11, 20, 0, 0, 0, tzinfo=UTC)


class Time:
    """A clock that moves only when somebody sleeps; it keeps the naps."""

    def __init__(self) -> None:
        """Start at zero."""
        self.at = 0.0
        self.naps: list[float] = []

    def clock(self) -> float:
        """Return the seconds slept so far."""
        return self.at

    async def sleep(self, seconds: float) -> None:
        """Sleep without waiting."""
        self.at += seconds
        self.naps.append(seconds)
        await asyncio.sleep(0)


def client(time: Time, reroute: Mapping[str, str], **settings: Any) -> Client:  # noqa: ANN401 # fields of CrawlerConfig
    config = CrawlerConfig(**{"pace": 0.0, "reroute": reroute, **settings})
    return Client(config, sleep=time.sleep, clock=time.clock, now=lambda: NOW)


def fetched(
    reroute: Mapping[str, str],
    *urls: str,
    time: Time | None = None,
    **settings: Any,  # noqa: ANN401 # fields of CrawlerConfig
) -> list[Page]:
    async def fetch() -> list[Page]:
        async with client(time or Time(), reroute, **settings) as going:
            return [await going.get(url) for url in urls]

    return asyncio.run(fetch())


def route(**fields: Any) -> Route:  # noqa: ANN401 # fields of Route
    return Route(HOST, "/a", **fields)


def test_page_is_what_came_under_its_public_address(serve: Serve) -> None:
    replay = serve({f"{HOST}/甲/a.html": "正文"})
    url = f"https://{HOST}/甲/a.html?x=1&y=二"
    [page] = fetched(replay.reroute(), url)
    assert (page.url, page.status, page.body) == (url, 200, "正文".encode())
    assert page.headers["content-type"] == "text/html"
    assert page.fetched_at == NOW
    assert sum(replay.counts.values()) == 1


def test_form_is_posted_with_its_headers(serve: Serve) -> None:
    replay = serve(
        {f"{HOST}/p.xml": "<datastore/>"},
        route(method="POST", form={"path": "/", "n": "定"}, file=f"{HOST}/p.xml"),
    )

    async def post() -> Page:
        async with client(Time(), replay.reroute()) as going:
            return await going.post(URL, body={"path": "/", "n": "定"}, headers={"Referer": URL})

    assert asyncio.run(post()).body == b"<datastore/>"


@pytest.mark.parametrize("status", [200, 301, 403, 404, 412, 418, 432, 521])
def test_answers_under_500_are_returned_at_once(serve: Serve, status: int) -> None:
    replay = serve({f"{HOST}/x": ""}, route(status=status))
    assert [page.status for page in fetched(replay.reroute(), URL)] == [status]
    assert sum(replay.counts.values()) == 1


@pytest.mark.parametrize(
    ("fault", "naps"),
    [
        ({"status": 500}, [1.0]),
        ({"status": 503}, [1.0]),
        ({"status": 408}, [1.0]),
        ({"status": 429}, [1.0]),
        ({"status": 429, "headers": {"Retry-After": "7"}}, [7.0]),
        ({"status": 503, "headers": {"Retry-After": "Fri, 20 Nov 2026 00:00:30 GMT"}}, [30.0]),
        ({"status": 429, "headers": {"Retry-After": "Thu, 19 Nov 2026 00:00:30 GMT"}}, [1.0]),
        ({"status": 429, "headers": {"Retry-After": "soon"}}, [1.0]),
        ({"close": True}, [1.0]),
        ({"file": f"{HOST}/x", "truncate": 3}, [1.0]),
    ],
)
def test_a_passing_fault_is_tried_again(
    serve: Serve, fault: dict[str, object], naps: list[float]
) -> None:
    replay = serve({f"{HOST}/x": "whole answer"}, route(times=1, **fault), route(file=f"{HOST}/x"))
    time = Time()
    assert [page.body for page in fetched(replay.reroute(), URL, time=time)] == [b"whole answer"]
    assert time.naps == naps


@pytest.mark.parametrize(
    ("fault", "kind", "message", "requests"),
    [
        ({"status": 500}, FetchError, "返回 500（共试 3 次）", 3),
        ({"status": 429}, RateLimited, "限制访问频率（429，共试 3 次）", 3),
        ({"status": 429, "headers": {"Retry-After": "3600"}}, RateLimited, "共试 1 次", 1),
        ({"close": True}, Unanswered, "连接中断（共试 3 次）", 3),
        ({"file": f"{HOST}/x", "truncate": 3}, Unanswered, "连接中断（共试 3 次）", 3),
        ({"delay": 5.0}, Unanswered, "超时（共试 3 次）", 3),
        ({"file": f"{HOST}/big"}, FetchError, "的内容超过 2000 字节", 1),
        ({"file": f"{HOST}/bomb", "headers": {"Content-Encoding": "gzip"}}, FetchError, "超过", 1),
        ({"file": f"{HOST}/x", "headers": {"Content-Encoding": "gzip"}}, Unanswered, "内容损坏", 3),
    ],
)
def test_a_lasting_fault_is_its_error(
    serve: Serve,
    fault: dict[str, object],
    kind: type[FetchError],
    message: str,
    requests: int,
) -> None:
    bodies = {"x": b"whole answer", "big": b"x" * 2001, "bomb": gzip.compress(b"x" * 100_000)}
    replay = serve({f"{HOST}/{name}": body for name, body in bodies.items()}, route(**fault))
    with pytest.raises(FetchError, match=message) as caught:
        fetched(replay.reroute(), URL, timeout=0.2, max_bytes=2000)
    assert type(caught.value) is kind
    assert URL in str(caught.value)
    assert sum(replay.counts.values()) == requests


def test_waits_grow_and_end(serve: Serve) -> None:
    replay = serve({}, route(status=502))
    time = Time()
    with pytest.raises(FetchError, match="共试 5 次"):
        fetched(replay.reroute(), URL, time=time, retries=4)
    assert time.naps == [1.0, 2.0, 4.0, 8.0]


def test_408_that_lasts_is_returned_like_other_answers(serve: Serve) -> None:
    replay = serve({}, route(status=408))
    assert [page.status for page in fetched(replay.reroute(), URL)] == [408]


@pytest.mark.parametrize(
    ("target", "final"),
    [
        ("/b", f"http://{HOST}/b"),
        ("b?x=1", f"http://{HOST}/b?x=1"),
        (f"https://{HOST}/b", f"https://{HOST}/b"),
        ("//other.example.gov.cn/b", "http://other.example.gov.cn/b"),
        ("BASE/b", f"http://{HOST}/b"),  # a host that knows itself only by where it stands
    ],
)
def test_redirects_are_followed_in_public_addresses(serve: Serve, target: str, final: str) -> None:
    files = {f"{HOST}/b": "there", "other.example.gov.cn/b": "there", f"{HOST}/c": ""}
    replay = serve(files)
    here = target.replace("BASE", f"{replay.base}/{HOST}")
    replay.routes += [route(status=302, headers={"Location": here})]
    [page] = fetched(replay.reroute(), URL)
    assert (page.url, page.body) == (final, b"there")


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("/a", "跳转超过 5 次"),
        ("file:///etc/passwd", "无效的网址"),
        ("http://127.0.0.1:1/", "拒绝访问内网地址：127.0.0.1"),
        ("http://[::1", "连接中断"),  # httpx itself refuses to read such an answer
        ("//[x/", "无效的网址"),
        ("http://localhost/", "拒绝访问内网地址：localhost"),
    ],
)
def test_bad_redirects_are_refused(serve: Serve, target: str, message: str) -> None:
    replay = serve({f"{HOST}/c": ""}, route(status=302, headers={"Location": target}))
    with pytest.raises(FetchError, match=message):
        fetched(replay.reroute(), URL)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://www.example.gov.cn/",
        "file:///etc/passwd",
        "//x/",
        "http:///a",
        "http://[",
        "http://甲..乙/",
        "",
        "http://a:99999/",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError, match="无效的网址"):
        fetched({}, url)


def test_a_private_address_is_refused_unless_rerouted_to(serve: Serve) -> None:
    replay = serve({f"{HOST}/a": "inside"})
    with pytest.raises(FetchError, match="拒绝访问内网地址"):
        fetched({}, f"{replay.base}/{HOST}/a")
    assert [page.body for page in fetched(replay.reroute(), URL)] == [b"inside"]


def test_a_host_is_asked_at_the_address_that_was_checked(serve: Serve) -> None:
    # The name does not exist: only the address that the check returned can be reached.
    replay = serve({"a.invalid/x": "found"})
    asked: list[str] = []

    async def addresses(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    async def fetch() -> Page:
        async with Client(CrawlerConfig(pace=0.0), addresses=addresses) as going:
            return await going.get(f"http://name.invalid:{replay.port}/a.invalid/x")

    page = asyncio.run(fetch())
    assert (asked, page.body) == (["name.invalid"], b"found")


def test_a_wrong_reroute_is_a_wrong_setting() -> None:
    with pytest.raises(ConfigError, match=r"reroute：无效的网址 mp\.weixin\.qq\.com"):
        Client(CrawlerConfig(reroute={"mp.weixin.qq.com": "http://127.0.0.1:1"}))


def test_pace_is_kept_per_host(serve: Serve) -> None:
    other = "http://other.example.gov.cn/a"
    replay = serve({f"{HOST}/a": "", "other.example.gov.cn/a": ""})
    time = Time()
    fetched(replay.reroute(), URL, other, URL, time=time, pace=3.0)
    assert time.naps == [3.0]


def test_one_request_at_a_time_to_a_host(serve: Serve) -> None:
    replay = serve({f"{HOST}/x": ""}, route(file=f"{HOST}/x", delay=0.05))
    starts: list[float] = []

    async def fetch() -> None:
        config = CrawlerConfig(pace=0.0, reroute=replay.reroute())
        async with Client(config) as going:

            async def one() -> None:
                await going.get(URL)
                starts.append(asyncio.get_running_loop().time())

            await asyncio.gather(*(one() for _ in range(3)))

    asyncio.run(fetch())
    assert all(later - earlier > 0.045 for earlier, later in pairwise(starts))


@pytest.mark.parametrize("status", [307, 308])
def test_a_form_stays_a_form_where_the_answer_asks_for_it(serve: Serve, status: int) -> None:
    moved = route(method="POST", status=status, headers={"Location": "/b"})
    there = Route(HOST, "/b", "POST", form={"x": "1"}, file=f"{HOST}/b")
    replay = serve({f"{HOST}/b": "posted"}, moved, there)

    async def post() -> Page:
        async with client(Time(), replay.reroute()) as going:
            return await going.post(URL, body={"x": "1"})

    assert asyncio.run(post()).body == b"posted"


def test_a_host_that_refuses_is_tried_again_and_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: whoever connects is refused
        base = f"http://127.0.0.1:{taken.getsockname()[1]}"
        time = Time()
        with pytest.raises(FetchError, match=r"无法连接.*（共试 3 次）"):
            fetched({f"http://{HOST}": base}, URL, time=time)
    assert time.naps == [1.0, 2.0]


def test_a_redirected_form_becomes_a_plain_get(serve: Serve) -> None:
    moved = route(method="POST", status=303, headers={"Location": "/b"})
    replay = serve({f"{HOST}/b": "got"}, moved)

    async def post() -> Page:
        async with client(Time(), replay.reroute()) as going:
            return await going.post(URL, body={"x": "1"})

    assert asyncio.run(post()).body == b"got"


@pytest.mark.parametrize(
    ("host", "body"), [(HOST, b"known"), ("other.example.gov.cn", b"stranger")]
)
def test_headers_meant_for_a_host_stay_with_it(serve: Serve, host: str, body: bytes) -> None:
    files = {f"{host}/known": "known", f"{host}/b": "stranger", f"{HOST}/c": ""}
    secret = {"X-Secret": "1"}
    replay = serve(
        files,
        route(asks=secret, status=302, headers={"Location": f"http://{host}/b"}),
        Route(host, "/b", asks=secret, file=f"{host}/known"),
    )

    async def get() -> Page:
        async with client(Time(), replay.reroute()) as going:
            return await going.get(URL, headers=secret)

    assert asyncio.run(get()).body == body


def test_no_cookie_is_kept(serve: Serve) -> None:
    replay = serve(
        {f"{HOST}/x": "new"},
        route(asks={"Cookie": "id=7"}, status=403),
        route(file=f"{HOST}/x", headers={"Set-Cookie": "id=7; Path=/"}),
    )
    assert [page.status for page in fetched(replay.reroute(), URL, URL)] == [200, 200]


def test_the_client_says_who_it_is(serve: Serve) -> None:
    replay = serve({}, route(asks={"User-Agent": "textcheck (office 12345)"}, status=204))
    named = fetched(replay.reroute(), URL, user_agent="textcheck (office 12345)")
    assert [page.status for page in named] == [204]


def test_bytes_are_posted_as_they_are_and_secrets_are_masked(serve: Serve) -> None:
    replay = serve({f"{HOST}/x": "ok"}, route(method="POST", file=f"{HOST}/x"))

    async def post() -> Page:
        async with client(Time(), replay.reroute()) as going:
            return await going.post(f"{URL}?access_token=81_ab&n=1", body='{"甲":1}'.encode())

    page = asyncio.run(post())
    assert page.url == f"{URL}?access_token=***&n=1"
    assert list(replay.counts) == [f"/{HOST}/a?access_token=81_ab&n=1"]
    with pytest.raises(FetchError, match=r"\?access_token=\*\*\* 返回 500"):
        fetched(
            serve({}, Route(HOST, "/b", status=500)).reroute(), f"http://{HOST}/b?access_token=x"
        )
