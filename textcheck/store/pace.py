"""How much an account usually publishes in a week: what may be missing where nobody else counts."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from sqlalchemy import Connection, select

from textcheck.config import CHINA
from textcheck.store.tables import queue

__all__ = ["Pace", "weekly_paces"]

_WEEK = timedelta(days=7)
_WEEKS = 8
# With fewer weeks one holiday is half of all that is known.
_LEAST_WEEKS = 3


@dataclass(frozen=True, slots=True)
class Pace:
    """Articles of the seven days before a night, and the median of the weeks before those."""

    last_week: int
    usual_week: int


def weekly_paces(connection: Connection, night: date) -> dict[str, Pace]:
    """
    Return the pace of each account of which enough weeks are known.

    A week counts from the first that lies wholly behind the account's first known article.
    """
    rows = connection.execute(
        select(queue.c.account_id, queue.c.published_at).where(queue.c.published_at.is_not(None))
    )
    first: dict[str, date] = {}
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for account_id, published_at in rows:
        day = published_at.astimezone(CHINA).date()
        first[account_id] = min(day, first.get(account_id, day))
        if day < night:
            counts[account_id][(night - day - timedelta(days=1)) // _WEEK] += 1
    paces = {}
    for account_id, by_week in counts.items():
        known = min(_WEEKS, (night - first[account_id]) // _WEEK - 1)
        if known >= _LEAST_WEEKS:
            usual = median(by_week[week] for week in range(1, known + 1))
            paces[account_id] = Pace(by_week[0], int(usual))
    return paces
