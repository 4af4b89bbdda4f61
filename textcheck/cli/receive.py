"""textcheck receive: take the events that WeChat pushes, and put them into the inbox."""

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import click

from textcheck.account import Account, Status
from textcheck.cli.accounts import accounts_of
from textcheck.cli.settings import config_option, read_settings, register_option
from textcheck.cli.written import replace_files
from textcheck.config import CHINA
from textcheck.errors import ConfigError, TextcheckError
from textcheck.report.terminal import shown
from textcheck.sources.options import option, optional
from textcheck.sources.secrets import read_secret, secret_option
from textcheck.sources.wechat_push import Callback, is_genuine, read_key, read_push

__all__ = ["inbox_of", "receive", "serve"]

_KIND = "wechat_events"
_PATH = "/wechat/"
_MOST_BYTES = 1_000_000  # an event weighs some kilobytes
_SECONDS = 10.0  # who dawdles over a request holds up a thread


@dataclass(frozen=True, slots=True)
class _Inbox:
    """Where an account's events go, and what the platform was told about it."""

    label: str
    callback: Callback
    folder: Path


@click.command(
    help="""接收微信公众平台推送的群发、发布事件，存入各账号的 inbox 目录，供扫描读取。

    一直运行，Ctrl-C 结束。

    登记表中 wechat_events 来源写有 token 的账号才接收；安全模式另写 aes_key、appid。回调网址为
    https://本单位域名/wechat/账号ID，由网页服务器（nginx 等）转发到本程序，本程序只在本机监听。
    关注者发来的消息不保存。"""
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8731, show_default=True, help="监听的端口。"
)
@register_option
@config_option
def receive(port: int, register_path: Path | None, config_path: Path | None) -> None:
    """Serve until interrupted."""
    accounts = accounts_of(register_path, read_settings(config_path))
    inboxes = {account.id: inbox for account in accounts if (inbox := inbox_of(account))}
    if not inboxes:
        raise ConfigError(f"登记表中没有写明 token 的 {_KIND} 来源，没有可接收的账号")
    with serve(inboxes, port, lambda: datetime.now(CHINA)) as server:
        click.echo(f"正在接收：http://127.0.0.1:{server.server_port}{_PATH}账号ID", err=True)
        for account_id, inbox in inboxes.items():
            mode = "安全模式" if inbox.callback.key else "明文模式"
            click.echo(f"{_PATH}{account_id}  {inbox.label}（{mode}）→ {inbox.folder}", err=True)
        server.serve_forever()


def inbox_of(account: Account) -> _Inbox | None:
    """Return where the account's events go; None where the register gives no token."""
    if account.status is not Status.RUNNING or not optional(account, _KIND, "token"):
        return None
    folder = Path(option(account, _KIND, "inbox"))
    key = optional(account, _KIND, "aes_key")
    whose = f"账号 {account.id} 的 {_KIND} 来源"
    callback = Callback(
        secret_option(account, _KIND, "token"),
        optional(account, _KIND, "appid"),
        _key(read_secret(key, f"{whose}的 aes_key")) if key else b"",
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{whose}：无法建立目录 {folder}（{error.strerror}）") from error
    return _Inbox(account.label, callback, folder)


def _key(text: str) -> bytes:
    if importlib.util.find_spec("cryptography") is None:
        raise ConfigError("安全模式需要先安装 cryptography：pip install 'textcheck[receive]'")
    return read_key(text)


def serve(inboxes: Mapping[str, _Inbox], port: int, now: Callable[[], datetime]) -> "_Server":
    """Bind to the port of 127.0.0.1; the server is a context manager and does not serve yet."""
    try:
        return _Server(("127.0.0.1", port), inboxes, now)
    except OSError as error:
        raise ConfigError(f"无法监听 127.0.0.1:{port}（{error.strerror}）") from error


class _Server(ThreadingHTTPServer):
    daemon_threads = True  # a request that hangs does not hold up the end

    def __init__(
        self, address: tuple[str, int], inboxes: Mapping[str, _Inbox], now: Callable[[], datetime]
    ) -> None:
        super().__init__(address, _Handler)
        self.inboxes = inboxes
        self.now = now


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = _SECONDS
    server_version, sys_version = "textcheck", ""

    def do_GET(self) -> None:
        """Answer the platform's question whether the address is ours: give the echostr back."""
        inbox, query = self._asked()
        if inbox is None:
            self._answer(404, "")
        elif is_genuine(inbox.callback, query, self.server.now()):
            self._answer(200, query.get("echostr", ""))
        else:
            self._refuse(inbox, "核对网址的请求签名不符，请核对 token")

    def do_POST(self) -> None:
        """Keep an event; “success” tells the platform not to send it again."""
        inbox, query = self._asked()
        if inbox is None:
            self._answer(404, "")
            return
        size = self.headers.get("Content-Length", "")
        if not size.isascii() or not size.isdigit() or int(size) > _MOST_BYTES:
            self._answer(413, "")
            return
        try:
            pushed = read_push(inbox.callback, query, self.rfile.read(int(size)), self.server.now())
        except TextcheckError as error:
            self._refuse(inbox, str(error))
            return
        if pushed is not None:
            try:
                new = _keep(inbox.folder / pushed.name, pushed.body)
            except OSError as error:
                # Not answered with “success”, it will be sent again.
                self._say(inbox, f"无法写入 {inbox.folder}（{error.strerror}）")
                self._answer(500, "")
                return
            self._say(inbox, f"{'收到' if new else '已有'} {pushed.name}")
        self._answer(200, "success")

    def _asked(self) -> tuple[_Inbox | None, dict[str, str]]:
        parts = urlsplit(self.path)
        name = parts.path.removeprefix(_PATH) if parts.path.startswith(_PATH) else ""
        return self.server.inboxes.get(name), dict(parse_qsl(parts.query, keep_blank_values=True))

    def _refuse(self, inbox: _Inbox, reason: str) -> None:
        self._say(inbox, f"拒绝：{reason}")
        self._answer(403, "")

    def _say(self, inbox: _Inbox, words: str) -> None:
        at = self.server.now().astimezone(CHINA)
        click.echo(f"{at:%Y-%m-%d %H:%M:%S}  {inbox.label}  {shown(words)}", err=True)

    def _answer(self, status: int, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # http.server's name
        """Say nothing: requests carry signatures."""


def _keep(path: Path, body: bytes) -> bool:
    """Write a file in one step; tell whether it is new."""
    if path.exists():
        return False
    replace_files({path: body})
    return True
