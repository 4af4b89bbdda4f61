"""
Measure the learned stage and its parts: slips found, benchmarks, clean text.

Slips of textcheck/training/corrupt.py are put into sentences of dev_xwlb and dev_gov2026, one each,
which are read as a part of their article, with all else in it as it was;
what is found is told at the scores, one for each kind, that so many of 10,000 clean characters of
the same corpora reach: all kinds together, by their shares, and each kind by itself. Sentences of
the benchmarks are mended by every proposal from the hint threshold on (a part that has none: from
the scores that three of 10,000 clean characters reach), and right where the whole sentence is; F is
told once more at the one score of all kinds that is best for the benchmark itself, as other systems
are often measured (nothing is set by it). The lexicon is on: what it protects is not proposed.
Which parts there are, and whether rules are on, scripts/systems.py says; scripts/benchmark_peer.py
measures pycorrector. With --single only F of the benchmarks is told, of the shipped graphs and of
those that scripts/export_detector.py --plain wrote from the same checkpoint, each at the scores
that scripts/calibrate_detector.py set for it: so both tell as much of clean text.

Run: python scripts/benchmark_detector.py --shared DIR [--systems judge,gated] [--card FILE]
     python scripts/benchmark_detector.py --shared DIR --single WORK/single [--step 4]
"""

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from dated import read_dated
from kept_apart import SHARE, threshold
from systems import CERTAIN, NAMES, WITHOUT_DETECTOR, System, has_detector, system

from textcheck.data import data_dir
from textcheck.lexicon.load import load_lexicon
from textcheck.model.evidence import Weigher
from textcheck.model.proposals import Kind, Proposal
from textcheck.training.card import read_card
from textcheck.training.confusions import read_confusions
from textcheck.training.corrupt import KINDS, Corruptor
from textcheck.training.marks import Marker

CORPORA = ("dev_xwlb", "dev_gov2026")
BENCHMARKS = (
    "CSCD_NS.dev", "ECSPELL_ODW.train", "ECSPELL_LAW.train", "ECSPELL_MED.train",
    "MC_TEXTPROOF.dev", "SIGHAN15.test",
)  # fmt: skip
CORRECT = "MC_ACC_RMRB.dev"
GROUPS = {
    "substituted": ("same sound", "near sound", "shape", "word", "any"),
    "missing": ("missing",),
    "extra": ("extra", "doubled"),
    "swapped": ("swapped",),
    "words swapped": ("words swapped",),
}
RATES = (0.3, 1.0, 5.0)  # false alarms in 10,000 clean characters
ALONE = dict.fromkeys(Kind, 1.0)  # the shares where each kind is looked at by itself
SCORES = (
    0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999,
)  # fmt: skip
# The table at the end: false alarms in 10,000, found at one false alarm in 10,000, F of sentences.
COLUMNS = {
    "ordinary": "alarms ordinary",
    "hint": "alarms hint",
    **{group: f"{group} found" for group in GROUPS},
    **{name.partition(".")[0]: f"{name} F" for name in BENCHMARKS},
    "left alone": CORRECT,
}
WANTED = {"ordinary": 0.3, "hint": 3.0}
SEED = 17

Least = Mapping[Kind, float]
Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class Slip:
    """A sentence with one slip: its kind, what it was, where the slip is; the article with it."""

    kind: str
    text: str
    right: str
    at: int
    article: str


def mended(text: str, proposals: Sequence[Proposal]) -> str:
    """Return a text in which every proposal is taken."""
    for one in reversed(proposals):
        if one.right is not None:
            text = text[: one.span.start] + one.right + text[one.span.end :]
    return text


def clean_texts(folder: Path) -> list[tuple[str, str]]:
    """Return the paragraphs of the clean corpora, each with its article."""
    return [
        (line, article.text)
        for corpus in CORPORA
        for article in read_dated(folder / f"{corpus}.jsonl.zst")
        for line in article.text.splitlines()
        if line
    ]


def slips(
    texts: Sequence[tuple[str, str]], corruptor: Corruptor, marker: Marker, each: int
) -> Iterator[Slip]:
    """Yield as many sentences of each kind, with one slip each."""
    random = Random(SEED)  # noqa: S311 # reproducible choice
    pool = [(text, article) for text, article in texts if 20 <= len(text) <= 120]
    for kind in KINDS:
        corruptor.only(kind)
        made = 0
        for text, article in random.sample(pool, len(pool)):
            damaged = corruptor.damaged(text, 1, spared=marker(text).spared)
            wrong = "".join(damaged.text)
            if wrong == text:
                continue
            differs = (at for at, one in enumerate(text) if wrong[at : at + 1] != one)
            at = next(differs, len(text))  # what is put in at the end differs behind it
            yield Slip(kind, wrong, text, at, article.replace(text, wrong, 1))
            made += 1
            if made == each:
                break


def scores_at(
    clean: Sequence[Proposal], characters: int, rate: float, shares: Mapping[Kind, float] = SHARE
) -> Least:
    """
    Return for each kind the score above which its share of the rate is told.

    What is certain is told anyhow; the rest of the rate is shared.
    """
    doubtful = [one for one in clean if one.score < CERTAIN]
    rest = max(0.0, rate - (len(clean) - len(doubtful)) * 10_000 / characters)
    return {
        kind: threshold(
            [one.score for one in doubtful if one.kind is kind], characters, rest * shares[kind]
        )
        for kind in Kind
    }


def tell_slips(
    proposed: Sequence[tuple[Slip, Sequence[Proposal]]], least: Least
) -> Iterator[tuple[str, float, float]]:
    """Yield what share of each group is found, and of these put right."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for slip, proposals in proposed:
        told = [one for one in proposals if one.score > least[one.kind]]
        here = [one for one in told if one.span.start - 2 <= slip.at <= one.span.end + 1]
        right = any(mended(slip.text, [one]) == slip.right for one in here)
        groups = [name for name, kinds in GROUPS.items() if slip.kind in kinds]
        for name in (*groups, f"  {slip.kind}"):
            row = rows[name]
            row["all"] += 1
            row["found"] += bool(here)
            row["right"] += right
    for name, row in rows.items():
        yield name, row["found"] / row["all"], row["right"] / max(1, row["found"])


def sentence_scores(
    read: Sequence[tuple[str, str, Sequence[Proposal]]], least: Least
) -> tuple[float, float, float]:
    """Return precision, recall and F of whole sentences, given each with its target."""
    changed = hits = wrong = 0
    for source, target, proposals in read:
        result = mended(source, [it for it in proposals if it.score >= least[it.kind]])
        changed += result != source
        wrong += source != target
        hits += result == target and source != target
    precision, recall = hits / max(1, changed), hits / max(1, wrong)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def tell_benchmark(
    one: System, path: Path, least: Least, step: int
) -> tuple[tuple[float, float, float], float]:
    """Return precision, recall and F from the scores on, and F at the one best score."""
    lines = path.read_text(encoding="utf-8").splitlines()[::step]
    pairs = [line.partition("\t") for line in lines]
    read = [(source, target, one.propose(source)) for source, _, target in pairs]
    best = max(sentence_scores(read, dict.fromkeys(Kind, score))[2] for score in SCORES)
    return sentence_scores(read, least), best


def left_alone(one: System, path: Path, least: Least, step: int) -> float:
    """Return the share of correct sentences about which nothing is told."""
    lines = path.read_text(encoding="utf-8").splitlines()[::step]
    told = sum(
        any(it.score >= least[it.kind] for it in one.propose(line.partition("\t")[0]))
        for line in lines
    )
    return 1 - told / len(lines)


def _least(one: System, name: str, clean: Sequence[Proposal], characters: int) -> Least:
    """Return the scores from which a system tells what is ordinary, or a hint."""
    if one.thresholds:
        return {kind: getattr(told, name) for kind, told in one.thresholds.items()}
    if one.name == "rules":
        return dict.fromkeys(Kind, CERTAIN if name == "ordinary" else 0.0)
    return scores_at(clean, characters, WANTED[name])


def measure(
    one: System, texts: Sequence[tuple[str, str]], made: Sequence[Slip], bench: Path, step: int
) -> Scores:
    """Print the tables of a system; return the figures by name."""
    found: Scores = {}
    clean = [it for text, article in texts for it in one.propose(text, article)]
    characters = sum(len(text) for text, _ in texts)
    print(f"== {one.name}: {characters:,} clean characters")
    least = {name: _least(one, name, clean, characters) for name in WANTED}
    for name, scores in least.items():
        told = sum(it.score >= scores[it.kind] for it in clean) * 10_000 / characters
        found[f"alarms {name}"] = told
        print(f"  {name} or above: {told:.2f} in 10,000 clean characters")
    proposed = [(slip, one.propose(slip.text, slip.article)) for slip in made]
    for rate, shares, of in (
        *((rate, SHARE, "all kinds together") for rate in RATES),
        (1.0, ALONE, "each kind"),
    ):
        print(f"  slips at {rate:g} false alarms of {of} in 10,000: found, of these put right")
        scores = scores_at(clean, characters, rate, shares)
        for name, share, right in tell_slips(proposed, scores):
            print(f"    {name:<16}{share:7.1%}{right:8.1%}")
            if rate == 1.0 and name in GROUPS:
                at = " alone" if of == "each kind" else ""
                found |= {f"{name} found{at}": share, f"{name} right{at}": right}
    for name in BENCHMARKS:
        (precision, recall, score), best = tell_benchmark(
            one, bench / f"{name}.tsv", least["hint"], step
        )
        print(f"  {name:<20} P {precision:.3f}  R {recall:.3f}  F {score:.3f}  best {best:.3f}")
        found |= {f"{name} F": score, f"{name} best F": best}
    found[CORRECT] = left_alone(one, bench / f"{CORRECT}.tsv", least["ordinary"], step)
    print(f"  correct sentences of {CORRECT} left alone: {found[CORRECT]:.2%}", flush=True)
    return found


def tell_table(rows: Mapping[str, Scores]) -> None:
    """Print the figures of the systems side by side, as a table of Markdown."""
    print(f"| system | {' | '.join(COLUMNS)} |")
    print("|---" * (1 + len(COLUMNS)) + "|")
    for name, found in rows.items():
        print(f"| {name} | {' | '.join(f'{found[key]:.3f}' for key in COLUMNS.values())} |")


def tell_eight_bits(single: System, eight: System, bench: Path, step: int) -> None:
    """Print how much of F the shipped graphs lose against those in single precision."""
    lost: dict[str, list[float]] = {"at the scores set": [], "each at its best score": []}
    for name in BENCHMARKS:
        ((_, _, before), best), ((_, _, after), best_after) = (
            tell_benchmark(one, bench / f"{name}.tsv", _least(one, "hint", (), 0), step)
            for one in (single, eight)
        )
        for points, loss in zip(lost.values(), (before - after, best - best_after), strict=True):
            points.append(100 * loss)
        print(
            f"  {name:<20} F {before:.3f}, in eight bits {after:.3f};"
            f" best {best:.3f}, {best_after:.3f}",
            flush=True,
        )
    for which, points in lost.items():
        average = sum(points) / len(points)
        print(f"  {which}: {average:.1f} points lost on average, {max(points):.1f} at most")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Measure the learned stage")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--models", type=Path, default=data_dir("models"))
    parser.add_argument("--detector", type=Path, help="another than that of the models")
    parser.add_argument("--systems", default=",".join(NAMES), help="some of these, by commas")
    parser.add_argument("--sentences", type=int, default=2000)
    parser.add_argument("--sample", type=int, default=1, help="every Nth clean paragraph")
    parser.add_argument("--step", type=int, default=1, help="every Nth sentence of a benchmark")
    parser.add_argument("--single", type=Path, help="tell only what eight bits lose against these")
    parser.add_argument("--card", type=Path, help="where the scores of `gated` are entered")
    arguments = parser.parse_args()
    language = arguments.models / "language"
    detector = arguments.detector or arguments.models / "detector"
    names = arguments.systems.split(",")
    if not has_detector(detector) and (
        wanting := set(names) - {*WITHOUT_DETECTOR, "rules", "whole"}
    ):
        parser.error(f"no detector in {detector} for {', '.join(sorted(wanting))}")
    lexicon = load_lexicon(data_dir("lexicons"), data_dir("models"))
    bench = arguments.shared / "bench"
    if arguments.single:
        single = system("gated", lexicon, language, arguments.single)
        eight = system("gated", lexicon, language, detector)
        tell_eight_bits(single, eight, bench, arguments.step)
        return
    corruptor = Corruptor(read_confusions(arguments.shared / "confusion", Weigher(language)), SEED)
    texts = clean_texts(arguments.shared / "corpora")
    made = list(slips(texts, corruptor, Marker(lexicon), arguments.sentences // len(KINDS)))
    rows: dict[str, Scores] = {}
    for name in names:
        one = system(name, lexicon, language, detector)
        began = time.process_time()
        rows[name] = measure(one, texts[:: arguments.sample], made, bench, arguments.step)
        print(f"  {time.process_time() - began:.0f} s of processor time", flush=True)
        if name == "gated" and arguments.card:
            card = read_card(arguments.card)
            card.scores = {key: round(value, 4) for key, value in rows[name].items()}
            card.write(arguments.card)
    tell_table(rows)


if __name__ == "__main__":
    main()
