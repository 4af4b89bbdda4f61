"""
What a browser goes through to the internet: a proxy on loopback that lets it reach public hosts.

A page may redirect, and ask for pictures and scripts anywhere. Each host is judged as the crawler
judges its own, and what is connected to are the addresses that were judged: a browser that looked
the name up itself might get others.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from textcheck.errors import FetchError

__all__ = ["Gate"]

_HERE = "127.0.0.1"
_PATIENCE = 10.0  # seconds for an address that does not answer
_PART = 65_536
_MOST_HEAD = 65_536  # bytes of a request without its body
_HTTP, _HTTPS = 80, 443
# The answer must end with the connection, so that one connection is one request to be judged.
_DROPPED = ("connection:", "proxy-connection:", "keep-alive:")


class Gate:
    """
    A proxy for one browser, as long as it runs.

        async with Gate(public_addresses) as gate:
            browser(f"--proxy-server={gate.url}")

    `refused` tells why hosts were refused. Nothing is answered for these: the browser finds them
    as if they did not answer.
    """

    def __init__(self, addresses: Callable[[str], Awaitable[list[str]]]) -> None:
        """Take what gives the addresses of a public host, and raises FetchError for another."""
        self._addresses = addresses
        self._going: set[asyncio.Task[None]] = set()
        self.refused: list[str] = []
        self.url = ""

    async def __aenter__(self) -> Self:
        """Begin to listen, where only this machine can connect."""
        self._server = await asyncio.start_server(self._serve, _HERE, 0, limit=_MOST_HEAD)
        self.url = f"http://{_HERE}:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all connections."""
        self._server.close()
        for task in self._going:
            task.cancel()
        await asyncio.gather(*self._going, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._going.add(task)
        try:
            await self._answer(reader, writer)
        except FetchError as error:
            self.refused.append(str(error))
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError):
            pass  # whichever side it was: the browser sees that there is no answer
        finally:
            writer.close()
            if task is not None:
                self._going.discard(task)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read one request, connect to its host, and pass on what either side says."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        request, *headers = head.removesuffix("\r\n\r\n").split("\r\n")
        method, target, version = request.split(" ")
        tunnel = method == "CONNECT"
        parts = urlsplit(f"//{target}" if tunnel else target)
        if not parts.hostname or (not tunnel and parts.scheme != "http"):
            raise ValueError(target)
        port = parts.port or (_HTTPS if tunnel else _HTTP)
        far_reader, far_writer = await self._connected(parts.hostname, port)
        try:
            if tunnel:
                writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            else:
                path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
                kept = [line for line in headers if not line.lower().startswith(_DROPPED)]
                lines = (f"{method} {path} {version}", *kept, "Connection: close", "", "")
                far_writer.write("\r\n".join(lines).encode("latin-1"))
            await _exchange((reader, far_writer), (far_reader, writer))
        finally:
            far_writer.close()

    async def _connected(
        self, host: str, port: int
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to the first address of a host that answers."""
        for address in await self._addresses(host):
            with suppress(OSError, TimeoutError):
                return await asyncio.wait_for(asyncio.open_connection(address, port), _PATIENCE)
        raise OSError(host)


async def _exchange(
    ahead: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    back: tuple[asyncio.StreamReader, asyncio.StreamWriter],
) -> None:
    """Pass on what both sides say until the far one is done."""
    asking = asyncio.ensure_future(_pass_on(*ahead))
    try:
        await _pass_on(*back)
    finally:
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while part := await reader.read(_PART):
        writer.write(part)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()
