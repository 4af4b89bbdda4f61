"""Wordings to avoid, each with what to write instead and where it is right all the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from textcheck.document import Span
from textcheck.finding import Severity
from textcheck.knowledge.entry import Citation
from textcheck.knowledge.excuse import Excuse, excuse_of
from textcheck.knowledge.layers import Layers, read_rows
from textcheck.knowledge.table import Row

__all__ = ["CAUTIONS", "Caution", "Cautions", "read_cautions"]

CAUTIONS = "cautions"
"""The owner of the wordings to avoid."""
BEGINNING = "^"


@dataclass(frozen=True, slots=True)
class Caution:
    """
    Wordings of one kind, under the code of their rule.

    It is right where `unless` excuses it, and outside the days from `since` to `until`. If there
    are any, one of `before` must stand directly in front of it, `^` for the beginning of a line;
    where it is `closed`, a mark or the end behind it. `table` is the one whose row `id` is.
    """

    id: str
    code: str
    avoid: tuple[str, ...]
    instead: tuple[str, ...]
    before: tuple[str, ...]
    unless: Excuse
    level: Severity
    since: date | None
    until: date | None
    citation: Citation
    table: str = "lexicons/caution.tsv"
    closed: bool = False

    def instead_of(self, wrong: str) -> tuple[str, ...]:
        """Return what to write for one of the wordings: its own, where each has one, else all."""
        if wrong in self.avoid and len(self.avoid) == len(self.instead):
            return (self.instead[self.avoid.index(wrong)],)
        return self.instead

    def fits(self, text: str, span: Span) -> bool:
        """Tell whether a place has in front of it and behind it what the wording needs there."""
        if self.closed and text[span.end : span.end + 1].isalnum():
            return False
        begins = span.start == 0 or text[span.start - 1] == "\n"
        return (
            not self.before
            or text.endswith(self.before, 0, span.start)
            or (begins and BEGINNING in self.before)
        )

    def holds(self, day: date | None) -> bool:
        """Tell whether the wording was to be avoided on a day; without a day it is."""
        if day is None:
            return self.until is None
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day < self.until)


class Cautions:
    """All rows, ready to be looked for."""

    def __init__(self, rows: Iterable[Caution]) -> None:
        """Index the wordings; of two rows with the same one the graver comes first."""
        self.rows = tuple(rows)
        self._rows: dict[str, list[Caution]] = {}
        for row in sorted(self.rows, key=lambda row: -row.level):
            for form in row.avoid:
                self._rows.setdefault(form, []).append(row)
        self.forms = tuple(self._rows)

    def among(
        self, matches: Iterable[tuple[int, int, int]], day: date | None
    ) -> Iterator[tuple[Caution, Span]]:
        """
        Yield the place of each wording found and the row that holds on a day, if one does.

        Of two wordings at one place the longer counts. A match is the number of one of `forms`, a
        start and an end.
        """
        end = 0
        for number, start, stop in sorted(matches, key=lambda match: (match[1], -match[2])):
            if start >= end:
                end = stop
                rows = self._rows[self.forms[number]]
                if row := next((row for row in rows if row.holds(day)), None):
                    yield row, Span(start, stop)


def read_cautions(layers: Layers) -> Cautions:
    """
    Read caution.tsv, owners.tsv and of peoples.tsv what is no name of a people.

    Raise LexiconError naming file, line and column.
    """
    written = [_caution(row) for row in read_rows(layers, "caution")]
    misnamed = [_misnamed(row) for row in read_rows(layers, "peoples") if row["wrong"]]
    return Cautions([*written, *misnamed, *map(_owner, read_rows(layers, "owners"))])


def _owner(row: Row) -> Caution:
    """Return the terms that never stand behind a verb, for each its own one of like number."""
    wrong, own = row.several("wrong"), (row.required("form"), *row.several("variants"))

    def numeral(phrase: str) -> str:
        return phrase.partition("“")[2][:1]

    return Caution(
        id=row["id"],
        code="FRM304",
        avoid=wrong,
        instead=tuple(
            next((one for one in own if numeral(one) == numeral(phrase)), own[0])
            for phrase in wrong
        ),
        before=(),
        unless=excuse_of((), None),
        level=row.level("level"),
        since=None,
        until=None,
        citation=row.citation("source"),
        table="lexicons/owners.tsv",
        closed=True,
    )


def _misnamed(row: Row) -> Caution:
    since = row.day("valid_from")
    return Caution(
        id=row["id"],
        code="TER902",
        avoid=row.several("wrong"),
        instead=(row.required("form"),),
        before=(),
        unless=excuse_of(row.several("unless"), since),
        level=row.level("level"),
        since=since,
        until=row.day("valid_to"),
        citation=row.citation("source"),
        table="lexicons/peoples.tsv",
    )


def _caution(row: Row) -> Caution:
    row.required("avoid")
    since = row.day("valid_from")
    return Caution(
        id=row["id"],
        code=row.required("code"),
        avoid=row.patterns("avoid"),
        instead=row.patterns("instead"),
        before=row.several("before"),
        unless=excuse_of(row.several("unless"), since),
        level=row.level("level"),
        since=since,
        until=row.day("valid_to"),
        citation=row.citation("source"),
    )
