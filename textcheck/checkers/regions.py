"""Names of regions: slips, and regions said to lie where they do not."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from textcheck.checkers.slip import about_errors, finding_of
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.lexicon.entry import EntryKind
from textcheck.lexicon.fuzzy import Edit
from textcheck.lexicon.lexicon import Lexicon
from textcheck.lexicon.regions import REGIONS
from textcheck.lexicon.slips import Slip
from textcheck.text.fold import fold
from textcheck.text.sentences import sentence_around
from textcheck.text.words import made_up_of_others

__all__ = ["RegionChecker"]

_TABLE = "lexicons/regions.tsv"
DAMAGED_REGION = Rule("GEO601", Severity.ORDINARY, "行政区划名称有误", _TABLE)
WRONG_PARENT = Rule("GEO602", Severity.ORDINARY, "行政区划隶属关系有误", _TABLE)

_CONFIDENCE = 0.95
_DOUBTFUL = 0.9
_SHORT = 3
_FORMER_ID = "-f"
_OF_PEOPLES = "自治"
_NOUN = re.compile("[老新东西南北中]城区|城[东西南北中关]区")
_OFFICIAL = re.compile("人民政府|政府|[市省]?委|国民经济|人大|政协|第[一二三四五六七八九十]+届")
_PARTICLES = frozenset("的和与及是在、，对向")
_ABROAD = re.compile(
    "日本|韩国|美国|俄罗斯|乌克兰|印度|印尼|伊朗|英国|法国|德国|[^中]国[^务家人]|地震"
)
_NUMBERS = frozenset("两二三四五六七八九十几数多各等和或与及0123456789")
_SURE = 0.5


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
        for slip in self._lexicon.slips(document.text, EntryKind.REGION):
            if _may_be_another(slip, document.text) or not self._expected(slip, document.text):
                continue
            yield _of_short_name(finding_of(slip, DAMAGED_REGION, document, _SURE), slip, document)
        yield from self._wrong_parents(document)

    def _expected(self, slip: Slip, text: str) -> bool:
        """
        Tell whether a short name stands where one does: behind a region.

        What is a big city's or a province's name by sound or shape needs no such place.
        """
        right, start = slip.right, slip.span.start
        if len(right) > _SHORT + (right[-1] == "区") or _is_big(slip):
            return True
        twisted = slip.edit is Edit.SWAPPED or _is_doubled(slip, slip.span.of(text))
        if twisted and right[-1] != "区":
            return True
        standing = self._lexicon.standing(text, REGIONS)
        return any(end == start for _number, _begin, end in standing)

    def _wrong_parents(self, document: Document) -> Iterator[Finding]:
        text = fold(document.text)
        for _number, start, end in self._lexicon.standing(document.text, REGIONS):
            unit = self._regions.unit_at(text, end)
            above = text[start:end]
            if unit is None or _NOUN.match(unit):
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


def _of_short_name(finding: Finding, slip: Slip, document: Document) -> Finding:
    """Return a finding that is never beyond doubt: a place that no table has may be called so."""
    if len(slip.right) > _SHORT:
        return finding
    repeated = document.text.count(slip.span.of(document.text)) > 1  # a slip is not made twice
    severity = Severity.HINT if repeated else finding.severity
    return replace(finding, severity=severity, confidence=min(finding.confidence, _DOUBTFUL))


def _may_be_another(slip: Slip, text: str) -> bool:
    """
    Tell whether a name may be that of a place that no table has: a town, a place abroad.

    Or no name at all: 乌鲁木齐满城 is no 乌鲁木齐县, 广东五省 no 广东省, 禁建区域 no 新建区.
    """
    wrong, right = slip.span.of(text), slip.right
    if slip.entry.id.endswith(_FORMER_ID):
        return True
    if wrong[-1] != right[-1] and _OF_PEOPLES not in right:
        behind = _OFFICIAL.match(text, slip.span.end) and wrong[-1] not in _PARTICLES
        replaced = behind and slip.edit is Edit.WRONG
        return not (_is_big(slip) and (replaced or slip.edit is Edit.SWAPPED))
    inserted = slip.edit is Edit.EXTRA and not _is_doubled(slip, wrong)
    if inserted and (wrong[:-2] == right[:-1] or not _NUMBERS.isdisjoint(wrong)):
        return True
    if len(right) > _SHORT:
        return False
    if (slip.free and slip.edit is not Edit.EXTRA) or wrong[0] in _NUMBERS:
        return True
    abroad = _ABROAD.search(sentence_around(text, slip.span).of(text))
    return bool(abroad) or made_up_of_others(text, slip.span.start, slip.span.end)


def _is_big(slip: Slip) -> bool:
    """Tell whether a region is a province or a prefecture: their codes end in 00."""
    return slip.entry.id.endswith("00")


def _is_doubled(slip: Slip, wrong: str) -> bool:
    """Tell whether one character stands twice."""
    return slip.edit is Edit.EXTRA and any(one == other for one, other in pairwise(wrong))
