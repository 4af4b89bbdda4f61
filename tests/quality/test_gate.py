"""
Precision and recall on corpus/gold, alarms on corpus/clean, against pinned floors.

A changed corpus stops the gate until it is pinned again: run with PIN_FLOORS=1. Pinning
refuses to lower a floor unless PIN_FLOORS=lower says that this is meant.
"""

import hashlib
import os
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.marks import Mark, read_marks
from textcheck.checkers import build_checkers
from textcheck.checkers.base import Checker
from textcheck.data import data_dir
from textcheck.document import Document
from textcheck.finding import Finding, Severity
from textcheck.lexicon.load import load_lexicon
from textcheck.linter import check

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
FLOORS = Path(__file__).with_name("floors.toml")
SLACK = 0.0005  # floors are written with three digits


@dataclass(frozen=True, slots=True)
class Score:
    """What a family did on its gold file, and on the clean texts."""

    found: int
    right: int
    marked: int
    hit: int

    @property
    def precision(self) -> float:
        """Return the share of findings that are right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Return the share of marks that were found."""
        return self.hit / self.marked


def corpus_digest() -> str:
    """Name the exact content of gold and clean."""
    digest = hashlib.sha256()
    for path in sorted([*(CORPUS / "gold").glob("*.toml"), *(CORPUS / "clean").glob("*.txt")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"sha256:{digest.hexdigest()}"


def _gold(family: str) -> Iterator[tuple[str, date, tuple[Mark, ...]]]:
    data = tomllib.loads((CORPUS / "gold" / f"{family}.toml").read_text(encoding="utf-8"))
    for entry in (*data["invalid"], *data["valid"]):
        marked = read_marks(entry["text"])
        yield marked.published, entry["published_on"], marked.marks


def _clean() -> Iterator[tuple[str, date]]:
    for path in sorted((CORPUS / "clean").glob("*.txt")):
        head, _, text = path.read_text(encoding="utf-8").split("\n", 2)
        yield text, date.fromisoformat(head.removeprefix("published_on: "))


def _touches(finding: Finding, mark: Mark) -> bool:
    """Tell whether both mean the same place; they may differ in width."""
    return finding.span.overlaps(mark.span)


def _score(family: str, checkers: tuple[Checker, ...]) -> Score:
    """Score every finding in a family's file, whatever its own family."""
    found = right = marked = hit = 0
    for text, day, marks in _gold(family):
        findings = check(Document(text, published_on=day), checkers)
        good = [any(_touches(finding, mark) for mark in marks) for finding in findings]
        right += sum(good)
        found += sum(good) + sum(
            _alarms(finding) for finding, fine in zip(findings, good, strict=True) if not fine
        )
        marked += len(marks)
        hit += sum(any(_touches(finding, mark) for finding in findings) for mark in marks)
    return Score(found, right, marked, hit)


def _alarms(finding: Finding) -> bool:
    """Tell whether a finding bothers; what is lowered to a hint in a text about errors does not."""
    return finding.severity > Severity.HINT or finding.rule.severity is Severity.HINT


def _read_floors() -> dict[str, dict[str, float]]:
    data = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    return {name: value for name, value in data.items() if isinstance(value, dict)}


def _write_floors(scores: Mapping[str, Score]) -> None:
    lines = [
        "# Written by PIN_FLOORS=1 make quality; a floor goes down only with PIN_FLOORS=lower.",
        f'corpus = "{corpus_digest()}"',
    ]
    for family, score in scores.items():
        lines += [
            "",
            f"[{family}]",
            f"precision = {score.precision:.3f}",
            f"recall = {score.recall:.3f}",
        ]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _lowered(scores: Mapping[str, Score], floors: Mapping[str, Mapping[str, float]]) -> list[str]:
    return [
        f"{family} {what} {value:.3f} < {floors[family][what]:.3f}"
        for family, score in scores.items()
        if family in floors
        for what, value in (("precision", score.precision), ("recall", score.recall))
        if value < floors[family][what] - SLACK
    ]


@pytest.fixture(scope="module")
def checkers() -> tuple[Checker, ...]:
    return build_checkers(load_lexicon(data_dir("lexicons"), data_dir("models")))


@pytest.fixture(scope="module")
def scores(checkers: tuple[Checker, ...]) -> dict[str, Score]:
    families = sorted(path.stem for path in (CORPUS / "gold").glob("*.toml"))
    return {family: _score(family, checkers) for family in families}


def test_no_family_falls_below_its_floor(scores: dict[str, Score]) -> None:
    for family, score in scores.items():
        print(  # noqa: T201 # the figures are what `make quality` is for
            f"\n{family}  precision {score.precision:.3f} ({score.right}/{score.found})"
            f"  recall {score.recall:.3f} ({score.hit}/{score.marked})",
            end="",
        )
    pin = os.environ.get("PIN_FLOORS", "")
    floors = _read_floors() if FLOORS.is_file() else {}
    if pin:
        assert pin == "lower" or _lowered(scores, floors) == []
        _write_floors(scores)
        floors = _read_floors()
    assert floors.keys() == scores.keys()
    assert _lowered(scores, floors) == []


def test_the_corpus_is_the_one_that_was_pinned() -> None:
    pinned = tomllib.loads(FLOORS.read_text(encoding="utf-8"))["corpus"]
    assert pinned == corpus_digest(), "the corpus changed: look at the figures, then PIN_FLOORS=1"


def test_nothing_serious_is_flagged_in_clean_texts(checkers: tuple[Checker, ...]) -> None:
    characters = 0
    levels: Counter[str] = Counter()
    serious = []
    for text, day in _clean():
        characters += len(text)
        for finding in check(Document(text, published_on=day), checkers):
            levels[finding.severity.label] += 1
            if finding.severity is Severity.SERIOUS:
                serious.append(f"{finding.rule.code} {finding.message}")
    print(f"\nclean: {dict(levels)} in {characters} characters", end="")  # noqa: T201 # likewise
    assert serious == []
    assert levels["一般"] * 10_000 <= characters  # at most one in ten thousand characters
