"""One document, or several at once, through all checkers."""

from collections.abc import Iterable, Iterator, Sequence

from textcheck.checkers.base import Checker, LooksAhead
from textcheck.document import BlockKind, Document
from textcheck.escalate import escalated
from textcheck.finding import Finding, Severity
from textcheck.refine import (
    at_least,
    in_text_order,
    marked_reposts,
    named_attachments,
    one_per_place,
    own_words,
)

__all__ = ["batches", "check", "check_all", "counted", "look_through"]

_TOGETHER = 120_000  # characters: with fewer the calls of NumPy tell, with more nothing is won


def check(document: Document, checkers: Sequence[Checker]) -> list[Finding]:
    """Return what is wrong with document, in text order; words of the platform are left out."""
    found = [finding for checker in checkers for finding in checker.check(document)]
    if not found:
        return found
    unchecked = [block.span for block in document.blocks if block.kind is BlockKind.UI]
    found = [
        finding for finding in found if not any(finding.span.overlaps(span) for span in unchecked)
    ]
    return escalated(in_text_order(one_per_place(found)), document)


def counted(
    findings: Sequence[Finding], document: Document, *, reposts_count: bool
) -> list[Finding]:
    """
    Return what counts against an account of what was found; hints are for editors, not for lists.

    Somebody else's text that the account passed on counts, marked 转载, or is left out; what
    stands in an attachment is told by its name.
    """
    found = named_attachments(at_least(findings, Severity.ORDINARY), document)
    return (marked_reposts if reposts_count else own_words)(found, document)


def check_all(
    documents: Iterable[Document], checkers: Sequence[Checker]
) -> Iterator[list[Finding]]:
    """
    Yield what check returns for each document, in half the time where they are short.

    Documents are taken from the iterable some ahead of what is yielded.
    """
    for together in batches(documents):
        look_through(together, checkers)
        for document in together:
            yield check(document, checkers)


def look_through(documents: Sequence[Document], checkers: Sequence[Checker]) -> None:
    """Let the checkers see what is checked next, one after the other."""
    for checker in checkers:
        if isinstance(checker, LooksAhead):
            checker.look_through(documents)


def batches(documents: Iterable[Document], most: int = _TOGETHER) -> Iterator[list[Document]]:
    """Yield the documents in runs of at most so many characters, a longer one by itself."""
    together: list[Document] = []
    size = 0
    for document in documents:
        if together and size + len(document.text) > most:
            yield together
            together, size = [], 0
        together.append(document)
        size += len(document.text)
    if together:
        yield together
