"""
Articles of the clean corpora, each with the day on which it was published.

A corpus is jsonl in zstd, {"source", "date", "title", "text"} a line. The date may be a day, a
month or a year. For a year the day is looked for in the head of the text, where reports say when
they were given: “（2026年1月26日在…会议上）”, “——2026年1月20日在…会议上”; where there is none, it
is the last day of the month or the year: what had happened by then may stand in the text.
"""

import calendar
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import zstandard

from textcheck.document import BlockKind, Document, join_blocks

__all__ = ["DatedArticle", "publish_day", "read_dated"]

_HEAD = 200  # characters in which a report names its day; body text begins after them
_GIVEN = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日[^\n。]{0,40}?(?:会议|大会|会)")


@dataclass(frozen=True, slots=True)
class DatedArticle:
    """One article and its day."""

    day: date
    title: str
    text: str

    @property
    def document(self) -> Document:
        """Return title and text as one document, as an account's article is checked."""
        text, blocks = join_blocks([(BlockKind.TITLE, self.title), (BlockKind.BODY, self.text)])
        return Document(text, blocks, published_on=self.day)


def publish_day(written: str, text: str) -> date:
    """
    Return the day of an article from its date as written and its head.

    >>> publish_day("2026", "——2026年1月20日在某市第九届人民代表大会第四次会议上").isoformat()
    '2026-01-20'
    >>> publish_day("2026-02", "").isoformat()
    '2026-02-28'
    """
    year, month, day = (*map(int, written.split("-")), 0, 0)[:3]
    if month:
        last = calendar.monthrange(year, month)[1]
        return date(year, month, min(day or last, last))
    given = _GIVEN.search(text[:_HEAD])
    # A report for 2026 is given in January 2026 or in the last weeks of 2025.
    if given and 0 <= year - int(given[1]) <= 1:
        return date(int(given[1]), int(given[2]), int(given[3]))
    return date(year, 12, 31)


def read_dated(path: Path) -> Iterator[DatedArticle]:
    """Yield the articles of a corpus; one without a date is left out."""
    with zstandard.open(path, "rb") as stream:
        for line in io.TextIOWrapper(stream, encoding="utf-8"):
            record = json.loads(line)
            if record["date"]:
                day = publish_day(record["date"], record["text"])
                yield DatedArticle(day, record["title"] or "", record["text"])
