r"""
Serve saved pages on loopback, in place of the real hosts.

    python scripts/replay.py ROOT --port 0      # prints the port, serves until interrupted

A request for /HOST/PATH?QUERY is answered from the folder ROOT, which looks like this:

    ROOT/routes.toml                            # may be absent
    ROOT/mp.weixin.qq.com/s/AbCd.html           # answers /mp.weixin.qq.com/s/AbCd
    ROOT/www.example.gov.cn/gzdt/index.html     # answers /www.example.gov.cn/gzdt/ too

The first route of routes.toml that fits the request answers it; where none fits, the file at
the path, the path + ".html" or the path + "/index.html" does; else the answer is 404. Routes
are needed where the query, the form or the method tells answers apart, or for faults:

    [[route]]
    host = "m.weibo.cn"
    path = "/api/container/getIndex"
    method = "GET"                              # the default
    query = { value = "1000000001" }            # each must be in the query; others do not matter
    form = { columnid = "12" }                  # likewise in a POSTed form
    asks = { Referer = "https://m.weibo.cn/" }  # likewise in the headers of the request
    file = "m.weibo.cn/1000000001.json"         # the body, relative to ROOT; none = an empty body
    type = "application/json; charset=utf-8"    # default: by the file's suffix, no charset
    status = 200
    headers = { Retry-After = "1" }
    delay = 0.5                                 # seconds before the answer
    truncate = 100                              # send so many bytes of the body, then hang up
    close = true                                # hang up without any answer
    times = 1                                   # fits so many requests only; then later routes do

A host that keeps rules (tokens, quotas, order of pages) is a function from Asked to Answer, handed
to Replay as `hosts`; scripts/replay_hosts has those of the platforms.

So specific routes (a second page: since_id in the query) stand before general ones. GET
/__counts__ gives how often each target was asked for: {"/mp.weixin.qq.com/s/AbCd": 1}.
"""

import argparse
import json
import mimetypes
import sys
import threading
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit

__all__ = ["Answer", "Asked", "Host", "Replay", "Route", "load_routes"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for."""

    method: str
    host: str
    path: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    headers: Message
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answers; the faults are those of a Route."""

    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    truncate: int | None = None
    close: bool = False


Host = Callable[[Asked], Answer]


@dataclass(slots=True)
class Route:
    """One [[route]] of routes.toml; `times` counts down."""

    host: str
    path: str
    method: str = "GET"
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    asks: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    type: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    truncate: int | None = None
    close: bool = False
    times: int | None = None

    def fits(self, asked: Asked) -> bool:
        """Tell whether this route answers the request."""
        return (
            (self.method, self.host, self.path) == (asked.method, asked.host, asked.path)
            and self.query.items() <= asked.query.items()
            and self.form.items() <= asked.form.items()
            and all(asked.headers.get(name) == value for name, value in self.asks.items())
            and self.times != 0
        )


def load_routes(root: Path) -> list[Route]:
    """Read ROOT/routes.toml; no file gives no routes, an unknown key is a ValueError."""
    path = root / "routes.toml"
    if not path.is_file():
        return []
    tables = tomllib.loads(path.read_text(encoding="utf-8")).get("route", [])
    known = {item.name for item in fields(Route)}
    for number, table in enumerate(tables, 1):
        if unknown := sorted(table.keys() - known):
            raise ValueError(f"{path}: route {number}: unknown key {unknown[0]}; known: {known}")
        if (file := table.get("file")) and not (root / file).is_file():
            raise ValueError(f"{path}: route {number}: no file {file}")
    return [Route(**table) for table in tables]


class Replay:
    """
    The server, as a context manager: `with Replay(root) as replay: … replay.base …`.

    `counts` tells how often each target was asked for; `reroute()` is the crawler's setting.
    """

    def __init__(
        self, root: Path, port: int = 0, hosts: Mapping[str, Host] = MappingProxyType({})
    ) -> None:
        """Read the routes and bind to the port of 127.0.0.1; 0 takes any free one."""
        self.hosts = dict(hosts)
        self.root = root.resolve()
        self.counts: Counter[str] = Counter()
        self.routes = load_routes(self.root)
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", port), self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    @property
    def port(self) -> int:
        """Return the port that was bound."""
        return self._server.server_address[1]

    @property
    def base(self) -> str:
        """Return the address that stands before /HOST/PATH."""
        return f"http://127.0.0.1:{self.port}"

    def reroute(self) -> dict[str, str]:
        """
        Map both origins of each host to its place here.

        Example: {"https://m.weibo.cn": "http://127.0.0.1:8000/m.weibo.cn", "http://…": …}
        """
        folders = {item.name for item in self.root.iterdir() if item.is_dir()}
        hosts = sorted(folders | {route.host for route in self.routes} | self.hosts.keys())
        return {
            f"{scheme}://{host}": f"{self.base}/{host}"
            for host in hosts
            for scheme in ("http", "https")
        }

    def __enter__(self) -> Self:
        """Begin to serve."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wake answers that wait, stop, and free the port."""
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, asked: Asked, target: str) -> Answer:
        """Count the request and return what answers it: a route, a host, or a file."""
        with self._lock:
            self.counts[target] += 1
            for route in self.routes:
                if route.fits(asked):
                    if route.times is not None:
                        route.times -= 1
                    return self._answer(route)
            if host := self.hosts.get(asked.host):
                return host(asked)
        file = self._file(asked) if asked.method == "GET" else None
        status = 200 if file else 404
        return self._answer(Route(asked.host, asked.path, file=file or "", status=status))

    def _answer(self, route: Route) -> Answer:
        return Answer(
            body=(self.root / route.file).read_bytes() if route.file else b"",
            type=route.type or mimetypes.guess_type(route.file)[0] or "text/html",
            status=route.status,
            headers=route.headers,
            delay=route.delay,
            truncate=route.truncate,
            close=route.close,
        )

    def _file(self, asked: Asked) -> str | None:
        for tail in ("", ".html", "/index.html"):
            path = (self.root / f"{asked.host}/{asked.path.strip('/')}{tail}").resolve()
            if path.is_file() and (self.root / asked.host) in path.parents:
                return str(path.relative_to(self.root))
        return None


class _Server(ThreadingHTTPServer):
    # Threads are joined when the server closes, so that a test leaves none behind.
    daemon_threads = False
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], replay: Replay) -> None:
        super().__init__(address, _Handler)
        self.replay = replay

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 # socketserver's signature
        """Keep quiet about a client that hung up; show anything else."""
        if not isinstance(sys.exception(), ConnectionError):
            print(f"{client_address}: {sys.exception()!r}", file=sys.stderr)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        """Answer a GET, or tell the counts."""
        if self.path == "/__counts__":
            counts = json.dumps(self.server.replay.counts, ensure_ascii=False, sort_keys=True)
            self._send(Answer(counts.encode(), "application/json; charset=utf-8"))
            return
        self._reply(b"")

    def do_POST(self) -> None:
        """Answer a POST."""
        self._reply(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def _reply(self, body: bytes) -> None:
        replay = self.server.replay
        parts = urlsplit(self.path)
        host, _, path = parts.path.lstrip("/").partition("/")
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        asked = Asked(self.command, host, "/" + unquote(path), query, form, self.headers, body)
        answer = replay.answer(asked, self.path)
        replay.stopping.wait(answer.delay)
        if not answer.close:
            self._send(answer)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body[: answer.truncate])

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # http.server's name
        """Say nothing: the counts tell enough."""


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="serve saved pages on loopback")
    parser.add_argument("root", type=Path)
    parser.add_argument("--port", type=int, default=0)
    settings = parser.parse_args()
    with Replay(settings.root, settings.port) as replay:
        print(replay.port, flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
