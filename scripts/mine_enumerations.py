"""
Mine enumerations that official texts repeat in one order: 坚持智能化、绿色化、融合化方向.

    python scripts/mine_enumerations.py --shared DIR > lexicons/enumerations.tsv

A list of three parts or more, or of two in quotation marks, between two other marks is taken where
it stands so often, and in so many corpora, that its order is fixed; of a document of the centre
that others repeat, where it is seen less often, too. Of every writing with one part left out or two
parts exchanged the clean corpora are asked, too: what they have is lawful and goes to the column
`variants`. Serious is a long one of which no edited text has any other lapse, and one of quoted
terms: reports of cities have misprints.
"""

import argparse
import hashlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ahocorasick_rs import AhoCorasick
from mine_clauses import is_central
from sightings import Article, read_articles

from textcheck.knowledge.enumerations import lapses, parted

__all__ = ["main"]

CORPORA = (
    "xwlb", "cpcnews_people_cn", "gov_work_reports", "gov_plans_stats", "party_docs",
    "policy_misc", "laws",
)  # fmt: skip
GENERAL = "general_crud_rag_news"  # asked for lapses only
EDITED = ("xwlb", "cpcnews_people_cn", "party_docs", "laws", GENERAL)
LEAST, LEAST_CORPORA, LEAST_SERIOUS = 20, 2, 30
# Of shorter ones, and where an edited text has a lapse that is told, another order may be meant.
LONG = 12
# Of a list that several documents of the centre have, in its words, where no edited text has a
# lapse, and of fifty reports of cities that have the list at most one.
LEAST_CENTRAL, FRAME, VERB, REPORTS = 2, 4, 2, 0.02
# Of a hundred texts that have the form one may have the other: more is a choice, not a slip. What
# was never seen counts as a fraction of one: a list without a part reads more like another list.
SHARE, UNSEEN_SHORTER, UNSEEN_SWAPPED = 0.01, 0.5, 0.2
GOES_ON = ("和", "与", "及", "以及")
_LIST = re.compile("[\u4e00-\u9fff“”]{2,20}(?:、[\u4e00-\u9fff“”]{1,14}){1,9}")
_PLACE = re.compile(
    "[省市县区州]委|自治[区州县]|[省市县区]政府|[省市县]人大|第?[一二三四五六七八九十]+届|十[八九]大|二十大"
)


def is_list(text: str) -> bool:
    """Tell whether a stretch of text is a list of three parts, or of two in quotation marks."""
    return text.count("、") >= 2 or ("、" in text and text.count("“") >= 2)


def forms_in(article: Article) -> Iterator[str]:
    """Yield the lists of an article, each with some of the words around it."""
    for match in _LIST.finditer(article.text):
        form = match.group()
        if not is_list(form) or form.count("“") != form.count("”") or _PLACE.search(form):
            continue
        head, parts, tail = parted(form)
        core = "、".join(parts)
        yield from {
            head[len(head) - min(len(head), before) :] + core + tail[:behind]
            for before in (0, 2, len(head))
            for behind in (0, 2, 4)
        }


@dataclass(slots=True)
class Seen:
    """How often a list was seen, in how many documents of the centre, in which corpora, where."""

    count: int = 0
    central: int = 0
    corpora: set[str] = field(default_factory=set)
    first: tuple[str, str] = ("9999", "")

    @property
    def common(self) -> bool:
        """Tell whether texts of several kinds write it in one order."""
        return self.count >= LEAST and len(self.corpora) >= LEAST_CORPORA and bool(self.first[1])

    @property
    def repeated(self) -> bool:
        """Tell whether documents of the centre have it and others repeat it."""
        several = self.central >= LEAST_CENTRAL and self.count > self.central
        return several and len(self.corpora) >= LEAST_CORPORA and bool(self.first[1])

    def add(self, article: Article, *, central: bool) -> None:
        """Count an article that has it."""
        self.count += 1
        self.central += central
        self.corpora.add(article.corpus)
        title = " ".join(article.title[:40].split())
        if article.day:
            source = f"{article.corpus} {article.day} {title}"
            self.first = min(self.first, (article.day, source), key=lambda one: one[0])


def is_framed(form: str) -> bool:
    """Tell whether a list stands in words of its own: 坚持智能化、绿色化、融合化方向."""
    head, _, tail = parted(form)
    goes_on = tail.startswith(GOES_ON)
    return len(form) >= LONG and not goes_on and ("“" in form or len(head) + len(tail) >= FRAME)


def is_begun(form: str) -> bool:
    """Tell whether a long list has a word in front, so that nothing of it comes before."""
    return len(form) >= LONG and len(parted(form)[0]) >= VERB


@dataclass(frozen=True, slots=True)
class Lapses:
    """How often lapses stand in the corpora, and in those that are edited with care."""

    found: Mapping[str, int]
    edited: Mapping[str, int]

    def slips(self, form: str, seen: Seen) -> list[str]:
        """Return the lapses so rare beside the form that they are slips."""
        return [lapse for lapse in lapses(form) if self._is_slip(lapse, form, seen)]

    def _is_slip(self, lapse: str, form: str, seen: Seen) -> bool:
        found = self.found.get(lapse, 0)
        known = seen.repeated and (is_framed(form) or (seen.common and is_begun(form)))
        if known and lapse not in self.edited:
            return found <= REPORTS * seen.count
        unseen = UNSEEN_SWAPPED if len(lapse) == len(form) else UNSEEN_SHORTER
        return found + unseen <= SHARE * seen.count


def lists(shared: Path) -> dict[str, Seen]:
    """Return the lists of a fixed order, each with where it was seen."""
    found: dict[str, Seen] = defaultdict(Seen)
    for article in read_articles(shared, CORPORA):
        central = is_central(article)
        for form in forms_in(article):
            found[form].add(article, central=central)
    return {
        form: seen
        for form, seen in found.items()
        if seen.common or (seen.repeated and is_framed(form))
    }


def count(shared: Path, wrong: Sequence[str]) -> Lapses:
    """Count the lapses in all clean text."""
    automaton, found, edited = AhoCorasick(wrong), Counter[str](), Counter[str]()
    for article in read_articles(shared, (*CORPORA, GENERAL)):
        for number, _, _ in automaton.find_matches_as_indexes(article.text, overlapping=True):
            found[wrong[number]] += 1
            edited[wrong[number]] += article.corpus in EDITED
    return Lapses(found, +edited)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Mine enumerations")
    parser.add_argument("--shared", type=Path, required=True)
    shared = parser.parse_args().shared
    forms = lists(shared)
    counted = count(shared, sorted({lapse for form in forms for lapse in lapses(form)}))
    rows = []
    for form, seen in forms.items():
        slips = counted.slips(form, seen)
        if not slips:
            continue
        lawful = [lapse for lapse in lapses(form) if lapse not in slips]
        never = not any(lapse in counted.edited for lapse in slips)
        often = seen.count >= LEAST_SERIOUS or (seen.repeated and is_framed(form))
        grave = "“" in form or (often and len(form) >= LONG and never)
        key = hashlib.sha256(form.encode()).hexdigest()[:8]
        level = "serious" if grave else "ordinary"
        rows.append(f"enu-{key}\t{form}\t{'|'.join(lawful)}\t{level}\t{seen.first[1]}")
    print("id\tform\tvariants\tlevel\tsource")
    print("\n".join(sorted(rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
