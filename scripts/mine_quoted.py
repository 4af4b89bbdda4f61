"""
Write lexicons/quoted.tsv: terms that official texts put in quotation marks.

    python scripts/mine_quoted.py --shared DIR > quoted.tsv && mv quoted.tsv lexicons/

A term is taken where so many articles of two corpora have it in quotation marks. `variants` are
lawful: what the clean corpora, general news among them, have in quotation marks, too, though it
looks like a slip in the term: “一乡一品” beside “一村一品”.
"""

import argparse
import hashlib
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from mine_clauses import MIN_QUOTED
from sightings import read_articles

from textcheck.data import data_dir
from textcheck.finding import Severity
from textcheck.knowledge.entry import Citation, Entry, EntryKind
from textcheck.knowledge.quoted import QuotedTerms
from textcheck.lexicon.load import read_tables

__all__ = ["main"]

OFFICIAL = (
    "xwlb", "cpcnews_people_cn", "gov_work_reports", "gov_plans_stats", "party_docs",
    "policy_misc", "laws", "laws_lawrefbook",
)  # fmt: skip
GENERAL = "general_crud_rag_news"
LEAST_CORPORA = 2
QUOTED = re.compile("“([\u4e00-\u9fff，、。]{3,9})”")
TERM = re.compile("[\u4e00-\u9fff]{4,8}")
TITLE = 24  # characters of an article's title in a citation: enough to find it


@dataclass(slots=True)
class Seen:
    """How many articles of which corpora have a term, and which first."""

    articles: Counter[str] = field(default_factory=Counter)
    first: tuple[str, str] = ("9999", "")

    @property
    def fixed(self) -> bool:
        """Tell whether official texts agree on it."""
        official = {corpus for corpus in self.articles if corpus != GENERAL}
        often = self.articles.total() >= MIN_QUOTED
        return often and len(official) >= LEAST_CORPORA and bool(self.first[1])


def quoted(shared: Path) -> dict[str, Seen]:
    """Return all that stands in quotation marks, with where it was seen."""
    found: dict[str, Seen] = defaultdict(Seen)
    for article in read_articles(shared, (*OFFICIAL, GENERAL)):
        source = " ".join(f"{article.corpus} {article.day} {article.title[:TITLE]}".split())
        for written in set(QUOTED.findall(article.text)):
            seen = found[written]
            seen.articles[article.corpus] += 1
            if article.day and article.corpus != GENERAL:
                seen.first = min(seen.first, (article.day, source))
    return found


def entry_of(form: str, seen: Seen) -> Entry:
    """Return the entry of a term, its id made from the form."""
    number = hashlib.sha256(form.encode()).hexdigest()[:8]
    citation = Citation(seen.first[1])
    kind, level = EntryKind.FORMULATION, Severity.SERIOUS
    return Entry(f"quo-{number}", kind, form, level, None, None, citation)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Write the table of quoted terms")
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpora/")
    found = quoted(parser.parse_args().shared)
    tables = read_tables(data_dir("lexicons"), data_dir("models"))
    terms = [form for form, seen in found.items() if TERM.fullmatch(form) and seen.fixed]
    entries = [entry_of(form, found[form]) for form in sorted(terms)]
    near = QuotedTerms(entries, tables.sounds, tables.shapes, tables.ngrams)
    lawful: dict[str, list[str]] = defaultdict(list)
    for written in sorted(found):
        if meant := near.meant(written):
            lawful[meant[0].form].append(written)
    print("id\tform\tvariants\tlevel\tsource")
    for entry in entries:
        variants = "|".join(lawful[entry.form])
        print(f"{entry.id}\t{entry.form}\t{variants}\tserious\t{entry.citation.source}")


if __name__ == "__main__":
    main()
