"""
Mine enumerations that official texts repeat in one order: 坚持智能化、绿色化、融合化方向.

    python scripts/mine_enumerations.py --shared DIR > lexicons/enumerations.tsv

A list of three parts or more, or of two in quotation marks, between two other marks is taken where
it stands so often, and in so many corpora, that its order is fixed. Of every writing with one part
left out or two parts exchanged the clean corpora are asked, too: what they have is lawful and goes
to the column `variants`. Serious is a long one of which no other lapse was ever seen, and one of
quoted terms.
"""

import argparse
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from ahocorasick_rs import AhoCorasick
from sightings import Article, read_articles

from textcheck.lexicon.enumerations import lapses, parted

__all__ = ["main"]

CORPORA = (
    "xwlb", "cpcnews_people_cn", "gov_work_reports", "gov_plans_stats", "party_docs",
    "policy_misc", "laws",
)  # fmt: skip
LEAST, LEAST_CORPORA, LEAST_SERIOUS = 20, 2, 30
# Of shorter ones, and where a lapse that is told was ever seen, another order may be meant.
LONG = 12
# Of a hundred texts that have the form one may have the other: more is a choice, not a slip. What
# was never seen counts as a fraction of one: a list without a part reads more like another list.
SHARE, UNSEEN_SHORTER, UNSEEN_SWAPPED = 0.01, 0.5, 0.2
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


def _is_slip(lapse: str, form: str, found: Mapping[str, int], count: int) -> bool:
    """Tell whether a writing is so rare beside the form that it is a slip."""
    unseen = UNSEEN_SWAPPED if len(lapse) == len(form) else UNSEEN_SHORTER
    return found.get(lapse, 0) + unseen <= SHARE * count


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Mine enumerations")
    parser.add_argument("--shared", type=Path, required=True)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    seen_in: dict[str, set[str]] = {}
    first: dict[str, str] = {}
    for article in read_articles(options.shared, CORPORA):
        for form in forms_in(article):
            counts[form] += 1
            seen_in.setdefault(form, set()).add(article.corpus)
            source = f"{article.corpus} {article.day} {' '.join(article.title[:40].split())}"
            if article.day and (form not in first or source.split()[1] < first[form].split()[1]):
                first[form] = source
    forms = [
        form
        for form, count in counts.items()
        if count >= LEAST and len(seen_in[form]) >= LEAST_CORPORA and form in first
    ]
    wrong = sorted({lapse for form in forms for lapse in lapses(form)})
    automaton, standing = AhoCorasick(wrong), Counter[int]()
    for article in read_articles(options.shared, CORPORA):
        for number, _, _ in automaton.find_matches_as_indexes(article.text, overlapping=True):
            standing[number] += 1
    found = {wrong[number]: count for number, count in standing.items()}
    print("id\tform\tvariants\tlevel\tsource")
    rows = []
    for form in forms:
        lawful = [one for one in lapses(form) if not _is_slip(one, form, found, counts[form])]
        if len(lawful) == len(list(lapses(form))):
            continue
        never = not any(found.get(one) for one in lapses(form) if one not in lawful)
        grave = "“" in form or (counts[form] >= LEAST_SERIOUS and len(form) >= LONG and never)
        key = hashlib.sha256(form.encode()).hexdigest()[:8]
        level = "serious" if grave else "ordinary"
        rows.append(f"enu-{key}\t{form}\t{'|'.join(lawful)}\t{level}\t{first[form]}")
    print("\n".join(sorted(rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
