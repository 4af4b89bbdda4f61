"""Check every version that no run has checked."""

import asyncio

from textcheck.engine import Crew, checked
from textcheck.errors import CheckError
from textcheck.linter import counted
from textcheck.scan.work import Progress, Stage, Work
from textcheck.store.accounts import accounts_on
from textcheck.store.documents import load_documents
from textcheck.store.findings import record_findings
from textcheck.store.queue import mark_unchecked, to_check

__all__ = ["check_versions"]


async def check_versions(work: Work, crew: Crew) -> None:
    """Check every version that no run has checked; hints are for editors, not for nightly runs."""
    run = work.run
    with work.store.read() as connection:
        unchecked = to_check(connection)
        counting = accounts_on(connection, work.reposts)
    outcomes = checked(load_documents(work.store, unchecked), crew)
    for done, (document, outcome) in enumerate(outcomes, start=1):
        version_id = unchecked[done - 1]
        if isinstance(outcome, CheckError):
            run.failures.append(f"{document.url} 未能检查：{outcome}")
            with work.store.write() as connection:
                mark_unchecked(connection, version_id, str(outcome))
        else:
            found = counted(outcome, document, reposts_count=document.account in counting)
            with work.store.write() as connection:
                new = record_findings(connection, version_id, document, found, run.id)
            run.checked += 1
            run.new_findings += new
        work.progress(Progress(Stage.CHECK, done, len(unchecked), document.url))
        await asyncio.sleep(0)  # the place where an interrupt takes effect
