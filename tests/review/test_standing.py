from datetime import datetime, timedelta

import pytest

from textcheck.config import CHINA
from textcheck.finding import Severity
from textcheck.review import Decision, State, Verdict, standing

NOW = datetime(2026, 5, 1, 9, tzinfo=CHINA)


def said(words: str) -> list[Verdict]:
    """Read 甲+ 乙-: 甲 confirms, then 乙 dismisses."""
    return [
        Verdict(
            fingerprint="f",
            scope="everywhere",
            decision=Decision.CONFIRM if word[-1] == "+" else Decision.DISMISS,
            reason="" if word[-1] == "+" else "重复",
            reviewer=word[:-1],
            decided_at=NOW + timedelta(minutes=minute),
        )
        for minute, word in enumerate(words.split())
    ]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("", State.PENDING),
        ("甲+", State.IN_REVIEW),
        ("甲+ 甲+", State.IN_REVIEW),  # one reviewer twice counts once
        ("甲+ 乙+", State.CONFIRMED),
        ("甲+ 乙+ 丙+", State.CONFIRMED),
        ("甲-", State.DISMISSED),
        ("甲- 乙-", State.DISMISSED),
        ("甲+ 乙-", State.DISPUTED),
        ("甲+ 乙+ 丙-", State.DISPUTED),  # a majority does not outvote
        ("甲- 甲+", State.IN_REVIEW),  # the last word counts
        ("甲+ 乙- 乙+", State.CONFIRMED),
        ("甲+ 甲- 乙+ 乙-", State.DISMISSED),
    ],
)
def test_a_serious_issue_stands_where_two_reviewers_put_it(words: str, state: State) -> None:
    assert standing(said(words), Severity.SERIOUS, "FRM301").state(2) is state


@pytest.mark.parametrize("severity", [Severity.ORDINARY, Severity.HINT])
@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("", State.PENDING),
        ("甲+", State.CONFIRMED),
        ("甲-", State.DISMISSED),
        ("甲+ 乙-", State.DISPUTED),
    ],
)
def test_a_lesser_issue_takes_one_reviewer(severity: Severity, words: str, state: State) -> None:
    assert standing(said(words), severity, "FRM301").state(2) is state


@pytest.mark.parametrize(
    ("words", "confirmations", "state"),
    [
        ("甲+", 1, State.CONFIRMED),
        ("甲+ 乙+", 3, State.IN_REVIEW),
        ("甲+ 乙+ 丙+", 3, State.CONFIRMED),
        ("", 0, State.PENDING),  # nothing is confirmed by nobody
        ("甲+", 0, State.CONFIRMED),
    ],
)
def test_the_office_says_how_many_must_confirm(
    words: str, confirmations: int, state: State
) -> None:
    assert standing(said(words), Severity.SERIOUS, "FRM301").state(confirmations) is state
