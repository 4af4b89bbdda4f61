"""A checker that fails in every way that a program can, as the text says."""

import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from textcheck.checkers.base import Checker
from textcheck.document import Document, Span
from textcheck.errors import ConfigError, ReadError
from textcheck.finding import Finding, Rule, Severity

__all__ = ["Fragile", "build", "build_badly", "dies_at_once"]

RULE = Rule("WRD801", Severity.ORDINARY, "错字", "lexicons/words.tsv")


@dataclass
class Fragile:
    """
    Finds 错, and dies of 毒, of 偶 as often as there are files in `luck`; raises at 坏 and 拒.

    At 停 it never ends.
    """

    luck: Path | None = None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the only rule."""
        return (RULE,)

    def look_through(self, documents: Sequence[Document]) -> None:
        """Fail for all where one text is bad beforehand."""
        if any("早" in document.text for document in documents):
            raise ZeroDivisionError

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each 错."""
        if "毒" in document.text or ("偶" in document.text and self._is_unlucky()):
            os.kill(os.getpid(), signal.SIGKILL)
        if "停" in document.text:
            Event().wait()
        if "坏" in document.text:
            raise ZeroDivisionError("坏")
        if "拒" in document.text:
            raise ReadError("这篇检查不了")
        for start, character in enumerate(document.text):
            if character == "错":
                span = Span(start, start + 1)
                yield Finding(RULE, span, Severity.ORDINARY, 0.9, "应为“对”", ("对",), "表")

    def _is_unlucky(self) -> bool:
        files = sorted(self.luck.iterdir()) if self.luck else []
        if files:
            files[0].unlink()
        return bool(files)


def build(luck: Path | None = None) -> tuple[Checker, ...]:
    """Return the checker."""
    return (Fragile(luck),)


def build_badly() -> tuple[Checker, ...]:
    """Fail as one does without a lexicon."""
    raise ConfigError("没有词库")


def dies_at_once() -> tuple[Checker, ...]:
    """Die before the first text."""
    os.kill(os.getpid(), signal.SIGKILL)
    return ()
