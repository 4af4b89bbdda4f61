"""Settle what several checkers say, list to list."""

from bisect import bisect
from collections.abc import Iterable

from textcheck.finding import Finding, Severity

__all__ = ["at_least", "in_text_order", "one_per_place"]


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
