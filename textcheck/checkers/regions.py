"""Names of regions: slips, and regions said to lie where they do not."""

import re
from collections.abc import Iterator
from dataclasses import replace

from textcheck.checkers.slip import about_errors, finding_of
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.entry import EntryKind
from textcheck.knowledge.regions import REGIONS
from textcheck.knowledge.toponyms import KINDS, LONGEST, SHORTEST
from textcheck.lexicon.lexicon import Lexicon
from textcheck.matching.fuzzy import Edit
from textcheck.slips.slips import Slip
from textcheck.text.fold import fold
from textcheck.text.sentences import sentence_around

__all__ = ["RegionChecker"]

_TABLE = "lexicons/regions.tsv"
DAMAGED_REGION = Rule("GEO601", Severity.ORDINARY, "行政区划名称有误", _TABLE)
WRONG_PARENT = Rule("GEO602", Severity.ORDINARY, "行政区划隶属关系有误", _TABLE)

_CONFIDENCE = 0.95
_DOUBTFUL = 0.945  # above what counts alone say, below what a heading makes graver
_ENDS = frozenset(KINDS)
_FORMERLY = re.compile("[旧原曾]|历史|当时|解放|出生|19[0-9]{2}")
_NOUN = re.compile("[老新东西南北中]城区|城[东西南北中关]区|解放区")
_NUMBERS = frozenset("两二三四五六七八九十几数多各等和或与及0123456789")
# Of long names a slip less sure is a hint. Of short ones, in 12 million characters of clean news
# of all kinds and reports, 11 a million are surer than SURE_OF_SHORT, 3 of official ones, a third
# of them real slips; below WORTH_A_LOOK hardly one in ten is a slip.
_SURE, _SURE_OF_SHORT, _WORTH_A_LOOK = 0.5, 0.25, 0.15


class RegionChecker:
    """
    GEO601: the name of a region with a slip in it; GEO602: 湖北省张家界市, 太原市昆山市.

    A region may have lain in another one formerly; those are no errors. What stands beside each
    other by chance, or in a list, is left alone.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon
        self._regions = lexicon.tables.regions

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return all rules."""
        return (DAMAGED_REGION, WRONG_PARENT)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each damaged name and each wrong parent."""
        text = document.text
        for slip in self._lexicon.slips(text, EntryKind.REGION):
            if not _may_be_another(slip, text):
                yield finding_of(slip, DAMAGED_REGION, document, _SURE)
        for slip in self._lexicon.place_slips(text):
            if slip.confidence >= _WORTH_A_LOOK:
                yield _of_short_name(slip, document)
        text = fold(document.text)
        for span, right in self._regions.reordered(text):
            yield _other(document, span, right, "顺序有误", Severity.ORDINARY)
        yield from self._below(text, document)

    def _below(self, text: str, document: Document) -> Iterator[Finding]:
        """Yield a finding for what stands behind the name of a region and does not lie in it."""
        for _number, start, end in self._lexicon.standing(document.text, REGIONS):
            unit = self._regions.unit_at(text, end)
            above = text[start:end]
            if unit is None:
                yield from self._heard(text, end, above, document)
                yield from self._municipality(text, start, end)
                continue
            if _NOUN.match(unit):
                continue
            found = self._regions.homes_of(unit, above)
            if found is None:
                continue
            region, homes = found
            span = Span(start, end + len(unit))
            rights = tuple(self._regions.written_as(home, above) + unit for home in homes)
            yield Finding(
                rule=WRONG_PARENT,
                span=span,
                severity=Severity.HINT if about_errors(document, span) else Severity.ORDINARY,
                confidence=_CONFIDENCE,
                message=f"{WRONG_PARENT.title}：“{unit}”属于{'、'.join(homes)}，不属于{above}",
                suggestions=rights,
                basis=f"{_TABLE} {region.id}（{region.source}）",
            )

    def _heard(self, text: str, start: int, above: str, document: Document) -> Iterator[Finding]:
        """Yield a finding where another word of the same sound stands for a region of `above`."""
        if not _ENDS.isdisjoint(text[start + SHORTEST - 1 : start + LONGEST]):
            heard = self._regions.heard_at(text, start, above, self._lexicon.tables.sounds)
            if heard is not None:
                written, right = heard
                span = Span(start, start + len(written))
                # 山东省市县: so short a name of the province may well stand beside other words.
                sure = not self._regions.is_short(above)
                yield _other(
                    document,
                    span,
                    right,
                    "有同音错字",
                    Severity.ORDINARY if sure else Severity.HINT,
                )

    def _municipality(self, text: str, start: int, end: int) -> Iterator[Finding]:
        """Yield a hint where a city that is a province of its own is said to lie in another."""
        name = self._regions.municipality_at(text, end)
        if name is None or text[end - 1] not in "省区":
            return
        span = Span(start, end + len(name))
        if not _FORMERLY.search(sentence_around(text, span).of(text)):
            yield Finding(
                rule=WRONG_PARENT,
                span=span,
                severity=Severity.HINT,  # it may have lain there, or two stand without a mark
                confidence=_CONFIDENCE,
                message=f"{WRONG_PARENT.title}：“{name}”是直辖市，不属于{text[start:end]}",
                suggestions=(name,),
                basis=f"{_TABLE} “{name}”",
            )


def _other(document: Document, span: Span, right: str, what: str, severity: Severity) -> Finding:
    """Return a finding for the name of a region that is written otherwise."""
    wrong = span.of(document.text)
    return Finding(
        rule=DAMAGED_REGION,
        span=span,
        severity=Severity.HINT if about_errors(document, span) else severity,
        confidence=_DOUBTFUL,
        message=f"{DAMAGED_REGION.title}：“{wrong}”{what}，应为“{right}”",
        suggestions=(right,),
        basis=f"{_TABLE} “{right}”",
    )


def _of_short_name(slip: Slip, document: Document) -> Finding:
    """
    Return a finding, of three characters never beyond doubt: an unknown place may be called so.

    It is a hint where the same stands twice: a slip is not made twice.
    """
    finding = finding_of(slip, DAMAGED_REGION, document, _SURE_OF_SHORT)
    wrong = slip.span.of(document.text)
    repeated = document.text.count(wrong) > 1 and wrong not in slip.right
    severity = Severity.HINT if repeated else finding.severity
    most = _DOUBTFUL if len(slip.right) == SHORTEST else 1.0
    return replace(finding, severity=severity, confidence=min(finding.confidence, most))


def _may_be_another(slip: Slip, text: str) -> bool:
    """Tell whether something is put in that makes no slip: 恩施、利川两州."""
    wrong, right = slip.span.of(text), slip.right
    inserted = slip.edit is Edit.EXTRA and wrong[-1] != wrong[-2]
    return inserted and (wrong[:-2] == right[:-1] or not _NUMBERS.isdisjoint(wrong))
