"""Fixed formulations with a character wrong, missing, extra or swapped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from textcheck.checkers.slip import about_errors, at_most, finding_of
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.entry import Entry, EntryKind
from textcheck.lexicon.lexicon import Lexicon
from textcheck.matching.fuzzy import Edit
from textcheck.slips.slips import Slip
from textcheck.text.han import is_rare

__all__ = ["FormulationChecker"]

DAMAGED_FORMULATION = Rule("FRM301", Severity.SERIOUS, "固定表述有误", "lexicons/formulations.tsv")
WRONG_IN_LIST = Rule("FRM303", Severity.SERIOUS, "并列的固定提法有误", "lexicons/formulations.tsv")
DAMAGED_CLAUSE = Rule("FRM302", Severity.ORDINARY, "常用语句有误", "lexicons/clauses.tsv")

# Lists in a fixed order stand in tables of their own; so do the ids of their rows begin.
_TABLES = {"doc": "lexicons/doctrines.tsv", "enu": "lexicons/enumerations.tsv"}

# Of what is surer, 80 million characters of news, reports and Party papers have one of each in a
# million, half of them misprints.
_SURE, _SURE_IN_CLAUSE, _SURE_OF_STRANGER = 0.3, 0.6, 0.8

# What fits nowhere is no word: a clause may be less sure then.
_SURE_OF_UNFIT, _SURE_OF_NO_WORD = 0.7, 0.95
_SURE_OF_FIRST, _SURE_OF_EDGE = 0.9, 0.97
_SENTENCE = 8  # characters: who writes so many chooses words of his own
_LIGHT = frozenset("的地得和与及了着过来去到出好用之更再还也都可要能就")  # words that come and go

_BEYOND_DOUBT, _GAIN_OF_LIKE = 0.99, 12.0
# What a slip must gain that makes of a formulation what no text has: a character missing, or one
# that fits with neither neighbour.
_GAIN_OF_CUT, _GAIN_OF_UNFIT = 10.0, 15.0
_SURE_OF_STRANGE_EDGE, _GAIN_OF_EDGE = 0.8, 7.5
_SURE_OF_SELDOM = 0.8
# Of grave forms 35 million characters of clean news have none that lacks its last character before
# a mark, and none so sure that lacks its first behind one.
_SURE_OF_LAST, _SURE_OF_FIRST_CUT = 0.1, 0.4
_MARKS_BEFORE, _MARKS_BEHIND = frozenset("，。；、：！？“‘（《"), frozenset("，。；、：！？”’）》")
_SHORT, _SURE_OF_SHORT, _GAIN_OF_SHORT = 4, 0.55, 3.0
# Another word for one of a clause gains less than this, or has been seen.
_SURE_OF_STRANGER_IN_CLAUSE, _GAIN_IN_CLAUSE, _UNHEARD_OF = 0.93, 17.0, 0.6

_QUOTED = re.compile("“([\u4e00-\u9fff]{3,6})”")
_NUMBER = re.compile("[一二三四五六七八九十两双]")
_BESIDE = 8  # characters between two terms of a list: ”、坚定“
_CONFIDENCE_IN_LIST = 0.95


class FormulationChecker:
    """
    FRM301: a fixed formulation with one character wrong, missing, extra, doubled or swapped.

    Lawful variants stand in the table beside the form, lawful neighbours in allowed.tsv. A
    form that was not yet in use on the day of publication is not held against a text.

    FRM302: the same in a clause that official texts repeat word for word.

    FRM303: a term in quotation marks that is one character off a numbered formulation and stands
    right beside another one: “两个确定”、增强“四个意识”.

    Where another word may be meant, only a sure slip is serious, and one in a clause that is no
    formulation a hint.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon
        self._numbered = {
            entry.form: entry
            for entry in lexicon.tables.fixed
            if entry.kind is EntryKind.FORMULATION
            and entry.level is Severity.SERIOUS
            and _QUOTED.fullmatch(f"“{entry.form}”")
            and _NUMBER.search(entry.form)
        }

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return all rules."""
        return (DAMAGED_FORMULATION, DAMAGED_CLAUSE, WRONG_IN_LIST)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each damaged formulation."""
        yield from self._wrong_in_lists(document)
        for slip in self._lexicon.slips(document.text, EntryKind.FORMULATION):
            if _in_use(slip.entry, document):
                finding = finding_of(
                    slip, _of_table(DAMAGED_FORMULATION, slip.entry), document, _SURE
                )
                yield _weighed(slip, finding, slip.span.of(document.text))
        for slip in self._lexicon.slips(document.text, EntryKind.CLAUSE):
            finding = finding_of(slip, _of_table(DAMAGED_CLAUSE, slip.entry), document)
            finding = _weighed(slip, finding, slip.span.of(document.text))
            # A clause is what many happen to write: 数智政府 is another choice than 数字政府.
            if slip.free and slip.entry.level < Severity.SERIOUS and not _no_word(slip):
                finding = replace(finding, severity=Severity.HINT)
            yield _told_by_mark(slip, finding, document)

    def _wrong_in_lists(self, document: Document) -> Iterator[Finding]:
        quoted = list(_QUOTED.finditer(document.text))
        known = [match[1] in self._numbered for match in quoted]
        if not any(known):
            return
        for at, match in enumerate(quoted):
            beside = [
                known[other] and _gap(quoted[min(at, other)], quoted[max(at, other)]) <= _BESIDE
                for other in (at - 1, at + 1)
                if 0 <= other < len(quoted)
            ]
            if known[at] or not any(beside) or match[1] in self._lexicon.tables.allowed:
                continue
            meant = [form for form in self._numbered if _one_off(match[1], form)]
            meant = [form for form in meant if f"“{form}”" not in document.text]
            meant = [form for form in meant if _in_use(self._numbered[form], document)]
            if meant:
                yield self._wrong_in_list(document, match, meant)

    def _wrong_in_list(
        self, document: Document, match: re.Match[str], meant: Sequence[str]
    ) -> Finding:
        entry = self._numbered[meant[0]]
        span = Span(match.start(1), match.end(1))
        severity = at_most(Severity.SERIOUS, entry.citation)
        # With another number it may be another term: 三个维护 of a conference's own.
        another = not _NUMBER.search(match[1]) or match[1][0] != entry.form[0]
        return Finding(
            rule=WRONG_IN_LIST,
            span=span,
            severity=Severity.HINT if another or about_errors(document, span) else severity,
            confidence=_CONFIDENCE_IN_LIST,
            message=f"{WRONG_IN_LIST.title}：“{match[1]}”应为“{entry.form}”",
            suggestions=tuple(meant),
            basis=f"{WRONG_IN_LIST.basis} {entry.id}“{entry.form}”（{entry.citation.text}）",
        )


def _of_table(rule: Rule, entry: Entry) -> Rule:
    """Return the rule with the table in which the row stands."""
    table = _TABLES.get(entry.id.partition("-")[0])
    return rule if table is None else replace(rule, basis=table)


def _in_use(entry: Entry, document: Document) -> bool:
    """Tell whether a formulation was in use on the day of publication."""
    day = document.published_on
    return day is None or entry.since is None or entry.since <= day


def _gap(one: re.Match[str], other: re.Match[str]) -> int:
    """Return how many characters stand between two terms in quotation marks."""
    return other.start() - one.end()


def _one_off(text: str, form: str) -> bool:
    """Tell whether two terms of the same length differ in one character."""
    if len(text) != len(form):
        return False
    return sum(one != other for one, other in zip(text, form, strict=True)) == 1


def _weighed(slip: Slip, finding: Finding, wrong: str) -> Finding:
    """
    Return a finding that is serious only where no other choice of words is likely.

    Or where none can be: what is written is no word, 仔慧城市.
    """
    if _beyond_doubt(slip) and finding.severity is Severity.ORDINARY:
        return replace(finding, severity=at_most(Severity.SERIOUS, slip.entry.citation))
    if not slip.free:
        return finding
    in_clause = slip.entry.kind is EntryKind.CLAUSE
    if slip.edit is Edit.WRONG and in_clause:
        # 五廉一体 is no 五位一体, and 做强 as good a word as 加强.
        # 徐书记强调 is what another secretary says.
        least = _SURE_OF_UNFIT if wrong[0] == slip.right[0] else _SURE_OF_FIRST
        sure = slip.confidence >= least and slip.unfit
        sure |= slip.confidence >= _BEYOND_DOUBT and any(map(is_rare, wrong))
        # With a character twice a form is a pattern for others: 一题一议.
        pattern = len({*slip.right}) < len(slip.right)
        strange = slip.gain >= _GAIN_IN_CLAUSE and slip.unseen >= _UNHEARD_OF
        sure |= strange and slip.confidence >= _SURE_OF_STRANGER_IN_CLAUSE and not pattern
        sure &= not slip.alike
        # Nobody coins a term with what official texts hardly have: “畸电东送”.
        sure |= slip.seldom and _gains(slip, _SURE_OF_SELDOM, _GAIN_OF_UNFIT)
    elif slip.edit is Edit.WRONG:
        sure = slip.confidence >= _SURE_OF_STRANGER
    elif slip.edit is Edit.EXTRA and not wrong.isalnum():
        sure = True  # of a mark enough was asked before
    else:
        least = _SURE_OF_SHORT if slip.unseen == 1 else _SURE_IN_CLAUSE
        sure = not in_clause or (slip.confidence >= least and not _by_choice(slip, wrong))
    unsure = Severity.HINT if in_clause and len(slip.right) >= _SENTENCE else Severity.ORDINARY
    most = finding.severity if sure else unsure
    return replace(finding, severity=min(finding.severity, most))


def _told_by_mark(slip: Slip, finding: Finding, document: Document) -> Finding:
    """
    Return a finding that is as grave as its form where a mark beside the damage tells of it.

    Behind a mark nothing goes on as another word would: 携手深化务实合，更好.
    """
    text, wrong, right = document.text, slip.span.of(document.text), slip.right
    if slip.entry.level < Severity.SERIOUS or about_errors(document, slip.span):
        return finding
    least = 1.0
    if text[slip.span.end : slip.span.end + 1] in _MARKS_BEHIND:
        cut = slip.edit is Edit.MISSING and right.startswith(wrong)
        least = _SURE_OF_LAST if cut else 1.0
    if text[: slip.span.start][-1:] in _MARKS_BEFORE:
        cut = slip.edit is Edit.MISSING and right.endswith(wrong)
        least = min(least, _SURE_OF_FIRST_CUT if cut else 1.0)
    if slip.confidence < least:
        return finding
    return replace(finding, severity=at_most(Severity.SERIOUS, slip.entry.citation))


def _by_choice(slip: Slip, wrong: str) -> bool:
    """Tell whether a clause may lack a word, have one more, or go on from another: 压|降成本."""
    short, long = sorted((wrong, slip.right), key=len)
    if slip.edit is Edit.MISSING and (long.startswith(short) or long.endswith(short)):
        strange = _gains(slip, _SURE_OF_STRANGE_EDGE, _GAIN_OF_EDGE)
        # 难愁盼: one text in 35 million characters has such, and gains less.
        strange |= len(slip.right) == _SHORT and _gains(slip, _SURE_OF_SHORT, _GAIN_OF_SHORT)
        return slip.confidence < _SURE_OF_EDGE and not strange
    at = next((at for at, pair in enumerate(zip(short, long, strict=False)) if len({*pair}) > 1), 0)
    return long[at] in _LIGHT


def _no_word(slip: Slip) -> bool:
    """Tell whether what is written can be no other choice of words: 智慧蚱市."""
    surest = slip.confidence >= _SURE_OF_NO_WORD and slip.unseen == 1
    return slip.edit is Edit.WRONG and slip.unfit and surest


def _beyond_doubt(slip: Slip) -> bool:
    """
    Tell whether a slip is sure and the text has what no text has.

    Of such in ordinary wordings 11 million characters of clean news have one, a misprint.
    """
    if slip.entry.kind is not EntryKind.FORMULATION:
        return False
    if not slip.free:
        return slip.confidence >= _BEYOND_DOUBT and slip.gain >= _GAIN_OF_LIKE
    if slip.edit is Edit.MISSING:
        return _gains(slip, _BEYOND_DOUBT, _GAIN_OF_CUT)
    return slip.edit is Edit.WRONG and slip.unfit and _gains(slip, _BEYOND_DOUBT, _GAIN_OF_UNFIT)


def _gains(slip: Slip, sure: float, gain: float) -> bool:
    """Tell whether no text has what stands there, and a form that is so sure gains so much."""
    return slip.unseen == 1 and slip.confidence >= sure and slip.gain >= gain
