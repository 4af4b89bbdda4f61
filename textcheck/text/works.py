"""Titles of works, which are written as they were given."""

from textcheck.document import Span

__all__ = ["in_title"]

_REACH = 30  # characters: longer titles are rare, and a mark may be left open


def in_title(text: str, span: Span) -> bool:
    """
    Tell whether a place lies inside 《》.

    >>> in_title("《三体》出版", Span(1, 3)), in_title("《三体》出版", Span(4, 6))
    (True, False)
    """
    before = text[max(0, span.start - _REACH) : span.start]
    return before.rfind("《") > before.rfind("》")
