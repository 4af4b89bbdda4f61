"""
Time the deterministic stage on a corpus: characters a second of processor time on one core.

Prints beside it the time of exact matching alone (the same forms in the same texts), which is the
limit that every stage built on it has, and the ratio of the two, from the same run. With --added
so many random forms of 4 to 20 characters, drawn as often as the corpus has them, are protected
as well, and what that costs is told as a ratio of times of the same run. The time to load and
to build the checkers is that with what was kept of the last run. With --plain nothing that was
compiled from C is used. At last a table tells where the time goes, part by part.

Run: python scripts/benchmark_stage.py CORPUS.jsonl.zst [--least 500000] [--most-ratio 30] [--plain]
                                       [--added 50000 --most-added 1.2] [--most-start 0.3]
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import zstandard

from textcheck.checkers import build_checkers
from textcheck.checkers.base import Checker
from textcheck.data import cache_dirs, data_dir
from textcheck.document import Document, Span
from textcheck.engine.worker import keep_tables
from textcheck.escalate import escalated
from textcheck.finding import Finding, Severity
from textcheck.knowledge.entry import Citation, Entry, EntryKind
from textcheck.lexicon.load import Lexicon, load_lexicon
from textcheck.linter import batches, check_all, look_through
from textcheck.refine import in_text_order, one_per_place
from textcheck.text import native

ROUNDS = 5
SEED = 5
SHORTEST, LONGEST = 4, 20  # characters of an added form


def documents(path: Path) -> list[Document]:
    """Return the articles of a corpus; a date that is only a year is its last day."""
    found = []
    with zstandard.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            data = json.loads(line)
            day = data["date"] if len(data["date"]) > 4 else f"{data['date']}-12-31"
            found.append(Document(data["text"], published_on=date.fromisoformat(day)))
    return found


def seconds(work: Callable[[], Iterable[object]]) -> float:
    """Return the processor time of one round of the work."""
    began = time.process_time()
    for _ in work():
        pass
    return time.process_time() - began


def best(*works: Callable[[], Iterable[object]]) -> list[float]:
    """Return the processor time of each work, the best of some rounds in which all take turns."""
    rounds = [[seconds(work) for work in works] for _ in range(ROUNDS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def exact_forms(lexicon: Lexicon, texts: Iterable[Document]) -> Iterator[object]:
    """Yield the forms that stand in each of the texts, looked through as check_all does."""
    for together in batches(texts):
        lexicon.look_through([document.text for document in together])
        for document in together:
            yield lexicon.mentions(document.text)


def start() -> tuple[Lexicon, float]:
    """Return the lexicon and the processor time to load it a second time and build the checkers."""
    folders = data_dir("lexicons"), data_dir("models"), cache_dirs()
    load_lexicon(*folders)
    began = time.process_time()
    lexicon = load_lexicon(*folders)
    build_checkers(lexicon)
    return lexicon, time.process_time() - began


def grown(lexicon: Lexicon, texts: Sequence[Document], size: int) -> Lexicon:
    """Return the lexicon with so many random forms more."""
    dice = random.Random(SEED)  # noqa: S311 # a sample, no secret
    often = Counter(character for document in texts for character in document.text)
    characters = [one for one in often if one.isalpha()]
    weights = [often[one] for one in characters]
    source = Citation("unverified")
    added = []
    for number in range(size):
        form = "".join(dice.choices(characters, weights, k=dice.randint(SHORTEST, LONGEST)))
        name = f"added-{number}"
        added.append(Entry(name, EntryKind.CLAUSE, form, Severity.ORDINARY, None, None, source))
    tables = lexicon.tables
    return Lexicon(replace(tables, light=(*tables.light, *added)))


def shared_steps(
    lexicon: Lexicon, checkers: Sequence[Checker], together: Sequence[Document]
) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is done for all checkers, by name; to ask for one text does it for all."""
    text = together[0].text
    yield "texts joined", lambda: look_through(together, checkers)
    yield "exact forms", lambda: lexicon.is_lawful(text, Span(0, 1))
    yield "near misses", lambda: lexicon.slips(text, EntryKind.BODY)
    yield "misprints", lambda: lexicon.likely_typos(text)
    yield "neighbours exchanged", lambda: lexicon.likely_swaps(text)


def settled(findings: Iterable[Finding], document: Document) -> list[Finding]:
    """Return what the linter makes of the findings of all checkers."""
    return escalated(in_text_order(one_per_place(findings)), document)


def time_of_parts(
    lexicon: Lexicon, checkers: Sequence[Checker], texts: Iterable[Document]
) -> dict[str, float]:
    """Return the processor time of each part of the stage in one round."""
    spent: dict[str, float] = defaultdict(float)
    for together in batches(texts):
        for name, step in shared_steps(lexicon, checkers, together):
            began = time.process_time()
            step()
            spent[name] += time.process_time() - began
        found: list[list[Finding]] = [[] for _ in together]
        for checker in checkers:
            began = time.process_time()
            for findings, document in zip(found, together, strict=True):
                findings.extend(checker.check(document))
            spent[type(checker).__name__] += time.process_time() - began
        began = time.process_time()
        for findings, document in zip(found, together, strict=True):
            settled(findings, document)
        spent["settled and raised"] += time.process_time() - began
    return spent


def print_parts(lexicon: Lexicon, checkers: Sequence[Checker], texts: Iterable[Document]) -> None:
    """Print the share of each part, the greatest first; what checkers share stands apart."""
    rounds = [time_of_parts(lexicon, checkers, texts) for _ in range(ROUNDS)]
    parts = {name: min(times[name] for times in rounds) for name in rounds[0]}
    total = sum(parts.values())
    for name, spent in sorted(parts.items(), key=lambda part: -part[1]):
        print(f"  {name:<22}{1000 * spent:>8.1f} ms{spent / total:>8.1%}")


def main() -> int:
    """Print the figures; return 1 where a bound is not kept."""
    parser = argparse.ArgumentParser(description="Time the deterministic stage")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--least", type=int, default=0, help="characters a second wanted")
    parser.add_argument("--most-ratio", type=float, help="whole stage to exact forms, in time")
    parser.add_argument("--most-start", type=float, help="seconds of processor time to load")
    parser.add_argument("--added", type=int, default=0, help="random forms to protect as well")
    parser.add_argument("--most-added", type=float, help="time with them to time without")
    parser.add_argument("--plain", action="store_true", help="use nothing compiled from C")
    arguments = parser.parse_args()
    if arguments.plain:
        native.FOLDER = Path(tempfile.mkdtemp())
    lexicon, started = start()
    texts = documents(arguments.corpus)
    checkers = build_checkers(lexicon)
    for _ in check_all(texts, checkers):
        pass
    keep_tables()  # as a worker does
    works = [lambda: exact_forms(lexicon, texts), lambda: check_all(texts, checkers)]
    if arguments.added:
        more = build_checkers(grown(lexicon, texts, arguments.added))
        works.append(lambda: check_all(texts, more))
    exact, whole, *with_added = best(*works)
    characters = sum(len(document.text) for document in texts)
    rate, cost = characters / whole, with_added[0] / whole if with_added else None
    print(f"lexicon loaded in {started:.2f} s of processor time")
    print(f"{characters:,} characters; best of {ROUNDS} rounds")
    print(f"whole stage   {rate:>12,.0f} characters a second")
    print(f"exact forms   {characters / exact:>12,.0f} characters a second: the limit")
    print(f"ratio         {whole / exact:>12.1f}")
    if cost is not None:
        print(f"with {arguments.added:,} random forms more: {cost:.2f} of the time")
    print_parts(lexicon, checkers, texts)
    bounds = (
        (rate < arguments.least, f"at least {arguments.least:,} characters a second"),
        (_above(whole / exact, arguments.most_ratio), "a smaller ratio to the exact forms"),
        (_above(started, arguments.most_start), f"a start in {arguments.most_start} s"),
        (_above(cost, arguments.most_added), f"at most {arguments.most_added} of the time"),
    )
    failed = [wanted for fails, wanted in bounds if fails]
    for wanted in failed:
        print(f"FAILED {wanted} wanted")
    return 1 if failed else 0


def _above(value: float | None, most: float | None) -> bool:
    return value is not None and most is not None and value > most


if __name__ == "__main__":
    sys.exit(main())
