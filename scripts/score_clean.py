"""
Check clean text and print what is flagged: every flag there is a false alarm, or a real misprint.

    python scripts/score_clean.py DIR/corpora/dev_xwlb.jsonl.zst DIR/corpora/dev_gov2026.jsonl.zst
    python scripts/score_clean.py DIR/corpora/train_xwlb.jsonl.zst --sample 10 --only TTL --list
    python scripts/score_clean.py DIR/corpora/train_xwlb.jsonl.zst --processes 2 --most-serious 5
    python scripts/score_clean.py DIR/bench/MC_ACC_RMRB.dev.tsv --most-serious 0

A corpus is read with each article's own day (see dated.py), title and text together. Of a file
ending in .tsv (source<TAB>target) the sentences are checked whose two sides are equal, without a
day. Prints flags per million characters by severity, family and rule, and the commonest groups
(rule, wrong form → suggestion); with --list every serious and ordinary one in its context.
Processes share the articles out among them; what they print is the same as that of one.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, tee
from operator import itemgetter
from pathlib import Path

from dated import read_dated

from textcheck.checkers import build_checkers
from textcheck.data import data_dir
from textcheck.document import Document, Span
from textcheck.finding import Finding, Severity
from textcheck.lexicon.load import load_lexicon
from textcheck.linter import check_all

__all__ = ["Tally", "main", "read_clean"]

_AROUND = 20  # characters of the excerpt on each side
_LEVELS = (Severity.SERIOUS, Severity.ORDINARY, Severity.HINT)


@dataclass(slots=True)
class Tally:
    """What was flagged in how much text."""

    characters: int = 0
    articles: int = 0
    rules: Counter[tuple[str, Severity]] = field(default_factory=Counter)
    groups: Counter[tuple[Severity, str, str]] = field(default_factory=Counter)

    def add(self, document: Document, findings: Iterable[Finding]) -> None:
        """Count the findings of one text."""
        self.articles += 1
        self.characters += len(document.text)
        for finding in findings:
            self.rules[finding.rule.code, finding.severity] += 1
            wrong = finding.span.of(document.text)
            right = finding.suggestions[0] if finding.suggestions else "?"
            self.groups[finding.severity, finding.rule.code, f"{wrong} → {right}"] += 1

    def merge(self, other: "Tally") -> None:
        """Count what another process has counted."""
        self.characters += other.characters
        self.articles += other.articles
        self.rules += other.rules
        self.groups += other.groups

    def per_million(self, count: int) -> float:
        """Return how often that is in a million characters."""
        return count * 1e6 / max(1, self.characters)

    def flags(self, severity: Severity, family: str = "") -> int:
        """Return the flags of a severity, of one family or of all."""
        return sum(
            count
            for (code, level), count in self.rules.items()
            if level is severity and code.startswith(family)
        )


def read_clean(path: Path, sample: int) -> Iterator[tuple[Document, str]]:
    """Yield every nth text of a corpus or of a table of sentences, and its title."""
    if path.suffix == ".tsv":
        lines = path.read_text(encoding="utf-8").splitlines()
        pairs = [line.split("\t") for line in lines if "\t" in line]
        equal = [pair[0] for pair in pairs if pair[0] == pair[1]]
        for text in equal[::sample]:
            yield Document(text), ""
        return
    for number, article in enumerate(read_dated(path)):
        if number % sample == 0:
            yield article.document, article.title


def excerpt(text: str, span: Span) -> str:
    """Return the place in its context, on one line."""
    before = text[max(0, span.start - _AROUND) : span.start]
    after = text[span.end : span.end + _AROUND]
    return f"{before}【{span.of(text)}】{after}".replace("\n", "⏎")


def _line(document: Document, title: str, finding: Finding) -> str:
    return (
        f"{finding.severity.label} {finding.rule.code} {document.published_on or ''} {title[:30]}\n"
        f"    {excerpt(document.text, finding.span)} → {'｜'.join(finding.suggestions)}"
    )


def _print_rates(tally: Tally) -> None:
    print(f"{tally.characters:,} characters in {tally.articles:,} texts")
    print(f"{'flags per million':<18}{'serious':>12}{'ordinary':>12}{'hint':>12}")
    codes = sorted({code for code, _ in tally.rules})
    for name in ("", *sorted({code[:3] for code in codes}), *codes):
        counts = [tally.flags(level, name) for level in _LEVELS]
        cells = "".join(f"{f'{tally.per_million(n):.2f} ({n})':>12}" for n in counts)
        print(f"{name or 'all':<18}{cells}")


def _print_groups(tally: Tally, top: int) -> None:
    for level in _LEVELS:
        groups = sorted(
            (item for item in tally.groups.items() if item[0][0] is level),
            key=lambda item: (-item[1], item[0][1:]),
        )
        if groups:
            print(f"commonest {level.name.lower()}:")
        for (_, code, change), count in groups[:top]:
            print(f"{count:>7} {code} {change}".replace("\n", "⏎"))


def _beyond(tally: Tally, limits: Iterable[tuple[Severity, float | None]]) -> list[str]:
    return [
        f"{level.name.lower()}: {tally.per_million(tally.flags(level)):.2f} per million, "
        f"at most {limit:g} wanted"
        for level, limit in limits
        if limit is not None and tally.per_million(tally.flags(level)) > limit
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Count what is flagged in clean text")
    parser.add_argument("files", type=Path, nargs="+", help="*.jsonl.zst or *.tsv")
    parser.add_argument(
        "--only", action="append", default=[], metavar="CODE", help="a family or a rule; repeatable"
    )
    parser.add_argument("--sample", type=int, default=1, metavar="N", help="every Nth article")
    parser.add_argument("--processes", type=int, default=1, metavar="N")
    parser.add_argument("--list", action="store_true", help="print serious and ordinary flags")
    parser.add_argument("--hints", action="store_true", help="with --list: print hints too")
    parser.add_argument("--top", type=int, default=10, help="how many of the commonest groups")
    for name in ("serious", "ordinary", "hint"):
        parser.add_argument(f"--most-{name}", type=float, metavar="X", help="per million; else 1")
    return parser


@dataclass(frozen=True, slots=True)
class _Share:
    """Which texts of the files a process checks: those of which the number leaves `part`."""

    options: argparse.Namespace
    part: int

    def texts(self) -> Iterator[tuple[int, Document, str]]:
        """Yield number, text and title of each."""
        files = (read_clean(path, self.options.sample) for path in self.options.files)
        for number, (document, title) in enumerate(chain.from_iterable(files)):
            if number % self.options.processes == self.part:
                yield number, document, title


def _check_share(share: _Share) -> tuple[Tally, list[tuple[int, str]]]:
    """Return the figures of a share, and the lines to print by number of the text."""
    options = share.options
    checkers = build_checkers(load_lexicon(data_dir("lexicons"), data_dir("models")))
    wanted = tuple(options.only) or ("",)
    least = Severity.HINT if options.hints else Severity.ORDINARY
    tally, lines = Tally(), []
    texts, ahead = tee(share.texts())
    checked = check_all((document for _, document, _ in ahead), checkers)
    for (number, document, title), every in zip(texts, checked, strict=True):
        found = [finding for finding in every if finding.rule.code.startswith(wanted)]
        tally.add(document, found)
        listed = [finding for finding in found if options.list and finding.severity >= least]
        lines += [(number, _line(document, title, finding)) for finding in listed]
    return tally, lines


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; return 1 where a limit is passed."""
    options = _parser().parse_args(arguments)
    shares = [_Share(options, part) for part in range(options.processes)]
    if options.processes == 1:
        counted = list(map(_check_share, shares))
    else:
        with ProcessPoolExecutor(options.processes) as pool:
            counted = list(pool.map(_check_share, shares))
    tally, lines = Tally(), []
    for figures, listed in counted:
        tally.merge(figures)
        lines += listed
    for _, line in sorted(lines, key=itemgetter(0)):
        print(line)
    _print_rates(tally)
    _print_groups(tally, options.top)
    limits = (options.most_serious, options.most_ordinary, options.most_hint)
    failed = _beyond(tally, zip(_LEVELS, limits, strict=True))
    for line in failed:
        print(f"FAILED {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
