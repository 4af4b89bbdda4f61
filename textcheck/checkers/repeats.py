"""Words and phrases that stand twice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from textcheck.checkers.slip import about_errors
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.lexicon.lexicon import Lexicon
from textcheck.text.fold import fold
from textcheck.text.joined import Joined, joined
from textcheck.text.points import Points, points_of
from textcheck.text.repeated import Repeated
from textcheck.text.words import dictionary_words, tagged_words

__all__ = ["RepeatChecker"]

REPEATED_PHRASE = Rule("REP701", Severity.ORDINARY, "词语重复", "同一词语前后相连出现两次")
DOUBLED_FUNCTION_WORD = Rule("REP702", Severity.ORDINARY, "虚词重复", "同一虚词前后相连出现两次")

_CONFIDENCE = 0.8
_LONGEST = 16
_SHORTEST_DIRECT = 3  # 研究研究 and 一个一个 are right
_SHORTEST_LISTED = 2
_LONG_LISTED = 4
_ENDED = ("了了事", "了了账", "了了结", "了了断")  # which the dictionary does not have
_TRIED = "再多先好来去"
# What is said twice, 走着走着, 很远很远, and names that are made so: 《雄安雄安》.
_OF_SPEECH = re.compile("[着了啊吧呢吗呀哦嘛的快好来去我你他彼]|^[很好太越老最一大小快]|也$")
_BEFORE_NAMES = "《“‘再多先好来去"
_COMMA = "，"
_CLAUSE = 6  # shorter ones are said twice for effect: 水来了，水来了
_BY_ONES = re.compile("[一二两三四五六七八九十几每逐]")  # 一个阶段一个阶段
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_CONTEXT = 6
# Words of two characters that nobody says twice, as one says 研究研究 or 一个一个; of the others
# the n-grams tell whether clean text has two of them in a row.
_WORDS = (
    "进行", "关于", "对于", "根据", "按照", "为了", "由于", "以及", "我们", "他们", "你们", "但是",
    "因此", "同时", "通过", "开展", "加强", "推进", "实施",
)  # fmt: skip
# Nouns, and verbs that are nouns too. Of 1,740 words of two characters that stand twice in 135
# million characters of clean text two in three begin with 一; of the nouns most are misprints.
_NOUNS = frozenset({"n", "ns", "vn"})
_SOUNDS = frozenset({"a", "o", "z"})  # 咣当咣当, 温柔温柔
_PIECES = re.compile("[大小成整][块把片段口批桶堆捆团群]")  # 大块大块切割
# What one does a little, and so says twice.
_DONE_A_LITTLE = (
    "研究", "讨论", "考虑", "思考", "学习", "商量", "交流", "体验", "休息", "锻炼", "收拾",
    "阅读", "宣传", "关注", "呼吸", "见识", "了解", "品尝", "感受", "咨询", "放松", "享受",
    "认识", "熟悉", "合计", "照顾", "梳理", "检查", "活动", "运动", "改进", "调研", "解释",
    "教训", "体谅", "应付", "联想", "帮助", "指点", "打扫", "整理", "尝试", "琢磨", "商议",
    "表现", "打听", "参观", "参谋", "介绍", "沟通", "分析", "反省", "反思", "调整", "练习",
    "修改", "准备", "安慰", "鼓励", "表扬", "批评", "提醒", "监督", "观察", "对照", "比较",
    "评价", "评论", "议论", "通融", "青山",
)  # fmt: skip
_FUNCTION = "的了是在和与及对将被把从向以为于"
_SAID_TWICE = re.compile(f"({'|'.join(_WORDS)})\\1")
_DOUBLED = re.compile(f"([{_FUNCTION}])\\1")


@dataclass(frozen=True, slots=True)
class _Seen:
    """
    What stands twice in a text: phrases, pairs of characters, clauses with a comma between.

    And whether one of the words that nobody doubles.
    """

    phrases: list[Span]
    words: bool
    pairs: list[Span]
    clauses: list[tuple[Span, str]]


class RepeatChecker:
    """REP701: a phrase twice in a row or in a list; REP702: a function word twice: 的的."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the n-grams, and have seen nothing yet."""
        self._ngrams = lexicon.tables.ngrams
        self._repeated = Repeated()
        self._ahead: dict[str, _Seen] = {}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return both rules."""
        return (REPEATED_PHRASE, DOUBLED_FUNCTION_WORD)

    def look_through(self, documents: Sequence[Document]) -> None:
        """Find the phrases that stand twice in all of the documents at once."""
        texts = [document.text for document in documents]
        self._ahead = dict(zip(texts, _seen(texts, self._repeated), strict=True))

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each repetition, the span being both."""
        folded = fold(document.text)
        seen = self._ahead.get(document.text) or _seen([document.text], self._repeated)[0]
        for span in seen.phrases:
            yield _finding(REPEATED_PHRASE, document, span, _once(span.of(folded)))
        for span in seen.pairs:
            if self._nobody_doubles(folded, span):
                yield _finding(REPEATED_PHRASE, document, span, _once(span.of(folded)))
        for span, once in seen.clauses:
            yield _finding(REPEATED_PHRASE, document, span, once)
        if not seen.words:
            return
        for match in _SAID_TWICE.finditer(folded):
            span = Span(match.start(), match.end())
            yield _finding(REPEATED_PHRASE, document, span, match[1])
        for match in _DOUBLED.finditer(folded):
            if _two_words(folded, match.start()):
                span = Span(match.start(), match.end())
                yield _finding(DOUBLED_FUNCTION_WORD, document, span, match[1])

    def _nobody_doubles(self, text: str, span: Span) -> bool:
        """Tell whether a word stands twice that clean text never has twice: not 研究研究."""
        both = span.of(text)
        if text[span.end : span.end + 1] == "再":  # 落实落实再落实
            return False
        if both[:2] in _WORDS or _BY_ONES.match(both):
            return False
        if not _is_word_twice(text, span.start):
            return (
                not _OF_SPEECH.search(both[:2])
                and text[span.start - 1] not in _BEFORE_NAMES
                and _stands_apart(text, span)
                and self._never_seen(both)
            )
        ((_, kind),) = tagged_words(both[:2])
        # Any verb is doubled when tried: 再坚持坚持, 再试点试点.
        if kind in _SOUNDS or _PIECES.match(both) or text[span.start - 1] in _TRIED:
            return False
        if kind in _NOUNS and both[:2] not in _DONE_A_LITTLE:
            return True
        # Verbs are doubled at the end of what is said: 大家商量商量.
        if not _HAN.match(text, span.end):
            return False
        codes = self._ngrams.codes(both)
        return not self._ngrams.runs_seen(codes).all()

    def _never_seen(self, both: str) -> bool:
        """
        Tell whether clean text has two characters, but never any three of them twice: 厦金厦金.

        In seven million characters that are not counted only the name of a volcano stands so.
        """
        codes = self._ngrams.codes(both)
        known = self._ngrams.pairs_seen(codes[:1], codes[1:2]).all()
        return bool(known) and not self._ngrams.runs_seen(codes).any()


def _finding(rule: Rule, document: Document, span: Span, once: str) -> Finding:
    text = document.text
    by_ones = _BY_ONES.match(once) is not None
    listed = "、" in span.of(text) and _HAN.match(text, span.end) is not None
    lowered = by_ones or listed or about_errors(document, span)
    return Finding(
        rule=rule,
        span=span,
        severity=Severity.HINT if lowered else rule.severity,
        confidence=_CONFIDENCE,
        message=f"{rule.title}：“{span.of(text)}”，疑应为“{once}”",
        suggestions=(once,),
        basis=rule.basis,
    )


def _seen(texts: Sequence[str], repeated: Repeated) -> list[_Seen]:
    """Return for each text what stands in it twice in a row, or with a sign in between."""
    together = joined(tuple(texts))
    text, points = together.text, points_of(together.text)
    phrases: list[list[Span]] = [[] for _ in texts]
    for start, length, lag in repeated.runs(points, _SHORTEST_LISTED + 1, _LONGEST):
        for span in _phrases(text, start, length, lag):
            number, here = _within(together, span)
            phrases[number].append(here)
    pairs: list[list[Span]] = [[] for _ in texts]
    for place in _pairs(text, points):
        number, here = _within(together, Span(place, place + 4))
        pairs[number].append(here)
    clauses: list[list[tuple[Span, str]]] = [[] for _ in texts]
    for comma in repeated.clauses(text, _COMMA, _CLAUSE):
        number = together.number(comma)
        once = _clause_twice(text, together.starts[number], comma, together.ends[number])
        if once:
            both = Span(comma - len(once), comma + 1 + len(once))
            clauses[number].append((_within(together, both)[1], once))
    doubled = {together.number(place) for place in _doubled(text, points)}
    return [
        _Seen(_apart(phrases[number]), number in doubled, pairs[number], clauses[number])
        for number in range(len(texts))
    ]


def _within(together: Joined, span: Span) -> tuple[int, Span]:
    """Return the number of the text that has a place, and the place in it."""
    number = together.number(span.start)
    first = together.starts[number]
    return number, Span(span.start - first, span.end - first)


def _pairs(text: str, points: Points) -> Iterator[int]:
    """Yield the places where two different Han characters stand twice in a row."""
    same = points[2:] == points[:-2]
    for place in np.flatnonzero(same[1:] & same[:-1]).tolist():
        if text[place] != text[place + 1] and _HAN.fullmatch(text, place, place + 2):
            yield place


def _clause_twice(text: str, low: int, comma: int, high: int) -> str:
    """Return the clause of a text from low to high that stands before and behind a comma, or ""."""
    one = text[max(low, 1 + text.rfind(_COMMA, low, comma)) : comma]
    stop = text.find(_COMMA, comma + 1, high)
    two = text[comma + 1 : stop if stop >= 0 else high]
    begins = two[:_CLAUSE]
    if len(two) < _CLAUSE or begins not in one:
        return ""
    once = one[one.rfind(begins) :]
    start, end = comma - len(once), comma + 1 + len(once)
    whole = not _HAN.match(text, start - 1) and not _HAN.match(text, end)
    return once if whole and two.startswith(once) and _HAN.fullmatch(once) else ""


def _is_word_twice(text: str, start: int) -> bool:
    """Tell whether a place holds one word of two characters two times."""
    low = max(0, start - _CONTEXT)
    words = {*dictionary_words(text[low : start + 10], low)}
    return {range(start, start + 2), range(start + 2, start + 4)} <= words


def _stands_apart(text: str, span: Span) -> bool:
    """Tell whether no word reaches over the ends of a place: not 鲁南|监狱|监狱长."""
    low = max(0, span.start - _CONTEXT)
    words = dictionary_words(text[low : span.end + _CONTEXT], low)
    return {span.start, span.end} <= {at for word in words for at in (word.start, word.stop)}


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
    """Tell whether both characters are words alone: not in 目的|的, 为了|了解, 改了|了事."""
    if text.startswith(_ENDED, start):
        return False
    low = max(0, start - _CONTEXT)
    words = {*dictionary_words(text[low : start + 2 + _CONTEXT], low)}
    return {range(start, start + 1), range(start + 1, start + 2)} <= words
