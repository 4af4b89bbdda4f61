"""The protocol of a checker."""

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from textcheck.document import Document
from textcheck.finding import Finding, Rule

__all__ = ["Checker", "LooksAhead"]


class Checker(Protocol):
    """
    One family of rules.

    Gets its lexicon when it is built and sees only the document when it runs, so it
    is a pure function in effect: safe to run in parallel, tested with a small lexicon.
    """

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return every rule that this checker may report."""
        ...

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield what is wrong, in any order."""
        ...


@runtime_checkable
class LooksAhead(Protocol):
    """A checker that is faster where it sees several documents before it checks each."""

    def look_through(self, documents: Sequence[Document]) -> None:
        """Look through what is checked next; what check says stays the same."""
        ...
