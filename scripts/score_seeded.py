"""
Check seeded sentences and print what was found, class by class.

A case is found where a finding overlaps the damaged place, touching counts for what was deleted;
it is right where the first suggestion gives the original sentence back. Clean sentences count as
flagged by any finding of ordinary severity or worse, hints apart.

Run: python scripts/seed_errors.py --shared DIR --seed 1 > cases.jsonl
     python scripts/score_seeded.py cases.jsonl [--least name=0.90] [--most-clean 1] [--missed]
"""

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from textcheck.checkers import build_checkers
from textcheck.data import data_dir
from textcheck.document import Document
from textcheck.finding import Finding, Severity
from textcheck.lexicon.load import load_lexicon
from textcheck.linter import check


@dataclass(frozen=True)
class Case:
    """A line of the file."""

    group: str
    kind: str
    text: str
    day: date
    start: int
    end: int
    right: str

    def is_at(self, finding: Finding) -> bool:
        """Tell whether a finding lies on the damaged place, or beside a deleted character."""
        return finding.span.start <= self.end and self.start <= finding.span.end

    def is_right(self, finding: Finding) -> bool:
        """Tell whether the first suggestion gives the original sentence back."""
        if not finding.suggestions:
            return False
        span, text = finding.span, self.text
        mended = text[: span.start] + finding.suggestions[0] + text[span.end :]
        return mended == text[: self.start] + self.right + text[self.end :]


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file of seed_errors.py."""
    cases = []
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        cases.append(
            Case(
                data["class"],
                data["kind"],
                data["text"],
                date.fromisoformat(data["published_on"]),
                data["start"],
                data["end"],
                data["right"],
            )
        )
    return cases


def main() -> int:
    """Print a row a class; return 1 where a floor is not reached."""
    parser = argparse.ArgumentParser(description="Score seeded sentences")
    parser.add_argument("cases", type=Path)
    parser.add_argument("--least", action="append", default=[], metavar="CLASS=SHARE")
    parser.add_argument("--most-clean", type=int, metavar="N", help="clean sentences flagged")
    parser.add_argument("--missed", action="store_true", help="list what was not found")
    arguments = parser.parse_args()
    lexicon = load_lexicon(data_dir("lexicons"), data_dir("models"))
    checkers = build_checkers(lexicon)
    counts: dict[str, Counter[str]] = {}
    for case in read_cases(arguments.cases):
        found = check(Document(case.text, published_on=case.day), checkers)
        row = counts.setdefault(case.group, Counter())
        row["cases"] += 1
        if case.group == "clean":
            flagged = [item for item in found if item.severity >= Severity.ORDINARY]
            row["found"] += bool(flagged)
            row["serious"] += any(item.severity is Severity.SERIOUS for item in flagged)
            for item in flagged:
                print(f"clean sentence flagged: {item.message}: {case.text}")
            continue
        here = [item for item in found if case.is_at(item)]
        row["found"] += bool(here)
        row["serious"] += any(item.severity is Severity.SERIOUS for item in here)
        row["right"] += any(case.is_right(item) for item in here)
        if arguments.missed and not here:
            context = case.text[max(0, case.start - 8) : case.end + 8]
            print(f"missed {case.group}/{case.kind}: {context} <- {case.right}")
    print(f"{'class':<15}{'cases':>7}{'found':>7}{'serious':>9}{'right':>7}")
    for group, row in counts.items():
        print(f"{group:<15}{row['cases']:>7}{row['found']:>7}{row['serious']:>9}{row['right']:>7}")
    failed = [
        f"{group}: {counts[group]['found']} of {counts[group]['cases']}, at least {share} wanted"
        for group, _, share in (floor.partition("=") for floor in arguments.least)
        if counts[group]["found"] < float(share) * counts[group]["cases"]
    ]
    if arguments.most_clean is not None and counts["clean"]["found"] > arguments.most_clean:
        failed.append(f"clean: {counts['clean']['found']} flagged, {arguments.most_clean} allowed")
    for line in failed:
        print(f"FAILED {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
