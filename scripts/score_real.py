"""
Check published mistakes and print what is found, class by class.

    python scripts/score_real.py DIR/bench/real_errors.dev.tsv --missed
    python scripts/score_real.py DIR/bench/real_errors.dev.tsv --least 0.85 --least-without 0.5

The table has the columns wrong, right, class, use, origin. Each wrong wording is set by itself, as
published today, and, where it is no sentence, inside carriers that are right. It is found where a
finding of any severity lies on it in every setting. `use` says what must happen: pair, flag: it
must be found; silent: it must not; context: it needs more than the phrase, and does not count.
`general` counts what is found though no table of lexicons/ holds the wording as it stands in a
column of wrong forms. `without` is stricter: what is found by tables from which every wording of
the list has been taken, choices in braces written out. `right` counts the findings whose suggestion
gives the right wording back, `alarms` the right wordings that are flagged ordinary or worse.
"""

import argparse
import csv
import io
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from textcheck.checkers import build_checkers
from textcheck.checkers.base import Checker
from textcheck.data import data_dir
from textcheck.document import Document
from textcheck.finding import Finding, Severity
from textcheck.knowledge.table import written_out
from textcheck.lexicon.load import load_lexicon
from textcheck.linter import check_all

__all__ = ["Case", "copy_without", "main", "read_cases", "settings", "wrong_forms"]

_CARRIERS = (
    "{}",
    "{}。",
    "据了解，{}，有关工作正在进行。",
    "大家在座谈时谈到{}的情况。",
)
_SENTENCE_ENDS = ("。", "；", "：")
_MANY = 20  # a longer wording is a sentence, or most of one
_PARTS = "|"
# Columns of wrong forms, and what they are called right in, part by part or all by one.
_WRONG_COLUMNS = (("wrong", "right"), ("avoid", "instead"))
_COUNTED = frozenset({"pair", "flag"})


@dataclass(frozen=True, slots=True)
class Case:
    """A row: a wording that was published, and what a checker must make of it."""

    wrong: str
    right: str
    group: str
    use: str


def read_cases(path: Path) -> list[Case]:
    """Return the rows of a table of published mistakes."""
    text = path.read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [Case(row["wrong"], row["right"], row["class"], row["use"]) for row in rows]


def wrong_forms(folder: Path) -> frozenset[str]:
    """Return every form that a table calls wrong, as it stands there."""
    found: set[str] = set()
    for path in sorted(folder.glob("*.tsv")):
        text = path.read_text(encoding="utf-8")
        rows = csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in rows:
            for column, _ in _WRONG_COLUMNS:
                found.update(filter(None, (row.get(column) or "").split(_PARTS)))
    return frozenset(found)


def copy_without(folder: Path, wordings: Collection[str], target: Path) -> None:
    """Copy tables without those wrong forms; a row that has no others is left out."""
    shutil.copytree(folder, target)
    for path in sorted(target.glob("*.tsv")):
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        columns = head.split("\t")
        for wrong, right in _WRONG_COLUMNS:
            if wrong in columns:
                at = columns.index(wrong), columns.index(right) if right in columns else None
                lines = [kept for line in lines if (kept := _without(line, *at, wordings))]
        path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")


def _without(line: str, wrong: int, right: int | None, wordings: Collection[str]) -> str:
    """Return a row without the wordings, "" where no wrong form is left."""
    cells = line.split("\t")
    parts = [list(written_out(part)) for part in cells[wrong].split(_PARTS)]
    if not any(form in wordings for forms in parts for form in forms):
        return line
    kept = [[form not in wordings for form in forms] for forms in parts]
    cells[wrong] = _PARTS.join(_chosen(parts, kept))
    if right is not None and len(rights := cells[right].split(_PARTS)) == len(parts) > 1:
        each = [list(written_out(one)) for one in rights]
        even = [
            forms * (len(keep) if len(forms) == 1 else 1)
            for forms, keep in zip(each, kept, strict=True)
        ]
        cells[right] = _PARTS.join(_chosen(even, kept))
    return "\t".join(cells) if cells[wrong] else ""


def _chosen(parts: Iterable[Sequence[str]], kept: Iterable[Sequence[bool]]) -> Iterator[str]:
    for forms, keep in zip(parts, kept, strict=True):
        yield from (form for form, stays in zip(forms, keep, strict=True) if stays)


def settings(wording: str) -> Iterator[tuple[str, int]]:
    """Yield the texts that a wording is set into, and where it begins in each."""
    whole = len(wording) > _MANY or wording.endswith(_SENTENCE_ENDS)
    for carrier in _CARRIERS[:1] if whole else _CARRIERS:
        yield carrier.format(wording), carrier.index("{")


Found = Mapping[str, Sequence[Finding]]  # by the text


def found_in(wordings: Iterable[str], checkers: Sequence[Checker]) -> Found:
    """Return what is found in all settings of the wordings, as published today."""
    texts = list(dict.fromkeys(text for one in sorted(wordings) for text, _ in settings(one)))
    today = date.today()  # noqa: DTZ011 # a day of the calendar
    documents = (Document(text, published_on=today) for text in texts)
    return dict(zip(texts, check_all(documents, checkers), strict=True))


class Examiner:
    """Counts what is found of some cases, and what without rows of their own."""

    def __init__(self, found: Found, without: Found, known: frozenset[str]) -> None:
        """Keep what all tables find, what those without the wordings, and what tables hold."""
        self._found = found
        self._without = without
        self._known = known
        self.counts: dict[tuple[str, str], Counter[str]] = {}
        self.missed: list[str] = []

    def examine(self, case: Case) -> None:
        """Count what came out of a row in all its settings."""
        counts = self.counts.setdefault((case.use, case.group), Counter())
        places = list(settings(case.wrong))
        found = [_on(case.wrong, start, self._found[text]) for text, start in places]
        counts["rows"] += 1
        counts["alone"] += bool(found[0])
        counts["found"] += all(found)
        counts["ordinary"] += all(_worst(here) >= Severity.ORDINARY for here in found)
        counts["general"] += all(found) and case.wrong not in self._known
        counts["without"] += all(
            _on(case.wrong, start, self._without[text]) for text, start in places
        )
        counts["right"] += all(any(_mends(item, case) for item in here) for here in found[:1])
        if case.right and any(
            _worst(_on(case.right, start, self._found[text])) >= Severity.ORDINARY
            for text, start in settings(case.right)
        ):
            counts["alarms"] += 1
            self.missed.append(f"alarm {case.group}: {case.right}")
        self._note(case, found)

    def _note(self, case: Case, found: Sequence[Sequence[Finding]]) -> None:
        missing = [number for number, here in enumerate(found) if not here]
        if case.use in _COUNTED and missing:
            where = "" if len(missing) == len(found) else f" in {missing} of {len(found)} settings"
            self.missed.append(f"missed {case.group}{where}: {case.wrong} <- {case.right}")
        if case.use == "silent" and any(found):
            self.counts[case.use, case.group]["flagged"] += 1
            self.missed.append(f"not silent {case.group}: {case.wrong}")


def _on(wording: str, start: int, findings: Sequence[Finding]) -> list[Finding]:
    """Return what is flagged on a wording that begins at a place."""
    end = start + len(wording)
    return [item for item in findings if item.span.start < end and start < item.span.end]


def _worst(found: Sequence[Finding]) -> int:
    return max((item.severity for item in found), default=Severity.HINT - 1)


def _mends(finding: Finding, case: Case) -> bool:
    """Tell whether a suggestion, put in the wording by itself, gives the right one."""
    left, right = case.wrong[: finding.span.start], case.wrong[finding.span.end :]
    return any(left + text + right == case.right for text in finding.suggestions)


_COLUMNS = ("rows", "alone", "found", "ordinary", "general", "without", "right", "alarms")


def _print_table(counts: dict[tuple[str, str], Counter[str]]) -> None:
    print(f"{'use':<9}{'class':<24}" + "".join(f"{name:>9}" for name in _COLUMNS))
    for (use, group), row in sorted(counts.items()):
        print(f"{use:<9}{group:<24}" + "".join(f"{row[name]:>9}" for name in _COLUMNS))


def _failures(total: Counter[str], silent: Counter[str], options: argparse.Namespace) -> list[str]:
    failed = [
        f"{name}: {total[name]} of {total['rows']}, at least {least:g} wanted"
        for name, least in (
            ("found", options.least),
            ("general", options.least_general),
            ("without", options.least_without),
        )
        if total[name] < least * total["rows"]
    ]
    return failed + [f"silent: {silent['flagged']} flagged"] * bool(silent["flagged"])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Count which published mistakes are found")
    parser.add_argument("file", type=Path, help="table: wrong, right, class, use, origin")
    parser.add_argument("--missed", action="store_true", help="list what was not found")
    parser.add_argument("--least", type=float, default=0, metavar="SHARE", help="found")
    parser.add_argument(
        "--least-general", type=float, default=0, metavar="SHARE", help="without a row of its own"
    )
    parser.add_argument(
        "--least-without", type=float, default=0, metavar="SHARE", help="were those rows not there"
    )
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Print a row a class; return 1 where a floor is not reached or a silent row is flagged."""
    options = _parser().parse_args(arguments)
    lexicons = data_dir("lexicons")
    checkers = build_checkers(load_lexicon(lexicons, data_dir("models")))
    cases = read_cases(options.file)
    wrong = {case.wrong for case in cases}
    wordings = wrong.union(case.right for case in cases if case.right)
    with tempfile.TemporaryDirectory() as folder:
        copy_without(lexicons, wrong, Path(folder, "lexicons"))
        less = build_checkers(load_lexicon(Path(folder, "lexicons"), data_dir("models")))
    found, without = found_in(wordings, checkers), found_in(wrong, less)
    examiner = Examiner(found, without, wrong_forms(lexicons))
    for case in cases:
        examiner.examine(case)
    for line in examiner.missed if options.missed else ():
        print(line)
    _print_table(examiner.counts)
    total: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    for (use, _), row in examiner.counts.items():
        if use in _COUNTED:
            total += row
        elif use == "silent":
            silent += row
    rows = max(1, total["rows"])
    print(f"pair and flag: {total['rows']}")
    for name in _COLUMNS[1:]:
        print(f"  {name:<9}{total[name]:>5}  {total[name] / rows:7.1%}")
    failed = _failures(total, silent, options)
    for line in failed:
        print(f"FAILED {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
