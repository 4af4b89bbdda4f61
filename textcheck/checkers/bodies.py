"""Names of the country and of Party, state and military bodies with a slip in them."""

from collections.abc import Iterator

from textcheck.checkers.slip import finding_of
from textcheck.document import Document
from textcheck.finding import Finding, Rule, Severity
from textcheck.lexicon.entry import EntryKind
from textcheck.lexicon.lexicon import Lexicon

__all__ = ["BodyChecker"]

DAMAGED_BODY = Rule("ORG401", Severity.SERIOUS, "国家和机构名称有误", "lexicons/bodies.tsv")


class BodyChecker:
    """ORG401: the name of a body with one character wrong, missing, extra, doubled or swapped."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rule."""
        return (DAMAGED_BODY,)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each damaged name."""
        for slip in self._lexicon.slips(document.text, EntryKind.BODY):
            yield finding_of(slip, DAMAGED_BODY, document)
