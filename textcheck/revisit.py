"""What became of a confirmed error: when its page was looked at again, and on paper."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

__all__ = [
    "LAPSE_OUTCOMES",
    "LATE",
    "PAGE_OUTCOMES",
    "Course",
    "Outcome",
    "Revisit",
    "Watched",
    "is_late",
    "is_watched",
    "judged",
    "told",
]

LATE = timedelta(days=7)
"""So long after it was confirmed an error that still stands is called late."""

# A page that was mended may be changed back; one that never is has been told of often enough.
_MENDED_WATCHED = timedelta(days=7)
_LONGEST = timedelta(days=90)


class Course(StrEnum):
    """How far a confirmed error has come, the last first; the value is what users see."""

    BACK = "再现"
    MENDED = "已整改"
    NOTIFIED = "已通知"
    LISTED = "已列入清单"


class Outcome(StrEnum):
    """
    What was seen; the value is what users see.

    The last two are of an account that had published nothing for too long.
    """

    FIXED = "已修改"
    DELETED = "已删除"
    STILL = "未修改"
    BACK = "再现"
    UPDATED = "已更新"
    IDLE = "仍未更新"

    @property
    def is_mended(self) -> bool:
        """Tell whether the error is no longer published, or the account publishes again."""
        return self in {Outcome.FIXED, Outcome.DELETED, Outcome.UPDATED}


PAGE_OUTCOMES = (Outcome.FIXED, Outcome.DELETED, Outcome.STILL, Outcome.BACK)
LAPSE_OUTCOMES = (Outcome.UPDATED, Outcome.IDLE)


@dataclass(frozen=True, slots=True)
class Revisit:
    """One look at a page, in a night; `version_id` is the text that was there, None for none."""

    night: date
    at: datetime
    outcome: Outcome
    version_id: int | None


@dataclass(frozen=True, slots=True)
class Watched:
    """
    A confirmed error in one article, and the looks at it since, the first one first.

    A `lapse` is no error in it, but that nothing was published after it, on `published_on`.
    """

    fingerprint: str
    account_id: str
    native_id: str
    article_id: int
    published_on: date | None
    lapse: bool
    confirmed_at: datetime
    revisits: tuple[Revisit, ...]

    @property
    def last(self) -> Outcome | None:
        """Return what was seen last, None where nobody has looked."""
        return self.revisits[-1].outcome if self.revisits else None


def is_watched(item: Watched, today: date) -> bool:
    """
    Tell whether the page of a confirmed error is to be looked at.

    Every night until it is mended, and a week longer; after three months no more.
    """
    if today - item.confirmed_at.date() > _LONGEST:
        return False
    mended_on = None
    for revisit in reversed(item.revisits):
        if not revisit.outcome.is_mended:
            break
        mended_on = revisit.night
    return mended_on is None or today - mended_on <= _MENDED_WATCHED


def judged(*, still: bool, there: bool, before: Outcome | None) -> Outcome:
    """Return what a look says: does the error stand, is the page there, what was seen before."""
    if not there:
        return Outcome.DELETED
    if not still:
        return Outcome.FIXED
    back = before is not None and (before.is_mended or before is Outcome.BACK)
    return Outcome.BACK if back else Outcome.STILL


def is_late(item: Watched, today: date) -> bool:
    """Tell whether an error still stands more than a week after it was confirmed."""
    stands = item.last is not None and not item.last.is_mended
    return stands and today - item.confirmed_at.date() > LATE


def told(item: Watched, today: date) -> str:
    """Return what became of an error in a few words, e.g. 未修改（复查 9 次，超过 7 天）."""
    if item.last is None:
        return "尚未复查"
    last = item.revisits[-1]
    if item.last.is_mended:
        return f"{item.last.value}（{last.night}）"
    late = "，超过 7 天" if is_late(item, today) else ""
    return f"{item.last.value}（复查 {len(item.revisits)} 次{late}）"
