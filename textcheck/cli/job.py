"""One call of textcheck check: how to judge, and what it comes to."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import click

from textcheck.cli.tools import Tools
from textcheck.document import Document
from textcheck.engine import Outcome, checked
from textcheck.errors import CheckError
from textcheck.finding import Severity
from textcheck.refine import at_least
from textcheck.report.terminal import Tally, model_told, shown

__all__ = ["FINDINGS", "NOT_READ", "Job", "say"]

FINDINGS, NOT_READ = 1, 2
"""Exit statuses; what was not read outweighs what was found."""

_HALF_PAIR = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Job:
    """What to check with, as of which day, and how bad is bad; no `published` means today."""

    tools: Tools
    published: date | None
    fail_on: Severity
    min_level: Severity
    jobs: int = 1

    @property
    def day(self) -> date:
        """Return the day that a text without a date of its own is judged as of."""
        return self.published or self.tools.today

    @property
    def made_with(self) -> str:
        """Say which model and which lexicon judge."""
        return f"{model_told(self.tools.model)}；词库日期 {self.tools.lexicon.day:%Y-%m-%d}"

    def outcomes(self, documents: Iterable[Document]) -> Iterator[Outcome]:
        """Yield what is to be reported of each document, of which some are taken ahead."""
        for _, outcome in checked(map(_whole, documents), self.tools.crew(self.jobs)):
            if isinstance(outcome, CheckError):
                yield outcome
            else:
                yield at_least(outcome, self.min_level)

    def status(self, tally: Tally) -> int:
        """Return the exit status."""
        if tally.unread or tally.partial:
            return NOT_READ
        failing = sum(count for level, count in tally.found.items() if level >= self.fail_on)
        return FINDINGS if failing else 0


def _whole(document: Document) -> Document:
    """Return a document without halves of surrogate pairs, which JSON can carry."""
    return replace(document, text=_HALF_PAIR.sub("\ufffd", document.text))


def say(message: str) -> None:
    """Tell the user something that is no finding."""
    click.echo(shown(message), err=True)
