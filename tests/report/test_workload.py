"""False alarms, time and agreement by rule, from decisions alone."""

from datetime import datetime, timedelta

import pytest

from textcheck.config import CHINA
from textcheck.report.workload import Agreement, agreement_of, work_by_rule
from textcheck.review import EVERYWHERE, Decision, Verdict
from textcheck.store.opinions import Opinion

FOUND = datetime(2026, 5, 1, 3, tzinfo=CHINA)
C, D, W = Decision.CONFIRM, Decision.DISMISS, Decision.WITHDRAW


def said(  # noqa: PLR0913 # what varies
    issue: str,
    reviewer: str,
    decision: Decision,
    minute: float = 0,
    *,
    reason: str = "规则有误",
    code: str = "FRM301",
) -> Opinion:
    at = FOUND + timedelta(hours=6, minutes=minute)
    why = reason if decision is D else ""
    return Opinion(code, FOUND, Verdict(issue, EVERYWHERE, decision, why, reviewer, at))


def drawn(*pairs: tuple[Decision, Decision]) -> list[Opinion]:
    """Return what two said, one after the other, of issues that were drawn."""
    return [
        said(f"00{number:x}", reviewer, decision)
        for number, pair in enumerate(pairs)
        for reviewer, decision in zip("甲乙", pair, strict=True)
    ]


def test_the_rule_that_wastes_the_most_time_stands_first() -> None:
    opinions = [
        said("f1", "甲", C, 0, code="NAM101"),
        said("f2", "甲", D, 2, code="WRD801"),
        said("f3", "甲", D, 2.5, code="FRM301"),
        said("f4", "甲", C, 4, code="WRD801"),
        said("f5", "甲", D, 40, code="FRM301", reason="重复"),  # no false alarm, after a pause
        said("f4", "乙", D, 41, code="WRD801"),
    ]
    worst, second, third = work_by_rule(opinions)
    assert (worst.rule_code, worst.dismissed, worst.disputed) == ("WRD801", 1, 1)
    assert (worst.wasted, worst.false_alarms) == (timedelta(minutes=2), 1)
    assert (second.rule_code, second.wasted) == ("FRM301", timedelta(minutes=0.5))
    assert second.reasons == (("规则有误", 1),)
    assert (third.rule_code, third.confirmed, third.false_alarms) == ("NAM101", 1, 0)
    assert third.waited == timedelta(hours=6)


def test_what_was_taken_back_is_no_decision() -> None:
    [work] = work_by_rule([said("f1", "甲", D), said("f1", "甲", W, 1)])
    assert (work.confirmed, work.dismissed, work.false_alarms) == (0, 0, None)
    assert work_by_rule([]) == []


@pytest.mark.parametrize(
    ("opinions", "expected"),
    [
        ([], Agreement(0, 0, None)),
        (drawn((C, C), (C, C)), Agreement(2, 2, None)),  # nobody could have disagreed
        (drawn((C, C), (D, D)), Agreement(2, 2, 1.0)),
        (drawn((C, D), (D, C)), Agreement(2, 0, -1.0)),
        # Cohen's own form: 20 both yes, 15 both no, 5 and 10 apart; kappa is 0.4.
        (
            drawn(*[(C, C)] * 20, *[(C, D)] * 5, *[(D, C)] * 10, *[(D, D)] * 15),
            Agreement(50, 35, 0.4),
        ),
        ([said("ff", "甲", C), said("ff", "乙", C)], Agreement(0, 0, None)),  # not drawn
        ([said("01", "甲", C)], Agreement(0, 0, None)),  # one alone
        # The first word counts, what came after looking does not; a slip taken back is none.
        (
            [said("01", "甲", C), said("01", "乙", D), said("01", "乙", C)],
            Agreement(1, 0, 0.0),
        ),
        (
            [said("01", "甲", D), said("01", "甲", W), said("01", "甲", C), said("01", "乙", C)],
            Agreement(1, 1, None),
        ),
    ],
)
def test_agreement_is_cohen_s_kappa_of_the_first_two(
    opinions: list[Opinion], expected: Agreement
) -> None:
    found = agreement_of(opinions)
    assert (found.pairs, found.same) == (expected.pairs, expected.same)
    assert found.kappa == (None if expected.kappa is None else pytest.approx(expected.kappa))
