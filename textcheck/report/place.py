"""Where in a file a finding stands, as people count: from 1."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from textcheck.document import Document

__all__ = ["Place", "Places"]

_LINE_START = re.compile(r"\r\n?|\n")

_TWO_UNITS = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Place:
    """
    A line and column, or a paragraph and character; code points, both from 1.

    `utf16` is the offset as browsers, Office and editors count it, from 0.
    """

    row: int
    column: int
    by_line: bool
    utf16: int

    def __str__(self) -> str:
        """Return 3:14, or 第3段第14字."""
        if self.by_line:
            return f"{self.row}:{self.column}"
        return f"第{self.row}段第{self.column}字"


class Places:
    """The lines or paragraphs of one document, found once."""

    def __init__(self, document: Document, *, by_line: bool) -> None:
        """Find where each line or paragraph begins; a document without blocks has lines only."""
        self._wide = [match.start() for match in _TWO_UNITS.finditer(document.text)]
        self._by_line = by_line or not document.blocks
        if self._by_line:
            self._starts = [0, *(match.end() for match in _LINE_START.finditer(document.text))]
        else:
            self._starts = [block.span.start for block in document.blocks]

    def of(self, offset: int) -> Place:
        """Return the place of an offset."""
        row = max(bisect_right(self._starts, offset), 1)
        return Place(
            row=row,
            column=offset - min(self._starts[row - 1], offset) + 1,
            by_line=self._by_line,
            utf16=offset + bisect_left(self._wide, offset),
        )
