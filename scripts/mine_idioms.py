"""
Write lexicons/idioms.tsv: idioms and set words of four characters or more.

Idioms come from facts/ecspell_wordlist/成语.txt and, where the corpora hold them, from jieba's
dictionary (its words marked i); words of official writing from 公文写作.txt and jieba, if the
corpora hold them often. One character off an idiom is hardly ever meant (走投无路, 走头无路).

`variants` are lawful: the writings one edit away that clean texts hold. One that only sounds or
looks like the form may be a misprint, of which clean texts have some; it is lawful only if it is
nearly as common. What has more variants is a pattern and is left out (第二十八条); so is a form
whose look-alike is far commoner, for it is the misprint (团结拼博).

Run: python scripts/mine_idioms.py --shared DIR > idioms.tsv && mv idioms.tsv lexicons/
"""

import argparse
import hashlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import jieba
from sightings import Article, read_articles

from textcheck.data import data_dir
from textcheck.finding import Severity
from textcheck.knowledge.entry import EntryKind
from textcheck.lexicon.load import read_tables
from textcheck.lexicon.tables import Tables
from textcheck.matching.fuzzy import FuzzyIndex
from textcheck.matching.keys import Edit
from textcheck.matching.match import ExactIndex
from textcheck.matching.misses import NearMiss
from textcheck.text.shape import Shapes
from textcheck.text.sound import Sounds

CORPORA = ("xwlb", "cpcnews_people_cn", "party_docs", "general_crud_rag_news", "gov_work_reports")
DATED = ("xwlb", "cpcnews_people_cn", "general_crud_rag_news")
IDIOMS, WORDS = "ecspell_wordlist/成语.txt", "ecspell_wordlist/公文写作.txt"
SHORTEST, LONGEST = 4, 12
# Names of people and places, numbers: others differ from them by a character.
NAMES = frozenset({"nr", "ns", "nt", "nrt", "nz", "m", "mq", "nrfg", "t"})
MIN_SEEN_IDIOM, MIN_SEEN_WORD = 2, 50
MOST_VARIANTS_IDIOM, MOST_VARIANTS_WORD = 30, 8
# How often a look-alike must stand for every time that the form does, to be lawful.
LAWFUL_IDIOM, LAWFUL_WORD = 1 / 3, 1 / 300
FAR_COMMONER = 10
TITLE = 24
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# In the lists, and wrong: 严于律己, 铤而走险, 贪赃枉法, 直截了当, 团结拼搏.
MISPRINTS = frozenset({"严于律已", "挺而走险", "贪脏枉法", "直接了当", "团结拼博"})


@dataclass(slots=True)
class Form:
    """A candidate, where it stands and what stands near it."""

    text: str
    idiom: bool
    facts: str
    seen: int = 0
    first: tuple[str, str] = ("9999", "")
    alike: Counter[str] = field(default_factory=Counter)
    unlike: Counter[str] = field(default_factory=Counter)

    @property
    def source(self) -> str:
        """Return what a table cites: the file of facts, else the first dated article."""
        return self.facts or self.first[1]

    @property
    def variants(self) -> list[str]:
        """Return the lawful writings near the form."""
        rate = LAWFUL_IDIOM if self.idiom else LAWFUL_WORD
        least = max(3 if self.idiom else 2, self.seen * rate)
        lawful = {text for text, times in self.alike.items() if times >= least}
        return sorted(lawful | self.unlike.keys())

    @property
    def kept(self) -> bool:
        """Tell whether the form is fixed, and not itself the misprint of another."""
        if not self.source or self.seen < (0 if self.facts and self.idiom else MIN_SEEN_IDIOM):
            return False
        if any(times > FAR_COMMONER * max(self.seen, 1) for times in self.alike.values()):
            return False
        most = MOST_VARIANTS_IDIOM if self.idiom else MOST_VARIANTS_WORD
        return len(self.variants) <= most and (self.idiom or self.seen >= MIN_SEEN_WORD)


def read_list(path: Path) -> list[str]:
    """Return the words of a file of facts: the first column."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0].strip() for line in lines if line.strip()]


def is_han(text: str) -> bool:
    """Tell whether a text is Han characters only."""
    return all("\u4e00" <= character <= "\u9fff" for character in text)


def candidates(shared: Path) -> list[Form]:
    """Return every word of the lists that is long enough, idioms first."""
    found: dict[str, Form] = {}
    idioms = read_list(shared / "facts" / IDIOMS)
    words = read_list(shared / "facts" / WORDS)
    dictionary = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8")
    tagged = [line.split() for line in dictionary.splitlines()]
    listed = (
        *((word, True, f"facts:{IDIOMS}") for word in idioms),
        *((word, True, "") for word, _, tag in tagged if tag == "i"),
        *((word, False, f"facts:{WORDS}") for word in words),
        *((word, False, "") for word, _, tag in tagged if tag not in NAMES),
    )
    for word, idiom, facts in listed:
        if SHORTEST <= len(word) <= LONGEST and is_han(word) and word not in MISPRINTS:
            found.setdefault(word, Form(word, idiom, facts))
    return list(found.values())


def is_alike(miss: NearMiss, text: str, form: str, sounds: Sounds, shapes: Shapes) -> bool:
    """Tell whether a near miss has a character that sounds or looks like the right one."""
    if miss.edit is not Edit.WRONG:
        return False
    wrong, right = text[miss.site], form[miss.site]
    return sounds.same(wrong, right) or shapes.alike(wrong, right)


def count_forms(articles: Iterator[Article], forms: list[Form]) -> None:
    """Count in how many articles each form stands, and note the first dated one."""
    index = ExactIndex([form.text for form in forms])
    for article in articles:
        for number in {number for number, _, _ in index.matches(article.text)}:
            form = forms[number]
            form.seen += 1
            if (
                article.corpus in DATED
                and _DAY.fullmatch(article.day)
                and article.day < form.first[0]
            ):
                title = " ".join(article.title[:TITLE].split())
                form.first = (article.day, f"{article.corpus} {article.day} {title}")


def count_neighbours(
    articles: Iterator[Article], forms: list[Form], sounds: Sounds, shapes: Shapes
) -> None:
    """Count in how many articles each writing one edit away from a form stands."""
    near = FuzzyIndex([form.text for form in forms])
    exact = ExactIndex([form.text for form in forms])
    for article in articles:
        lawful = [(start, end) for _, start, end in exact.matches(article.text)]
        misses = near.near_misses(article.text, lawful)
        for miss, text in {(miss, miss.span.of(article.text)) for miss in misses}:
            if not is_han(text):
                continue
            form = forms[miss.form]
            alike = is_alike(miss, text, form.text, sounds, shapes)
            (form.alike if alike else form.unlike)[text] += 1


def write(forms: list[Form], held: Mapping[str, EntryKind], misprints: Collection[str]) -> None:
    """Print the table; a variant with a known misprint in it is none."""
    sys.stdout.write("id\tform\tvariants\tsource\n")
    rows = defaultdict(list)
    for form in forms:
        if form.kept and form.text not in held:
            number = hashlib.sha256(form.text.encode()).hexdigest()[:8]
            lawful = [
                variant
                for variant in form.variants
                if not any(misprint in variant for misprint in misprints)
            ]
            rows[f"idm-{number}"] = [form.text, "|".join(lawful), form.source]
    for row in sorted(rows):
        sys.stdout.write("\t".join([row, *rows[row]]) + "\n")


def misprints_of(tables: Tables) -> list[str]:
    """Return the writings that are wrong whatever stands beside them."""
    return [
        word.wrong
        for word in tables.words
        if word.level > Severity.HINT and not (word.before or word.after)
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Write the table of idioms and set words")
    parser.add_argument("--shared", type=Path, required=True, help="holds corpora/ and facts/")
    shared = parser.parse_args().shared
    tables = read_tables(data_dir("lexicons"), data_dir("models"))
    forms = candidates(shared)
    count_forms(read_articles(shared, CORPORA), forms)
    forms = [form for form in forms if form.kept]
    count_neighbours(read_articles(shared, CORPORA), forms, tables.sounds, tables.shapes)
    held = {
        form: entry.kind
        for entry in tables.entries
        if entry.kind.value != "idiom"
        for form in (entry.form, *entry.variants)
    }
    write(forms, held, misprints_of(tables))


if __name__ == "__main__":
    main()
