import codecs

import pytest

from textcheck.errors import ReadError
from textcheck.readers.decode import decode_page, decode_text, whole_characters

# 镕 and 㙍 are in GB18030 only, not in the gb2312 that pages claim.
TEXT = "镕㙍：全区召开工作会议，部署下一步工作。"
BIG5 = "全區召開工作會議，部署下一步工作。"
WRONG = "网页声明的编码不符，已按 "


def meta(charset: str, text: str = TEXT) -> str:
    return f'<html><head><meta charset="{charset}"></head><body>{text}'


OLD_META = '<meta http-equiv="Content-Type" content="text/html; charset={}">'


@pytest.mark.parametrize(
    ("body", "content_type", "text", "warnings"),
    [
        (TEXT.encode(), "", TEXT, ()),
        (TEXT.encode(), "text/html; charset=utf-8", TEXT, ()),
        (TEXT.encode("gb18030"), "text/html; charset=GBK", TEXT, ()),
        (TEXT.encode("gb18030"), 'text/html; charset="gb2312"', TEXT, ()),
        (TEXT.encode("gb18030"), "", TEXT, ()),
        (BIG5.encode("big5"), "text/html; charset=big5", BIG5, ()),
        (codecs.BOM_UTF8 + TEXT.encode(), "text/html; charset=gbk", TEXT, ()),
        (TEXT.encode("utf-16"), "", TEXT, ()),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "", TEXT, ()),
        # a server that declares latin-1 for everything says nothing
        (TEXT.encode("gb18030"), "text/html; charset=ISO-8859-1", TEXT, ()),
        (TEXT.encode(), "text/html; charset=unknown-8bit", TEXT, ()),
        # wrong labels
        (TEXT.encode(), "text/html; charset=gbk", TEXT, (f"{WRONG}utf-8 读取",)),
        (TEXT.encode("gb18030"), "text/html; charset=utf-8", TEXT, (f"{WRONG}gb18030 读取",)),
        (meta("utf-8").encode("gb18030"), "", meta("utf-8"), (f"{WRONG}gb18030 读取",)),
        (meta("gb2312").encode("gb18030"), "text/html", meta("gb2312"), ()),
        (meta("gb2312").encode(), "text/html; charset=utf-8", meta("gb2312"), ()),
        (
            f"{OLD_META.format('gb2312')}{TEXT}".encode("gb18030"),
            "text/html",
            f"{OLD_META.format('gb2312')}{TEXT}",
            (),
        ),
        (b"", "", "", ()),
    ],
)
def test_page_is_decoded_by_what_fits(
    body: bytes, content_type: str, text: str, warnings: tuple[str, ...]
) -> None:
    assert decode_page(body, content_type) == (text, warnings)


def test_a_meta_beyond_the_first_4_kilobytes_does_not_count() -> None:
    page = f"<html>{' ' * 4096}<meta charset=big5>{TEXT}".encode("gb18030")
    assert decode_page(page) == (page.decode("gb18030"), ())


@pytest.mark.parametrize("content_type", ["", "text/html; charset=utf-8", "text/html; charset=gbk"])
def test_a_character_cut_in_two_does_not_change_the_encoding(content_type: str) -> None:
    body = (TEXT * 5).encode() + "会".encode()[:2]
    text, warnings = decode_page(body, content_type)
    assert text == TEXT * 5 + "\ufffd"
    assert warnings == ("网页有 1 处字符无法解码，显示为 \ufffd",)


def test_bytes_of_no_encoding_are_counted() -> None:
    text, warnings = decode_page(b"a\xff\xffb\xff", "text/html; charset=utf-8")
    assert text == "a\ufffd\ufffdb\ufffd"
    assert warnings == ("网页有 3 处字符无法解码，显示为 \ufffd",)


def test_only_a_long_undeclared_page_is_guessed() -> None:
    # 0x80 starts no character of UTF-8, GB18030 or Big5 that goes on like this.
    russian = "Совещание прошло в администрации района. " * 60
    body = b"\x98 " + russian.encode("cp1251", "replace") + b"\xff"
    text, warnings = decode_page(body)
    assert warnings != ()
    assert len(text) == len(body)
    short, _ = decode_page(body[:100] + b"\xff")
    assert "\ufffd" in short


@pytest.mark.parametrize(
    "body",
    [
        TEXT.encode(),
        TEXT.encode("gb18030"),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
)
def test_plain_file_is_decoded(body: bytes) -> None:
    assert decode_text(body, "甲.txt") == TEXT


def test_line_ends_of_a_plain_file_stay() -> None:
    assert decode_text("甲\r\n乙\r\n".encode(), "甲.txt") == "甲\r\n乙\r\n"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"\xff\xff\xff", "甲.txt：无法识别文字编码"),
        (codecs.BOM_UTF8 + b"\xff", "甲.txt：无法识别文字编码"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "甲.txt：无法识别文字编码"),
        (b"PK\x03\x04\x00\x00", "甲.txt：不是文本文件"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "甲.txt：不是文本文件"),
        (TEXT.encode("utf-16-le"), "甲.txt："),
    ],
)
def test_what_is_no_text_is_refused_by_name(body: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        decode_text(body, "甲.txt")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("", ""),
        ("甲😀", "甲😀"),
        ("\ud83d\ude00", "😀"),
        ("\ud83d甲", "\ufffd甲"),
        ("\ude00", "\ufffd"),
    ],
)
def test_surrogates_are_joined_or_replaced(text: str, whole: str) -> None:
    assert whole_characters(text) == whole
