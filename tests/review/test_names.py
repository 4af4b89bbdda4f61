"""A leader's name is excluded by several, one of them an approver; a word can be taken back."""

from datetime import datetime, timedelta

import pytest

from textcheck.config import CHINA
from textcheck.finding import Severity
from textcheck.review import (
    Decision,
    Standing,
    State,
    Verdict,
    lacks_approval,
    last_words,
    standing,
    together,
)

NOW = datetime(2026, 5, 1, 9, tzinfo=CHINA)
WORDS = {"+": Decision.CONFIRM, "-": Decision.DISMISS, "~": Decision.WITHDRAW}


def said(words: str, scope: str = "everywhere") -> list[Verdict]:
    """Read 甲+ 乙- 乙~: 甲 confirms, 乙 dismisses and takes that back."""
    return [
        Verdict("f", scope, WORDS[word[-1]], "", word[:-1], NOW + timedelta(minutes=minute))
        for minute, word in enumerate(words.split())
    ]


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("甲-", State.IN_REVIEW),
        ("甲- 甲-", State.IN_REVIEW),
        ("甲- 乙-", State.DISMISSED),
        ("甲- 乙+", State.DISPUTED),
    ],
)
def test_it_takes_two_to_exclude_a_leader_s_name(
    severity: Severity, words: str, state: State
) -> None:
    assert standing(said(words), severity, "NAM101").state(2) is state


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("甲+ 甲~", State.PENDING),
        ("甲+ 乙+ 乙~", State.IN_REVIEW),
        ("甲+ 甲- 甲~", State.IN_REVIEW),  # what was said before holds again
        ("甲~", State.PENDING),  # nothing to take back
        ("甲+ 甲~ 甲~", State.PENDING),
        ("甲+ 甲~ 甲+", State.IN_REVIEW),
        ("甲+ 乙- 乙~ 乙+", State.CONFIRMED),
    ],
)
def test_a_word_that_is_taken_back_no_longer_counts(words: str, state: State) -> None:
    assert standing(said(words), Severity.SERIOUS, "FRM301").state(2) is state


def test_a_withdrawal_takes_back_what_was_said_in_its_scope() -> None:
    verdicts = [*said("甲+"), *said("甲-", "account:a"), *said("甲~")]
    assert last_words(verdicts) == {"甲": Decision.DISMISS}


@pytest.mark.parametrize(
    ("words", "code", "confirmations", "approvers", "lacks"),
    [
        ("甲- 乙-", "NAM101", 2, "", True),
        ("甲- 乙-", "NAM101", 2, "丙", True),
        ("甲- 乙-", "NAM101", 2, "甲", False),
        ("甲- 乙-", "NAM101", 2, "乙", False),
        ("甲-", "NAM101", 2, "", False),  # not excluded yet
        ("甲-", "NAM101", 1, "", True),
        ("甲- 乙-", "FRM301", 2, "", False),
        ("甲+ 乙+", "NAM101", 2, "", False),
        ("甲- 乙- 乙~ 丙-", "NAM101", 2, "乙", True),
    ],
)
def test_an_excluded_name_needs_an_approver(
    words: str, code: str, confirmations: int, approvers: str, *, lacks: bool
) -> None:
    found = lacks_approval(
        said(words),
        Severity.SERIOUS,
        code,
        confirmations=confirmations,
        approvers=set(approvers),
    )
    assert found is lacks


@pytest.mark.parametrize(
    ("standings", "whole"),
    [
        ([(State.PENDING, None), (State.DISPUTED, None)], (State.DISPUTED, None)),
        ([(State.CONFIRMED, 2), (State.PENDING, None)], (State.PENDING, None)),
        ([(State.CONFIRMED, 2), (State.CONFIRMED, 1)], (State.CONFIRMED, 1)),
        ([(State.CONFIRMED, None), (State.DISMISSED, 1)], (State.CONFIRMED, 1)),
        ([(State.DISMISSED, None), (State.DISMISSED, None)], (State.DISMISSED, None)),
    ],
)
def test_what_needs_a_reviewer_first_stands_for_the_issue(
    standings: list[tuple[State, int | None]], whole: tuple[State, int | None]
) -> None:
    assert together(Standing(*each) for each in standings) == Standing(*whole)
