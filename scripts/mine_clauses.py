"""
Write lexicons/clauses.tsv: whole clauses that official texts repeat word for word.

A clause is a run of Han characters between punctuation marks, or a term of four in quotation
marks. One that stands in many articles of several years is a set phrase: one character off it is
hardly ever meant. Forms that formulations.tsv holds are left out; they carry more weight there.

`level` is serious where the phrase is a formulation: all kinds of official texts have it, or it is
often put in quotation marks, or it holds a serious form of formulations.tsv, or it is a long one of
documents of the centre that others repeat, or it begins with an office that one person holds;
figures and reporters' phrases are not.

`variants` are lawful: writings one edit away that the same clean texts hold in two articles or
more, and in one for every 200 with the phrase itself.

Run: python scripts/mine_clauses.py --shared DIR > clauses.tsv && mv clauses.tsv lexicons/
"""

import argparse
import hashlib
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from sightings import Article, read_articles

from textcheck.data import data_dir
from textcheck.finding import Severity
from textcheck.knowledge.entry import EntryKind
from textcheck.lexicon.load import read_tables
from textcheck.matching.fuzzy import FuzzyIndex
from textcheck.matching.match import ExactIndex
from textcheck.matching.misses import NearMiss
from textcheck.text.fold import fold
from textcheck.text.words import dictionary_words

NEWS = ("xwlb", "cpcnews_people_cn", "party_docs")
CORPORA = (*NEWS, "gov_work_reports", "gov_plans_stats")
QUOTED = re.compile(r"(?<=“)[\u4e00-\u9fff]{4,16}(?=”)")
RUN = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{5,16}(?![\u4e00-\u9fff])")
# Fragments: what is cut off by a number or a name, or hangs on the words before.
FRAGMENT = re.compile("^[的日号个年月时分万亿元多名家次位人了着过等和与及或将]|[的和与及或在于为]$")
MIN_ARTICLES, MIN_YEARS = 20, 3
MIN_VARIANT, MAX_VARIANTS = 2, 12  # a phrase with more lawful neighbours is a pattern, not fixed
CONTEXT = 8
MISPRINTS = 200  # a common phrase is misprinted so often, a few times alike
TITLE = 24  # characters of an article's title in a citation: enough to find it
MIN_DOCTRINE = 5  # characters
MIN_GRAVE, GRAVE_CORPORA, MIN_QUOTED = 60, 4, 40
# Resolutions, reports and plans of the Party centre and the State Council, and the news of them.
CENTRAL = re.compile(
    "^中共中央|中共中央关于|届中央委员会第.{1,3}次全体会议(?:公报|决议)|次全国代表大会.{0,4}报告"
    "|中央(?:经济|农村)工作会议|国务院.*政府工作报告|中央政治局.{0,6}召开会议"
)
MIN_CENTRAL, CENTRAL_CORPORA, LONG = 2, 3, 8
TITLE_OF_RULES = re.compile("(?:条例|规定|准则|办法|规则|协定|纲要|法)$")
# What statistics, weather and reporters say is common, too, and no formulation.
FIGURES = re.compile(
    "增长|下降|报道|同比|比上年|表示|总额|总量|收入|完成|左右|以上|气温|大雨|记者|消息|印发|斯坦"
    "|在此基础上|新增"
)


@dataclass(slots=True)
class Seen:
    """Where a phrase was seen: articles by corpus, quoting it, of the centre; in which years."""

    articles: Counter[str] = field(default_factory=Counter)
    quoted: int = 0
    central: int = 0
    years: set[str] = field(default_factory=set)
    first: tuple[str, str] = ("9999", "")

    @property
    def fixed(self) -> bool:
        """Tell whether it stands in many articles of several years, one of them of news."""
        many = self.articles.total() >= MIN_ARTICLES and len(self.years) >= MIN_YEARS
        return many and bool(self.first[1])

    @property
    def grave(self) -> bool:
        """Tell whether it is a formulation of Party and state: all official texts have it."""
        common = self.articles.total() >= MIN_GRAVE and len(self.articles) >= GRAVE_CORPORA
        return common or self.quoted >= MIN_QUOTED

    @property
    def repeated(self) -> bool:
        """Tell whether documents of the centre have it and texts of other kinds repeat it."""
        return self.central >= MIN_CENTRAL and len(self.articles) >= CENTRAL_CORPORA


def is_central(article: Article) -> bool:
    """Tell whether an article is a document of the centre, or the news of one."""
    return article.corpus == "party_docs" or CENTRAL.search(article.title) is not None


def set_phrases(shared: Path) -> dict[str, Seen]:
    """Return each set phrase with where it was seen."""
    found: dict[str, Seen] = defaultdict(Seen)
    for article in read_articles(shared, CORPORA):
        quoted = set(QUOTED.findall(article.text))
        central = is_central(article)
        for phrase in quoted | set(RUN.findall(article.text)):
            seen = found[phrase]
            seen.articles[article.corpus] += 1
            seen.quoted += phrase in quoted
            seen.central += central
            seen.years.add(article.day[:4])
            if article.corpus in NEWS:
                seen.first = min(seen.first, (article.day, _citation(article)))
    return {
        phrase: seen for phrase, seen in found.items() if seen.fixed and not FRAGMENT.search(phrase)
    }


def _citation(article: Article) -> str:
    """Return `xwlb 2018-03-18 标题`."""
    return " ".join(f"{article.corpus} {article.day} {article.title[:TITLE]}".split())


def variants(shared: Path, forms: list[str]) -> dict[str, list[str]]:
    """Return for each phrase the writings one edit away that clean articles hold."""
    near, exact = FuzzyIndex(forms), ExactIndex(forms)
    seen: Counter[tuple[int, str]] = Counter()
    whole: Counter[int] = Counter()
    for article in read_articles(shared, CORPORA):
        found = exact.matches(article.text)
        whole.update({form for form, _, _ in found})
        lawful = [(start, end) for _, start, end in found]
        misses = near.near_misses(article.text, lawful)
        whole_words = [miss for miss in misses if not _cuts_a_word(article.text, miss)]
        for pair in {(miss.form, miss.span.of(article.text)) for miss in whole_words}:
            seen[pair] += 1
    written: dict[str, list[str]] = defaultdict(list)
    for (form, text), times in seen.items():
        least = max(MIN_VARIANT, whole[form] / MISPRINTS)
        if times >= least and not set(text) & set("\n\t |") and fold(text) == text:
            written[forms[form]].append(text)
    return written


def _cuts_a_word(text: str, miss: NearMiss) -> bool:
    """Tell whether a writing ends inside a word of the text: 提高行政能|力 is no 提高行政效能."""
    start, end = miss.span.start, miss.span.end
    low = max(0, start - CONTEXT)
    words = dictionary_words(text[low : end + CONTEXT], low)
    return any(word.start < end < word.stop for word in words)


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
    tables = read_tables(data_dir("lexicons"), data_dir("models"))
    held = {
        form
        for entry in tables.entries
        if entry.kind is not EntryKind.CLAUSE
        for form in (entry.form, *entry.variants)
    } | {form for post in tables.posts.values() for form in post.forms}
    doctrine = ExactIndex(
        [
            entry.form
            for entry in tables.entries
            if entry.kind is EntryKind.FORMULATION
            and entry.level is Severity.SERIOUS
            and len(entry.form) >= MIN_DOCTRINE
        ]
    )
    offices = tuple(form for post in tables.posts.values() if post.single for form in post.forms)
    people = ExactIndex([entry.form for entry in tables.entries if entry.kind is EntryKind.PERSON])
    seen = set_phrases(shared)
    # A name in a phrase is the matter of the dated tables.
    phrases = [phrase for phrase in sorted(seen.keys() - held) if not people.matches(phrase)]
    lawful = variants(shared, phrases)

    def serious(phrase: str) -> bool:
        if FIGURES.search(phrase):
            return False
        # A slip in a title is the matter of the table of laws.
        title = TITLE_OF_RULES.search(phrase)
        long = len(phrase) >= LONG and seen[phrase].repeated and not title
        titled = phrase.startswith(offices)
        return seen[phrase].grave or long or titled or bool(doctrine.matches(phrase))

    sys.stdout.write("id\tform\tvariants\tlevel\tsource\n")
    fixed = [phrase for phrase in phrases if len(lawful[phrase]) <= MAX_VARIANTS]
    beside = neighbours(fixed, sorted(set(phrases) - set(fixed)))
    for phrase in fixed:
        # The id is made from the form, so that a row keeps it when others come and go.
        number = hashlib.sha256(phrase.encode()).hexdigest()[:8]
        cells = (
            f"cls-{number}",
            phrase,
            "|".join(sorted({*lawful[phrase], *beside[phrase]})),
            (Severity.SERIOUS if serious(phrase) else Severity.ORDINARY).name.lower(),
            seen[phrase].first[1],
        )
        sys.stdout.write("\t".join(cells) + "\n")


if __name__ == "__main__":
    main()
