"""`textcheck receive`: events as the platform pushes them, plain and encrypted."""

import base64
import hashlib
import http.client
import importlib.util
import struct
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from textcheck.account import Account, Platform, SourceSpec, Status
from textcheck.cli.main import program
from textcheck.cli.receive import inbox_of, serve
from textcheck.config import CHINA
from textcheck.errors import ConfigError, ReadError
from textcheck.sources.wechat_events import read_events
from textcheck.sources.wechat_push import Callback, read_key, read_push

if TYPE_CHECKING:
    from textcheck.cli.receive import _Server

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=CHINA)
TOKEN, APPID = "pushtoken", "wx1"
AES = base64.b64encode(bytes(range(32))).decode().rstrip("=")
EVENT = (
    b"<xml><CreateTime>1763600000</CreateTime><MsgType><![CDATA[event]]></MsgType>"
    b"<Event><![CDATA[MASSSENDJOBFINISH]]></Event><MsgID>1000001625</MsgID><Status>send success"
    b"</Status><ArticleUrlResult><Count>1</Count><ResultList><item><ArticleIdx>1</ArticleIdx>"
    b"<ArticleUrl><![CDATA[http://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAA01]]></ArticleUrl></item>"
    b"</ResultList></ArticleUrlResult></xml>"
)
NAME = "1763600000-MASSSENDJOBFINISH-1000001625.xml"


def signed(*more: str, at: datetime = NOW) -> dict[str, str]:
    moment = str(int(at.timestamp()))
    made = hashlib.sha1("".join(sorted([TOKEN, moment, "n", *more])).encode()).hexdigest()  # noqa: S324 # the platform's
    name = "msg_signature" if more else "signature"
    return {"timestamp": moment, "nonce": "n", name: made}


STRANGE = {**signed(), "signature": "0" * 40}


def encrypted(message: bytes, appid: str = APPID) -> str:
    plain = b"r" * 16 + struct.pack(">I", len(message)) + message + appid.encode()
    padding = 32 - len(plain) % 32
    key = read_key(AES)
    cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    packed = cipher.update(plain + bytes([padding]) * padding) + cipher.finalize()
    return base64.b64encode(packed).decode()


def envelope(text: str) -> bytes:
    return f"<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[{text}]]></Encrypt></xml>".encode()


def account(folder: Path, **options: str) -> Account:
    spec = SourceSpec("wechat_events", {"inbox": str(folder), **options})
    return Account("wx-1", "甲县", "甲县某局", Platform.WECHAT, "甲县发布", sources=(spec,))


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator["_Server"]:
    monkeypatch.setenv("WX_TOKEN", TOKEN)
    monkeypatch.setenv("WX_AES", AES)
    options = {"token": "env:WX_TOKEN"}
    plain = inbox_of(account(tmp_path / "明", **options))
    options |= {"aes_key": "env:WX_AES", "appid": APPID}
    safe = inbox_of(account(tmp_path / "密", **options))
    assert plain is not None
    assert safe is not None
    with serve({"wx-1": plain, "wx-2": safe}, 0, lambda: NOW) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(
    server: "_Server", account_id: str, query: Mapping[str, str], body: bytes | None = None
) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    with closing(connection):
        method = "GET" if body is None else "POST"
        connection.request(method, f"/wechat/{account_id}?{urlencode(query)}", body)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_the_platform_s_question_is_answered(started: "_Server") -> None:
    assert ask(started, "wx-1", {**signed(), "echostr": "42"}) == (200, "42")
    assert ask(started, "wx-1", {**STRANGE, "echostr": "42"}) == (403, "")
    assert ask(started, "wx-9", {**signed(), "echostr": "42"}) == (404, "")


def test_an_event_is_kept_once_and_read_by_the_source(started: "_Server", tmp_path: Path) -> None:
    for _ in range(3):  # the platform sends again what was answered late
        assert ask(started, "wx-1", signed(), EVENT) == (200, "success")
    [file] = (tmp_path / "明").iterdir()
    assert file.name == NAME
    [reference] = read_events("wx-1", file.read_bytes(), file.name)
    assert reference.url == "https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAA01"


def test_an_encrypted_event_is_kept_in_plain(started: "_Server", tmp_path: Path) -> None:
    text = encrypted(EVENT)
    query = {**signed(), **signed(text), "encrypt_type": "aes"}
    assert ask(started, "wx-2", query, envelope(text)) == (200, "success")
    assert (tmp_path / "密" / NAME).read_bytes() == EVENT


def test_what_followers_write_is_not_kept(started: "_Server", tmp_path: Path) -> None:
    message = b"<xml><MsgType>text</MsgType><Content>hello</Content></xml>"
    assert ask(started, "wx-1", signed(), message) == (200, "success")
    assert list((tmp_path / "明").iterdir()) == []


def test_a_body_that_is_too_large_is_not_read(started: "_Server") -> None:
    connection = http.client.HTTPConnection("127.0.0.1", started.server_port, timeout=5)
    with closing(connection):
        connection.putrequest("POST", f"/wechat/wx-1?{urlencode(signed())}")
        connection.putheader("Content-Length", "9000000")
        connection.endheaders()
        assert connection.getresponse().status == 413


PLAIN = Callback(TOKEN)
SAFE = Callback(TOKEN, APPID, read_key(AES))
OLD = signed(at=datetime(2026, 11, 20, 8, 0, tzinfo=CHINA))


@pytest.mark.parametrize(
    ("callback", "query", "body", "reason"),
    [
        (PLAIN, STRANGE, EVENT, "签名不符"),
        (PLAIN, {}, EVENT, "签名不符"),
        (PLAIN, OLD, EVENT, "签名不符"),  # a recording
        (PLAIN, signed(), b"<xml>", "XML"),
        (PLAIN, signed(), envelope("x"), "没有 aes_key"),
        (SAFE, signed(), EVENT, "明文"),
        (SAFE, signed("other"), envelope(encrypted(EVENT)), "签名不符"),
        (SAFE, signed("AAAA"), envelope("AAAA"), "无法解密"),
        (SAFE, signed("é"), envelope("é"), "无法解密"),
        (SAFE, signed(encrypted(EVENT, "wx2")), envelope(encrypted(EVENT, "wx2")), "appid"),
    ],
)
def test_what_is_not_genuine_is_refused(
    callback: Callback, query: Mapping[str, str], body: bytes, reason: str
) -> None:
    with pytest.raises(ReadError, match=reason):
        read_push(callback, query, body, NOW)


def test_a_name_cannot_leave_the_inbox() -> None:
    body = EVENT.replace(b"1000001625", b"../../etc/passwd")
    pushed = read_push(PLAIN, signed(), body, NOW)
    assert pushed is not None
    assert pushed.name == "1763600000-MASSSENDJOBFINISH-etcpasswd.xml"


def test_accounts_that_are_not_pushed_to_have_no_inbox(tmp_path: Path) -> None:
    assert inbox_of(account(tmp_path)) is None
    closed = Account("a", "", "", Platform.WECHAT, "", status=Status.CLOSED)
    assert inbox_of(closed) is None


def test_a_key_of_the_wrong_length_is_an_error_of_the_settings() -> None:
    with pytest.raises(ConfigError, match="43"):
        read_key("short")


def test_the_safe_mode_needs_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WX_TOKEN", TOKEN)
    monkeypatch.setenv("WX_AES", AES)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    options = {"token": "env:WX_TOKEN", "aes_key": "env:WX_AES"}
    with pytest.raises(ConfigError, match=r"textcheck\[receive\]"):
        inbox_of(account(tmp_path, **options))


def test_a_register_without_callbacks_is_refused(tmp_path: Path) -> None:
    register = tmp_path / "accounts.toml"
    register.write_text(
        '[[account]]\nid = "a"\ncounty = "甲县"\nunit = "乙"\nplatform = "抖音"\nname = "丙"\n',
        encoding="utf-8",
    )
    result = CliRunner().invoke(program, ["receive", "--register", str(register)])
    assert result.exit_code == 2
    assert "没有可接收的账号" in result.stderr
