"""Read the marks of errors: 【wrong→right】."""

import re
from dataclasses import dataclass

from textcheck.document import Span

__all__ = ["UNKNOWN", "Mark", "Marked", "read_marks"]

UNKNOWN = "?"
"""On the right of an arrow: no rule can say what it should have been."""

_MARK = re.compile(r"【([^【】→]*)→([^【】→]*)】")


@dataclass(frozen=True, slots=True)
class Mark:
    """An error at its place in the text as published."""

    span: Span
    right: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A text as published, as it should have been, and the errors in order."""

    published: str
    corrected: str
    marks: tuple[Mark, ...]


def read_marks(text: str) -> Marked:
    """
    Take the marks out of a text; what is unknown stays wrong in the corrected text.

    >>> read_marks("学习【四个意思→四个意识】").published
    '学习四个意思'
    """
    marks = []
    removed = 0
    for match in _MARK.finditer(text):
        start = match.start() - removed
        marks.append(Mark(Span(start, start + len(match[1])), match[2]))
        removed += len(match.group()) - len(match[1])
    corrected = _MARK.sub(lambda match: match[1] if match[2] == UNKNOWN else match[2], text)
    return Marked(_MARK.sub(r"\1", text), corrected, tuple(marks))
