"""
Shards over several processes, none of which may take the others along.

Each process is fed by a pipe of its own, one shard at a time, and answers document by document, so
it is known what a process that died was at. What it left is checked by another, each document by
itself; one at which two more die becomes a CheckError. Results come in the order of the shards,
and only a few shards are ahead of what was yielded.
"""

import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic

from textcheck.document import Document
from textcheck.engine.worker import Build, Outcome, Worker
from textcheck.errors import CheckError, TextcheckError

__all__ = ["pooled"]

_DEATHS = 2
"""A process may be killed for what it had no part in; twice at one text by itself is its doing."""
_FALSE_STARTS = 3
_LAST_WORDS = 5.0  # seconds to die in, once the pipe is closed
_AHEAD = 2  # shards per process, beyond those it has: results wait for their turn
# The learned stage reads 15,000 characters a second; a hundred times as long is no longer work.
_PATIENCE, _CHARACTERS_A_SECOND = 60.0, 150.0

Shard = Sequence[Document]


@dataclass(slots=True)
class _Batch:
    """A shard on its way, with what came of its documents so far."""

    shard: Shard
    outcomes: dict[int, Outcome] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        return len(self.outcomes) == len(self.shard)


@dataclass(slots=True)
class _Task:
    """What a process is to check of a shard: from `at` on; `deaths` are those at that document."""

    batch: _Batch
    at: int = 0
    together: bool = True
    deaths: int = 0

    @property
    def documents(self) -> Shard:
        return self.batch.shard[self.at :]

    @property
    def patience(self) -> float:
        """Return how many seconds the next answer may take: all may be looked through for it."""
        ahead = self.documents if self.together else self.documents[:1]
        return _PATIENCE + sum(len(one.text) for one in ahead) / _CHARACTERS_A_SECOND

    @property
    def is_done(self) -> bool:
        return self.at == len(self.batch.shard)

    def note(self, outcome: Outcome) -> None:
        """Keep what came of the next document."""
        self.batch.outcomes[self.at] = outcome
        self.at += 1
        self.deaths = 0

    def died(self, cause: str) -> None:
        """Note that a process died at the next document."""
        self.deaths += not self.together
        self.together = False
        if self.deaths == _DEATHS:
            self.note(CheckError(f"检查它的进程接连{cause}"))


@dataclass(slots=True)
class _Hand:
    """One process: what it does, and since when."""

    process: BaseProcess
    pipe: Connection
    is_ready: bool = False
    task: _Task | None = None
    since: float = 0.0

    @property
    def is_idle(self) -> bool:
        return self.is_ready and self.task is None

    def give(self, task: _Task) -> None:
        """Hand over a task; a process that has just died is noticed by its pipe later."""
        self.task, self.since = task, monotonic()
        with suppress(OSError):
            self.pipe.send((task.documents, task.together))

    def note(self, outcome: Outcome) -> None:
        """Keep an answer."""
        self.since = monotonic()
        if self.task is not None:
            self.task.note(outcome)
            self.task = None if self.task.is_done else self.task

    def is_overdue(self) -> bool:
        return self.task is not None and monotonic() - self.since > self.task.patience

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def pooled(
    shards: Iterable[Shard], build: Build, jobs: int
) -> Iterator[tuple[Shard, list[Outcome]]]:
    """Yield each shard with what came of its documents, in order."""
    pool = _Pool(iter(shards), build, jobs)
    try:
        yield from pool.run()
    finally:
        pool.close()


class _Pool:
    """The processes, the tasks that wait for them, and the shards that are not yielded yet."""

    def __init__(self, shards: Iterator[Shard], build: Build, jobs: int) -> None:
        self._shards = shards
        self._build = build
        self._jobs = jobs
        self._hands: list[_Hand] = []
        self._tasks: deque[_Task] = deque()
        self._batches: deque[_Batch] = deque()  # in order; the first is yielded next
        self._false_starts = 0
        self._is_fed = False

    def run(self) -> Iterator[tuple[Shard, list[Outcome]]]:
        self._feed()
        while self._batches:
            while self._batches and self._batches[0].is_done:
                batch = self._batches.popleft()
                self._feed()
                yield batch.shard, [batch.outcomes[n] for n in range(len(batch.shard))]
            self._give()
            if self._batches and not self._batches[0].is_done:
                self._take()

    def close(self) -> None:
        for hand in self._hands:
            hand.end()
        self._hands.clear()

    def _feed(self) -> None:
        """Have some shards ahead of what is yielded, and no more."""
        while not self._is_fed and len(self._batches) < self._jobs * (1 + _AHEAD):
            shard = next(self._shards, None)
            if shard is None:
                self._is_fed = True
                return
            batch = _Batch(shard)
            self._batches.append(batch)
            self._tasks.append(_Task(batch))

    def _give(self) -> None:
        """Give every idle process a task, and start one where tasks are left."""
        for hand in self._hands:
            if hand.is_idle and self._tasks:
                hand.give(self._tasks.popleft())
        starting = sum(not hand.is_ready for hand in self._hands)
        wanted = min(self._jobs - len(self._hands), len(self._tasks) - starting)
        self._hands += [_start(self._build) for _ in range(wanted)]

    def _take(self) -> None:
        """Wait for what the processes say; one that says nothing for too long is ended."""
        until = [hand.since + hand.task.patience for hand in self._hands if hand.task]
        timeout = max(0.0, min(until) - monotonic()) + 0.1 if until else None
        heard = set(wait([hand.pipe for hand in self._hands], timeout))
        for hand in list(self._hands):
            if hand.pipe in heard:
                self._hear(hand)
            elif hand.is_overdue():
                self._bury(hand, "超时未完")

    def _hear(self, hand: _Hand) -> None:
        try:
            said = hand.pipe.recv()
        except (EOFError, OSError):
            self._bury(hand, "")
            return
        if hand.is_ready:
            hand.note(said)
            if hand.is_idle and self._tasks:  # before anything is yielded: that may take long
                hand.give(self._tasks.popleft())
            return
        if said is not None:  # why it cannot start
            raise said
        hand.is_ready = True
        self._false_starts = 0

    def _bury(self, hand: _Hand, cause: str) -> None:
        self._hands.remove(hand)
        if not cause:
            hand.process.join(_LAST_WORDS)
        hand.end()
        cause = cause or _cause(hand.process.exitcode)
        if hand.task is not None:
            hand.task.died(cause)
            if not hand.task.is_done:
                self._tasks.appendleft(hand.task)
            return
        self._false_starts += 1
        if self._false_starts >= _FALSE_STARTS:
            raise CheckError(f"检查进程 {_FALSE_STARTS} 次没有启动成功（{cause}）")


def _cause(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:  # a signal that Python has no name for is a number
        with suppress(ValueError):
            return f"被信号 {signal.Signals(-exitcode).name} 终止"
    return f"意外退出（状态 {exitcode}）"


def _start(build: Build) -> _Hand:
    # Not forked: the threads of a crawl and of ONNX Runtime do not come along into a fork.
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(build, theirs), daemon=True)
    process.start()
    theirs.close()  # or the end of the process would go unnoticed
    return _Hand(process, ours)


def _serve(build: Build, pipe: Connection) -> None:
    """Check what comes through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us ends us
    try:
        worker = Worker(build())
    except TextcheckError as error:
        pipe.send(error)
        return
    pipe.send(None)
    with suppress(EOFError, BrokenPipeError):
        while True:
            documents, together = pipe.recv()
            for outcome in worker.outcomes(documents, together=together):
                pipe.send(outcome)
