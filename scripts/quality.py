"""
Precision and recall on corpus/gold, flags on corpus/clean, against pinned floors.

    python scripts/quality.py                     # what `make quality` runs
    python scripts/quality.py --clean DIR/corpora/dev_xwlb.jsonl.zst   # larger clean text as well
    python scripts/quality.py --missed            # list what is missed and what is a false alarm
    python scripts/quality.py --pin               # write the floors anew: `make quality-update`

The gold of a family has two halves: gold/FAMILY.toml, which one may look at while building, and
gold/held/FAMILY.toml, which one should not. Every finding in a family's file counts, whatever its
own family: it is right where it overlaps a mark. The floors stand in tests/quality/floors.toml with
the digest of the corpus they were measured on; a changed corpus must be pinned again, and pinning
refuses to lower a floor unless --allow-regression says that this is meant.
"""

import argparse
import hashlib
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from score_clean import read_clean

from tests.marks import Mark, read_marks
from textcheck.checkers import build_checkers
from textcheck.checkers.base import Checker
from textcheck.data import data_dir
from textcheck.document import Document
from textcheck.finding import FAMILIES, Finding, Severity
from textcheck.lexicon.load import load_lexicon
from textcheck.linter import check

__all__ = ["Quality", "Score", "failures", "lowered", "main", "measure", "pin", "read_floors"]

_ROOT = Path(__file__).resolve().parents[1]
CORPUS = _ROOT / "corpus"
FLOORS = _ROOT / "tests" / "quality" / "floors.toml"
HALVES = {"dev": CORPUS / "gold", "held": CORPUS / "gold" / "held"}
_SLACK = 0.0005  # floors are written with three digits
# Hints are printed, not pinned: on so little text one more is sixteen a million.
_PINNED = ("serious", "ordinary")
_LEVELS = {"serious": Severity.SERIOUS, "ordinary": Severity.ORDINARY, "hint": Severity.HINT}


@dataclass(frozen=True, slots=True)
class Score:
    """What was found in a half of a family's gold."""

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


@dataclass(frozen=True, slots=True)
class Quality:
    """The scores by half and family, and the flags on clean text by severity."""

    scores: Mapping[tuple[str, str], Score]
    characters: int
    flags: Mapping[str, int]

    def per_million(self, level: str) -> float:
        """Return the flags of a severity in a million clean characters."""
        return self.flags.get(level, 0) * 1e6 / max(1, self.characters)


def corpus_digest() -> str:
    """Name the exact content of gold and clean."""
    digest = hashlib.sha256()
    for path in sorted([*(CORPUS / "gold").rglob("*.toml"), *(CORPUS / "clean").glob("*.txt")]):
        digest.update(path.relative_to(CORPUS).as_posix().encode() + b"\0" + path.read_bytes())
    return f"sha256:{digest.hexdigest()}"


def _gold(path: Path) -> Iterator[tuple[str, date, tuple[Mark, ...]]]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for entry in (*data["invalid"], *data["valid"]):
        marked = read_marks(entry["text"])
        yield marked.published, entry["published_on"], marked.marks


def _clean() -> Iterator[tuple[str, Document]]:
    for path in sorted((CORPUS / "clean").glob("*.txt")):
        head, _, text = path.read_text(encoding="utf-8").split("\n", 2)
        day = date.fromisoformat(head.removeprefix("published_on: "))
        yield path.name, Document(text, published_on=day)


def _bothers(finding: Finding) -> bool:
    """Tell whether a finding is an alarm; one lowered to a hint in a text about errors is not."""
    return finding.severity > Severity.HINT or finding.rule.severity is Severity.HINT


def _score(path: Path, checkers: Sequence[Checker], *, missed: bool) -> Score:
    found = right = marked = hit = 0
    for text, day, marks in _gold(path):
        findings = check(Document(text, published_on=day), checkers)
        good = [item for item in findings if any(item.span.overlaps(mark.span) for mark in marks)]
        alarms = [item for item in findings if item not in good and _bothers(item)]
        lacking = [
            mark for mark in marks if not any(item.span.overlaps(mark.span) for item in good)
        ]
        right += len(good)
        found += len(good) + len(alarms)
        marked += len(marks)
        hit += len(marks) - len(lacking)
        if missed:
            _print_faults(path, text, alarms, lacking)
    return Score(found, right, marked, hit)


def _print_faults(
    path: Path, text: str, alarms: Iterable[Finding], lacking: Iterable[Mark]
) -> None:
    for item in alarms:
        print(f"{path.stem} alarm {item.rule.code} {item.severity.label} {item.message}: {text}")
    for mark in lacking:
        print(f"{path.stem} missed {mark.span.of(text)} → {mark.right}: {text}")


def measure(checkers: Sequence[Checker], *, missed: bool = False) -> Quality:
    """Score every family, and count the flags on the clean texts."""
    scores = {
        (half, path.stem): _score(path, checkers, missed=missed)
        for half, folder in HALVES.items()
        for path in sorted(folder.glob("*.toml"))
    }
    characters = 0
    flags: Counter[str] = Counter()
    for name, document in _clean():
        characters += len(document.text)
        for item in check(document, checkers):
            flags[item.severity.name.lower()] += 1
            if missed:
                print(f"{name} {item.rule.code} {item.severity.label} {item.message}")
    return Quality(scores, characters, flags)


def read_floors(path: Path) -> dict[str, dict[str, dict[str, float]]]:
    """Return the pinned floors: half, family, precision and recall; and the flags on clean text."""
    return {name: value for name, value in _pinned(path).items() if isinstance(value, dict)}


def _pinned(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def lowered(quality: Quality, floors: Mapping[str, Mapping[str, Mapping[str, float]]]) -> list[str]:
    """Return what is worse than pinned."""
    worse = []
    for (half, family), score in quality.scores.items():
        floor = floors.get(half, {}).get(family, {})
        for what, value in (("precision", score.precision), ("recall", score.recall)):
            if value < floor.get(what, 0.0) - _SLACK:
                worse.append(f"{family} ({half}): {what} {value:.3f}, {floor[what]:.3f} wanted")
    most = floors.get("clean", {}).get("per_million", {})
    for level in _PINNED:
        value = quality.per_million(level)
        if level in most and value > most[level] + 0.05:
            worse.append(f"clean: {value:.1f} {level} per million, at most {most[level]:.1f}")
    return worse


def failures(quality: Quality, path: Path) -> list[str]:
    """Return why the gate is shut: lower than pinned, another corpus, a family without floor."""
    floors = read_floors(path)
    failed = lowered(quality, floors)
    failed += [
        f"{family} ({half}) has no floor: look at the figures, then make quality-update"
        for half, family in quality.scores
        if family not in floors.get(half, {})
    ]
    failed += [
        f"{family} has no gold in corpus/gold"
        for family in sorted(
            FAMILIES.keys() - {family for _, family in quality.scores} - {"MDL", "UPD"}
        )
    ]
    if _pinned(path).get("corpus") != corpus_digest():
        failed.append("the corpus changed: look at the figures, then make quality-update")
    return failed


def pin(quality: Quality, path: Path, *, allow_regression: bool) -> list[str]:
    """Pin what was measured; return what stands against it, and pin nothing where that is."""
    worse = [] if allow_regression else lowered(quality, read_floors(path))
    if not worse:
        _write_floors(quality, path)
    return worse


def _write_floors(quality: Quality, path: Path) -> None:
    lines = [
        "# Written by `make quality-update`; a floor goes down only with --allow-regression.",
        f'corpus = "{corpus_digest()}"',
        "",
        "[clean.per_million]",
        *(f"{level} = {quality.per_million(level):.1f}" for level in _PINNED),
    ]
    for (half, family), score in quality.scores.items():
        lines += ["", f"[{half}.{family}]", f"precision = {score.precision:.3f}"]
        lines += [f"recall = {score.recall:.3f}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def print_quality(quality: Quality) -> None:
    """Print a row a family with both halves, and the flags on clean text."""
    print(f"{'family':<8}" + "".join(f"{half:>10} precision          recall" for half in HALVES))
    for family in sorted({family for _, family in quality.scores}):
        cells = ""
        for half in HALVES:
            if score := quality.scores.get((half, family)):
                cells += f"{score.precision:>12.3f} ({score.right:>2}/{score.found:>2})"
                cells += f"{score.recall:>8.3f} ({score.hit:>2}/{score.marked:>2})"
        print(f"{family:<8}{cells}")
    rates = "  ".join(f"{level} {quality.per_million(level):.1f}" for level in _LEVELS)
    print(f"clean: {quality.characters:,} characters; flags per million: {rates}")


def print_larger(paths: Iterable[Path], checkers: Sequence[Checker]) -> None:
    """Print the flags per million characters of larger clean texts."""
    for path in paths:
        flags: Counter[str] = Counter()
        characters = 0
        for document, _title in read_clean(path, sample=1):
            characters += len(document.text)
            flags.update(item.severity.name.lower() for item in check(document, checkers))
        rates = Quality({}, characters, flags)
        cells = "  ".join(f"{level} {rates.per_million(level):.1f}" for level in _LEVELS)
        print(f"{path.name}: {characters:,} characters; flags per million: {cells}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; return 1 where one is worse than pinned."""
    parser = argparse.ArgumentParser(description="Measure the checks on the project's own corpus")
    parser.add_argument(
        "--clean", type=Path, action="append", default=[], help="*.jsonl.zst; repeatable"
    )
    parser.add_argument("--missed", action="store_true", help="list misses and false alarms")
    parser.add_argument("--pin", action="store_true", help="write the floors anew")
    parser.add_argument("--allow-regression", action="store_true", help="with --pin: lower them")
    parser.add_argument("--floors", type=Path, default=FLOORS)
    options = parser.parse_args(arguments)
    checkers = build_checkers(load_lexicon(data_dir("lexicons"), data_dir("models")))
    quality = measure(checkers, missed=options.missed)
    print_quality(quality)
    print_larger(options.clean, checkers)
    if options.pin:
        worse = pin(quality, options.floors, allow_regression=options.allow_regression)
        for line in worse:
            print(f"NOT PINNED {line}")
        return 1 if worse else 0
    failed = failures(quality, options.floors)
    for line in failed:
        print(f"FAILED {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
