"""Meetings of the Party centre, the NPC and the CPPCC, and when they were held."""

from dataclasses import dataclass
from datetime import date

from textcheck.knowledge.entry import Entry

__all__ = ["Meeting"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting by its forms, its first and last day; without days it is held again and again."""

    entry: Entry
    aliases: tuple[str, ...]
    owner: str
    opened: date | None
    closed: date | None

    @property
    def forms(self) -> tuple[str, ...]:
        """Return every lawful writing, the usual one first."""
        return (self.entry.form, *self.aliases)
