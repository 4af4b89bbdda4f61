"""What a unit is told of its accounts on a list, by when it is to answer, and what it answers."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from textcheck.edition import EditionLine, Quarter, line_of

__all__ = ["Delivery", "DeliveryState", "Flaw", "Notice", "Reply", "is_overdue", "said_in"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """A confirmed error in one article, as its unit is told of it; `marked` has 【】 around it."""

    fingerprint: str
    account_id: str
    account: str  # as the list prints it: 名称（微信）
    native_id: str
    title: str
    url: str
    published_on: date
    marked: str
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """
    What the unit of some accounts is told of one edition of a list; frozen when it was made.

    `number` is the edition's; `id` is 0 for a notice that was not made yet.
    """

    quarter: Quarter
    number: int
    county: str
    unit: str
    due_on: date
    lines: tuple[EditionLine, ...]
    flaws: tuple[Flaw, ...]
    made_at: datetime
    id: int = 0

    @property
    def body(self) -> str:
        """Return what the notice says, as canonical JSON."""
        said = {
            "lines": [asdict(line) for line in self.lines],
            "flaws": [asdict(flaw) for flaw in self.flaws],
        }
        return json.dumps(said, ensure_ascii=False, sort_keys=True, default=_iso)

    @property
    def digest(self) -> str:
        """Name what the notice says, whichever edition it was made for."""
        return hashlib.sha256(self.body.encode()).hexdigest()

    @property
    def title(self) -> str:
        """Return the title of the paper."""
        return f"关于{self.quarter.label}政务新媒体抽查发现问题的整改通知"


@dataclass(frozen=True, slots=True)
class Reply:
    """
    What a unit answered for one of its accounts, as somebody in the office entered it.

    `fixed_on` is the day on which it says that the errors were put right, None where it does not.
    """

    notice_id: int
    account_id: str
    words: str
    fixed_on: date | None
    entered_at: datetime
    entered_by: str


class DeliveryState(StrEnum):
    """How a notice fared on a channel; `label` is what users see."""

    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"

    @property
    def label(self) -> str:
        """Return the word that users see."""
        return {"sent": "已发出", "failed": "未发出", "unsure": "不能确定是否发出"}[self.value]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One notice on one channel; `error` says what went wrong."""

    notice_id: int
    channel: str
    state: DeliveryState
    at: datetime
    error: str = ""


def is_overdue(notice: Notice, replies: Sequence[Reply], today: date) -> bool:
    """Tell whether an account of a notice has not answered by its last day."""
    answered = {reply.account_id for reply in replies}
    return today > notice.due_on and any(line.account_id not in answered for line in notice.lines)


def said_in(body: str) -> tuple[tuple[EditionLine, ...], tuple[Flaw, ...]]:
    """Return what the body of a notice says."""
    value: dict[str, Any] = json.loads(body)
    return tuple(map(line_of, value["lines"])), tuple(map(_flaw, value["flaws"]))


def _flaw(value: Mapping[str, Any]) -> Flaw:
    day = date.fromisoformat(value["published_on"])
    return Flaw(**{**value, "published_on": day, "suggestions": tuple(value["suggestions"])})


def _iso(value: date) -> str:
    return value.isoformat()
