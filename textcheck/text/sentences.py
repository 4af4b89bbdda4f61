"""Find the sentence around a place."""

import re

from textcheck.document import Span

__all__ = ["sentence_around", "sentences"]

# A sentence ends at a full stop, question or exclamation mark with the closing marks behind it,
# or at a line feed. A semicolon ends a clause only.
_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）)]*|\n|$)")
_ENDS = "。！？!?\n"
_CLOSERS = "”’」』）)"


def sentences(text: str) -> list[Span]:
    """Return the sentences of text in order; blank ones are left out."""
    return [
        Span(match.start(), match.end())
        for match in _SENTENCE.finditer(text)
        if match.group().strip()
    ]


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
    end = span.end
    while end < len(text) and text[end - 1] not in _ENDS:
        end += 1
    while end < len(text) and text[end - 1] in _ENDS and text[end] in _CLOSERS:
        end += 1
    return Span(start, end)
