"""The command that starts the pages: where it listens, and what it refuses."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from textcheck.cli.main import program
from textcheck.cli.serve import demand_safe
from textcheck.config import CHINA
from textcheck.errors import ConfigError
from textcheck.store.connect import open_store
from textcheck.store.users import add_user
from textcheck.user import Role

CERT, KEY = Path("cert.pem"), Path("key.pem")


@pytest.mark.parametrize(
    ("host", "cert", "key", "proxy", "refused"),
    [
        ("127.0.0.1", None, None, None, ""),
        ("::1", None, None, None, ""),
        ("localhost", None, None, None, ""),
        ("0.0.0.0", None, None, None, "加密"),  # noqa: S104 # refused
        ("10.1.2.3", None, None, None, "加密"),
        ("office.example", None, None, None, "加密"),
        ("10.1.2.3", CERT, KEY, None, ""),
        ("10.1.2.3", CERT, None, None, "同时给出"),
        ("127.0.0.1", None, KEY, None, "同时给出"),
        ("10.1.2.3", None, None, "10.1.2.1", ""),
    ],
)
def test_only_this_machine_is_served_in_the_open(
    host: str, cert: Path | None, key: Path | None, proxy: str | None, refused: str
) -> None:
    if refused:
        with pytest.raises(ConfigError, match=refused):
            demand_safe(host, cert, key, proxy)
    else:
        demand_safe(host, cert, key, proxy)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'office.db'}"


def test_without_a_store_or_users_nothing_is_served(url: str) -> None:
    run = CliRunner().invoke
    missing = run(program, ["serve", "--store", url])
    assert (missing.exit_code, "不存在" in missing.stderr) == (2, True)
    open_store(url).close()
    nobody = run(program, ["serve", "--store", url])
    assert (nobody.exit_code, "textcheck user add" in nobody.stderr) == (2, True)


def test_the_pages_are_served_by_the_command(url: str, tmp_path: Path) -> None:
    with closing(open_store(url)) as store, store.write() as connection:
        now = datetime.now(CHINA)
        add_user(connection, "甲", "hash", [Role.ADMIN], by="命令行", now=now)
    command = [sys.executable, "-m", "textcheck", "serve", "--store", url, "--port"]
    port = free_port()
    with (tmp_path / "out").open("w+") as said:
        server = subprocess.Popen([*command, str(port)], stdout=said, stderr=said)  # noqa: S603 # our own program
        try:
            answer = wait_for(lambda: httpx.get(f"http://127.0.0.1:{port}/", trust_env=False))
            assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2F")
            assert "server" not in answer.headers
        finally:
            server.terminate()
            server.wait()
        said.seek(0)
        assert re.match(f"复核网页在 http://127.0.0.1:{port}/", said.read())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def wait_for(ask: Callable[[], httpx.Response]) -> httpx.Response:
    for _ in range(400):
        try:
            return ask()
        except httpx.ConnectError:
            time.sleep(0.05)
    pytest.fail("nothing was served")
