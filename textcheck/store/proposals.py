"""
What reviewers propose for the lexicon, and what its keepers answered.

Whoever excludes an issue because a rule is wrong, or knew nothing of a namesake or an earlier
time, proposes to change the lexicon for these words. One proposal holds all that was said of one
rule and one wrong form; taking the decisions back takes the proposal back.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, select

from textcheck.errors import ConfigError, ForbiddenError, StoreError
from textcheck.review import PROPOSING, Decision, Verdict, not_withdrawn
from textcheck.store.events import Event, append_events
from textcheck.store.findings import load_issues
from textcheck.store.issue import Issue
from textcheck.store.tables import proposals as table
from textcheck.store.tables import verdicts
from textcheck.store.verdicts import verdicts_of
from textcheck.user import Right, User

__all__ = [
    "Answer",
    "Proposal",
    "ProposalState",
    "accepted_rows",
    "answer_proposal",
    "read_proposals",
]

_MOST = 2_000  # decisions, the newest: more wait for nobody
_SAMPLES = 3


class ProposalState(StrEnum):
    """What became of a proposal; the value is what users see."""

    OPEN = "待处理"
    ACCEPTED = "采纳"
    REFUSED = "不采纳"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a keeper said of a proposal; `cells` are the row of the table of lawful forms."""

    state: ProposalState
    by: str
    at: datetime
    note: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    All that was said against a rule in some words.

    `samples` are some of the issues; where more was said after the answer it is open again.
    """

    rule_code: str
    quote: str
    suggestions: tuple[str, ...]
    basis: str
    issues: int
    reasons: tuple[tuple[str, int], ...]
    reviewers: tuple[str, ...]
    notes: tuple[str, ...]
    samples: tuple[Issue, ...]
    said_at: datetime
    answer: Answer | None

    @property
    def state(self) -> ProposalState:
        """Return what became of it."""
        if self.answer is None or self.answer.at < self.said_at:
            return ProposalState.OPEN
        return self.answer.state


def read_proposals(connection: Connection) -> list[Proposal]:
    """Return what reviewers propose, the open ones first, those of the most issues before."""
    reasons = [reason.value for reason in PROPOSING]
    newest = connection.execute(
        select(verdicts.c.fingerprint)
        .where(verdicts.c.decision == Decision.DISMISS.value, verdicts.c.reason.in_(reasons))
        .order_by(verdicts.c.id.desc())
        .limit(_MOST)
    ).scalars()
    said = {
        fingerprint: against
        for fingerprint, words in verdicts_of(connection, newest).items()
        if (against := [word for word in not_withdrawn(words) if word.reason in reasons])
    }
    groups: defaultdict[tuple[str, str], list[Issue]] = defaultdict(list)
    for issue in load_issues(connection, said).values():
        groups[issue.rule_code, issue.quote].append(issue)
    answers = _answers(connection)
    found = [
        _proposal(issues, [word for issue in issues for word in said[issue.fingerprint]], answer)
        for key, issues in groups.items()
        for answer in [answers.get(key)]
    ]
    return sorted(
        found,
        key=lambda item: (
            item.state is not ProposalState.OPEN,
            -item.issues,
            item.rule_code,
            item.quote,
        ),
    )


def answer_proposal(  # noqa: PLR0913 # who answers what to which proposal
    connection: Connection,
    by: User,
    rule_code: str,
    quote: str,
    state: ProposalState,
    *,
    note: str,
    cells: Mapping[str, str],
    now: datetime,
) -> None:
    """Accept or refuse a proposal; raise StoreError where nobody proposes that."""
    if not by.may(Right.KEEP):
        raise ForbiddenError(f"用户“{by.name}”不是词库员")
    known = {(item.rule_code, item.quote): item for item in read_proposals(connection)}
    proposal = known.get((rule_code, quote))
    if proposal is None:
        raise StoreError("没有这条词库建议，可能已被撤回")
    if state is ProposalState.REFUSED and not note:
        raise ConfigError("不采纳的请写明原因，提出的人看得到")
    said = {"rule_code": rule_code, "quote": quote, "state": state.value, "by": by.name}
    row = {**said, "note": note, "cells": dict(cells)}
    connection.execute(table.insert().values(**row, at=now))
    subject = proposal.samples[0].fingerprint
    append_events(connection, [Event(now, by.name, "proposal", subject, row)])


def accepted_rows(connection: Connection) -> Sequence[Mapping[str, str]]:
    """Return the rows that were accepted for the table of lawful forms, the last answer to each."""
    return [
        answer.cells
        for answer in _answers(connection).values()
        if answer.state is ProposalState.ACCEPTED and answer.cells
    ]


def _answers(connection: Connection) -> dict[tuple[str, str], Answer]:
    """Return the last answer to each proposal."""
    return {
        (row.rule_code, row.quote): Answer(
            ProposalState(row.state), row.by, row.at, row.note, row.cells
        )
        for row in connection.execute(select(table).order_by(table.c.id))
    }


def _proposal(issues: Sequence[Issue], said: Iterable[Verdict], answer: Answer | None) -> Proposal:
    words = sorted(said, key=lambda word: word.decided_at)
    first = issues[0]
    return Proposal(
        rule_code=first.rule_code,
        quote=first.quote,
        suggestions=first.suggestions,
        basis=first.basis,
        issues=len(issues),
        reasons=tuple(Counter(word.reason for word in words).most_common()),
        reviewers=tuple(dict.fromkeys(word.reviewer for word in words)),
        notes=tuple(dict.fromkeys(word.note for word in words if word.note)),
        samples=tuple(issues[:_SAMPLES]),
        said_at=words[-1].decided_at,
        answer=answer,
    )
