"""
Check seeded sentences and print what was found, by class and by kind.

A case is found where a finding of ordinary severity or worse overlaps the damaged place, touching
counts for what was deleted; hints are counted apart. It is right where the first suggestion gives
the original sentence back. Of classes S1 to S6 the share found *serious* counts, of the others the
share found. Clean sentences count as flagged by any finding of ordinary severity or worse.

Run: python scripts/seed_errors.py --shared DIR --seed 1 > cases.jsonl
     python scripts/score_seeded.py cases.jsonl [--least name=0.90] [--least-serious 0.97]
         [--least-right 0.93] [--least-ordinary 0.90] [--most-clean 1] [--missed] [--kinds]
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import tee
from pathlib import Path

from seeding.case import Case

from textcheck.checkers import build_checkers
from textcheck.checkers.base import Checker
from textcheck.data import data_dir
from textcheck.document import Document
from textcheck.finding import Finding, Severity
from textcheck.lexicon.load import load_lexicon
from textcheck.linter import check_all


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file of seed_errors.py."""
    return [Case.read(line) for line in path.read_text(encoding="utf-8").splitlines()]


SERIOUS_CLASSES = ("name", "title", "order", "body", "formula", "meeting")
Counts = dict[tuple[str, str], Counter[str]]


def outcomes(case: Case, found: Sequence[Finding]) -> set[str]:
    """Return what holds of a case: found, hint, serious, right."""
    here = [finding for finding in found if case.is_at(finding)]
    flagged = [finding for finding in here if finding.severity >= Severity.ORDINARY]
    return {
        name
        for name, holds in (
            ("found", bool(flagged)),
            ("hint", bool(here) and not flagged),
            ("serious", any(finding.severity is Severity.SERIOUS for finding in flagged)),
            ("right", any(case.is_right(finding) for finding in here)),
        )
        if holds
    }


def score(cases: Iterable[Case], checkers: Sequence[Checker], *, missed: bool) -> Counts:
    """Count by class and kind; print clean sentences flagged, and what is missed if so wanted."""
    counts: Counts = {}
    cases, ahead = tee(cases)
    documents = (Document(case.text, published_on=case.day) for case in ahead)
    for case, found in zip(cases, check_all(documents, checkers), strict=True):
        row = counts.setdefault((case.group, case.kind), Counter())
        row["cases"] += 1
        if case.group == "clean":
            flagged = [item for item in found if item.severity >= Severity.ORDINARY]
            row["found"] += bool(flagged)
            row["serious"] += any(item.severity is Severity.SERIOUS for item in flagged)
            for item in flagged:
                print(f"clean sentence flagged: {item.message}: {case.text}")
            continue
        reached = outcomes(case, found)
        row.update(reached)
        wanted = {"serious", "right"} if case.group in SERIOUS_CLASSES else {"found"}
        if missed and (lacking := wanted - reached):
            _print_missed(case, found, lacking)
    return counts


def _print_missed(case: Case, found: Iterable[Finding], lacking: set[str]) -> None:
    context = case.text[max(0, case.start - 8) : case.end + 8].replace("\n", "⏎")
    here = "; ".join(
        f"{item.rule.code} {item.severity.name.lower()} {'|'.join(item.suggestions)}"
        for item in found
        if case.is_at(item)
    )
    lacks = ",".join(sorted(lacking))
    print(f"missed {lacks} {case.group}/{case.kind} {case.day}: {context} <- {case.right} [{here}]")


def _sum(counts: Counts, groups: Iterable[str], kind: str | None = None) -> Counter[str]:
    total: Counter[str] = Counter()
    for (group, other), row in counts.items():
        if group in groups and kind in {None, other}:
            total.update(row)
    return total


def _row(name: str, row: Mapping[str, int]) -> str:
    cells = "".join(f"{row.get(key, 0):>9}" for key in ("found", "serious", "right", "hint"))
    return f"{name:<24}{row.get('cases', 0):>7}{cells}"


def _share(row: Mapping[str, int], key: str) -> float:
    return row.get(key, 0) / max(1, row.get("cases", 0))


def print_counts(counts: Counts, *, kinds: bool) -> None:
    """Print a row a class, a row a kind if so wanted, and the totals."""
    print(f"{'class':<24}{'cases':>7}{'found':>9}{'serious':>9}{'right':>9}{'hint':>9}")
    for group in dict.fromkeys(group for group, _ in counts):
        print(_row(group, _sum(counts, (group,))))
        for kind in sorted(kind for other, kind in counts if other == group and kind):
            if kinds:
                print(_row(f"  {kind}", counts[group, kind]))
    for name, groups in (("S1-S6", SERIOUS_CLASSES), ("other classes", _others(counts))):
        row = _sum(counts, groups)
        shares = "  ".join(f"{key} {_share(row, key):.1%}" for key in ("found", "serious", "right"))
        print(f"{name}: {row['cases']} cases  {shares}")


def _others(counts: Counts) -> tuple[str, ...]:
    return tuple({group for group, _ in counts} - {*SERIOUS_CLASSES, "clean"})


def failures(counts: Counts, options: argparse.Namespace) -> list[str]:
    """Return the floors that are not reached."""
    failed = []
    for floor in options.least:
        group, _, share = floor.partition("=")
        row = _sum(counts, (group,))
        if _share(row, "found") < float(share):
            failed.append(f"{group}: {row['found']} of {row['cases']}, at least {share} wanted")
    for groups, key, least in (
        (SERIOUS_CLASSES, "serious", options.least_serious),
        (SERIOUS_CLASSES, "right", options.least_right),
        (_others(counts), "found", options.least_ordinary),
    ):
        share = _share(_sum(counts, groups), key)
        if least is not None and share < least:
            failed.append(f"{key}: {share:.3f}, at least {least} wanted")
    flagged = _sum(counts, ("clean",))["found"]
    if options.most_clean is not None and flagged > options.most_clean:
        failed.append(f"clean: {flagged} flagged, {options.most_clean} allowed")
    return failed


def main() -> int:
    """Print the counts; return 1 where a floor is not reached."""
    parser = argparse.ArgumentParser(description="Score seeded sentences")
    parser.add_argument("cases", type=Path)
    parser.add_argument("--least", action="append", default=[], metavar="CLASS=SHARE")
    parser.add_argument("--least-serious", type=float, metavar="SHARE", help="of S1 to S6, serious")
    parser.add_argument("--least-right", type=float, metavar="SHARE", help="of S1 to S6")
    parser.add_argument("--least-ordinary", type=float, metavar="SHARE", help="of the others")
    parser.add_argument("--most-clean", type=int, metavar="N", help="clean sentences flagged")
    parser.add_argument("--missed", action="store_true", help="list what was not found")
    parser.add_argument("--kinds", action="store_true", help="a row for each kind")
    options = parser.parse_args()
    checkers = build_checkers(load_lexicon(data_dir("lexicons"), data_dir("models")))
    counts = score(read_cases(options.cases), checkers, missed=options.missed)
    print_counts(counts, kinds=options.kinds)
    failed = failures(counts, options)
    for line in failed:
        print(f"FAILED {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
