"""Spoil good input: byte by byte, and value by value where it is JSON."""

import json
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from hypothesis import strategies as st

__all__ = ["spoiled"]

_PIECES = [
    *(b"", b"<", b">", b"'", b'"', b"\\", b"{", b"}", b"[", b"]", b"&", b"%", b"\n", b"\x00"),
    *(b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<script>"),
    *(b"&#xD800;", b"&#0;", b"\xed\xa0\x80", b"\\ud800", b"null", b"-1", b"1e999", b"99999999999"),
    *(b"<?xml version='1.0'?>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"//[::1", b"http://a:b/"),
]
_VALUES: list[Any] = [
    *(None, True, False, 0, -1, 10**30, 1e300, "", "\ud800", "<p>", "//[", "刚刚", "99-99", "0"),
    *([], {}, [[]], [None], {"a": {}}, [{}], "9" * 30, "<!--", "http://a:b/", "2026-13-45"),
]
_MOST = 200
_DEPTH = 6


@st.composite
def spoiled(draw: st.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """Cut, repeat or overwrite pieces of good input, or put other values into it."""
    body = draw(st.sampled_from(seeds))
    if body[:1] in {b"{", b"["} and draw(st.booleans()):
        body = json.dumps(_other(draw, json.loads(body), 0)).encode("utf-8", "surrogatepass")
        if draw(st.booleans()):
            return body
    if body.startswith(b"PK") and draw(st.booleans()):
        return _other_member(draw, body)
    return _cut(draw, body, draw(st.sampled_from(seeds)))


def _cut(draw: st.DrawFn, body: bytes, other: bytes) -> bytes:
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(body)))
        end = min(len(body), start + draw(st.integers(0, _MOST)))
        at = draw(st.integers(0, len(other)))
        pieces = [*_PIECES, body[start:end] * 2, other[at : at + _MOST]]
        middle = draw(st.sampled_from(pieces) | st.binary(max_size=8))
        body = body[:start] + middle + body[end:]
    return body


def _other(draw: st.DrawFn, value: Any, depth: int) -> Any:  # noqa: ANN401 # any JSON
    """Return the value with one of those within it replaced or left out."""
    inside: list[Any] = []
    if isinstance(value, dict | list):
        inside = list(value) if isinstance(value, dict) else list(range(len(value)))
    if not inside or depth == _DEPTH or not draw(st.integers(0, 5)):
        return draw(st.sampled_from(_VALUES))
    key = draw(st.sampled_from(inside))
    changed: Any = dict(value) if isinstance(value, dict) else list(value)
    if draw(st.integers(0, 7)):
        changed[key] = _other(draw, value[key], depth + 1)
    else:
        del changed[key]
    return changed


def _other_member(draw: st.DrawFn, body: bytes) -> bytes:
    """Spoil a member of a package, so that what unpacks it has nothing to say."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(body)) as whole, zipfile.ZipFile(packed, "w") as made:
        names = whole.namelist()
        victim = draw(st.sampled_from(names))
        for name in names:
            part = whole.read(name)
            made.writestr(name, _cut(draw, part, part) if name == victim else part)
    return packed.getvalue()
