"""Settle what several checkers say, list to list."""

from bisect import bisect
from collections.abc import Iterable
from dataclasses import replace

from textcheck.document import BlockKind, Document, Span, attachment_at
from textcheck.finding import Finding, Severity

__all__ = [
    "at_least",
    "in_text_order",
    "marked_reposts",
    "named_attachments",
    "one_per_place",
    "own_words",
]


def at_least(findings: Iterable[Finding], severity: Severity) -> list[Finding]:
    """Return the findings of that severity or worse."""
    return [finding for finding in findings if finding.severity >= severity]


def one_per_place(findings: Iterable[Finding]) -> list[Finding]:
    """
    Keep one finding where several overlap.

    The worst wins, then the surer, the longer, the one with a suggestion, the earlier, the lower
    code: a total order, so the result does not depend on the order of checkers.
    """
    kept: list[Finding] = []
    starts: list[int] = []  # of the kept spans, ascending, with their ends beside them
    ends: list[int] = []
    for finding in sorted(findings, key=_precedence):
        start, end = finding.span.start, finding.span.end
        at = bisect(starts, start)
        if (at and ends[at - 1] > start) or (at < len(starts) and starts[at] < end):
            continue
        kept.append(finding)
        starts.insert(at, start)
        ends.insert(at, end)
    return kept


def _precedence(finding: Finding) -> tuple[object, ...]:
    span = finding.span
    return (
        -finding.severity,
        -finding.confidence,
        span.start - span.end,
        not finding.suggestions,
        span.start,
        finding.rule.code,
        finding.message,
    )


def in_text_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort by place, then by code."""
    return sorted(findings, key=lambda finding: (finding.span, finding.rule.code))


def own_words(findings: Iterable[Finding], document: Document) -> list[Finding]:
    """Leave out what stands in somebody else's text, which the account only passed on."""
    quoted = _quoted(document)
    return [item for item in findings if not any(item.span.overlaps(span) for span in quoted)]


def marked_reposts(findings: Iterable[Finding], document: Document) -> list[Finding]:
    """Say of what stands in somebody else's text that it does."""
    quoted = _quoted(document)
    return [
        replace(item, message=f"{item.message}（转载的文字）")
        if any(item.span.overlaps(span) for span in quoted)
        else item
        for item in findings
    ]


def named_attachments(findings: Iterable[Finding], document: Document) -> list[Finding]:
    """Say of what stands in an attachment in which one."""
    if not any(block.kind is BlockKind.ATTACHMENT for block in document.blocks):
        return list(findings)
    return [
        replace(item, message=f"{item.message}（在附件“{name}”中）") if name else item
        for item in findings
        for name in [attachment_at(document, item.span)]
    ]


def _quoted(document: Document) -> list[Span]:
    return [block.span for block in document.blocks if block.kind is BlockKind.QUOTED]
