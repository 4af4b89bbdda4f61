"""Find the sentence around a place."""

import re

from textcheck.document import Span

__all__ = ["sentence_around"]

_ENDS = "。！？!?\n"
_END = re.compile(f"[{_ENDS}]")
_CLOSERS = "”’」』）)"


def sentence_around(text: str, span: Span) -> Span:
    """
    Return the sentence that holds span, from its first to its last sentence mark.

    >>> sentence_around("一。二三。四。", Span(3, 4))
    Span(start=2, end=5)
    """
    line = 1 + text.rfind("\n", 0, span.start)
    start = max(line, 1 + max(text.rfind(mark, line, span.start) for mark in _ENDS))
    while start < span.start and text[start] in _CLOSERS:
        start += 1
    mark = _END.search(text, span.end - 1)
    end = mark.end() if mark else len(text)
    while end < len(text) and text[end - 1] in _ENDS and text[end] in _CLOSERS:
        end += 1
    return Span(start, end)
