"""Enumerations in a fixed order: a part left out, or two exchanged."""

from collections.abc import Iterator
from dataclasses import replace

from textcheck.checkers.slip import about_errors, at_most
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.enumerations import ENUMERATIONS, Enumeration
from textcheck.lexicon.lexicon import Lexicon
from textcheck.text.works import in_title

__all__ = ["EnumerationChecker"]

WRONG_ENUMERATION = Rule(
    "FRM305", Severity.SERIOUS, "列举不全或次序有误", "lexicons/enumerations.tsv"
)

_CONFIDENCE = 0.9
# Beside these the list goes on: it is another one.
_GOES_ON = ("、", "和", "与", "及", "以及")


class EnumerationChecker:
    """
    FRM305: a list that official texts write in one order has a part too few, or two exchanged.

    Only the writings that clean texts hardly ever have are flagged; a part of a list, a longer
    list, and titles in 《》 are left alone.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon and the table."""
        self._lexicon = lexicon
        self._enumerations = lexicon.tables.enumerations

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rule."""
        return (WRONG_ENUMERATION,)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each list gone wrong, of several at one place the longest."""
        text, kept = document.text, list[tuple[Span, Enumeration]]()
        standing = self._lexicon.standing(text, ENUMERATIONS)
        for number, start, stop in sorted(standing, key=lambda one: one[1] - one[2]):
            row, span = self._enumerations.meant(number), Span(start, stop)
            if not row.holds(document.published_on) or not _is_whole(text, start, stop):
                continue
            inside = [at for at, (other, _) in enumerate(kept) if other.overlaps(span)]
            if not inside:
                kept.append((span, row))
            # The same list with more words around it is as grave as the list itself.
            for at in inside:
                longer, entry = kept[at]
                kept[at] = (longer, replace(entry, level=max(entry.level, row.level)))
        for span, row in kept:
            yield _finding(document, row, span)


def _is_whole(text: str, start: int, stop: int) -> bool:
    """Tell whether a list begins and ends there, outside of a title."""
    if text.endswith(_GOES_ON[:1], 0, start) or text.startswith(_GOES_ON, stop):
        return False
    return not in_title(text, Span(start, stop))


def _finding(document: Document, row: Enumeration, span: Span) -> Finding:
    severity = at_most(row.level, row.citation)
    return Finding(
        rule=WRONG_ENUMERATION,
        span=span,
        severity=Severity.HINT if about_errors(document, span) else severity,
        confidence=_CONFIDENCE,
        message=f"{WRONG_ENUMERATION.title}：“{span.of(document.text)}”应为“{row.form}”",
        suggestions=(row.form,),
        basis=f"{WRONG_ENUMERATION.basis} {row.id}（{row.citation.text}）",
    )
