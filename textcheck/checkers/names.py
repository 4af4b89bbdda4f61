"""Leaders' names with a character wrong, missing, extra or swapped."""

from collections.abc import Iterator

from textcheck.checkers.slip import finding_of
from textcheck.document import Document
from textcheck.finding import Finding, Rule, Severity
from textcheck.lexicon.entry import EntryKind
from textcheck.lexicon.lexicon import Lexicon

__all__ = ["NameChecker"]

MISSPELT_NAME = Rule("NAM101", Severity.SERIOUS, "领导人姓名有误", "lexicons/persons.tsv")


class NameChecker:
    """
    NAM101: a leader's name with one character wrong, missing, extra, doubled or swapped.

    A name of the first rank is found by itself, any other with its title, rank or neighbours:
    an ordinary person may have a name that is one character away from a minister's.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rule."""
        return (MISSPELT_NAME,)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each damaged name."""
        for slip in self._lexicon.slips(document.text, EntryKind.PERSON):
            yield finding_of(slip, MISSPELT_NAME, document)
