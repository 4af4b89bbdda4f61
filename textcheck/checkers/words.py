"""Wrong words: known misprints, idioms with a slip in them, and characters that fit nowhere."""

import re
from collections.abc import Iterator
from dataclasses import replace

from textcheck.checkers.slip import about_errors, at_most, finding_of
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.entry import EntryKind, Word
from textcheck.lexicon.lexicon import Lexicon
from textcheck.matching.fuzzy import Edit
from textcheck.slips.case import NUMERALS
from textcheck.slips.confused import CONFUSED
from textcheck.slips.swaps import Swap
from textcheck.slips.typos import Typo
from textcheck.slips.watched import WATCHED
from textcheck.text.fold import fold
from textcheck.text.han import is_han
from textcheck.text.words import made_up_of_others

__all__ = ["WordChecker"]

KNOWN_MISPRINT = Rule("WRD801", Severity.ORDINARY, "错别字词", "lexicons/words.tsv")
DAMAGED_IDIOM = Rule("WRD802", Severity.ORDINARY, "成语或固定词语有误", "lexicons/idioms.tsv")
LIKELY_MISPRINT = Rule("WRD803", Severity.ORDINARY, "疑似错字", "清样文本的字串统计")
LIKELY_EXCHANGE = Rule("WRD805", Severity.ORDINARY, "疑似字序颠倒", "清样文本的字串统计")

_CONFIDENCE = 0.95
_BY_CHARACTER = 0.9  # a row that has the word itself, or the name of a place, says more
_BELOW_ROWS = 0.94  # where a row of a table speaks of the same place, it says more
_SHORT = 4
_JOINED = 20  # times in clean text two characters stand together that may be meant so
# Of 16 findings in 3 million characters of news of 2023 between 0.5 and 0.9 one was a misprint, of
# those above with a look-alike or sound-alike two in three; the others were puns.
_DOUBTFUL, _SURE = 0.5, 0.7
_FAINT = 0.1  # for a character of like sound or shape: a hint
# Of characters replaced anywhere in clean text 68 % reach the second and 74 % the first; of a
# million characters of clean text that is not counted ten places reach the second, misprints and
# names among them (scripts/fit_typos.py). Prose that is not official has more of them. Of a pair
# with a character that both sounds and looks like the right one less will do: 华厦, 漳显.
_WORTH_A_LOOK, _HARDLY_WRONG = 0.25, 0.58
_HARDLY_WRONG_TWOFOLD, _HARDLY_WRONG_ALONE = 0.43, 0.85
_PAIR, _BEFORE_VERBS = 2, frozenset("一不")  # any verb may stand behind these: 往兜里一揣
# Of characters exchanged in clean text 84 % reach the second, 88 % the first; of a million
# characters of clean text 5 places and 15 (scripts/fit_swaps.py).
_EXCHANGED, _SURELY_EXCHANGED = 0.01, 0.08
# How sure must be what stands beside a quotation mark, or by itself (幕启), and between two marks:
# names and puns do.
_PUN, _MEANT, _NAMED = 0.9, 0.4, 1.0
_COINED_SO = 0.9  # what is coined all the same has a slip in it
_NUMBERS = NUMERALS | set("点分之")  # 百分之九点八
_WEEKDAYS = tuple(f"日周{day}" for day in "一二三四五六日")  # 5月6日周一
_SERVICES = frozenset("水电气热暖讯网路煤油")  # named in any order: 电水气讯
# Short for a province or a city: new names are made with them every day (滇商, 邕品).
_PLACES = frozenset(
    "京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀黔贵滇陕秦甘陇藏蒙港澳台邕穗蓉杭甬厦"
)
# Coined in pairs: 逐乡逐村, 千商万店.
_COINED = re.compile(
    "([逐按分随边])[\u4e00-\u9fff]\\1[\u4e00-\u9fff]|[千百万][\u4e00-\u9fff][千百万][\u4e00-\u9fff]"
)
# What firms and their parks have behind a name that they coined: 猛狮科技.
_FIRMS = re.compile(
    "[\u4e00-\u9fff]{0,2}(?:科技|集团|股份|公司|实业|新材料|新能源|电子|药业|生物|重工|化工|[^，。；、\n]{0,3}产业园|工业园|科技园)"
)
# What ends the name of a place: 云栖县 has no 栖身 in it.
_REGIONS = frozenset("省市县区州旗盟镇乡村路街")
_OPENING, _CLOSING = frozenset("“《「‘"), frozenset("”》」’")


class WordChecker:
    """
    WRD801: a misprint that the table holds, 布署 for 部署; a watched word with a look-alike in it.

    Or a common word with a character that is often taken for its own, 淮确 for 准确; none of them
    where other words make it up: 公布|署名.

    WRD802: an idiom or set word with one character wrong, missing, extra or swapped: 走头无路.

    WRD803: a character that clean text never has there, where another makes a word, mostly one
    of like sound or shape: 防讯. It rests on counts alone.

    WRD805: two neighbours that clean text never has in this order, but in the other: 理受. As well.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon
        fixed = lexicon.tables.fixed
        # Other people are called nearly so; their own checker tells who is meant.
        self._people = frozenset(one.form for one in fixed if one.kind is EntryKind.PERSON)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return all rules."""
        return (KNOWN_MISPRINT, DAMAGED_IDIOM, LIKELY_MISPRINT, LIKELY_EXCHANGE)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each known wrong word, damaged idiom and likely misprint."""
        yield from self._idioms(document)
        yield from self._misprints(document)
        yield from self._exchanges(document)
        folded = fold(document.text)
        for word, span in self._lexicon.misspelt(document.text):
            if made_up_of_others(folded, span.start, span.end):
                continue
            if word.table in {WATCHED, CONFUSED} and _is_title(document.text, span):
                continue
            if word.table == CONFUSED and self._is_meant(document.text, word, span):
                continue
            severity = at_most(word.level, word.citation)
            joined = word.table == CONFUSED and self._is_joined(folded, word, span)
            if joined or about_errors(document, span):
                severity = Severity.HINT
            yield Finding(
                rule=KNOWN_MISPRINT,
                span=span,
                severity=severity,
                confidence=_BY_CHARACTER if word.table == CONFUSED else _CONFIDENCE,
                message=f"{KNOWN_MISPRINT.title}：“{word.wrong}”应为“{word.right}”",
                suggestions=(word.right,),
                basis=f"lexicons/{word.table}.tsv {word.id}（{word.citation.text}）",
            )

    def _is_meant(self, text: str, word: Word, span: Span) -> bool:
        """Tell whether a writing of two characters is something else: a name, or part of a form."""
        named = word.level < Severity.ORDINARY and _repeated(text, span)
        return named or self._lexicon.is_lawful(text, span)

    def _is_joined(self, text: str, word: Word, span: Span) -> bool:
        """Tell whether the wrong character may belong to what is beside the word: 要|索证."""
        ends = word.wrong[0] == word.right[0]
        low = span.end - 1 if ends else max(0, span.start - 1)
        codes = self._lexicon.tables.ngrams.codes(text[low : low + 2])
        return bool((self._lexicon.tables.ngrams.pairs(codes[:-1], codes[1:]) >= _JOINED).any())

    def _idioms(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each damaged idiom, a hint where it may be meant so."""
        for slip in self._lexicon.slips(document.text, EntryKind.IDIOM):
            wrong = slip.span.of(document.text)
            likely = self._likely(slip.edit, wrong, slip.right)
            doubtful = _FAINT if likely and slip.edit is Edit.WRONG else _DOUBTFUL
            if slip.confidence < doubtful or _is_part(slip.edit, wrong, slip.right):
                continue
            finding = finding_of(slip, DAMAGED_IDIOM, document)
            sure = slip.confidence >= _SURE and likely
            if not sure or _is_title(document.text, slip.span):
                finding = replace(finding, severity=Severity.HINT)
            yield finding

    def _misprints(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each likely misprint outside what is known to be right."""
        text = document.text
        for typo in self._lexicon.likely_typos(text):
            if typo.confidence < (_WORTH_A_LOOK, _PUN, _NAMED)[_marks_beside(text, typo.span)]:
                continue
            if self._lexicon.is_lawful(text, typo.span):
                continue
            wrong = typo.span.of(text)
            pair = len(wrong) == _PAIR
            twofold = typo.twofold or (pair and self._twofold(text, typo))
            least = _HARDLY_WRONG_TWOFOLD if twofold else _HARDLY_WRONG
            least = _HARDLY_WRONG_ALONE if len(wrong) == 1 else least
            sure = typo.confidence >= least and not (pair and _PLACES.intersection(wrong))
            # Who is called so is mostly named again.
            sure = sure and (typo.twofold or not _repeated(text, typo.span))
            sure = sure and not (pair and wrong[0] == typo.right[0] in _BEFORE_VERBS)
            coined = _is_coined(text, typo.span) or _FIRMS.match(text, typo.span.end)
            sure = sure and (typo.confidence >= _COINED_SO or not coined)
            if not sure and (_replaces_region(wrong, typo.right) or typo.right in self._people):
                continue
            yield from _guessed(LIKELY_MISPRINT, document, typo, sure=sure)

    def _exchanges(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each two characters that have probably changed places."""
        text = document.text
        for swap in self._lexicon.likely_swaps(text):
            if swap.confidence < (_EXCHANGED, _MEANT, _NAMED)[_marks_beside(text, swap.span)]:
                continue
            moved = frozenset(swap.moved)
            if moved <= _NUMBERS or moved <= _SERVICES or _on_weekday(text, swap.span):
                continue
            # Nobody makes the same slip twice, and there are streets called 嘉陵道街.
            wrong = swap.span.of(text)
            half = len(wrong) // 2
            if wrong[:half] == wrong[half:]:  # 叮当叮当 is no 叮叮当当
                continue
            if _repeated(text, swap.span) or self._lexicon.is_lawful(text, swap.span):
                continue
            # Places and countries are named in any order, by one character each: 豫冀两省.
            word = swap.whole or _PLACES.isdisjoint(swap.moved)
            least = _MEANT if _by_itself(text, swap.span) else _SURELY_EXCHANGED
            sure = swap.confidence >= least and word and not _is_coined(text, swap.span)
            yield from _guessed(LIKELY_EXCHANGE, document, swap, sure=sure)

    def _likely(self, edit: Edit, wrong: str, right: str) -> bool:
        """Tell whether a wrong character sounds or looks like the right one, as misprints do."""
        if edit is not Edit.WRONG:
            return edit is not Edit.MISSING or len(right) > _SHORT  # 大气观测 is no 气象观测
        return any(self._sounds_and_looks_like(wrong, right))

    def _twofold(self, text: str, typo: Typo) -> bool:
        """Tell whether a wrong character both sounds and looks like the right one: not 请|节约."""
        span = typo.span
        return all(
            self._sounds_and_looks_like(span.of(text), typo.right)
        ) and not made_up_of_others(text, span.start, span.end)

    def _sounds_and_looks_like(self, wrong: str, right: str) -> tuple[bool, bool]:
        tables = self._lexicon.tables
        (pair,) = [pair for pair in zip(wrong, right, strict=True) if pair[0] != pair[1]]
        return tables.sounds.near(*pair), tables.shapes.alike(*pair)


def _guessed(
    rule: Rule, document: Document, guess: Typo | Swap, *, sure: bool
) -> Iterator[Finding]:
    """Yield a finding of a guess, a hint if not sure; nothing unsure in a text about errors."""
    about = about_errors(document, guess.span)
    if about and not sure:
        return
    yield Finding(
        rule=rule,
        span=guess.span,
        severity=Severity.ORDINARY if sure and not about else Severity.HINT,
        confidence=min(guess.confidence, _BELOW_ROWS),
        message=f"{rule.title}：“{guess.span.of(document.text)}”，疑应为“{guess.right}”",
        suggestions=(guess.right,),
        basis=rule.basis,
    )


def _is_part(edit: Edit, wrong: str, right: str) -> bool:
    """
    Tell whether a character is only missing or double at the edge: it may belong outside.

    好前景 is no damaged 美好前景, and 实实在在|在 no doubled 在.
    """
    return wrong in right if edit is Edit.MISSING else edit is Edit.EXTRA and right in wrong


def _repeated(text: str, span: Span) -> bool:
    """Tell whether what stands at a place stands elsewhere too."""
    return text.count(span.of(text)) > 1


def _replaces_region(wrong: str, right: str) -> bool:
    """Tell whether the character put right ends the name of a place."""
    return any(one != other and one in _REGIONS for one, other in zip(wrong, right, strict=True))


def _is_title(text: str, span: Span) -> bool:
    """Tell whether a place stands beside a quotation mark: a pun, the name of a song."""
    return _marks_beside(text, span) > 0


def _is_coined(text: str, span: Span) -> bool:
    """Tell whether a place is in words that are made in pairs, each as one needs it."""
    low = max(0, span.start - 3)
    matches = (_COINED.match(text, at) for at in range(low, span.start + 1))
    return any(match is not None and match.end() >= span.end for match in matches)


def _on_weekday(text: str, span: Span) -> bool:
    """Tell whether a place holds the day of the week behind a date."""
    return any(day in text[max(0, span.start - 1) : span.end] for day in _WEEKDAYS)


def _by_itself(text: str, span: Span) -> bool:
    """Tell whether no Han character stands beside a place."""
    around = text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]
    return not any(map(is_han, around))


def _marks_beside(text: str, span: Span) -> int:
    """Return how many quotation marks stand beside a place, those that are about it."""
    before, behind = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    return (before in _OPENING) + (behind in _CLOSING)
