"""Officials who were removed for what they did, quoted as if they were in office."""

import re
from collections.abc import Iterator
from datetime import date

from textcheck.checkers.slip import about_errors, at_most
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.removed import REMOVED, Removal
from textcheck.lexicon.lexicon import Lexicon
from textcheck.text.sentences import sentence_around

__all__ = ["RemovedChecker"]

REMOVED_OFFICIAL = Rule(
    "TTL205", Severity.SERIOUS, "把已被查处的官员写作在任", "lexicons/removed.tsv"
)

_CONFIDENCE = 0.97  # the act itself is dated: surer than a roster that knows of a successor
_RANK = re.compile(
    "(?:书记|主席|主任|部长|省长|市长|委员|常委|局长|院长|校长|社长|秘书长|政委|参谋长|司令员|总理|董事长"
    "|总经理|委员长|组长)(?:、|兼)?$"
)
_FORMER = re.compile("原|时任|前任|曾任|历任|担任过|已故|前(?=[\u4e00-\u9fff]{2,12}$)")
# What a text about the case itself has, or about what the person left behind.
_CASE = re.compile(
    "审查|调查|违纪|违法|受贿|贪污|行贿|开除|一审|二审|被判|判处|落马|被查|双开|通报|腐败|余毒|流毒|恶劣影响"
    "|忏悔|公诉|检察|立案|查处|反面|警示|案件|撤销|免去|罢免|逮捕"
)
_ACTS = re.compile(
    "同志|指出|强调|要求|表示|主持|出席|作重要|作出|讲话|会见|致辞|批示|调研|视察|考察|说[，：]"
)
_BEGINS = re.compile("(?:^|[\\s。，、；：！？“（(和与及])$")
_REACH, _CASE_REACH = 30, 150


class RemovedChecker:
    """
    TTL205: who was removed is named with a title of then, or quoted by the bare name, afterwards.

    Right are texts about the case, titles after 原 or 时任, sentences that name a year before it,
    and namesakes: people with a title of other bodies.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon and the rows."""
        self._lexicon = lexicon
        self._rows = lexicon.tables.removals.rows

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rule."""
        return (REMOVED_OFFICIAL,)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each person named as in office after the removal."""
        day = document.published_on
        if day is None:
            return
        for number, start, end in self._lexicon.standing(document.text, REMOVED):
            row, name = self._rows[number], Span(start, end)
            if day >= row.day and not _about_the_case(document, name, row.day):
                span = _title_before(document.text, name, row)
                if span is None and not (row.bare and _acts_alone(document.text, name)):
                    continue
                yield _finding(document, row, span or name, day, titled=span is not None)


def _about_the_case(document: Document, name: Span, removed_on: date) -> bool:
    """Tell whether the text is about the case, or about the time before it."""
    text = document.text
    around = text[max(0, name.start - _CASE_REACH) : name.end + _CASE_REACH]
    first_line = text[: text.find("\n")] if "\n" in text else ""
    if _CASE.search(around) or _CASE.search(first_line):
        return True
    sentence = sentence_around(text, name).of(text)
    years = [int(year) for year in re.findall("(?:19|20)\\d\\d(?=年)", sentence)]
    return any(year <= removed_on.year for year in years)


def _title_before(text: str, name: Span, row: Removal) -> Span | None:
    """Return the title of then in front of a name, from its body to the name, if there is one."""
    low = max(0, name.start - _REACH)
    front = text[low : name.start]
    front = front[1 + max(front.rfind(mark) for mark in "。；：，\n“”") :]
    places = [place for body in row.bodies if (place := front.find(body)) >= 0]
    if not places or not _RANK.search(front) or _FORMER.search(front):
        return None
    return Span(name.start - len(front) + min(places), name.end)


def _acts_alone(text: str, name: Span) -> bool:
    """Tell whether the bare name speaks or acts, and is not that of somebody with another title."""
    if not _ACTS.match(text, name.end):
        return False
    form = name.of(text)
    places = [match.start() for match in re.finditer(re.escape(form), text)]
    return all(_BEGINS.search(text[max(0, place - 1) : place]) for place in places)


def _finding(document: Document, row: Removal, span: Span, day: date, *, titled: bool) -> Finding:
    level = Severity.HINT if about_errors(document, span) else Severity.SERIOUS
    mended = (f"原{span.of(document.text)}",) if titled else ()
    return Finding(
        rule=REMOVED_OFFICIAL,
        span=span,
        severity=at_most(level, row.citation),
        confidence=_CONFIDENCE,
        message=f"{REMOVED_OFFICIAL.title}：{row.person}已在{row.day}前被查处，发布日期为{day}",
        suggestions=mended,
        basis=f"{REMOVED_OFFICIAL.basis} {row.id}（{row.citation.text}）",
    )
