"""Words and phrases that stand twice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.text.fold import fold
from textcheck.text.joined import NO_CHARACTER, Joined
from textcheck.text.points import Points, points_of
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
_WORDS = (
    "进行", "关于", "对于", "根据", "按照", "为了", "由于", "以及", "我们", "他们", "你们", "但是",
    "因此", "同时", "通过", "开展", "加强", "推进", "实施",
)  # fmt: skip
_FUNCTION = "的了是在和与及对将被把从向以为于"
_SAID_TWICE = re.compile(f"({'|'.join(_WORDS)})\\1")
_DOUBLED = re.compile(f"([{_FUNCTION}])\\1")
_LIKE_NOTHING = 0xFFFFFFFF  # above all code points


@dataclass(frozen=True, slots=True)
class _Seen:
    """What stands twice in a text: phrases, and whether one of the words that nobody doubles."""

    phrases: list[Span]
    words: bool


class RepeatChecker:
    """REP701: a phrase twice in a row or in a list; REP702: a function word twice: 的的."""

    def __init__(self) -> None:
        """Have seen nothing yet."""
        self._ahead: dict[str, _Seen] = {}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return both rules."""
        return (REPEATED_PHRASE, DOUBLED_FUNCTION_WORD)

    def look_through(self, documents: Sequence[Document]) -> None:
        """Find the phrases that stand twice in all of the documents at once."""
        texts = [document.text for document in documents]
        self._ahead = dict(zip(texts, _seen(texts), strict=True))

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each repetition, the span being both."""
        folded = fold(document.text)
        seen = self._ahead.get(document.text) or _seen([document.text])[0]
        for span in seen.phrases:
            yield _finding(REPEATED_PHRASE, folded, span, _once(span.of(folded)))
        if not seen.words:
            return
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


def _seen(texts: Sequence[str]) -> list[_Seen]:
    """Return for each text what stands in it twice in a row, or with a 、 in between."""
    joined = Joined(texts)
    points = points_of(joined.text)
    places: list[list[Span]] = [[] for _ in texts]
    for start, length, lag in _runs(points):
        for span in _phrases(joined.text, start, length, lag):
            number = joined.number(span.start)
            first = joined.starts[number]
            places[number].append(Span(span.start - first, span.end - first))
    doubled = {joined.number(place) for place in _doubled(joined.text, points)}
    return [_Seen(_apart(spans), number in doubled) for number, spans in enumerate(places)]


def _doubled(text: str, points: Points) -> Iterator[int]:
    """Yield the places of the function words and the words that stand twice in a row."""
    for place in np.flatnonzero(points[1:] == points[:-1]).tolist():
        if text[place] in _FUNCTION:
            yield place
    same = points[2:] == points[:-2]
    for place in np.flatnonzero(same[1:] & same[:-1]).tolist():
        if text[place : place + 2] in _WORDS:
            yield place


def _apart(spans: list[Span]) -> list[Span]:
    """Return the spans in text order, of those that overlap the first, or the longer."""
    found, taken = [], 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= taken:
            taken = span.end
            found.append(span)
    return found


def _runs(points: Points) -> Iterator[tuple[int, int, int]]:
    """Yield (start, length, lag) of each run of characters that stands again `lag` behind."""
    size = len(points) + 1
    # All lags at once, a row for each, with a column of nothing on the right.
    behind = np.append(points, np.zeros(_LONGEST + 1, dtype=np.uint32))
    rows = sliding_window_view(behind[_SHORTEST_LISTED + 1 :], size)[: _LONGEST - _SHORTEST_LISTED]
    here = behind[:size].copy()
    here[(here == 0) | (here == NO_CHARACTER)] = _LIKE_NOTHING
    same = (rows == here).ravel()
    edges = np.flatnonzero(same[1:] != same[:-1]) + 1
    if same[0]:
        edges = np.append(0, edges)
    starts, ends = edges[::2], edges[1::2]
    lags = starts // size + _SHORTEST_LISTED + 1
    long = ends - starts >= lags - 1
    places = starts[long] % size
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
