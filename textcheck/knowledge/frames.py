"""Frames: what stands around a word of a formulation, where no other word is written."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from textcheck.document import Span
from textcheck.finding import Severity
from textcheck.knowledge.entry import Citation
from textcheck.knowledge.layers import Layers, read_rows
from textcheck.text.han import is_han
from textcheck.text.words import word_at

__all__ = ["FRAMES", "Frame", "Frames", "may_replace", "read_frames"]

FRAMES = "frames"
"""The owner of what stands in front of the words."""
_NOTHING = "-"  # among the others: the word may be left out
_MARKS = "、，"
_CUT = 4  # characters behind a place within which its word ends
_HAN = re.compile("[\u4e00-\u9fff]*")


@dataclass(frozen=True, slots=True)
class Frame:
    """
    A word and what stands before and behind it; with nothing behind, whatever follows.

    `others` are the writings in its place that clean texts have, too.
    """

    id: str
    before: str
    form: str
    behind: str
    others: frozenset[str]
    level: Severity
    since: date | None
    citation: Citation

    @property
    def whole(self) -> str:
        """Return the frame with its word, without the marks around it."""
        return (self.before + self.form + self.behind).strip(_MARKS)

    def written(self, text: str, start: int, end: int) -> Span | None:
        """
        Return the place of what a text has in the frame whose beginning stands at `start`.

        None where the word itself stands there, another lawful one, or no frame.
        """
        stop = self._stop(text, end)
        if stop < 0 or text[end:stop] in self.others:
            return None
        if not may_replace(self.form, text[end:stop]):
            return None
        first = start + len(self.before) - len(self.before.lstrip(_MARKS))
        if self.behind:
            return Span(first, stop + len(self.behind.rstrip(_MARKS)))
        return Span(first, word_at(text[end : stop + _CUT], stop - end - 1).end + end)

    def _stop(self, text: str, end: int) -> int:
        """Return where the word ends that stands in the frame, -1 where none does."""
        most = end + len(self.form) + 1
        if self.behind:
            return text.find(self.behind, end, most + len(self.behind))
        return end + len(self.form) if is_han(text[end : end + 1]) else -1


class Frames:
    """All rows, by what stands in front of the word; it is known by its number in `forms`."""

    def __init__(self, rows: Iterable[Frame]) -> None:
        """Index the rows."""
        found = defaultdict[str, list[Frame]](list)
        for row in rows:
            found[row.before].append(row)
        self.forms = tuple(found)
        self._rows = tuple(tuple(rows) for rows in found.values())
        self._goes_on = tuple(
            tuple({row.form + row.behind for row in rows}) for rows in found.values()
        )

    def lapses(
        self, text: str, standing: Iterable[tuple[int, int, int]], day: date | None
    ) -> Iterator[tuple[Frame, Span]]:
        """
        Yield the frames that have another word in a text, of several at one place the first.

        `standing` are the beginnings that stand there, each the number of one of `forms`, a start
        and an end.
        """
        for number, start, end in standing:
            if text.startswith(self._goes_on[number], end):
                continue
            for row in self._rows[number]:
                span = row.written(text, start, end)
                if span is not None and (day is None or row.since is None or row.since <= day):
                    yield row, span
                    break


def may_replace(word: str, other: str) -> bool:
    """
    Tell whether a text that has `other` in the place of a word may have meant that word.

    With more around the word, or more than another word, it goes its own ways.

    >>> [may_replace("伟大", other) for other in ("", "宏大", "的伟大", "和平发展", "、")]
    [True, True, False, False, False]
    """
    return word not in other and len(other) <= len(word) + 1 and bool(_HAN.fullmatch(other))


def read_frames(layers: Layers) -> Frames:
    """Read frames.tsv; raise LexiconError naming file, line and column."""
    return Frames(
        Frame(
            row["id"],
            row.required("before"),
            row.required("form"),
            row["behind"],
            frozenset(other.removeprefix(_NOTHING) for other in row.several("others")),
            row.level("level"),
            row.day("valid_from"),
            row.citation("source"),
        )
        for row in read_rows(layers, "frames")
    )
