"""Check every version that no run has checked."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence

from textcheck.checkers.base import Checker
from textcheck.document import Document
from textcheck.errors import TextcheckError
from textcheck.linter import batches, check_published, look_through
from textcheck.scan.work import Progress, Stage, Work
from textcheck.store.accounts import accounts_on
from textcheck.store.documents import load_document
from textcheck.store.findings import record_findings
from textcheck.store.queue import mark_unchecked, to_check

__all__ = ["check_versions"]


async def check_versions(work: Work, checkers: Sequence[Checker]) -> None:
    """Check every version that no run has checked; hints are for editors, not for nightly runs."""
    run = work.run
    with work.store.read() as connection:
        unchecked = to_check(connection)
        counting = accounts_on(connection, work.reposts)
    numbered = iter(enumerate(unchecked, start=1))
    for together in batches(_documents(work, unchecked)):
        look_through(together, checkers)
        for document in together:
            done, version_id = next(numbered)
            try:
                counts = document.account in counting
                findings = check_published(document, checkers, reposts_count=counts)
            except TextcheckError as error:
                run.failures.append(f"{document.url} 未能检查：{error}")
                with work.store.write() as connection:
                    mark_unchecked(connection, version_id, str(error))
            else:
                with work.store.write() as connection:
                    new = record_findings(connection, version_id, document, findings, run.id)
                run.checked += 1
                run.new_findings += new
            work.progress(Progress(Stage.CHECK, done, len(unchecked), document.url))
            await asyncio.sleep(0)  # the place where an interrupt takes effect


def _documents(work: Work, versions: Iterable[int]) -> Iterator[Document]:
    """Yield the document of each version, read when it is asked for."""
    for version_id in versions:
        with work.store.read() as connection:
            yield load_document(connection, version_id)
