"""
What WeChat pushes to a callback address: whether it is genuine, and the event in it.

Both modes of the platform: plain, and encrypted (安全模式), where the body is AES and has a
signature of its own.
"""

import base64
import binascii
import hashlib
import hmac
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml import etree

from textcheck.errors import ConfigError, ReadError
from textcheck.sources.times import from_seconds

__all__ = ["Callback", "Pushed", "is_genuine", "read_key", "read_push"]

_EVENTS = frozenset({"MASSSENDJOBFINISH", "PUBLISHJOBFINISH"})
# The platform sends again within seconds; what is older was recorded by somebody.
_FRESH = timedelta(minutes=10)
_KEY_BYTES, _BLOCK = 32, 32
_HEAD = 20  # sixteen random bytes and the length of what follows
_UNSAFE = re.compile(r"[^0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Callback:
    """What the office entered at the platform; `key` is b"" in plain mode, `appid` may be ""."""

    token: str
    appid: str = ""
    key: bytes = b""


@dataclass(frozen=True, slots=True)
class Pushed:
    """An event worth keeping: a name that is the same when it is sent again, and its XML."""

    name: str
    body: bytes


def read_key(text: str) -> bytes:
    """Return the AES key of an EncodingAESKey, 43 characters; raises ConfigError otherwise."""
    try:
        key = base64.b64decode(f"{text}=", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != _KEY_BYTES:
        raise ConfigError("EncodingAESKey 不对，应为公众平台上显示的 43 个字符")
    return key


def is_genuine(callback: Callback, query: Mapping[str, str], now: datetime, *more: str) -> bool:
    """
    Tell whether a request knows the token, and is no recording of an old one.

    `more` is the encrypted text, whose signature is msg_signature.
    """
    told = query.get("msg_signature" if more else "signature", "")
    moment, nonce = query.get("timestamp", ""), query.get("nonce", "")
    at = from_seconds(moment)
    parts = "".join(sorted([callback.token, moment, nonce, *more]))
    made = hashlib.sha1(parts.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
    same = hmac.compare_digest(made.encode(), told.encode("utf-8", "replace"))
    return same and at is not None and abs(now - at) <= _FRESH


def read_push(
    callback: Callback, query: Mapping[str, str], body: bytes, now: datetime
) -> Pushed | None:
    """
    Return the event in a request; None for what followers do, which is nobody's business here.

    Raises ReadError for what is not genuine or cannot be read.
    """
    root = _xml(body)
    encrypted = (root.findtext("Encrypt") or "").strip()
    if callback.key and not encrypted:
        raise ReadError("收到明文消息，而设置的是安全模式")
    if encrypted:
        if not callback.key:
            raise ReadError("收到加密消息，登记表中没有 aes_key")
        if not is_genuine(callback, query, now, encrypted):
            raise ReadError("签名不符")
        body = _decrypted(callback, encrypted)
        root = _xml(body)
    elif not is_genuine(callback, query, now):
        raise ReadError("签名不符")
    kind = (root.findtext("Event") or "").strip().upper()
    if kind not in _EVENTS:
        return None
    number = root.findtext("MsgID") or root.findtext("PublishEventInfo/publish_id") or ""
    created = root.findtext("CreateTime") or ""
    if not number:
        number = hashlib.sha256(body).hexdigest()[:16]
    name = "-".join(_UNSAFE.sub("", part)[:40] for part in (created, kind, number))
    return Pushed(f"{name}.xml", body)


def _xml(body: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("不是可读的 XML") from error


def _decrypted(callback: Callback, encrypted: str) -> bytes:
    # Imported where needed: in plain mode the extra need not be there.
    from cryptography.hazmat.primitives.ciphers import (  # noqa: PLC0415 # see above
        Cipher,
        algorithms,
        modes,
    )

    try:
        packed = base64.b64decode(encrypted, validate=True)
        cipher = Cipher(algorithms.AES(callback.key), modes.CBC(callback.key[:16])).decryptor()
        plain = cipher.update(packed) + cipher.finalize()
    except (binascii.Error, ValueError) as error:
        raise ReadError("无法解密，请核对 aes_key") from error
    padding = plain[-1] if plain else 0
    plain = plain[:-padding] if 1 <= padding <= _BLOCK else b""
    if len(plain) < _HEAD:
        raise ReadError("无法解密，请核对 aes_key")
    (size,) = struct.unpack(">I", plain[16:_HEAD])
    message, appid = plain[_HEAD : _HEAD + size], plain[_HEAD + size :]
    if callback.appid and appid != callback.appid.encode():
        raise ReadError("消息不是发给这个公众号的（appid 不符）")
    return message
