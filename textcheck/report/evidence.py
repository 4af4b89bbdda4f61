"""What a line of the list rests on, finding by finding."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from textcheck.document import Span
from textcheck.edition import Edition
from textcheck.finding import Severity
from textcheck.review import State

__all__ = ["Evidence", "clip", "evidence_for"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    One finding in one article, as the files show it.

    `quote` is the wrong words' place in `sentence`; `digest` names the text that was read;
    `reviewers` are those who confirmed it, `run_id` the scan that found it.
    """

    account_id: str
    account: str
    county: str
    title: str
    url: str
    published_on: date | None
    code: str
    severity: Severity
    state: State
    sentence: str
    quote: Span
    message: str
    basis: str
    suggestions: tuple[str, ...]
    reviewers: tuple[str, ...]
    digest: str
    run_id: str


def evidence_for(edition: Edition, evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return the confirmed serious findings that put the edition's accounts on it, in its order."""
    place = {line.account_id: number for number, line in enumerate(edition.lines)}
    days = {line.account_id: line.dates for line in edition.lines}
    behind = [
        item
        for item in evidence
        if item.state is State.CONFIRMED
        and item.severity is Severity.SERIOUS
        and item.published_on in days.get(item.account_id, ())
    ]
    return sorted(
        behind, key=lambda item: (place[item.account_id], item.published_on, item.url, item.quote)
    )


def clip(sentence: str, quote: Span, around: int) -> tuple[str, str, str]:
    """
    Return what stands before, in and after the quote, at most `around` characters each side.

    >>> clip("一二三四五六七", Span(3, 4), 2)
    ('…二三', '四', '五六…')
    """
    before, after = sentence[: quote.start], sentence[quote.end :]
    if len(before) > around:
        before = "…" + before[len(before) - around :]
    if len(after) > around:
        after = after[:around] + "…"
    return before, quote.of(sentence), after
