"""What reviewers decide, how far it reaches, and when a decision stands."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from textcheck.errors import ConfigError
from textcheck.finding import Severity

__all__ = [
    "DRAWN_BELOW",
    "EVERYWHERE",
    "PROPOSING",
    "Decision",
    "DismissReason",
    "Standing",
    "State",
    "Verdict",
    "account_scope",
    "article_scope",
    "demand_complete",
    "first_words",
    "is_drawn",
    "lacks_approval",
    "last_words",
    "not_withdrawn",
    "reaching",
    "standing",
    "together",
]

EVERYWHERE = "everywhere"
"""The scope of a decision on a sentence, whoever publishes it."""

DRAWN_BELOW = "0ccccccd"
"""
Issues below it, one in twenty, are decided by two who see nothing of each other.

Fingerprints are digests: nobody chooses which, and anybody can tell afterwards.
"""

# To leave a leader's name as it is because one person said so is the costliest slip of a review.
_EXCLUDED_BY_SEVERAL = ("NAM",)


class Decision(StrEnum):
    """What one reviewer says of one issue; the last is to say no longer what was said before."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    WITHDRAW = "withdraw"

    @property
    def label(self) -> str:
        """Return the word that users see."""
        return {"confirm": "确认", "dismiss": "排除", "withdraw": "撤回"}[self.value]


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


PROPOSING = (DismissReason.NAMESAKE, DismissReason.VALID_THEN, DismissReason.WRONG_RULE)
"""The reasons that say something of the lexicon: they propose to whoever keeps it to change it."""


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
    `reason` is a DismissReason's value for a dismissal, "" otherwise.
    """

    fingerprint: str
    scope: str
    decision: Decision
    reason: str
    reviewer: str
    decided_at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """
    What was said, however many must say it: pending, disputed, confirmed or dismissed.

    `votes` counts the reviewers who say so where one is not enough; None where one is.
    """

    said: State
    votes: int | None = None

    def state(self, confirmations: int) -> State:
        """Return the state where the office asks for so many reviewers."""
        if self.votes is not None and self.votes < confirmations:
            return State.IN_REVIEW
        return self.said


def last_words(verdicts: Iterable[Verdict]) -> dict[str, Decision]:
    """
    Return what each reviewer says now, of verdicts oldest first.

    A reviewer's last word counts; a withdrawal takes back the last one in its scope.
    """
    return {word.reviewer: word.decision for word in not_withdrawn(verdicts)}


def first_words(verdicts: Iterable[Verdict]) -> dict[str, Decision]:
    """Return what each reviewer said first, of verdicts oldest first; in the order they said it."""
    found: dict[str, Decision] = {}
    for word in not_withdrawn(verdicts):
        found.setdefault(word.reviewer, word.decision)
    return found


def is_drawn(fingerprint: str) -> bool:
    """Tell whether an issue is one of those that two decide without seeing each other's words."""
    return fingerprint < DRAWN_BELOW


def standing(verdicts: Iterable[Verdict], severity: Severity, rule_code: str) -> Standing:
    """
    Return where an occurrence stands after all verdicts that reach it, oldest first.

    A serious one takes several reviewers to confirm, a leader's name several to exclude, any
    other a single one. Reviewers who disagree leave it disputed.
    """
    words = list(last_words(verdicts).values())
    confirmed = words.count(Decision.CONFIRM)
    dismissed = words.count(Decision.DISMISS)
    if confirmed and dismissed:
        return Standing(State.DISPUTED)
    if confirmed:
        return Standing(State.CONFIRMED, confirmed if severity is Severity.SERIOUS else None)
    if dismissed:
        named = rule_code.startswith(_EXCLUDED_BY_SEVERAL)
        return Standing(State.DISMISSED, dismissed if named else None)
    return Standing(State.PENDING)


def together(standings: Iterable[Standing]) -> Standing:
    """Return where an issue stands: what needs a reviewer first stands for all its occurrences."""
    every = list(standings)
    said = {item.said for item in every}
    for pressing in (State.DISPUTED, State.PENDING):
        if pressing in said:
            return Standing(pressing)
    votes = min((item.votes for item in every if item.votes is not None), default=None)
    return Standing(State.CONFIRMED if State.CONFIRMED in said else State.DISMISSED, votes)


def lacks_approval(
    verdicts: Iterable[Verdict],
    severity: Severity,
    rule_code: str,
    *,
    confirmations: int,
    approvers: Collection[str],
) -> bool:
    """Tell whether a leader's name would be excluded without an approver among those who say so."""
    reached = list(verdicts)
    stands = standing(reached, severity, rule_code)
    if stands.votes is None or stands.state(confirmations) is not State.DISMISSED:
        return False
    return not last_words(reached).keys() & set(approvers)


def account_scope(account_id: str) -> str:
    """Return the scope of all that an account publishes."""
    return f"account:{account_id}"


def article_scope(account_id: str, native_id: str) -> str:
    """Return the scope of one article, e.g. article:wx-001/MzA4:2650:1."""
    return f"article:{account_id}/{native_id}"


def not_withdrawn(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Return the decisions that were not taken back, of verdicts oldest first."""
    said: list[Verdict] = []
    for verdict in verdicts:
        if verdict.decision is not Decision.WITHDRAW:
            said.append(verdict)
            continue
        same = [
            place
            for place, word in enumerate(said)
            if (word.reviewer, word.scope) == (verdict.reviewer, verdict.scope)
        ]
        if same:
            del said[same[-1]]
    return said


def reaching(verdicts: Iterable[Verdict], account_id: str, native_id: str) -> list[Verdict]:
    """Return the decisions whose scope holds an article, in the same order."""
    scopes = {EVERYWHERE, account_scope(account_id), article_scope(account_id, native_id)}
    return [verdict for verdict in verdicts if verdict.scope in scopes]


def demand_complete(verdict: Verdict) -> None:
    """Raise ConfigError for a decision without reviewer, scope or the reason it needs."""
    _require(bool(verdict.reviewer.strip()), "缺少审核人")
    kind, _, name = verdict.scope.partition(":")
    _require(
        verdict.scope == EVERYWHERE or (kind in {"account", "article"} and bool(name)),
        f"不认识的范围“{verdict.scope}”，应为 everywhere、account:账号 或 article:账号/文章",
    )
    if verdict.decision is not Decision.DISMISS:
        label = verdict.decision.label
        _require(not verdict.reason, f"{label}不需要理由，说明请写在备注中")
        return
    reasons = [reason.value for reason in DismissReason]
    wrong = f"，不是“{verdict.reason}”" if verdict.reason else ""
    _require(verdict.reason in reasons, f"排除的理由应为 {'、'.join(reasons)} 之一{wrong}")
    other = verdict.reason == DismissReason.OTHER.value
    _require(not other or bool(verdict.note.strip()), "理由为“其他”时必须填写备注")


def _require(condition: bool, message: str) -> None:  # noqa: FBT001 # reads as a sentence
    if not condition:
        raise ConfigError(message)
