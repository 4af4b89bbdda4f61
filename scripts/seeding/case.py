"""A clean sentence, the same with an error in it, and what makes the one into the other."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

__all__ = ["Case", "Maker", "Sentence"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A clean sentence and the day on which it was published."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, and where it was damaged; `right` is what stood there."""

    group: str
    kind: str
    text: str
    day: date
    start: int
    end: int
    right: str

    @classmethod
    def put(  # noqa: PLR0913, PLR0917 # a case is all of these
        cls, group: str, kind: str, sentence: Sentence, start: int, end: int, wrong: str
    ) -> "Case":
        """Return the sentence with text[start:end] replaced by wrong."""
        text = sentence.text
        damaged = text[:start] + wrong + text[end:]
        return cls(group, kind, damaged, sentence.day, start, start + len(wrong), text[start:end])


class Maker(Protocol):
    """Makes cases of one class; a kind that does not apply to a sentence gives None."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of the class, each of which gets an equal share."""
        ...

    def make(self, kind: str, sentence: Sentence) -> Case | None:
        """Return the sentence with an error of that kind."""
        ...
