"""Why a text is flagged, or not: the rows that match it, and what was weighed about near ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from textcheck.knowledge.layers import Layers, read_rows
from textcheck.knowledge.problems import RIGHT, WRONG
from textcheck.knowledge.schema import TABLES, Table
from textcheck.knowledge.table import Row
from textcheck.lexicon.lexicon import Lexicon
from textcheck.slips.case import Case
from textcheck.slips.slips import LEAST, slips
from textcheck.text.fold import fold

__all__ = ["Match", "Weighed", "matching_rows", "weigh"]

_OTHERS = {"allowed": ("form",), "anniversaries": ("form", "aliases")}
_SPOKEN = 6
_HEARD = 0.05


@dataclass(frozen=True, slots=True)
class Match:
    """A writing of a row that stands in the text exactly; `holds` tells whether on that day."""

    table: Table
    row: Row
    column: str
    form: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Weighed:
    """A near miss and what was weighed; `reason` says why it is no slip, "" where it is one."""

    case: Case
    confidence: float
    spoken: tuple[tuple[str, float], ...]
    reason: str


def matching_rows(layers: Layers, text: str, day: date) -> Iterator[Match]:
    """Yield every row of which a writing, right or wrong, stands in the text."""
    folded = fold(text)
    for table in TABLES.values():
        columns = RIGHT.get(table.name) or WRONG.get(table.name) or _OTHERS.get(table.name, ())
        for row in read_rows(layers, table.name) if columns else ():
            for column in columns:
                for form in row.patterns(column):
                    if form in folded:
                        yield Match(table, row, column, form, _holds(row, day))


def _holds(row: Row, day: date) -> bool:
    if "valid_from" not in row.places:
        return True
    since, until = row.day("valid_from"), row.day("valid_to")
    return (since is None or since <= day) and (until is None or day < until)


def weigh(lexicon: Lexicon, text: str) -> list[Weighed]:
    """Return what is near a protected form, the surest first; of one place and form only one."""
    scale = lexicon.tables.scale
    found: dict[tuple[str, int], Weighed] = {}
    for case in lexicon.cases(f"\n{fold(text)}\n"):
        confidence = scale.confidence(case)
        key = case.form, case.miss.span.start
        if key not in found or found[key].confidence < confidence:
            spoken = sorted(scale.spoken(case), key=lambda item: -abs(item[1]))[:_SPOKEN]
            heard = tuple((name, value) for name, value in spoken if abs(value) >= _HEARD)
            found[key] = Weighed(case, confidence, heard, _reason(case, confidence, lexicon))
    return sorted(found.values(), key=lambda one: (-one.confidence, one.case.form))


def _reason(case: Case, confidence: float, lexicon: Lexicon) -> str:
    """Return why a near miss is no slip, "" where it is one."""
    if confidence < LEAST:
        return f"把握不到 {LEAST:g}，更像别的话"
    if not list(slips([case], lexicon.tables.scale)):
        return "也可能是别人的姓名、更短的规范写法，或本身就是规范写法"
    return ""
