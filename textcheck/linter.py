"""One document through all checkers."""

from collections.abc import Sequence

from textcheck.checkers.base import Checker
from textcheck.document import BlockKind, Document
from textcheck.finding import Finding
from textcheck.refine import in_text_order, one_per_place

__all__ = ["check"]


def check(document: Document, checkers: Sequence[Checker]) -> list[Finding]:
    """Return what is wrong with document, in text order; words of the platform are left out."""
    found = [finding for checker in checkers for finding in checker.check(document)]
    unchecked = [block.span for block in document.blocks if block.kind is BlockKind.UI]
    found = [
        finding for finding in found if not any(finding.span.overlaps(span) for span in unchecked)
    ]
    return in_text_order(one_per_place(found))
