"""Fixed formulations with a character wrong, missing, extra or swapped."""

from collections.abc import Iterator
from dataclasses import replace

from textcheck.checkers.slip import finding_of
from textcheck.document import Document
from textcheck.finding import Finding, Rule, Severity
from textcheck.lexicon.entry import EntryKind
from textcheck.lexicon.fuzzy import Edit
from textcheck.lexicon.lexicon import Lexicon
from textcheck.lexicon.slips import Slip
from textcheck.text.han import is_rare

__all__ = ["FormulationChecker"]

DAMAGED_FORMULATION = Rule("FRM301", Severity.SERIOUS, "固定表述有误", "lexicons/formulations.tsv")
DAMAGED_CLAUSE = Rule("FRM302", Severity.ORDINARY, "常用语句有误", "lexicons/clauses.tsv")

# Of what is surer, 80 million characters of news, reports and Party papers have one of each in a
# million, half of them misprints. A strange character in a clause of four makes another clause of
# the same build as a rule: 一网统飞 after 一网统管.
_SURE, _SURE_IN_CLAUSE, _SURE_OF_STRANGER = 0.3, 0.6, 0.85
_BUILT_ALIKE = 4


class FormulationChecker:
    """
    FRM301: a fixed formulation with one character wrong, missing, extra, doubled or swapped.

    Lawful variants stand in the table beside the form, lawful neighbours in allowed.tsv. A
    form that was not yet in use on the day of publication is not held against a text.

    FRM302: the same in a clause that official texts repeat word for word.

    Where another word may be meant, only a sure slip is serious, and one in a clause that is no
    formulation a hint.
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
                finding = finding_of(slip, DAMAGED_FORMULATION, document, _SURE)
                yield _weighed(slip, finding, document.text)
        for slip in self._lexicon.slips(document.text, EntryKind.CLAUSE):
            finding = _weighed(slip, finding_of(slip, DAMAGED_CLAUSE, document), document.text)
            # A clause is what many happen to write: 数智政府 is another choice than 数字政府.
            if slip.free and slip.entry.level < Severity.SERIOUS:
                finding = replace(finding, severity=Severity.HINT)
            yield finding


def _weighed(slip: Slip, finding: Finding, text: str) -> Finding:
    """Return a finding that is serious only where no other choice of words is likely."""
    if not slip.free:
        return finding
    in_clause = slip.entry.kind is EntryKind.CLAUSE
    if slip.edit is Edit.WRONG:
        alike = in_clause and len(slip.right) <= _BUILT_ALIKE
        another = alike and not any(map(is_rare, finding.span.of(text)))
        sure = slip.confidence >= _SURE_OF_STRANGER and not another
    else:
        sure = not in_clause or slip.confidence >= _SURE_IN_CLAUSE
    least = finding.severity if sure else Severity.ORDINARY
    return replace(finding, severity=min(finding.severity, least))
