"""What the steps of a scan share."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from textcheck.revisit import Watched
from textcheck.run import Run
from textcheck.sources.base import Source
from textcheck.store.connect import Store

__all__ = ["WARNED_BEFORE", "Progress", "Stage", "Work"]

WARNED_BEFORE = 4
"""So many days before it lapses an account is told of."""


class Stage(StrEnum):
    """What a scan is doing; the value is what users see."""

    READ = "读取"
    CHECK = "检查"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage has come: done of total, and the account or text that is done."""

    stage: Stage
    done: int
    total: int
    name: str


@dataclass(frozen=True, slots=True)
class Work:
    """
    A scan's store, sources and clock, the first day it reads, and the run it writes.

    After `lapsed_days` without an update an account is an entry for the list; 0 never. On the
    platforms of `reposts` what an account passes on counts against it. `watched` has, by account
    and article, the confirmed errors whose pages are looked at again, `lapsed` by account the
    confirmed lapses.
    """

    store: Store
    sources: Mapping[str, Source]
    since: date
    run: Run
    now: Callable[[], datetime]
    progress: Callable[[Progress], None]
    lapsed_days: int
    reposts: Collection[str]
    watched: Mapping[str, Mapping[int, Sequence[str]]]
    lapsed: Mapping[str, Sequence[Watched]]

    @property
    def warned_days(self) -> int:
        """Return how many days without an update are told of."""
        return max(1, self.lapsed_days - WARNED_BEFORE)
