"""The server that stands in for all hosts keeps its own promises."""

import json
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import pytest
from replay import Replay, load_routes

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "replay.py"
ROUTES = """
[[route]]
host = "m.weibo.cn"
path = "/list"
query = { page = "2" }
file = "m.weibo.cn/two.json"
type = "application/json; charset=utf-8"

[[route]]
host = "m.weibo.cn"
path = "/list"
file = "m.weibo.cn/one.json"
times = 1

[[route]]
host = "m.weibo.cn"
path = "/list"
status = 429
headers = { Retry-After = "9" }

[[route]]
host = "m.weibo.cn"
path = "/list"
method = "POST"
form = { col = "1" }
file = "m.weibo.cn/posted.xml"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    for name in ("m.weibo.cn/one.json", "m.weibo.cn/two.json", "m.weibo.cn/posted.xml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    (folder / "www.example.gov.cn" / "甲").mkdir(parents=True)
    (folder / "www.example.gov.cn" / "甲" / "index.html").write_text("首页", encoding="utf-8")
    (folder / "www.example.gov.cn" / "a.html").write_text("a", encoding="utf-8")
    (folder / "routes.toml").write_text(ROUTES, encoding="utf-8")
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    return folder


def ask(url: str, form: bytes | None = None) -> tuple[int, str, str]:
    try:
        answer = urllib.request.urlopen(url, form, timeout=5)  # noqa: S310 # loopback
    except HTTPError as error:
        with error:
            return error.code, str(error.headers["Retry-After"]), error.read().decode()
    with answer:
        return answer.status, str(answer.headers["Content-Type"]), answer.read().decode()


@pytest.mark.parametrize(
    ("target", "answer"),
    [
        (
            "/m.weibo.cn/list?page=2&x=1",
            (200, "application/json; charset=utf-8", "m.weibo.cn/two.json"),
        ),
        ("/m.weibo.cn/list", (200, "application/json", "m.weibo.cn/one.json")),
        ("/www.example.gov.cn/%E7%94%B2/", (200, "text/html", "首页")),
        ("/www.example.gov.cn/%E7%94%B2", (200, "text/html", "首页")),
        ("/www.example.gov.cn/a", (200, "text/html", "a")),
        ("/www.example.gov.cn/a.html?x=1", (200, "text/html", "a")),
        ("/www.example.gov.cn/b", (404, "None", "")),
        ("/www.example.gov.cn/../routes.toml", (404, "None", "")),
        ("/www.example.gov.cn/..%2F..%2Fsecret", (404, "None", "")),
        ("/routes.toml", (404, "None", "")),
        ("/", (404, "None", "")),
    ],
)
def test_target_gives_its_answer(root: Path, target: str, answer: tuple[int, str, str]) -> None:
    with Replay(root) as replay:
        assert ask(replay.base + target) == answer


def test_a_route_serves_so_often_and_a_form_has_its_own(root: Path) -> None:
    with Replay(root) as replay:
        url = f"{replay.base}/m.weibo.cn/list"
        assert [ask(url)[0], ask(url)[:2]] == [200, (429, "9")]
        assert ask(url, b"col=1&x=2")[2] == "m.weibo.cn/posted.xml"
        assert ask(url, b"col=2")[0] == 404
        assert ask(url, b"")[0] == 404


def test_counts_are_told_by_target(root: Path) -> None:
    with Replay(root) as replay:
        for target in ("/m.weibo.cn/list?page=2", "/m.weibo.cn/list?page=2", "/x/y"):
            ask(replay.base + target)
        counts = json.loads(ask(f"{replay.base}/__counts__")[2])
        assert counts == replay.counts == {"/m.weibo.cn/list?page=2": 2, "/x/y": 1}


def test_both_origins_of_every_host_are_rerouted(root: Path) -> None:
    with Replay(root) as replay:
        assert replay.reroute() == {
            f"{scheme}://{host}": f"{replay.base}/{host}"
            for host in ("m.weibo.cn", "www.example.gov.cn")
            for scheme in ("http", "https")
        }


def test_leaving_wakes_an_answer_that_waits_and_frees_the_port(root: Path) -> None:
    (root / "routes.toml").write_text(
        '[[route]]\nhost = "h"\npath = "/"\ndelay = 60.0\n', encoding="utf-8"
    )
    with Replay(root) as replay, socket.create_connection(("127.0.0.1", replay.port)) as waiting:
        waiting.sendall(b"GET /h/ HTTP/1.0\r\n\r\n")
        port = replay.port
    with Replay(root, port) as again:
        assert again.port == port


@pytest.mark.parametrize(
    ("routes", "message"),
    [
        ('[[route]]\nhost = "h"\npath = "/"\nfiel = "x"', "route 1: unknown key fiel"),
        ('[[route]]\nhost = "h"\npath = "/"\nfile = "x"', "route 1: no file x"),
    ],
)
def test_a_wrong_route_is_named(root: Path, routes: str, message: str) -> None:
    (root / "routes.toml").write_text(routes, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_routes(root)


def test_the_command_prints_its_port(root: Path) -> None:
    command = [sys.executable, str(SCRIPT), str(root), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 # our own script
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        try:
            assert ask(f"http://127.0.0.1:{port}/www.example.gov.cn/a")[2] == "a"
        finally:
            server.terminate()
