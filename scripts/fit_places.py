"""
Fit the weights of what speaks for a slip in the short name of a region.

Two heaps are made from clean text of the train_* corpora: what looks like a damaged name by
itself, and names that were damaged by one slip. A logistic regression tells them apart; its
constant is then moved to RATE slips in a million characters.

Run: python scripts/fit_places.py --shared DIR      (a minute; writes models/places/weights.tsv)

What it prints is how many of the made slips reach a confidence, of regions that were kept out of
the fit, a fifth of all by their digest, and how many places in a million clean characters; with
--list N the N surest of those.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import zstandard
from ahocorasick_rs import AhoCorasick, MatchKind
from fit_scale import fitted, kept_out
from logistic import sure, write_weights
from numpy.typing import NDArray
from seeding.slips import Slips, read_confusions

from textcheck.data import data_dir
from textcheck.document import Span
from textcheck.knowledge.toponyms import Toponyms
from textcheck.lexicon.lexicon import Lexicon
from textcheck.lexicon.load import load_lexicon
from textcheck.matching.keys import Edit
from textcheck.slips.damaged import DamagedNames
from textcheck.slips.placecase import PlaceCase
from textcheck.slips.places import PlaceFinder
from textcheck.slips.placescale import FEATURES, features
from textcheck.slips.unseen import unseen_in
from textcheck.text.fold import fold

SEED = 7
# Every so many articles, up to so many characters; the last three months of news are left out.
CORPORA = {
    "xwlb": (9, 2_500_000),
    "gov_work_reports": (7, 4_000_000),
    "cpcnews_people_cn": (3, 1_500_000),
    "general_crud_rag_news": (7, 4_000_000),
}
LAST_DAY = "2025-10-01"
KINDS = ("sound", "near", "shape", "missing", "extra", "any", "doubled", "swapped")
MOST_A_NAME, MOST_AN_ARTICLE = 12, 6
AROUND = 30
RATE = 100.0

Matrix = NDArray[np.float64]
Place = tuple[Span, Edit]


@dataclass(frozen=True)
class Sample:
    """A case as numbers, with the name it would be, an excerpt, and the number of its place."""

    name: str
    slip: bool
    values: list[float]
    excerpt: str
    place: int


class Cases:
    """What is weighed in a text."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the tables; the weights do not matter."""
        tables = lexicon.tables
        self.ngrams = tables.ngrams
        self.rare = tables.rare
        self.toponyms = Toponyms(tables.regions)
        blank = dict.fromkeys(FEATURES, 0.0)
        self._finder = PlaceFinder(
            DamagedNames(self.toponyms),
            (tables.sounds, tables.shapes),
            (tables.ngrams, tables.language),
            blank,
        )

    def of(self, text: str) -> list[PlaceCase]:
        """Return the cases of a folded text with a line feed at both ends."""
        return list(self._finder.cases(text, unseen_in(text, self.ngrams, self.rare)))


def texts(shared: Path, phase: int) -> Iterator[str]:
    """Yield folded articles, one in so many, with a line feed at both ends."""
    for name, (step, most) in CORPORA.items():
        read = 0
        path = shared / "corpora" / f"train_{name}.jsonl.zst"
        with zstandard.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                article = json.loads(line)
                if number % step != phase or (article["date"] or "") >= LAST_DAY:
                    continue
                read += len(article["text"])
                yield f"\n{fold(article['text'])}\n"
                if read > most:
                    break


def sample(case: PlaceCase, place: int, *, slip: bool) -> Sample:
    """Return a case as numbers."""
    span, text = case.near.span, case.text
    excerpt = f"{text[max(0, span.start - 12) : span.start]}【{span.of(text)}】"
    excerpt = f"{excerpt}{text[span.end : span.end + 12]} → {case.name}".replace("\n", "⏎")
    return Sample(case.name, slip, features(case), excerpt, place)


def natural(cases: Cases, shared: Path) -> tuple[list[Sample], int]:
    """Return what clean text has, and of how many characters."""
    found: list[Sample] = []
    size = 0
    for text in texts(shared, 0):
        size += len(text)
        here: dict[Place, list[PlaceCase]] = {}
        for case in cases.of(text):
            here.setdefault((case.near.span, case.near.edit), []).append(case)
        for of_place in here.values():
            place = len(found)
            found += [sample(case, place, slip=False) for case in of_place]
    return found, size


def made(cases: Cases, shared: Path) -> tuple[list[Sample], list[Sample], str]:
    """Return what comes from damaging names, what else it may be, and how many were seen."""
    rng = random.Random(SEED)  # noqa: S311 # reproducible data
    slips = Slips(read_confusions(shared / "confusion"), {}, rng)
    common = cases.ngrams.common(2500)
    names = sorted(cases.toponyms.names)
    finder = AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)
    used: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    found: list[Sample] = []
    others: list[Sample] = []
    for text in texts(shared, 1):
        places = finder.find_matches_as_indexes(text)
        rng.shuffle(places)
        for at, start, end in places[:MOST_AN_ARTICLE]:
            name, kind = names[at], rng.choice(KINDS)
            wrong = _any(name, common, rng) if kind == "any" else slips.slip(name, kind)
            known = wrong in cases.toponyms.known
            if wrong is None or known or name.startswith(wrong) or used[name] >= MOST_A_NAME:
                continue
            used[name] += 1
            tried[kind] += 1
            ahead = text[max(0, start - AROUND) : start].rpartition("\n")[2]
            behind = text[end : end + AROUND].partition("\n")[0]
            all_, best = _that_mends(
                cases, f"\n{ahead}{wrong}{behind}\n", f"\n{ahead}{name}{behind}\n"
            )
            if best is not None:
                seen[kind] += 1
                number = -len(found) - 1
                found.append(sample(best, number, slip=True))
                same = (best.near.span, best.near.edit)
                others.extend(
                    sample(case, number, slip=True)
                    for case in all_
                    if case is not best and (case.near.span, case.near.edit) == same
                )
    return found, others, ", ".join(f"{kind} {seen[kind]}/{tried[kind]}" for kind in KINDS)


def _any(name: str, common: str, rng: random.Random) -> str:
    site = rng.randrange(1, len(name))
    return name[:site] + rng.choice(common) + name[site:]


def _that_mends(cases: Cases, text: str, right: str) -> tuple[list[PlaceCase], PlaceCase | None]:
    """Return all cases, and that which puts the text right, of several what gains most."""
    every = cases.of(text)
    found = [
        case
        for case in every
        if text[: case.near.span.start] + case.name + text[case.near.span.end :] == right
    ]
    return every, max(found, key=lambda case: case.gain.total, default=None)


def report(samples: list[Sample], weights: Matrix, size: int, listed: int) -> None:
    """Print what reaches which confidence, and the surest of clean text."""
    places: dict[int, list[Sample]] = {}
    for one in samples:
        places.setdefault(one.place, []).append(one)
    likely = {place: _sure(found, weights) for place, found in places.items()}
    samples = [found[0] for found in places.values()]
    confidence = np.array([likely[one.place] for one in samples])
    slip = np.array([one.slip for one in samples])
    out = np.array([one.slip and kept_out(one.name) for one in samples])
    for least in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        clean = np.sum(confidence[~slip] >= least) * 1e6 / size
        print(f"{least}: {np.mean(confidence[out] >= least):.3f} of slips, {clean:.2f}/M")
    order = [at for at in np.argsort(-confidence) if not samples[at].slip]
    for at in order[:listed]:
        print(f"{confidence[at]:.3f} {samples[at].excerpt}")


def _sure(found: list[Sample], weights: Matrix) -> float:
    """Return how sure it is that one of the readings of a place is meant."""
    values = np.array([one.values for one in found])
    return float(1 - np.prod(1 - sure(values, weights)))


def main() -> None:
    """Make both heaps, fit, report, write."""
    parser = argparse.ArgumentParser(description="Fit the weights for the names of regions")
    parser.add_argument("--shared", type=Path, required=True, help="holds corpora and confusion")
    parser.add_argument("--output", type=Path, default=Path("models/places/weights.tsv"))
    parser.add_argument("--list", type=int, default=0, help="so many of the surest in clean text")
    arguments = parser.parse_args()
    cases = Cases(load_lexicon(data_dir("lexicons"), data_dir("models")))
    ordinary, size = natural(cases, arguments.shared)
    slips, others, seen = made(cases, arguments.shared)
    print(f"{len(ordinary)} natural in {size:,} characters; {len(slips)} made: {seen}")
    taken = [one for one in ordinary + slips if not (one.slip and kept_out(one.name))]
    slip = np.array([float(one.slip) for one in taken])
    weights = fitted(np.array([one.values for one in taken]), slip)
    weights[0] += np.log(RATE * size / 1e6 / slip.sum())
    report(ordinary + slips + others, weights, size, arguments.list)
    write_weights(arguments.output, FEATURES, weights)


if __name__ == "__main__":
    main()
