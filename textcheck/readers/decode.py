"""From bytes to text: what a page declares is checked before it is believed."""

import codecs
import re
from collections.abc import Iterator

from textcheck.errors import ReadError

__all__ = ["decode_page", "decode_text", "whole_characters"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A label outside this table says nothing: latin-1 and its kin decode any bytes without complaint
# and are what a web server sends when nobody told it better; a meta cannot be in UTF-16.
_LABELS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",  # pages so labelled hold characters that only its successors have
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_META = re.compile(
    rb"""<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE
)
_META_WITHIN = 4096
# On shorter text the guess is often a wrong one that decodes.
_GUESS_FROM = 2048


def decode_page(body: bytes, content_type: str = "") -> tuple[str, tuple[str, ...]]:
    """
    Return the text of a page and what is doubtful about it.

    The first of these that fits the bytes: the byte order mark, the header, the meta tag,
    UTF-8, GB18030, Big5, a guess. Where none does, each bad byte becomes U+FFFD and a
    warning counts them, since such a character is no slip of the author's.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return _with_losses(body[len(mark) :], encoding)
    declared = list(_declared(body, content_type))
    for encoding in dict.fromkeys((*declared, "utf-8", "gb18030", "big5hkscs")):
        if (text := _strict(body, encoding)) is not None:
            if declared and encoding != declared[0]:
                return text, (f"网页声明的编码不符，已按 {encoding} 读取",)
            return text, ()
        if encoding == "utf-8" and _nearly_utf8(body):
            return _with_losses(body, encoding)
    if not declared and (guessed := _guessed(body)):
        text, encoding = guessed
        return text, (f"网页未声明编码，已按推测的 {encoding} 读取",)
    return _with_losses(body, declared[0] if declared else "utf-8")


def _guessed(body: bytes) -> tuple[str, str] | None:
    """Return the text in the likeliest encoding, and its name; None where there is none."""
    if len(body) < _GUESS_FROM:
        return None
    from charset_normalizer import from_bytes  # noqa: PLC0415 # hardly a page needs it

    best = from_bytes(body).best()
    return None if best is None else (str(best), best.encoding)


def decode_text(body: bytes, name: str) -> str:
    """
    Return the text of an editor's plain file, in UTF-8, UTF-16 with a mark, or GB18030.

    Raises ReadError naming the file where it is none of these.
    """
    text = None
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            text = _strict(body[len(mark) :], encoding)
            break
    else:
        text = _strict(body, "utf-8")
        if text is None:
            text = _strict(body, "gb18030")
    if text is None:
        raise ReadError(f"{name}：无法识别文字编码，请另存为 UTF-8 后再试")
    if "\0" in text:
        raise ReadError(f"{name}：不是文本文件")
    return text


def whole_characters(text: str) -> str:
    r"""
    Join surrogate pairs that came as two escapes; a half becomes U+FFFD.

    JSON and scripts may hold either, which neither the parser nor the store accepts.

    >>> whole_characters("\ud83d\ude00\ud83d")
    '😀�'
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _declared(body: bytes, content_type: str) -> Iterator[str]:
    labels = [match[1] for match in [_CHARSET.search(content_type)] if match]
    labels += [match[1].decode() for match in [_META.search(body[:_META_WITHIN])] if match]
    for label in labels:
        if encoding := _LABELS.get(label.lower()):
            yield encoding


def _strict(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        return None


def _nearly_utf8(body: bytes) -> bool:
    # One character cut in two by the site must not throw a page to the guesses, some of which
    # would fit. Text in another encoding loses every other character here, not one in fifty.
    text = body.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    return lost * 50 <= sum(not char.isascii() for char in text)


def _with_losses(body: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = body.decode(encoding, "replace")
    if lost := text.count("\ufffd"):
        return text, (f"网页有 {lost} 处字符无法解码，显示为 \ufffd",)
    return text, ()
