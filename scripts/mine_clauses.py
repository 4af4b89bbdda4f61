"""
Write lexicons/clauses.tsv: whole clauses that official texts repeat word for word.

A clause is a run of Han characters between punctuation marks, or a term of four in quotation
marks. One that stands in many articles of several years is a set phrase: one character off it is
hardly ever meant. Forms that formulations.tsv holds are left out; they carry more weight there.

`variants` are lawful: writings one edit away that the same clean texts hold in two articles or
more, and in one for every 200 with the phrase itself.

Run: python scripts/mine_clauses.py --shared DIR > clauses.tsv && mv clauses.tsv lexicons/
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import zstandard

from textcheck.data import data_dir
from textcheck.lexicon.fuzzy import FuzzyIndex
from textcheck.lexicon.match import ExactIndex
from textcheck.lexicon.table import read_table

NEWS = ("xwlb", "cpcnews_people_cn", "party_docs")
REPORTS = ("gov_work_reports", "gov_plans_stats")
RUN = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{5,16}(?![\u4e00-\u9fff])|(?<=“)[\u4e00-\u9fff]{4}(?=”)"
)
# Fragments: what is cut off by a number or a name, or hangs on the words before.
FRAGMENT = re.compile("^[的日号个年月时分万亿元多名家次位人了着过等和与及或将]|[的和与及或在于为]$")
MIN_ARTICLES, MIN_YEARS = 20, 3
MIN_VARIANT, MAX_VARIANTS = 2, 12  # a phrase with more lawful neighbours is a pattern, not fixed
MISPRINTS = 200  # a common phrase is misprinted so often, a few times alike
TITLE = 24  # characters of an article's title in a citation: enough to find it
PERSONS = ("id", "name", "level", "valid_from", "valid_to", "source")
FORMULATIONS = (
    "id", "form", "variants", "level", "valid_from", "valid_to", "source",
    "example_bad", "example_good",
)  # fmt: skip


@dataclass(frozen=True)
class Article:
    """An article of the corpora and how a table cites it."""

    corpus: str
    day: str
    title: str
    text: str

    @property
    def citation(self) -> str:
        """Return `xwlb 2018-03-18 标题`."""
        return " ".join(f"{self.corpus} {self.day} {self.title[:TITLE]}".split())


def articles(shared: Path) -> Iterator[Article]:
    """Yield every article of the corpora of news and reports."""
    for corpus in NEWS + REPORTS:
        path = shared / "corpora" / f"train_{corpus}.jsonl.zst"
        with zstandard.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                data = json.loads(line)
                yield Article(corpus, data["date"], data["title"], data["text"])


def set_phrases(shared: Path) -> dict[str, str]:
    """Return each set phrase with the citation of the earliest article of news that has it."""
    count: Counter[str] = Counter()
    years: dict[str, set[str]] = defaultdict(set)
    first: dict[str, tuple[str, str]] = {}
    for article in articles(shared):
        for phrase in set(RUN.findall(article.text)):
            count[phrase] += 1
            years[phrase].add(article.day[:4])
            seen = (article.day, article.citation)
            if article.corpus in NEWS and seen < first.get(phrase, ("9999", "")):
                first[phrase] = seen
    return {
        phrase: first[phrase][1]
        for phrase, articles_with_it in count.items()
        if articles_with_it >= MIN_ARTICLES
        and len(years[phrase]) >= MIN_YEARS
        and phrase in first
        and not FRAGMENT.search(phrase)
    }


def variants(shared: Path, forms: list[str]) -> dict[str, list[str]]:
    """Return for each phrase the writings one edit away that clean articles hold."""
    near, exact = FuzzyIndex(forms), ExactIndex(forms)
    seen: Counter[tuple[int, str]] = Counter()
    whole: Counter[int] = Counter()
    for article in articles(shared):
        found = exact.matches(article.text)
        whole.update({form for form, _, _ in found})
        lawful = [(start, end) for _, start, end in found]
        misses = near.near_misses(article.text, lawful)
        for pair in {(miss.form, miss.span.of(article.text)) for miss in misses}:
            seen[pair] += 1
    written: dict[str, list[str]] = defaultdict(list)
    for (form, text), times in seen.items():
        least = max(MIN_VARIANT, whole[form] / MISPRINTS)
        if times >= least and not set(text) & set("\n\t |"):
            written[forms[form]].append(text)
    return written


def neighbours(fixed: list[str], others: list[str]) -> dict[str, list[str]]:
    """Return for each fixed phrase the writings one edit away that stand in other set phrases."""
    near = FuzzyIndex(fixed)
    found: dict[str, list[str]] = defaultdict(list)
    for phrase in others:
        for miss in near.near_misses(phrase, []):
            found[fixed[miss.form]].append(miss.span.of(phrase))
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Write the table of set phrases")
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpora/")
    shared = parser.parse_args().shared
    held = {
        row["form"] for row in read_table(data_dir("lexicons") / "formulations.tsv", FORMULATIONS)
    }
    people = ExactIndex(
        [row["name"] for row in read_table(data_dir("lexicons") / "persons.tsv", PERSONS)]
    )
    sources = set_phrases(shared)
    # A name in a phrase is the matter of the dated tables.
    phrases = {
        phrase: sources[phrase]
        for phrase in sorted(sources.keys() - held)
        if not people.matches(phrase)
    }
    lawful = variants(shared, list(phrases))
    sys.stdout.write("id\tform\tvariants\tsource\n")
    fixed = [phrase for phrase in phrases if len(lawful[phrase]) <= MAX_VARIANTS]
    beside = neighbours(fixed, sorted(set(phrases) - set(fixed)))
    for phrase in fixed:
        # The id is made from the form, so that a row keeps it when others come and go.
        number = hashlib.sha256(phrase.encode()).hexdigest()[:8]
        cells = (
            f"cls-{number}",
            phrase,
            "|".join(sorted({*lawful[phrase], *beside[phrase]})),
            phrases[phrase],
        )
        sys.stdout.write("\t".join(cells) + "\n")


if __name__ == "__main__":
    main()
