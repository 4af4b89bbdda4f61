"""
Measure the learned stage of the shipped files: slips found, benchmarks, clean text, speed.

Slips of textcheck/training/corrupt.py are put into sentences of dev_xwlb and dev_gov2026, one each;
what is found is told at the score, one for each kind of proposal, that so many of 10,000 clean
characters of the same corpora reach. Sentences of the benchmarks are mended by every proposal from
the hint threshold on, and right where the whole sentence is. The lexicon is on: what it protects is
not proposed. Rules are off.

Run: python scripts/benchmark_detector.py --shared DIR [--sentences 2000]
"""

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from dated import read_dated

from textcheck.checkers.learned import LearnedChecker
from textcheck.data import data_dir
from textcheck.lexicon.load import load_lexicon
from textcheck.model.evidence import Weigher
from textcheck.model.proofread import Proofreader
from textcheck.model.proposals import Kind, Proposal
from textcheck.model.thresholds import read_thresholds
from textcheck.training.confusions import read_confusions
from textcheck.training.corrupt import KINDS, Corruptor
from textcheck.training.marks import Marker

CORPORA = ("dev_xwlb", "dev_gov2026")
BENCHMARKS = (
    "CSCD_NS.dev", "ECSPELL_ODW.train", "ECSPELL_LAW.train", "ECSPELL_MED.train",
    "MC_TEXTPROOF.dev", "SIGHAN15.test",
)  # fmt: skip
CORRECT = "MC_ACC_RMRB.dev"
RATES = (0.3, 1.0, 5.0)  # false alarms in 10,000 clean characters
SEED = 17


@dataclass(frozen=True, slots=True)
class Slip:
    """A sentence with one slip: its kind, what it was, where the slip is."""

    kind: str
    text: str
    right: str
    at: int


def mended(text: str, proposals: Sequence[Proposal]) -> str:
    """Return a text in which every proposal is taken."""
    for one in reversed(proposals):
        if one.right is not None:
            text = text[: one.span.start] + one.right + text[one.span.end :]
    return text


def clean_texts(folder: Path) -> list[str]:
    """Return the paragraphs of the clean corpora."""
    return [
        line
        for corpus in CORPORA
        for article in read_dated(folder / f"{corpus}.jsonl.zst")
        for line in article.text.splitlines()
        if line
    ]


def slips(texts: Sequence[str], corruptor: Corruptor, marker: Marker, each: int) -> Iterator[Slip]:
    """Yield as many sentences of each kind, with one slip each."""
    random = Random(SEED)  # noqa: S311 # reproducible choice
    pool = [text for text in texts if 20 <= len(text) <= 120]
    for kind in KINDS:
        corruptor.only(kind)
        made = 0
        for text in random.sample(pool, len(pool)):
            damaged = corruptor.damaged(text, 1, spared=marker(text).spared)
            wrong = "".join(damaged.text)
            if wrong == text:
                continue
            differs = (at for at, one in enumerate(text) if wrong[at : at + 1] != one)
            at = next(differs, len(text))  # what is put in at the end differs behind it
            yield Slip(kind, wrong, text, at)
            made += 1
            if made == each:
                break


def scores_at(scores: dict[Kind, list[float]], characters: int, rate: float) -> dict[Kind, float]:
    """Return for each kind of proposal the score above which its share of the rate is told."""
    allowed = int(rate * characters / 10_000 / len(scores))
    return {
        kind: (sorted(found, reverse=True) + [0.0] * (allowed + 1))[allowed]
        for kind, found in scores.items()
    }


def tell_slips(checker: LearnedChecker, made: Sequence[Slip], least: dict[Kind, float]) -> None:
    """Print what share of each kind is found, and of these put right."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for slip in made:
        told = [one for one in checker.allowed(slip.text) if one.score > least[one.kind]]
        here = [one for one in told if one.span.start - 2 <= slip.at <= one.span.end + 1]
        row = rows[slip.kind]
        row["all"] += 1
        row["found"] += bool(here)
        row["right"] += any(mended(slip.text, [one]) == slip.right for one in here)
    for kind, row in rows.items():
        right = row["right"] / max(1, row["found"])
        print(f"  {kind:<14}{row['found'] / row['all']:7.1%} found, {right:6.1%} of them put right")


def tell_benchmark(checker: LearnedChecker, path: Path, least: dict[Kind, float]) -> None:
    """Print precision, recall and F of whole sentences."""
    changed = hits = wrong = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        source, _, target = line.partition("\t")
        told = [one for one in checker.allowed(source) if one.score >= least[one.kind]]
        result = mended(source, told)
        changed += result != source
        wrong += source != target
        hits += result == target and source != target
    precision, recall = hits / max(1, changed), hits / max(1, wrong)
    score = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"  {path.stem:<20} P {precision:.3f}  R {recall:.3f}  F {score:.3f}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Measure the learned stage")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--models", type=Path, default=data_dir("models") / "language")
    parser.add_argument("--sentences", type=int, default=2000)
    parser.add_argument("--sample", type=int, default=1, help="every Nth clean paragraph")
    arguments = parser.parse_args()
    lexicon = load_lexicon(data_dir("lexicons"), data_dir("models"))
    thresholds = read_thresholds(arguments.models / "thresholds.toml")
    checker = LearnedChecker(lexicon, Proofreader(arguments.models), thresholds)
    corruptor = Corruptor(
        read_confusions(arguments.shared / "confusion", Weigher(arguments.models)), SEED
    )
    texts = clean_texts(arguments.shared / "corpora")
    clean: dict[Kind, list[float]] = {kind: [] for kind in thresholds}
    sampled = texts[:: arguments.sample]
    characters = sum(map(len, sampled))
    began = time.process_time()
    for text in sampled:
        for one in checker.allowed(text):
            clean[one.kind].append(one.score)
    speed = characters / (time.process_time() - began)
    print(f"{characters:,} clean characters, {speed:,.0f} a second of processor time")
    for name in ("ordinary", "hint"):
        told = sum(
            score >= getattr(thresholds[kind], name)
            for kind, found in clean.items()
            for score in found
        )
        print(f"  {name} or above: {told}, {told * 10_000 / characters:.2f} in 10,000 characters")
    made = list(slips(texts, corruptor, Marker(lexicon), arguments.sentences // len(KINDS)))
    for rate in RATES:
        print(f"slips found at {rate:g} false alarms in 10,000 characters:")
        tell_slips(checker, made, scores_at(clean, characters, rate))
    print("benchmarks, whole sentences, from the hint threshold on:")
    hint = {kind: threshold.hint for kind, threshold in thresholds.items()}
    for name in BENCHMARKS:
        tell_benchmark(checker, arguments.shared / "bench" / f"{name}.tsv", hint)
    ordinary = {kind: threshold.ordinary for kind, threshold in thresholds.items()}
    lines = (arguments.shared / "bench" / f"{CORRECT}.tsv").read_text(encoding="utf-8").splitlines()
    left = sum(
        not [one for one in checker.allowed(text) if one.score >= ordinary[one.kind]]
        for text in (line.partition("\t")[0] for line in lines)
    )
    print(f"correct sentences of {CORRECT} left alone: {left / len(lines):.2%}")


if __name__ == "__main__":
    main()
