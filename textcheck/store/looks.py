"""What became of all that notices name: errors in articles, and accounts that were not updated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from textcheck.edition import NOT_UPDATED, EditionLine
from textcheck.notice import Flaw, Notice
from textcheck.store.revisits import lapses_told, told_of

__all__ = ["Looks", "looks_at"]

# What is no longer confirmed is not looked at.
_NO_MORE = "不再复查"


@dataclass(frozen=True, slots=True)
class Looks:
    """What was seen last, in words, by what a notice names."""

    errors: Mapping[tuple[str, str, str], str]
    lapses: Mapping[tuple[str, date], str]

    def of_flaw(self, flaw: Flaw) -> str:
        """Return what became of an error in an article."""
        return self.errors.get((flaw.fingerprint, flaw.account_id, flaw.native_id), _NO_MORE)

    def of_line(self, line: EditionLine) -> str:
        """Return what became of an account that was not updated, "" for any other."""
        if NOT_UPDATED not in line.problems:
            return ""
        seen = (self.lapses.get((line.account_id, day)) for day in reversed(line.dates))
        return next(filter(None, seen), _NO_MORE)

    def of_notice(self, notice: Notice) -> list[str]:
        """Return what became of each thing that a notice names."""
        lapsed = filter(None, map(self.of_line, notice.lines))
        return [*map(self.of_flaw, notice.flaws), *lapsed]


def looks_at(
    connection: Connection, notices: Sequence[Notice], confirmations: int, today: date
) -> Looks:
    """Return what became of what some notices name."""
    named = {flaw.fingerprint for notice in notices for flaw in notice.flaws}
    lines = [line for notice in notices for line in notice.lines]
    lapsed = {line.account_id for line in lines if NOT_UPDATED in line.problems}
    return Looks(
        told_of(connection, named, confirmations, today),
        lapses_told(connection, lapsed, confirmations, today) if lapsed else {},
    )
