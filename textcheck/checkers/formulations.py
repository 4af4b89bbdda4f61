"""Fixed formulations with a character wrong, missing, extra or swapped."""

from collections.abc import Iterator
from dataclasses import replace

from textcheck.checkers.slip import finding_of
from textcheck.document import Document
from textcheck.finding import Finding, Rule, Severity
from textcheck.lexicon.entry import EntryKind
from textcheck.lexicon.lexicon import Lexicon

__all__ = ["FormulationChecker"]

DAMAGED_FORMULATION = Rule("FRM301", Severity.SERIOUS, "固定表述有误", "lexicons/formulations.tsv")
DAMAGED_CLAUSE = Rule("FRM302", Severity.ORDINARY, "常用语句有误", "lexicons/clauses.tsv")


class FormulationChecker:
    """
    FRM301: a fixed formulation with one character wrong, missing, extra, doubled or swapped.

    Lawful variants stand in the table beside the form, lawful neighbours in allowed.tsv. A
    form that was not yet in use on the day of publication is not held against a text.

    FRM302: the same in a clause that official texts repeat word for word; ordinary, and a
    hint where another word may be meant.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return both rules."""
        return (DAMAGED_FORMULATION, DAMAGED_CLAUSE)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each damaged formulation."""
        day = document.published_on
        for slip in self._lexicon.slips(document.text, EntryKind.FORMULATION):
            if day is None or slip.entry.since is None or slip.entry.since <= day:
                yield finding_of(slip, DAMAGED_FORMULATION, document)
        for slip in self._lexicon.slips(document.text, EntryKind.CLAUSE):
            finding = finding_of(slip, DAMAGED_CLAUSE, document)
            # A clause is what many happen to write: 数智政府 is another choice than 数字政府.
            yield replace(finding, severity=Severity.HINT) if slip.free else finding
