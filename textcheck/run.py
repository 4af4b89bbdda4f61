"""One scan: who made it and what it read."""

from dataclasses import dataclass, field
from datetime import datetime

__all__ = ["Coverage", "Makers", "Run"]


@dataclass(frozen=True, slots=True)
class Makers:
    """What a run's findings depend on: version and digests; `model` is "" where none is enabled."""

    code: str
    lexicon: str
    model: str
    config: str


@dataclass(slots=True)
class Coverage:
    """
    What one account gave, in articles; `error` says why it could not be listed in full.

    `expected` is what the platform itself counted in the last days, None where it was not asked;
    where it was not, `usual_week` is the median of the account's earlier weeks and `last_week` what
    the last seven days had, None where too few are known;
    `attachments` are the files that the articles link to, `attachments_unread` those whose text
    was not read; `idle_days` for how many days nothing was published, None where that is no cause
    for concern.
    """

    account_id: str
    listed: int = 0
    fetched: int = 0
    failed: int = 0
    gone: int = 0
    partial: int = 0
    error: str = ""
    expected: int | None = None
    idle_days: int | None = None
    last_week: int | None = None
    usual_week: int | None = None
    attachments: int = 0
    attachments_unread: int = 0


@dataclass(slots=True)
class Run:
    """
    A scan, from start to finish; the only type here that changes.

    `night` is the day in China that the scan belongs to; the same night scanned
    again does not list or fetch again what is done.
    """

    id: str
    night: str
    started_at: datetime
    makers: Makers
    new_articles: int = 0
    new_versions: int = 0
    checked: int = 0
    new_findings: int = 0
    coverage: dict[str, Coverage] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    finished_at: datetime | None = None
