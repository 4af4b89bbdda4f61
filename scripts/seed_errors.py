"""
Seed errors into sentences of clean official text, and keep as many sentences clean.

Classes: S1 `name`, S2 `title`, S3 `order`, S4 `body`, S5 `formula`, S6 `meeting`, and the others:
`law`, `region`, `renamed` (bodies), `date`, `repeat`, `word`, `territory`, `vulgar`,
`transposition`, `typo`. Each class has kinds (see scripts/seeding/) in equal shares, as far as the
text allows.
Targets come from the text and from facts mined from news, never from lexicons/: what is measured
must not be what the rules were made of. A damaged form that the clean text has as well is left out.

Run:  python scripts/seed_errors.py --shared DIR --seed 1 --per-class 25 > cases.jsonl
Each line: {"id", "class", "kind", "text", "published_on", "start", "end", "right"}; the text is
right where text[start:end] is replaced by `right`; a clean case has class "clean" and no span.
The lines are valid input of `textcheck check --from jsonl`. Seeds 21 to 40 are for tuning, from
100 on they report only.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from dated import read_dated
from seeding.case import Case, Maker, Sentence
from seeding.formulas import BodyMaker, FormulaMaker, MeetingMaker
from seeding.ground import Ground, sentences_of
from seeding.leaders import NameMaker, OrderMaker, TitleMaker
from seeding.ordinary import DateMaker, RepeatMaker, TypoMaker, WordingMaker, WordMaker
from seeding.places import LawMaker, RegionMaker, RenamedMaker

__all__ = ["MAKERS", "main", "make_cases"]

_BOTH = ("dev_xwlb", "dev_gov2026")
MAKERS: dict[str, Callable[[Ground], Maker]] = {
    "name": NameMaker,
    "title": TitleMaker,
    "order": OrderMaker,
    "body": BodyMaker,
    "formula": FormulaMaker,
    "meeting": MeetingMaker,
    "law": LawMaker,
    "region": RegionMaker,
    "renamed": RenamedMaker,
    "date": DateMaker,
    "repeat": RepeatMaker,
    "word": WordMaker,
    "territory": lambda ground: WordingMaker("territory", ground),
    "vulgar": lambda ground: WordingMaker("vulgar", ground),
    "transposition": lambda ground: TypoMaker("swapped", ground),
    "typo": lambda ground: TypoMaker("sound", ground),
}
# Lists of leaders and titles of laws are so few that a sentence serves more than once.
_SCARCE = frozenset({"order", "law"})


def make_cases(maker: Maker, pool: Sequence[Sentence], used: set[str], wanted: int) -> list[Case]:
    """Return cases of one class, its kinds in equal shares; where one is short, others fill up."""
    cases: list[Case] = []
    counts = Counter(dict.fromkeys(maker.kinds, 0))
    cap = wanted // len(counts) or 1
    while len(cases) < wanted:
        before = len(cases)
        for sentence in pool:
            if len(cases) < wanted and sentence.text not in used:
                made = _first_case(maker, sentence, counts, cap)
                cases += made
                if made and made[0].group not in _SCARCE:
                    used.add(sentence.text)
        if len(cases) == before and cap == wanted:
            break
        if len(cases) == before or cases[-1].group not in _SCARCE:
            cap = wanted
    return cases


def _first_case(maker: Maker, sentence: Sentence, counts: Counter[str], cap: int) -> list[Case]:
    for kind, count in sorted(counts.items(), key=lambda item: item[1]):
        if count < cap and (case := maker.make(kind, sentence)):
            counts[kind] += 1
            return [case]
    return []


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Seed errors into clean sentences")
    parser.add_argument(
        "--shared", type=Path, required=True, help="folder of corpora, facts and confusion"
    )
    parser.add_argument("--corpus", default="both", help="dev_xwlb, dev_gov2026, both, or another")
    parser.add_argument("--sample", type=int, default=1, metavar="N", help="every Nth article")
    parser.add_argument("--classes", default=",".join(MAKERS), help="some of the classes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-class", type=int, default=25)
    return parser


def main() -> int:
    """Write the cases; say which class is short of sentences."""
    parser = _parser()
    options = parser.parse_args()
    groups = options.classes.split(",")
    if unknown := sorted(set(groups) - MAKERS.keys()):
        parser.error(f"unknown class {unknown[0]!r}; known: {', '.join(MAKERS)}")
    names = _BOTH if options.corpus == "both" else (options.corpus,)
    articles = [
        article
        for name in names
        for article in list(read_dated(options.shared / "corpora" / f"{name}.jsonl.zst"))[
            :: options.sample
        ]
    ]
    texts = [article.text for article in articles]
    ground = Ground(options.shared, texts, str(options.seed), options.per_class)
    pool = [
        Sentence(article.day, text) for article in articles for text in sentences_of(article.text)
    ]
    ground.rng.shuffle(pool)
    used: set[str] = set()
    cases: list[Case] = []
    for group in groups:
        ground.reseed(f"{options.seed} {group}")
        made = make_cases(MAKERS[group](ground), pool, used, options.per_class)
        if len(made) < options.per_class:
            print(f"{group}: only {len(made)} cases", file=sys.stderr)
        cases += made
    used |= {case.text for case in cases}
    clean = [item for item in pool if item.text not in used][: len(cases)]
    cases += [Case("clean", "", item.text, item.day, 0, 0, "") for item in clean]
    for number, case in enumerate(cases):
        print(case.line(number))
    return 0


if __name__ == "__main__":
    sys.exit(main())
