"""PDF files: the text that stands in them, line breaks within paragraphs undone."""

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from textcheck.document import BlockKind, Document, join_blocks
from textcheck.errors import ForeignFile, ReadError
from textcheck.readers.pdf_pages import LOCKED, MOST_SECONDS

__all__ = ["join_lines", "read_pdf"]

_PROGRAM = Path(__file__).with_name("pdf_pages.py")
# Of the clock: a machine with much else to do takes its time over an honest file.
_PATIENCE = 120
# How a process ends that used up its processor time: SIGXCPU, or SIGKILL a second later.
_USED_UP = (-24, -9)
_PAGE_NUMBER = re.compile(r"^[\s—–\-－]*(?:第\s*)?\d{1,4}(?:\s*页)?[\s—–\-－]*$")
_ENDS = tuple("。！？；：.!?;:”）》")
# A line that is shorter than this part of the longest ends its paragraph.
_FULL = 0.85


def read_pdf(body: bytes) -> Document:
    """
    Return the text of a PDF, a block for each paragraph.

    Raises ReadError for a file that is broken, locked or takes too long, ForeignFile where there
    is nothing but pictures, and where the extra that reads PDF is not installed.
    """
    if importlib.util.find_spec("pdf_oxide") is None:
        raise ForeignFile("PDF 文件，读取需要先安装 pdf_oxide：pip install 'textcheck[pdf]'")
    # -P: the folder of the program holds a module `html`, which is not the library's.
    command = [sys.executable, "-P", str(_PROGRAM)]
    try:
        done = subprocess.run(  # noqa: S603 # our own program, the file on its standard input
            command, input=body, capture_output=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError(f"PDF 文件超过 {_PATIENCE} 秒没有读完，可能是恶意文件") from error
    except OSError as error:
        raise ReadError(f"无法启动读取 PDF 的进程（{error}）") from error
    if done.returncode in _USED_UP:
        raise ReadError(f"读 PDF 文件用了 {MOST_SECONDS} 秒仍没有读完，可能是恶意文件")
    if done.returncode == LOCKED:
        raise ReadError("PDF 文件有密码，请去掉密码后再检查")
    try:
        pages = json.loads(done.stdout) if done.returncode == 0 else None
    except ValueError:
        pages = None
    if pages is None:
        raise ReadError("PDF 文件已损坏，无法读取")
    paragraphs = list(join_lines(line for page in pages for line in page.splitlines()))
    if not paragraphs:
        raise ForeignFile("PDF 文件中只有图片（扫描件），本版不识别图中文字")
    return Document(*join_blocks((BlockKind.BODY, text) for text in paragraphs))


def join_lines(lines: Iterable[str]) -> Iterator[str]:
    """
    Yield paragraphs: a line goes on in the next if it is full and the next is not indented.

    >>> list(join_lines(["    会议要求，各单位要认真学", "习贯彻。", "- 1 -", "    会后参观。"]))
    ['会议要求，各单位要认真学习贯彻。', '会后参观。']
    """
    kept = [line.rstrip() for line in lines]
    kept = [line for line in kept if line.strip() and not _PAGE_NUMBER.match(line)]
    widest = max((_width(line) for line in kept), default=0)
    paragraph = ""
    goes_on = False
    for line in kept:
        words = line.strip()
        if goes_on and line[0] not in " \t\u3000":
            between = " " if paragraph[-1:].isascii() and words[:1].isascii() else ""
            paragraph += between + words
        else:
            if paragraph:
                yield paragraph
            paragraph = words
        goes_on = _width(line) >= _FULL * widest and not words.endswith(_ENDS)
    if paragraph:
        yield paragraph


def _width(line: str) -> int:
    """Return how many columns a line takes: a Chinese character is two."""
    return sum(1 if character.isascii() else 2 for character in line)
