"""Words and phrases that stand twice."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.text.fold import fold
from textcheck.text.joined import NO_CHARACTER, Joined
from textcheck.text.words import dictionary_words

__all__ = ["RepeatChecker"]

REPEATED_PHRASE = Rule("REP701", Severity.HINT, "词语重复", "同一词语前后相连出现两次")
DOUBLED_FUNCTION_WORD = Rule("REP702", Severity.HINT, "虚词重复", "同一虚词前后相连出现两次")

_CONFIDENCE = 0.8
_LONGEST = 16
_SHORTEST_DIRECT = 3  # 研究研究 and 一个一个 are right
_SHORTEST_LISTED = 2
_LONG_LISTED = 4
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_CONTEXT = 6
# Words of two characters that nobody says twice, as one says 研究研究 or 一个一个.
_SAID_TWICE = re.compile(
    "(进行|关于|对于|根据|按照|为了|由于|以及|我们|他们|你们|但是|因此|同时|通过|开展|加强|推进|实施)\\1"
)
_DOUBLED = re.compile("(的|了|是|在|和|与|及|对|将|被|把|从|向|以|为|于)\\1")


class RepeatChecker:
    """REP701: a phrase twice in a row or in a list; REP702: a function word twice: 的的."""

    def __init__(self) -> None:
        """Have seen nothing yet."""
        self._ahead: dict[str, list[Span]] = {}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return both rules."""
        return (REPEATED_PHRASE, DOUBLED_FUNCTION_WORD)

    def look_through(self, documents: Sequence[Document]) -> None:
        """Find the phrases that stand twice in all of the documents at once."""
        texts = [document.text for document in documents]
        self._ahead = dict(zip(texts, _repeats(texts), strict=True))

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each repetition, the span being both."""
        folded = fold(document.text)
        spans = self._ahead.get(document.text)
        for span in _repeats([document.text])[0] if spans is None else spans:
            yield _finding(REPEATED_PHRASE, folded, span, _once(span.of(folded)))
        for match in _SAID_TWICE.finditer(folded):
            span = Span(match.start(), match.end())
            yield _finding(REPEATED_PHRASE, folded, span, match[1])
        for match in _DOUBLED.finditer(folded):
            if _two_words(folded, match.start()):
                span = Span(match.start(), match.end())
                yield _finding(DOUBLED_FUNCTION_WORD, folded, span, match[1])


def _finding(rule: Rule, text: str, span: Span, once: str) -> Finding:
    return Finding(
        rule=rule,
        span=span,
        severity=rule.severity,
        confidence=_CONFIDENCE,
        message=f"{rule.title}：“{span.of(text)}”，疑应为“{once}”",
        suggestions=(once,),
        basis=rule.basis,
    )


def _repeats(texts: Sequence[str]) -> list[list[Span]]:
    """Return for each text the phrases of Han characters that stand twice in a row or round 、."""
    joined = Joined(texts)
    places: list[list[Span]] = [[] for _ in texts]
    for start, length, lag in _runs(joined.text):
        for span in _phrases(joined.text, start, length, lag):
            number = joined.number(span.start)
            first = joined.starts[number]
            places[number].append(Span(span.start - first, span.end - first))
    return [_apart(spans) for spans in places]


def _apart(spans: list[Span]) -> list[Span]:
    """Return the spans in text order, of those that overlap the first, or the longer."""
    found, taken = [], 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= taken:
            taken = span.end
            found.append(span)
    return found


def _runs(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield (start, length, lag) of each run of characters that stands again `lag` behind."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    size = len(codes)
    # All lags at once, a row for each, with a column of nothing on the right.
    padded = np.append(codes, np.zeros(_LONGEST + 1, dtype=np.uint32))
    shifted = sliding_window_view(padded[_SHORTEST_LISTED + 1 :], size + 1)
    rows = shifted[: _LONGEST - _SHORTEST_LISTED]
    same = (rows == padded[: size + 1]) & (rows != 0) & (rows != NO_CHARACTER)
    edges = np.flatnonzero(np.diff(same.ravel(), prepend=False))
    starts, ends = edges[::2], edges[1::2]
    lags = starts // (size + 1) + _SHORTEST_LISTED + 1
    long = ends - starts >= lags - 1
    places = starts[long] % (size + 1)
    yield from zip(
        places.tolist(), (ends - starts)[long].tolist(), lags[long].tolist(), strict=True
    )


def _phrases(text: str, start: int, length: int, lag: int) -> Iterator[Span]:
    """Yield the repetitions in a run of characters that stand again `lag` behind."""
    phrase = text[start : start + lag]
    if length >= lag >= _SHORTEST_DIRECT and _HAN.fullmatch(phrase) and len(set(phrase)) > 1:
        yield Span(start, start + 2 * lag)
    size = lag - 1
    for at in range(start, start + length - size + 1):
        if text[at + size] == "、" and _HAN.fullmatch(text, at, at + size):
            before = text[at - 1] if at else "、"
            behind = text[at + size + lag : at + size + lag + 1] or "、"
            # 北京、北京市 is a list; a long phrase is hardly ever said twice.
            ends = size >= _LONG_LISTED or _HAN.fullmatch(behind) is None
            if _HAN.fullmatch(before) is None and ends:
                yield Span(at, at + size + lag)


def _once(both: str) -> str:
    """Return the phrase that stands twice in both, with or without a separator between."""
    return both[: len(both) // 2]


def _two_words(text: str, start: int) -> bool:
    """Tell whether both characters are words by themselves: not in 目的|的 or 为了|了解."""
    low = max(0, start - _CONTEXT)
    ends = {low + word.end: word for word in dictionary_words(text[low : start + 2 + _CONTEXT])}
    return all(
        end in ends and ends[end].end - ends[end].start == 1 for end in (start + 1, start + 2)
    )
