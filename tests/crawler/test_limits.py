"""Walls, silence, budgets and robots.txt, on loopback."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from replay import Replay, Route

from textcheck.config import CrawlerConfig
from textcheck.crawler.client import Client
from textcheck.crawler.robots import Obedient
from textcheck.errors import BlockedError, BudgetError, ConfigError, FetchError, RobotsError

Serve = Callable[..., Replay]
HOST = "www.example.gov.cn"
OTHER = "other.example.gov.cn"


async def no_sleep(_seconds: float) -> None:
    await asyncio.sleep(0)


def outcomes(replay: Replay, *urls: str, halted: str = "", **settings: Any) -> list[object]:  # noqa: ANN401 # fields of CrawlerConfig
    """Return the status of each answer, or the error."""

    async def run() -> list[object]:
        given: dict[str, Any] = {"pace": 0.0, "retries": 0, "reroute": replay.reroute()}
        config = CrawlerConfig(**given | settings)
        found: list[object] = []
        async with Client(config, sleep=no_sleep) as client:
            if halted:
                client.halt(halted, "要求验证")
            for url in urls:
                try:
                    found.append((await client.get(url)).status)
                except FetchError as error:
                    found.append(error)
        return found

    return asyncio.run(run())


def kinds(found: list[object]) -> list[object]:
    return [type(item) if isinstance(item, Exception) else item for item in found]


def url(name: str, host: str = HOST) -> str:
    return f"https://{host}/{name}"


@pytest.mark.parametrize("status", [403, 412, 418, 432])
def test_two_refusals_running_end_the_night_for_the_host(serve: Serve, status: int) -> None:
    files = {f"{HOST}/{name}": "" for name in "bd"} | {f"{OTHER}/a": ""}
    replay = serve(files, *(Route(HOST, f"/{name}", status=status) for name in "ac"))
    found = outcomes(replay, *map(url, "abacabd"), url("a", OTHER))
    assert kinds(found) == [
        status,
        200,
        status,
        status,
        BlockedError,
        BlockedError,
        BlockedError,
        200,
    ]
    assert "本次不再访问：连续 2 次被拒绝" in str(found[4])
    assert sum(replay.counts.values()) == 5


def test_a_captcha_ends_the_night_for_the_host_at_once(serve: Serve) -> None:
    replay = serve({f"{HOST}/a": "", f"{OTHER}/a": ""})
    found = outcomes(replay, url("a"), url("a", OTHER), halted=url("x"))
    assert kinds(found) == [BlockedError, 200]


@pytest.mark.parametrize(
    ("fault", "halts"),
    [
        ({"close": True}, True),
        ({"delay": 5.0}, True),
        ({"status": 429}, True),
        ({"status": 500}, False),
        ({"status": 404}, False),
        ({"file": f"{HOST}/big"}, False),
    ],
)
def test_only_silence_ends_the_night_not_broken_pages(
    serve: Serve, fault: dict[str, Any], *, halts: bool
) -> None:
    routes = [Route(HOST, f"/{name}", **fault) for name in "abc"]
    replay = serve({f"{HOST}/big": "x" * 2000, f"{HOST}/d": ""}, *routes)
    found = outcomes(replay, *map(url, "abcd"), timeout=0.1, max_bytes=1000)
    assert ("本次不再访问" in str(found[2])) is halts
    assert (found[3] == 200) is not halts
    assert sum(replay.counts.values()) == (2 if halts else 4)


@pytest.mark.parametrize(
    "limit", [{"max_requests": 2}, {"max_total_bytes": 150}, {"max_seconds": 0.001}]
)
def test_a_budget_ends_the_requests_of_a_run(serve: Serve, limit: dict[str, Any]) -> None:
    replay = serve({f"{HOST}/a": "x" * 100}, Route(HOST, "/a", file=f"{HOST}/a", delay=0.01))
    found = kinds(outcomes(replay, *[url("a")] * 4, **limit))
    assert BudgetError in found
    assert found[-1] is BudgetError
    assert sum(replay.counts.values()) <= 2


def obeying(replay: Replay, *urls: str, **settings: Any) -> list[object]:  # noqa: ANN401 # fields of CrawlerConfig
    async def run() -> list[object]:
        config = CrawlerConfig(pace=0.0, retries=0, reroute=replay.reroute(), **settings)
        found: list[object] = []
        async with Client(config) as client:
            polite = Obedient(client, config)
            for one in urls:
                try:
                    found.append((await polite.get(one)).status)
                except RobotsError as error:
                    found.append(type(error))
        return found

    return asyncio.run(run())


ROBOTS = "User-agent: *\nDisallow: /private/\n"


def test_what_a_site_does_not_want_is_not_read_unless_somebody_authorised_it(serve: Serve) -> None:
    files = {
        f"{HOST}/robots.txt": ROBOTS,
        f"{HOST}/private/a": "",
        f"{HOST}/b": "",
        f"{OTHER}/b": "",
    }
    replay = serve(files)
    urls = [url("b"), url("private/a"), url("b", OTHER)]
    assert obeying(replay, *urls) == [200, RobotsError, 200]
    assert replay.counts[f"/{HOST}/robots.txt"] == 1
    assert replay.counts[f"/{OTHER}/robots.txt"] == 1
    assert obeying(replay, *urls, authorised={HOST: "张某 2026-01-31"}) == [200, 200, 200]


@pytest.mark.parametrize("said", ["", "张某", "2026-01-31", "yes"])
def test_an_authorisation_says_who_and_when(serve: Serve, said: str) -> None:
    with pytest.raises(ConfigError, match="谁在哪天授权"):
        obeying(serve({f"{HOST}/b": ""}), url("b"), authorised={HOST: said})


def test_a_private_host_is_read_where_the_settings_name_it(serve: Serve) -> None:
    replay = serve({"b": "inside"})
    here = f"http://127.0.0.1:{replay.port}/127.0.0.1/x"
    [refused] = outcomes(replay, here, reroute={})
    assert "拒绝访问内网地址" in str(refused)
    assert outcomes(replay, here, reroute={}, private=("127.0.0.1",)) == [404]
