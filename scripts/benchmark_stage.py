"""
Time the deterministic stage on a corpus: characters a second of processor time on one core.

Prints beside it the time of exact matching alone (the same forms in the same texts), which is the
limit that every stage built on it has, and the ratio of the two, from the same run.

Run: python scripts/benchmark_stage.py CORPUS.jsonl.zst [--least 500000] [--most-ratio 30]
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import zstandard

from textcheck.checkers import build_checkers
from textcheck.data import cache_dirs, data_dir
from textcheck.document import Document
from textcheck.lexicon.load import Lexicon, load_lexicon
from textcheck.linter import batches, check_all

ROUNDS = 3


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
    """Return the processor time of the work, the best of some rounds."""
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in work():
            pass
        rounds.append(time.process_time() - began)
    return min(rounds)


def exact_forms(lexicon: Lexicon, texts: Iterable[Document]) -> Iterator[object]:
    """Yield the forms that stand in each of the texts, looked through as check_all does."""
    for together in batches(texts):
        lexicon.look_through([document.text for document in together])
        for document in together:
            yield lexicon.mentions(document.text)


def main() -> int:
    """Print the figures; return 1 where the floor is not reached."""
    parser = argparse.ArgumentParser(description="Time the deterministic stage")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--least", type=int, default=0, help="characters a second wanted")
    parser.add_argument("--most-ratio", type=float, help="whole stage to exact forms, in time")
    arguments = parser.parse_args()
    began = time.process_time()
    lexicon = load_lexicon(data_dir("lexicons"), data_dir("models"), cache_dirs())
    started = time.process_time() - began
    checkers = build_checkers(lexicon)
    texts = documents(arguments.corpus)
    characters = sum(len(document.text) for document in texts)
    exact = seconds(lambda: exact_forms(lexicon, texts))
    whole = seconds(lambda: check_all(texts, checkers))
    rate = characters / whole
    print(f"lexicon loaded in {started:.2f} s of processor time")
    print(f"{characters:,} characters; best of {ROUNDS} rounds")
    print(f"whole stage   {rate:>12,.0f} characters a second")
    print(f"exact forms   {characters / exact:>12,.0f} characters a second: the limit")
    print(f"ratio         {whole / exact:>12.1f}")
    if rate < arguments.least:
        print(f"FAILED at least {arguments.least:,} wanted")
        return 1
    if arguments.most_ratio and whole / exact > arguments.most_ratio:
        print(f"FAILED at most {arguments.most_ratio:g} times the exact forms wanted")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
