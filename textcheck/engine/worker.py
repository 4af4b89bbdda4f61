"""What checks a shard: the same whether it runs in this process or in another."""

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from traceback import extract_tb

from textcheck.checkers.base import Checker
from textcheck.document import Document
from textcheck.errors import CheckError, TextcheckError
from textcheck.finding import Finding
from textcheck.linter import check, look_through

__all__ = ["Build", "Outcome", "Worker", "keep_tables"]

Build = Callable[[], Sequence[Checker]]
"""Makes the checkers anew, in any process: it can be pickled."""

Outcome = list[Finding] | CheckError
"""What came of one document: what was found, or why it could not be checked."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Checks documents; where the program fails on one of them the others are checked."""

    checkers: Sequence[Checker]

    def outcomes(
        self, documents: Sequence[Document], *, together: bool = True
    ) -> Iterator[Outcome]:
        """Yield what came of each document; `together` is faster, and finds the same."""
        try:
            look_through(documents if together else (), self.checkers)
        except Exception:  # noqa: BLE001 # which document it was is seen when each is checked
            self._forget()
        yield from map(self._outcome, documents)
        keep_tables()

    def _outcome(self, document: Document) -> Outcome:
        try:
            return check(document, self.checkers)
        except TextcheckError as error:
            return CheckError(str(error))
        except Exception:  # noqa: BLE001 # perhaps for another that was looked through with it
            self._forget()
        try:
            return check(document, self.checkers)
        except Exception as error:  # noqa: BLE001 # a fault of the program on one text of thousands
            return CheckError(f"程序出错（{type(error).__name__}：{error}；{_place(error)}）")

    def _forget(self) -> None:
        """Check each document by itself from here on, with the same result."""
        look_through((), self.checkers)


@cache
def keep_tables() -> None:
    """
    Let nobody look for garbage among what is there when the first texts are checked.

    What the tables make when they are first asked stays as they do, and to look it through again
    and again takes one part in twenty of the time. Once in a process: what is no longer needed
    later on must go.
    """
    gc.freeze()


def _place(error: Exception) -> str:
    """Name the line at which the program failed, for whoever maintains it."""
    *_, frame = extract_tb(error.__traceback__)
    return f"{Path(frame.filename).name} 第 {frame.lineno} 行"
