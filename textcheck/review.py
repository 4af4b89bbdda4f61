"""What reviewers decide, and when a decision stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from textcheck.finding import Severity

__all__ = ["Decision", "DismissReason", "State", "Verdict", "standing"]


class Decision(StrEnum):
    """What one reviewer says of one issue."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"


class DismissReason(StrEnum):
    """Why a flag is not an error of the account; the value is what users see."""

    QUOTED = "引用或历史表述"
    NAMESAKE = "同名不同人"
    VALID_THEN = "当时有效"
    WRONG_RULE = "规则有误"
    EXTRACTION = "识别或抽取错误"
    NOT_SERIOUS = "不属严重错误"
    DUPLICATE = "重复"
    OTHER = "其他"


class State(StrEnum):
    """Where an issue stands; the value is what users see."""

    PENDING = "待核"
    IN_REVIEW = "复核中"
    DISPUTED = "存疑"
    CONFIRMED = "确认"
    DISMISSED = "排除"


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    One reviewer's decision; appended, never changed.

    `scope` says how far it reaches: "everywhere", "account:ID" or "article:ID".
    `reason` is a DismissReason's value for a dismissal, "" for a confirmation.
    """

    fingerprint: str
    scope: str
    decision: Decision
    reason: str
    reviewer: str
    decided_at: datetime
    note: str = ""


def standing(verdicts: Iterable[Verdict], severity: Severity, confirmations: int) -> State:
    """
    Return the state of an issue after all verdicts that reach it, oldest first.

    A reviewer's last word counts. A serious issue is confirmed by `confirmations`
    different reviewers, a lesser one by a single one. Reviewers who disagree leave it disputed.
    """
    last = {verdict.reviewer: verdict.decision for verdict in verdicts}
    confirmed = sum(decision is Decision.CONFIRM for decision in last.values())
    dismissed = len(last) - confirmed
    if confirmed and dismissed:
        return State.DISPUTED
    if dismissed:
        return State.DISMISSED
    if not confirmed:
        return State.PENDING
    needed = confirmations if severity is Severity.SERIOUS else 1
    return State.CONFIRMED if confirmed >= needed else State.IN_REVIEW
