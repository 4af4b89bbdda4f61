import importlib.util
import subprocess
from collections.abc import Sequence

import pytest
from pdf_oxide import PdfDocument
from plain_files import plain_pdf

from textcheck.document import BlockKind
from textcheck.errors import ForeignFile, ReadError
from textcheck.readers.files import read_file
from textcheck.readers.pdf import join_lines, read_pdf

NOTICE = plain_pdf(
    [
        [
            "关于做好冬季防火工作的通知",
            "",
            "各村（居）委会、各单位：",
            "    为切实做好今冬明春森林防火工作，确保人民群众生命财产",
            "安全，现将有关事项通知如下。",
            "    各单位要高度重视，明确责任，把防火工作纳入重要议事日",
            "— 1 —",
        ],
        ["程，抓好落实。", "    特此通知。"],
    ]
)


def test_paragraphs_are_put_together_across_lines_and_pages() -> None:
    document = read_file("通知.pdf", NOTICE)
    assert document.text.splitlines() == [
        "关于做好冬季防火工作的通知",
        "各村（居）委会、各单位：",
        "为切实做好今冬明春森林防火工作，确保人民群众生命财产安全，现将有关事项通知如下。",
        "各单位要高度重视，明确责任，把防火工作纳入重要议事日程，抓好落实。",
        "特此通知。",
    ]
    assert {block.kind for block in document.blocks} == {BlockKind.BODY}


def test_the_name_does_not_matter() -> None:
    assert read_file("改名.txt", NOTICE).text.startswith("关于做好")


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (["甲乙丙丁戊己庚辛", "壬癸。"], ["甲乙丙丁戊己庚辛壬癸。"]),
        (["甲乙丙丁戊己庚。", "壬癸。"], ["甲乙丙丁戊己庚。", "壬癸。"]),
        (["甲乙丙丁戊己庚辛", "  壬癸。"], ["甲乙丙丁戊己庚辛", "壬癸。"]),
        (["甲乙丙丁戊己庚辛壬癸", "子丑寅", "卯辰"], ["甲乙丙丁戊己庚辛壬癸子丑寅", "卯辰"]),
        (["the quick brown fox", "jumps"], ["the quick brown fox jumps"]),
        (["第 3 页", "- 4 -", "5"], []),
    ],
)
def test_a_line_goes_on_where_it_is_full(lines: Sequence[str], paragraphs: list[str]) -> None:
    assert list(join_lines(lines)) == paragraphs


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"%PDF-1.7", ReadError, "已损坏"),
        (NOTICE[:700], ReadError, "已损坏"),
        (plain_pdf([[]]), ForeignFile, "扫描件"),
        (PdfDocument.from_bytes(NOTICE).to_bytes_encrypted("用户", "所有者"), ReadError, "有密码"),
    ],
)
def test_what_cannot_be_read_says_why(body: bytes, kind: type[ReadError], reason: str) -> None:
    with pytest.raises(kind, match=reason) as raised:
        read_pdf(body)
    assert type(raised.value) is kind


def test_a_file_that_stalls_its_reader_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def stall(*_: object, timeout: float, **__: object) -> None:
        raise subprocess.TimeoutExpired("python", timeout)

    monkeypatch.setattr(subprocess, "run", stall)
    with pytest.raises(ReadError, match="120 秒"):
        read_pdf(NOTICE)


def test_a_reader_that_crashes_is_an_error_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    for status, reason in ((-11, "已损坏"), (-24, "20 秒"), (-9, "20 秒")):
        crashed = subprocess.CompletedProcess("python", status, b"", b"")
        monkeypatch.setattr(subprocess, "run", lambda *_, done=crashed, **__: done)
        with pytest.raises(ReadError, match=reason):
            read_pdf(NOTICE)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ForeignFile, match=r"textcheck\[pdf\]"):
        read_pdf(NOTICE)
