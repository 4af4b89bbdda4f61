"""Pictures of pages as a browser shows them, taken by a Chromium that is installed."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from textcheck.crawler.gate import Gate
from textcheck.crawler.guard import public_addresses
from textcheck.errors import FetchError

__all__ = ["CHROMIUM", "Camera", "Chromium", "find_chromium"]

Camera = Callable[[str], Awaitable[bytes]]
"""Returns a PNG of the page at a URL; raises FetchError where there is none."""

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
"""The names that the browser goes by, in the order they are looked for on PATH."""

_PNG = b"\x89PNG\r\n\x1a\n"
_SECONDS = 60.0
# A picture of the first three screens; one of a whole long article would be unreadably small.
_SIZE = "1280,3000"
_MOST_BYTES = 20_000_000
_NO_CHATTER = "--disable-background-networking"


def find_chromium() -> str | None:
    """Return the path of a Chromium on PATH, None where there is none."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


class Chromium:
    """A Camera: each picture by a browser of its own, with a profile that is thrown away."""

    def __init__(
        self,
        program: str,
        *,
        seconds: float = _SECONDS,
        addresses: Callable[[str], Awaitable[list[str]]] = public_addresses,
    ) -> None:
        """
        Take the browser's path.

        Each host that the page leads to, or takes something from, must be a public one, as for the
        crawler.
        """
        self._program = program
        self._seconds = seconds
        self._addresses = addresses

    async def __call__(self, url: str) -> bytes:
        """Return a PNG of the page."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise FetchError(f"无法截图：{url} 不是网址")
        await self._addresses(parts.hostname)
        with tempfile.TemporaryDirectory(prefix="textcheck-shot-") as folder:
            picture = Path(folder) / "page.png"
            async with Gate(self._addresses) as gate:
                await self._run(url, Path(folder), picture, gate.url)
            # A small local file, and one at a time.
            body = picture.read_bytes() if picture.exists() else b""
        if not body.startswith(_PNG) or len(body) > _MOST_BYTES:
            why = "".join(f"（{reason}）" for reason in gate.refused[:1])
            raise FetchError(f"无法截图：Chromium 没有给出 {url} 的图片{why}")
        return body

    async def _run(self, url: str, folder: Path, picture: Path, proxy: str) -> None:
        command = (
            *(self._program, "--headless", "--disable-gpu", "--hide-scrollbars"),
            *("--no-first-run", "--disable-extensions", "--disable-sync", "--mute-audio"),
            *(f"--user-data-dir={folder / 'profile'}", f"--window-size={_SIZE}"),
            # Everything goes through the gate: what is on this machine, and what is not HTTP, too.
            *(f"--proxy-server={proxy}", "--proxy-bypass-list=<-loopback>"),
            *("--force-webrtc-ip-handling-policy=disable_non_proxied_udp", _NO_CHATTER),
            *("--virtual-time-budget=10000", f"--screenshot={picture}", url),
        )
        try:
            process = await asyncio.create_subprocess_exec(
                *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
            )
        except OSError as error:
            raise FetchError(f"无法启动 {self._program}（{error.strerror}）") from error
        try:
            status = await asyncio.wait_for(process.wait(), self._seconds)
        except TimeoutError as error:
            raise FetchError(f"无法截图：{url} 超过 {self._seconds:.0f} 秒") from error
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if status:
            raise FetchError(
                f"无法截图：Chromium 退出状态 {status}（不能以 root 用户运行；或网页打不开）"
            )
