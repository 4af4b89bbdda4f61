from collections.abc import Callable
from datetime import date

import pytest

from textcheck.checkers import build_checkers
from textcheck.checkers.base import Checker
from textcheck.document import Document
from textcheck.finding import Finding
from textcheck.lexicon.lexicon import Lexicon
from textcheck.linter import check

Check = Callable[..., list[Finding]]


@pytest.fixture(scope="session")
def checkers(lexicon: Lexicon) -> tuple[Checker, ...]:
    """Return all checkers over the small lexicon."""
    return build_checkers(lexicon)


@pytest.fixture(scope="session")
def run(checkers: tuple[Checker, ...]) -> Check:
    """Return a function that checks a text published on a day, a draft without one."""

    def run_checkers(text: str, day: str | None = "2020-05-06") -> list[Finding]:
        published_on = date.fromisoformat(day) if day else None
        return check(Document(text, published_on=published_on), checkers)

    return run_checkers
