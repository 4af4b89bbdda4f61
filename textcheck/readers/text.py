"""Plain text: every line a paragraph."""

import re
from collections.abc import Iterator

from textcheck.document import Block, BlockKind, Document, Span

__all__ = ["line_spans", "read_text"]

_LINE = re.compile(r"[^\r\n]+")


def line_spans(text: str) -> Iterator[Span]:
    r"""
    Yield each line that is not blank, without its line end (CR LF, LF or CR).

    >>> [span.of("甲\r\n\n乙") for span in line_spans("甲\r\n\n乙")]
    ['甲', '乙']
    """
    for match in _LINE.finditer(text):
        if match.group().strip():
            yield Span(match.start(), match.end())


def read_text(text: str) -> Document:
    """Return text as it is, with a block for each line."""
    return Document(text, tuple(Block(BlockKind.BODY, span) for span in line_spans(text)))
