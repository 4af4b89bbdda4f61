"""Read the marks of planted errors."""

import re
from dataclasses import dataclass

__all__ = ["SEAM", "Mark", "as_published", "corrected", "marks"]

SEAM = "‖"
"""Where an editor's page cuts a run of text into two spans; not part of the text."""

_MARK = re.compile(r"【([^【】→]*)→([^【】→]*)】")


@dataclass(frozen=True, slots=True)
class Mark:
    """One planted error: what stands there, and what should."""

    wrong: str
    right: str


def marks(text: str) -> list[Mark]:
    """
    Return the planted errors of a text in order, without seams.

    >>> marks("学习【四个意思→四个意识】")
    [Mark(wrong='四个意思', right='四个意识')]
    """
    return [Mark(wrong, right) for wrong, right in _MARK.findall(text.replace(SEAM, ""))]


def as_published(text: str) -> str:
    """Return the text with its errors in place and its seams kept."""
    return _MARK.sub(r"\1", text)


def corrected(text: str) -> str:
    """Return the text as it should have been, without seams."""
    return _MARK.sub(r"\2", text).replace(SEAM, "")
