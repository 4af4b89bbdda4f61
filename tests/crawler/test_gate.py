"""The proxy of the browser that takes pictures, with a server on loopback behind it."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

from textcheck.crawler.gate import Gate
from textcheck.crawler.screenshot import Chromium, find_chromium
from textcheck.errors import FetchError

PUBLIC, INNER = "www.example.gov.cn", "oa.example.gov.cn"
Site = tuple[int, list[str]]


class _Pages(BaseHTTPRequestHandler):
    """A page, one that leads into the office's network, and one with a picture from there."""

    asked: list[str]

    def do_GET(self) -> None:
        """Answer, and note what was asked."""
        port = self.connection.getsockname()[1]
        self.asked.append(f"{self.headers['Host'].partition(':')[0]}{self.path}")
        body = "<html><body>好</body></html>"
        if self.path == "/beside":
            body = f'<html><body>好<img src="http://{INNER}:{port}/secret"></body></html>'
        self.send_response(302 if self.path.startswith("/away") else 200)
        if self.path == "/away":
            self.send_header("Location", f"http://{INNER}:{port}/secret")
        if self.path == "/away-here":
            self.send_header("Location", f"http://127.0.0.1:{port}/secret")
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve; return the port and what is asked."""
    asked: list[str] = []
    handler = type("Pages", (_Pages,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server.server_address[1], asked
        server.shutdown()


async def judged(host: str) -> list[str]:
    """Take one host for a public one; it stands for a server of the internet."""
    if host != PUBLIC:
        raise FetchError(f"拒绝访问内网地址：{host}")
    return ["127.0.0.1"]


def through(*urls: str, judge: Callable[[str], Awaitable[list[str]]] = judged) -> list[str]:
    """Return what comes through a gate for each URL, and then why hosts were refused."""

    async def fetch() -> list[str]:
        told = []
        async with Gate(judge) as gate, httpx.AsyncClient(proxy=gate.url) as client:
            for url in urls:
                try:
                    told.append((await client.get(url)).text)
                except httpx.HTTPError as error:
                    told.append(type(error).__name__)
            return [*told, *gate.refused]

    return asyncio.run(fetch())


def test_a_public_host_answers_through_the_gate(site: Site) -> None:
    port, asked = site
    pages = through(f"http://{PUBLIC}:{port}/a?b=c", f"http://{PUBLIC}:{port}")

    assert pages == ["<html><body>好</body></html>"] * 2
    assert asked == [f"{PUBLIC}/a?b=c", f"{PUBLIC}/"]


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", [INNER, "127.0.0.1", "localhost"])
def test_another_host_is_not_connected_to(site: Site, scheme: str, host: str) -> None:
    port, asked = site
    told = through(f"{scheme}://{host}:{port}/secret")

    assert told[1:] == [f"拒绝访问内网地址：{host}"]
    assert told[0].endswith("Error")
    assert asked == []


def test_where_nobody_listens_nothing_is_answered(site: Site) -> None:
    async def nowhere(_: str) -> list[str]:
        return ["127.0.0.2"]

    assert through(f"http://{PUBLIC}:{site[0]}/", judge=nowhere) == ["RemoteProtocolError"]


def test_a_tunnel_carries_what_both_sides_say(site: Site) -> None:
    async def said(port: int) -> bytes:
        async with Gate(judged) as gate:
            reader, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(gate.url).port)
            writer.write(f"CONNECT {PUBLIC}:{port} HTTP/1.1\r\n\r\n".encode())
            answer = await reader.readuntil(b"\r\n\r\n")
            writer.write(f"GET /a HTTP/1.0\r\nHost: {PUBLIC}\r\n\r\n".encode())
            answer += await reader.read()
            writer.close()
            return answer

    answer = asyncio.run(said(site[0])).decode()

    assert answer.startswith("HTTP/1.1 200 OK\r\n\r\nHTTP/1.0 200")
    assert answer.endswith("<html><body>好</body></html>")


def chromium(folder: Path) -> str:
    """Return a Chromium that runs for root, too, as tests may."""
    program = find_chromium()
    if program is None:
        if os.environ.get("TEXTCHECK_REQUIRE_CHROMIUM") == "1":
            pytest.fail("no Chromium on this machine")
        pytest.skip("no Chromium on this machine")
    path = folder / "chromium"
    path.write_text(f'#!/bin/sh\nexec {program} --no-sandbox "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_picture_lacks_what_is_in_the_office_s_own_network(site: Site, tmp_path: Path) -> None:
    port, asked = site
    camera = Chromium(chromium(tmp_path), addresses=judged)

    assert asyncio.run(camera(f"http://{PUBLIC}:{port}/beside")).startswith(b"\x89PNG")
    assert not any("secret" in one for one in asked)


@pytest.mark.parametrize("path", ["/away", "/away-here"])
def test_a_page_that_leads_there_has_no_picture(site: Site, tmp_path: Path, path: str) -> None:
    port, asked = site
    camera = Chromium(chromium(tmp_path), addresses=judged)
    with pytest.raises(FetchError, match="拒绝访问内网地址"):
        asyncio.run(camera(f"http://{PUBLIC}:{port}{path}"))

    assert not any("secret" in one for one in asked)
