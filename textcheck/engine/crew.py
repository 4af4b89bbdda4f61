"""Who checks: this process, or several where there is enough to do."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from textcheck.checkers.base import Checker
from textcheck.document import Document
from textcheck.engine.worker import Build, Outcome, Worker
from textcheck.linter import batches

__all__ = ["Crew", "checked"]


@dataclass(frozen=True, slots=True)
class Crew:
    """
    The checkers of this process, and how to have the same in others.

    `jobs` is the number of processes, 0 for as many as there are processors where there are
    `worth` characters and more to check: with fewer a start of the others gains nothing.
    A process takes documents of `shard` characters at once. Without `build` this one does all.
    """

    checkers: Sequence[Checker]
    build: Build | None = None
    jobs: int = 1
    worth: int = 0
    shard: int = 60_000  # half of what one process alone takes: memory is needed several times


def checked(documents: Iterable[Document], crew: Crew) -> Iterator[tuple[Document, Outcome]]:
    """
    Yield each document with what came of it, in their order.

    Documents are taken ahead of what is yielded, but never more than some shards.
    """
    jobs = crew.jobs
    if crew.build is not None and jobs == 0:
        given = iter(documents)
        head, jobs = _weighed(given, crew.worth)
        documents = chain(head, given)
    if crew.build is None or jobs <= 1:
        worker = Worker(crew.checkers)
        for shard in batches(documents):
            yield from zip(shard, worker.outcomes(shard), strict=True)
        return
    from textcheck.engine.pool import pooled  # noqa: PLC0415 # a single short file needs no other

    for taken, outcomes in pooled(batches(documents, crew.shard), crew.build, jobs):
        yield from zip(taken, outcomes, strict=True)


def _weighed(documents: Iterator[Document], worth: int) -> tuple[list[Document], int]:
    """Return the first documents, and how many processes all of them are worth."""
    processors = os.cpu_count() or 1
    head: list[Document] = []
    size = 0
    while processors > 1 and size < worth:
        document = next(documents, None)
        if document is None:
            return head, 1
        head.append(document)
        size += len(document.text)
    return head, processors
