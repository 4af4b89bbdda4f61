"""A clean sentence, the same with an error in it, and what makes the one into the other."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from textcheck.finding import Finding

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

    @classmethod
    def read(cls, line: str) -> "Case":
        """Return the case of a line that `line` wrote."""
        data = json.loads(line)
        day = date.fromisoformat(data["published_on"])
        place = data["start"], data["end"], data["right"]
        return cls(data["class"], data["kind"], data["text"], day, *place)

    def line(self, number: int) -> str:
        """Return it as a line of JSON, valid input of `textcheck check --from jsonl`."""
        data = {
            "id": f"{self.group}-{number:04d}",
            "class": self.group,
            "kind": self.kind,
            "text": self.text,
            "published_on": self.day.isoformat(),
            "start": self.start,
            "end": self.end,
            "right": self.right,
        }
        return json.dumps(data, ensure_ascii=False)

    def is_at(self, finding: Finding) -> bool:
        """Tell whether a finding lies on the damaged place, or beside a deleted character."""
        return finding.span.start <= self.end and self.start <= finding.span.end

    def is_right(self, finding: Finding) -> bool:
        """Tell whether the first suggestion gives the original sentence back."""
        if not finding.suggestions:
            return False
        span, text = finding.span, self.text
        mended = text[: span.start] + finding.suggestions[0] + text[span.end :]
        return mended == text[: self.start] + self.right + text[self.end :]


class Maker(Protocol):
    """Makes cases of one class; a kind that does not apply to a sentence gives None."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of the class, each of which gets an equal share."""
        ...

    def make(self, kind: str, sentence: Sentence) -> Case | None:
        """Return the sentence with an error of that kind."""
        ...
