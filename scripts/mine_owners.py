"""
Write lexicons/owners.tsv: which verb stands before which term in quotation marks.

    python scripts/mine_owners.py --shared DIR > owners.tsv && mv owners.tsv lexicons/

We 增强“四个意识” and 坚定“四个自信”. A numbered term belongs to a verb behind which it stands in
one of four cases. Wrong is what should stand behind the verb often, as common as both are, and
hardly ever does.
"""

import argparse
import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sightings import read_articles

from textcheck.text.words import tagged_words

__all__ = ["main"]

CORPORA = (
    "xwlb", "cpcnews_people_cn", "gov_work_reports", "gov_plans_stats", "party_docs",
    "policy_misc", "laws", "laws_lawrefbook", "general_crud_rag_news",
)  # fmt: skip
GENERAL = "general_crud_rag_news"
OWNED = re.compile("([\u4e00-\u9fff]{2})“([一两二三四五六七八九十]个?[\u4e00-\u9fff]{2,4})”")
PLAN = re.compile("[一二三四五六七八九十]+")  # 十四五
LEAST, OWN = 20, 0.25  # times behind the verb, and of all times that the term stands anywhere
LEAST_VERB, LEAST_TERM = 100, 100
# Of the times that chance alone would put the term behind the verb, at least so many.
LEAST_EXPECTED, SHARE = 5, 0.02
TITLE = 24  # characters of an article's title in a citation: enough to find it

Pair = tuple[str, str]


@dataclass(slots=True)
class Uses:
    """How often a term stands behind a verb, and where first."""

    pairs: Counter[Pair] = field(default_factory=Counter)
    first: dict[Pair, tuple[str, str]] = field(default_factory=dict)

    def of_verbs(self) -> Counter[str]:
        """Return how often each verb stands before a term."""
        return _summed((verb, count) for (verb, _), count in self.pairs.items())

    def of_terms(self) -> Counter[str]:
        """Return how often each term stands behind a verb."""
        return _summed((term, count) for (_, term), count in self.pairs.items())


def _summed(counts: Iterable[tuple[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for name, count in counts:
        total[name] += count
    return total


def uses(shared: Path) -> Uses:
    """Return which terms stand behind which verbs."""
    found = Uses()
    for article in read_articles(shared, CORPORA):
        source = " ".join(f"{article.corpus} {article.day} {article.title[:TITLE]}".split())
        for pair in OWNED.findall(article.text):
            if PLAN.fullmatch(pair[1]):
                continue
            found.pairs[pair] += 1
            if article.day and article.corpus != GENERAL:
                first = (article.day, source)
                found.first[pair] = min(found.first.get(pair, first), first)
    return found


def is_verb(word: str) -> bool:
    """Tell whether two characters are one word that is no noun; 落实 is tagged in many ways."""
    tagged = [(span.of(word), tag) for span, tag in tagged_words(word)]
    return len(tagged) == 1 and not tagged[0][1].startswith("n")


def row(verb: str, found: Uses) -> str | None:
    """Return the row of a verb, None where nothing is its own or nothing is wrong behind it."""
    verbs, terms = found.of_verbs(), found.of_terms()
    of_verb = Counter({term: found.pairs[verb, term] for term in terms})
    own = [
        term
        for term, count in of_verb.most_common()
        if count >= max(LEAST, OWN * terms[term]) and (verb, term) in found.first
    ]
    expected = {term: verbs[verb] * count / verbs.total() for term, count in terms.items()}
    wrong = [
        term
        for term, count in terms.most_common()
        if count >= LEAST_TERM
        and expected[term] >= LEAST_EXPECTED
        and of_verb[term] < SHARE * expected[term]
    ]
    if not own or not wrong:
        return None
    number = hashlib.sha256(verb.encode()).hexdigest()[:8]
    form, *variants = _behind(verb, own)
    cells = (f"own-{number}", form, "|".join(variants), "|".join(_behind(verb, wrong)), "serious")
    return "\t".join((*cells, found.first[verb, own[0]][1]))


def _behind(verb: str, terms: list[str]) -> list[str]:
    return [f"{verb}“{term}”" for term in terms]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Write the table of verbs and their terms")
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpora/")
    found = uses(parser.parse_args().shared)
    verbs = [verb for verb, count in found.of_verbs().items() if count >= LEAST_VERB]
    rows = [line for verb in verbs if is_verb(verb) and (line := row(verb, found))]
    print("id\tform\tvariants\twrong\tlevel\tsource")
    print("\n".join(sorted(rows)))


if __name__ == "__main__":
    main()
