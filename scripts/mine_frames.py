"""
Mine frames: what stands around a word of a formulation whenever texts write that word there.

    python scripts/mine_frames.py --shared DIR > lexicons/frames.tsv

Between 自由、平等、 and 、法治 all texts have 公正. Of the serious formulations and the parts of
doctrines every word, and every two words beside each other, is taken out, and clean text is asked
what else stands in its place. Two texts that write the same have a choice, which goes to the column
`others`; where there are many such, or many that stand there once, the place is free and no frame.
"""

import argparse
import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick
from mine_enumerations import CORPORA, GENERAL
from sightings import Article, read_articles

from textcheck.finding import Severity
from textcheck.knowledge.entry import EntryKind
from textcheck.knowledge.frames import may_replace
from textcheck.knowledge.layers import Layers, read_rows
from textcheck.lexicon.load import read_tables
from textcheck.text.han import is_han
from textcheck.text.words import dictionary_words

__all__ = ["main"]

ROOT = Path(__file__).parent.parent
LONGEST = 6  # characters of a word, or of two
BEFORE, BEHIND = range(3, 17), range(2, 9)
LEAST_AROUND, LEAST_OPEN = 6, 8  # characters on both sides; in front, with nothing behind
LEAST, LEAST_PART, PARTS = 80, 15, 3  # a part among others is told apart by those
A_CHOICE = 2  # texts
SHARE_ONCE, A_WRITING, MOST_WRITINGS = 1 / 1500, 400, 4
LEAST_OF_BEFORE = 0.03  # of what begins so: 习近平 goes on with anything
LEAST_SERIOUS = 300


class Gap(NamedTuple):
    """A word and what stands around it."""

    before: str
    word: str
    behind: str


def formulations(layers: Layers) -> Iterator[tuple[str, date | None]]:
    """Yield the serious formulations and doctrines, each with the day from which it is in use."""
    tables = read_tables(layers, ROOT / "models")
    for entry in tables.fixed:
        if entry.kind is EntryKind.FORMULATION and entry.level is Severity.SERIOUS:
            for form in (entry.form, *entry.variants):
                yield form, entry.since
    for row in read_rows(layers, "doctrines"):
        if row.level("level") is Severity.SERIOUS:
            for joint in "、，":
                yield joint.join(row.several("parts")), row.day("valid_from")


def gaps_in(form: str) -> Iterator[Gap]:
    """Yield each word of a formulation, and each two, with less and more of what is around it."""
    words = dictionary_words(form)
    taken = [(word.start, word.stop) for word in words]
    taken += [(one.start, other.stop) for one, other in pairwise(words)]
    for start, end in taken:
        word = form[start:end]
        if not 1 < len(word) <= LONGEST or not all(map(is_han, word)):
            continue
        befores = [form[one.start : start] for one in words if start - one.start in BEFORE]
        behinds = [form[end : one.stop] for one in words if one.stop - end in BEHIND]
        for before in befores:
            if before.rfind("“") > before.rfind("”"):
                continue  # which terms there are in quotation marks other tables tell
            # Behind 的 anything may follow.
            if end == len(form) and len(before) >= LEAST_OPEN and not before.endswith("的"):
                yield Gap(before, word, "")
            for behind in behinds:
                if len(before) + len(behind) >= LEAST_AROUND:
                    yield Gap(before, word, behind)


@dataclass(slots=True)
class Seen:
    """
    How often texts have each writing of a gap, and what stands before it whatever follows.

    And the first that has the word itself, its day and how it is cited.
    """

    writings: Counter[str]
    begun: int = 0
    first: tuple[str, str] = ("9999", "")

    def add(self, word: str, gap: Gap, article: Article) -> None:
        """Count a writing of the gap."""
        self.writings[word] += 1
        if word == gap.word and article.day and article.day < self.first[0]:
            title = " ".join(article.title[:40].split())
            self.first = article.day, f"{article.corpus} {article.day} {title}"


def look(shared: Path, gaps: Mapping[str, list[Gap]]) -> dict[Gap, Seen]:
    """Count what clean text writes in the gaps, which are given by what stands before them."""
    seen = {gap: Seen(Counter()) for found in gaps.values() for gap in found}
    befores = list(gaps)
    automaton = AhoCorasick(befores)
    reach = LONGEST + 1 + BEHIND.stop
    for article in read_articles(shared, (*CORPORA, GENERAL)):
        text = article.text
        for number, _, end in automaton.find_matches_as_indexes(text, overlapping=True):
            follows = text[end : end + reach]
            for gap in gaps[befores[number]]:
                one = seen[gap]
                one.begun += 1
                if gap.behind:
                    stop = follows.find(gap.behind, 0, len(gap.word) + 1 + len(gap.behind))
                else:
                    stop = len(gap.word)
                if stop >= 0:
                    one.add(follows[:stop], gap, article)
    return seen


def choices(gap: Gap, seen: Seen) -> frozenset[str] | None:
    """Return what else may be written in a gap, None where what is written there is free."""
    often = seen.writings[gap.word]
    others = {text: count for text, count in seen.writings.items() if may_replace(gap.word, text)}
    lawful = frozenset(text for text, count in others.items() if count >= A_CHOICE)
    once = len(others) - len(lawful)
    a_part = gap.before.endswith("、") and gap.behind.startswith("、")
    a_part &= gap.before.count("、") + gap.behind.count("、") >= PARTS
    fixed = (
        often >= (LEAST_PART if a_part else LEAST)
        and often >= LEAST_OF_BEFORE * seen.begun
        and once <= (often * SHARE_ONCE if gap.behind else 0)
        and len(lawful) <= min(MOST_WRITINGS, often // A_WRITING)
    )
    return lawful if fixed else None


def told_by_less(gap: Gap, fixed: Mapping[Gap, frozenset[str]]) -> bool:
    """Tell whether a frame with less around the same word flags all that this one does."""
    for start in range(len(gap.before)):
        for end in range(len(gap.behind) + 1):
            less = Gap(gap.before[start:], gap.word, gap.behind[:end])
            if less != gap and less in fixed and fixed[less] <= fixed[gap]:
                return True
    return False


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Mine frames")
    parser.add_argument("--shared", type=Path, required=True)
    shared = parser.parse_args().shared
    since: dict[Gap, date | None] = {}
    layers = Layers(ROOT / "lexicons")
    people = [row.required("name") for row in read_rows(layers, "persons")]
    for form, day in formulations(layers):
        for gap in gaps_in(form):
            if any(name in gap.word for name in people):
                continue  # others led before: 以江泽民同志为核心
            known = since.setdefault(gap, day)
            since[gap] = min(known, day) if known and day else None
    by_before = defaultdict[str, list[Gap]](list)
    for gap in since:
        by_before[gap.before].append(gap)
    seen = look(shared, by_before)
    fixed = {gap: found for gap in since if (found := choices(gap, seen[gap])) is not None}
    rows = []
    for gap, others in fixed.items():
        if told_by_less(gap, fixed) or not seen[gap].first[1]:
            continue
        others_seen = any(may_replace(gap.word, text) for text in seen[gap].writings)
        grave = seen[gap].writings[gap.word] >= LEAST_SERIOUS and not others_seen
        key = hashlib.sha256("|".join(gap).encode()).hexdigest()[:8]
        lawful = "|".join(other or "-" for other in sorted(others))
        day = since[gap]
        level = "serious" if grave else "ordinary"
        cells = (
            f"fra-{key}",
            *gap,
            lawful,
            level,
            day.isoformat() if day else "",
            seen[gap].first[1],
        )
        rows.append("\t".join(cells))
    print("id\tbefore\tform\tbehind\tothers\tlevel\tvalid_from\tsource")
    print("\n".join(sorted(rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
