"""
Fit the weights of evidence for slips in protected forms.

Two heaps of near misses are made from clean text of the train_* corpora. The one is what stands
near a form by itself: hardly ever a slip. The other is made: forms that stand whole are damaged by
a wrong character of the same or nearly the same sound, one that makes a word with its neighbour as
an input method would offer it, one of like shape, any other, a missing, an extra, a doubled one,
two swapped. A logistic regression tells them apart; its constant is then moved to RATE slips in a
million characters, so that its answers are shares of what would be reviewed.

Run: python scripts/fit_scale.py --shared DIR       (a minute; writes models/slips/weights.tsv)

What it prints comes from forms that were kept out of the fit, a fifth of all by their digest: how
many of the made slips reach a confidence, and how many near misses a million clean characters.
"""

import argparse
import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import zstandard
from logistic import fit, sure
from numpy.typing import NDArray
from seeding.slips import Confusions, read_confusions

from textcheck.data import data_dir
from textcheck.knowledge.entry import EntryKind
from textcheck.knowledge.protect import Part, Protected
from textcheck.lexicon.lexicon import Lexicon
from textcheck.lexicon.load import load_lexicon
from textcheck.slips.case import Case
from textcheck.slips.scale import FEATURES, features
from textcheck.text.fold import fold
from textcheck.text.han import is_han
from textcheck.text.words import dictionary_words

SEED = 5
# Every so many articles, up to so many characters; the last three months of news are left out.
CORPORA = {
    "xwlb": (9, 3_000_000),
    "gov_work_reports": (9, 3_000_000),
    "cpcnews_people_cn": (2, 1_500_000),
    "general_crud_rag_news": (9, 3_000_000),
    "party_docs": (1, 1_000_000),
}
LAST_DAY = "2025-10-01"
MOST_A_FORM = 25  # slips made of one form
MOST_AN_ARTICLE = 12
AROUND = 12
RATE = 1000.0  # slips a million characters that the confidences speak of: a careless draft
RIDGE = 1.0
KINDS = (
    "sound",
    "word",
    "word",
    "near",
    "shape",
    "shape",
    "other",
    "missing",
    "extra",
    "doubled",
    "swapped",
    "sign",
)

SIGNS, LETTERS = "，、。 \n", "XxOo0"

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """A near miss as numbers: the form, whether a name is damaged, whether it was made."""

    form: str
    person: bool
    slip: bool
    values: list[float]


def texts(shared: Path, phase: int) -> Iterator[str]:
    """Yield folded articles, one in so many, with a line feed at both ends."""
    for name, (step, most) in CORPORA.items():
        path = shared / "corpora" / f"train_{name}.jsonl.zst"
        read = 0
        with zstandard.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                article = json.loads(line)
                if number % step != phase % step or article["date"] >= LAST_DAY:
                    continue
                read += len(article["text"])
                yield f"\n{fold(article['text'])}\n"
                if read > most:
                    break


def sample(case: Case, *, slip: bool) -> Sample:
    """Return a case as numbers."""
    return Sample(case.form, case.kind is EntryKind.PERSON, slip, features(case))


def damaged(
    form: str, part: Part, confusions: Confusions, rng: random.Random, common: str
) -> str | None:
    """Return a form with one slip in a part, None where the kind drawn does not apply."""
    places = [place for place in range(part.start, part.end) if is_han(form[place])]
    if not places:
        return None
    place, kind = rng.choice(places), rng.choice(KINDS)
    right, left, rest = form[place], form[:place], form[place + 1 :]
    if kind in {"sound", "near", "shape"}:
        table = {"sound": confusions.sound, "near": confusions.near, "shape": confusions.shape}
        others = [other for other in table[kind].get(right, "") if other != right][:12]
        return left + rng.choice(others) + rest if others else None
    if kind == "word":
        others = [
            other
            for other in confusions.sound.get(right, "")
            if other != right and _makes_word(left[-1:], other, rest[:1])
        ]
        return left + rng.choice(others) + rest if others else None
    if kind == "swapped":
        swaps = rest and rest[0] != right and is_han(rest[0])
        return left + rest[0] + right + rest[1:] if swaps else None
    made = {
        "other": rng.choice(common),
        "missing": "",
        "extra": rng.choice(common) + right,
        "doubled": right * 2,
        "sign": rng.choice(SIGNS) + right if rng.random() < 0.8 else rng.choice(LETTERS),
    }
    return left + made[kind] + rest


def _makes_word(before: str, character: str, behind: str) -> bool:
    """Tell whether a character makes a word with a neighbour: what an input method offers."""
    pairs = (before + character, character + behind)
    return any(len(pair) == 2 and len(dictionary_words(pair)) == 1 for pair in pairs)


def natural(lexicon: Lexicon, shared: Path) -> tuple[list[Sample], int]:
    """Return the near misses of clean text, and of how many characters."""
    found, size = [], 0
    for text in texts(shared, 0):
        size += len(text)
        found += [sample(case, slip=False) for case in lexicon.cases(text)]
    return found, size


def made(lexicon: Lexicon, shared: Path, common: str) -> list[Sample]:
    """Return near misses that come from damaging whole forms."""
    rng = random.Random(SEED)  # noqa: S311 # reproducible data
    confusions = read_confusions(shared / "confusion")
    used: Counter[str] = Counter()
    found = []
    for text in texts(shared, 1):
        mentions = lexicon.protected_in(text)
        rng.shuffle(mentions)
        for protected, start, end in mentions[:MOST_AN_ARTICLE]:
            form = protected.form
            part = rng.choice(protected.parts)
            wrong = damaged(form, part, confusions, rng, common)
            if wrong is None or wrong == form or used[form] >= MOST_A_FORM:
                continue
            used[form] += 1
            ahead, behind = text[max(0, start - AROUND) : start], text[end : end + AROUND]
            case = _of_form(
                lexicon, f"\n{ahead}{wrong}{behind}\n", f"\n{ahead}{form}{behind}\n", protected
            )
            if case is not None:
                found.append(sample(case, slip=True))
    return found


def _of_form(lexicon: Lexicon, text: str, right: str, protected: Protected) -> Case | None:
    """Return the near miss that puts the text right, the one that gains most."""
    found = [
        case
        for case in lexicon.cases(text)
        if case.protected is protected
        and text[: case.miss.span.start] + case.form + text[case.miss.span.end :] == right
    ]
    return max(found, key=lambda case: case.gain.total, default=None)


def fitted(values: Matrix, slip: Matrix) -> Matrix:
    """Return the weights of features of whatever size; the constant costs nothing."""
    scale = np.maximum(values.std(axis=0), 1e-9)
    scale[0] = 1.0
    ridge = np.full(values.shape[1], RIDGE)
    ridge[0] = 0.0
    weights: Matrix = fit(values / scale, slip, np.ones(len(slip)), ridge) / scale
    return weights


def kept_out(form: str) -> bool:
    """Tell whether a form is one of the fifth that is not fitted."""
    return hashlib.sha256(form.encode()).digest()[0] % 5 == 0


def calibrated(samples: list[Sample], size: int) -> Matrix:
    """Fit, with the constant moved to RATE slips a million characters."""
    values = np.array([item.values for item in samples])
    slip = np.array([float(item.slip) for item in samples])
    weights = fitted(values, slip)
    weights[0] += np.log(RATE * size / 1e6 / slip.sum())
    return weights


def report(name: str, samples: list[Sample], weights: Matrix, size: int) -> None:
    """Print what reaches which confidence."""
    values = np.array([item.values for item in samples])
    slip = np.array([item.slip for item in samples])
    confidence = sure(values, weights)
    cells = [
        f"{least}: {np.mean(confidence[slip] >= least):.3f}"
        f" {np.sum(confidence[~slip] >= least) * 1e6 / size:.2f}/M"
        for least in (0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95)
    ]
    print(f"{name}: {slip.sum()} made, {(~slip).sum()} natural; {'; '.join(cells)}")


def main() -> None:
    """Make both heaps, fit, report, write."""
    parser = argparse.ArgumentParser(description="Fit the weights of evidence for slips")
    parser.add_argument(
        "--shared", type=Path, required=True, help="folder of corpora and confusion"
    )
    parser.add_argument("--output", type=Path, default=Path("models/slips/weights.tsv"))
    arguments = parser.parse_args()
    lexicon = load_lexicon(data_dir("lexicons"), data_dir("models"))
    ordinary, size = natural(lexicon, arguments.shared)
    samples = ordinary + made(lexicon, arguments.shared, lexicon.tables.ngrams.common(2500))
    columns = []
    for name, person in (("other", False), ("person", True)):
        mine = [item for item in samples if item.person is person]
        weights = calibrated([item for item in mine if not kept_out(item.form)], size)
        report(name, [item for item in mine if kept_out(item.form)], weights, size // 5)
        report(f"{name}, all", mine, weights, size)
        columns.append(weights)
    rows = [
        f"{feature}\t{other:.3f}\t{person:.3f}"
        for feature, other, person in zip(FEATURES, *columns, strict=True)
    ]
    arguments.output.write_text(
        "\n".join(["feature\tother\tperson", *rows]) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
