"""
Check stored texts again after the lexicon has changed.

Each version is committed with what was found in it, and with the mark that this lexicon checked
it: a recheck that is killed goes on where it was, and once more the same finds nothing to do.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from textcheck.config import CHINA, ScanConfig
from textcheck.engine import Crew, checked
from textcheck.errors import CheckError
from textcheck.linter import counted
from textcheck.run import Makers, Run
from textcheck.store.accounts import accounts_on
from textcheck.store.connect import Store
from textcheck.store.documents import load_documents
from textcheck.store.queue import mark_unchecked
from textcheck.store.rechecks import Changed, record_recheck, to_recheck
from textcheck.store.runs import RECHECK, finish_run, start_run

__all__ = ["Rechecked", "recheck"]


@dataclass(slots=True)
class Rechecked:
    """What a recheck came to; no run where nothing was left to do."""

    run: Run | None = None
    changed: Changed = field(default_factory=Changed)


def recheck(  # noqa: PLR0913 # as a scan
    store: Store,
    crew: Crew,
    *,
    makers: Makers,
    now: Callable[[], datetime],
    since: date,
    reposts: Collection[str] = ScanConfig().reposts,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Rechecked:
    """
    Check every version published on or after a day that other makers have checked.

    `reposts` are the platforms on which reposted text counts against the account.
    """
    result = Rechecked()
    with store.read() as connection:
        waiting = to_recheck(connection, since, makers)
        counting = accounts_on(connection, reposts)
    if not waiting:
        return result
    night = f"{RECHECK} {now().astimezone(CHINA).date().isoformat()}"
    with store.write() as connection:
        run = result.run = start_run(connection, night, makers, now())
    outcomes = checked(load_documents(store, waiting), crew)
    for done, (document, outcome) in enumerate(outcomes, start=1):
        version_id = waiting[done - 1]
        if isinstance(outcome, CheckError):
            run.failures.append(f"{document.url} 未能检查：{outcome}")
            with store.write() as connection:
                mark_unchecked(connection, version_id, str(outcome))
        else:
            found = counted(outcome, document, reposts_count=document.account in counting)
            with store.write() as connection:
                changed = record_recheck(connection, version_id, document, found, run.id)
            result.changed.add(changed)
            run.checked += 1
            run.new_findings += changed.new.total()
        progress(done, len(waiting))
    with store.write() as connection:
        finish_run(connection, run, now())
    return result
