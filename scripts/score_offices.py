"""
Score the roster: `python scripts/score_offices.py --shared DIR [--missed] [--least held=0.95]`.

Ground truth is DIR/facts/mined/title_name_by_date.tsv alone: titles and names as the news wrote
them, with the first and the last day. Nothing of lexicons/ decides what is asked.

Which lines are asked (each other line is counted under the name in brackets):
* seen five times or more [rare];
* the name is whole: cutting its last character does not give a commoner name with the same
  title [noise: 汪洋近 beside 汪洋], and the title holds no other name of the file and no verb
  [noise: 习近平总书记 | 曾经, 中央军委副主席许其亮宣读了中央军委主席];
* the title is not a spokesperson's [spokesperson];
* the title begins with a central body: a word of _CENTRAL or a name of state_bodies_names.tsv
  [other: foreign titles, provinces without their name, words caught in front].

Held: on the first, the last and the middle day no part of the title may be denied.

Moved: a day one year before the first and one year after the last day on which the file sees the
person in any part of the title, in any line. Such a day is asked only where it is proved, by the
file, to lie outside:
* `other`: a part that one person holds (no 副, 委员, 常委 in it, not a secretary of the
  secretariat) has another holder in the file, first seen on that day or before, last seen on
  it or after, and the person is not seen in that part within the other's days;
* `period`: else, for some part, the day lies in another five-year period of the Party (November
  2012, October 2017, 2022) or of the state (March 2013, 2018, 2023) than every sighting of the
  part, and the file sees the person then, within a year of that day, in other offices.
Days before 2012-11 or behind the last day of the file are not asked.

A day is scored twice: by Offices.held over the parts, and by the whole linter on sentences. Every
fifth pair by hash is reported apart.
"""

import argparse
import csv
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, islice
from pathlib import Path

from textcheck.checkers import build_checkers
from textcheck.checkers.base import Checker
from textcheck.data import data_dir
from textcheck.document import Document
from textcheck.knowledge.offices import Held
from textcheck.lexicon.lexicon import Lexicon
from textcheck.lexicon.load import load_lexicon
from textcheck.linter import check_all

__all__ = ["Pair", "Question", "kind_of", "main", "moved_days", "read_pairs"]

_LEAST = 5
_BEGINNING = date(2012, 11, 16)
_CENTRAL = (
    "中共中央", "中央", "国务院", "国务委员", "国家", "全国", "最高", "中国", "中华人民共和国",
    "民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟", "香港特", "澳门特",
)  # fmt: skip
_VERBS = re.compile("宣读|[了将]$|了.")
_SHARED_BY_MANY = re.compile("副|委员$|常委$|书记处书记$|常务主席$")
_PERIODS = {
    "party": (date(2012, 11, 15), date(2017, 10, 25), date(2022, 10, 23)),
    "state": (date(2013, 3, 14), date(2018, 3, 17), date(2023, 3, 11)),
}
_PARTY = ("中共", "中央政治局", "中央书记处", "中央纪")
# The sentence frames; the title and the name come first, behind a date, and within a list.
_FRAMES = (
    "{title}{name}在北京出席会议。",
    "{month}月{day}日，{title}{name}在北京出席会议。",
    "会议由有关部门主办，{title}{name}出席开幕式并致辞。",
)
_RULE = "TTL202"


@dataclass(frozen=True, slots=True)
class Pair:
    """A title and a name, with the days between which the news joined them."""

    title: str
    name: str
    count: int
    first: date
    last: date

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the offices that the title joins."""
        return tuple(part for part in re.split("[、兼]", self.title) if part)

    @property
    def held_out(self) -> bool:
        """Tell whether this is every fifth by hash."""
        return int(hashlib.sha256((self.title + self.name).encode()).hexdigest(), 16) % 5 == 0


@dataclass(frozen=True, slots=True)
class Question:
    """A pair on a day, and why the answer is known: `held`, or `other`/`period` for moved."""

    pair: Pair
    day: date
    why: str


def read_pairs(facts: Path) -> list[Pair]:
    """Return the lines of the mined file."""
    with (facts / "mined" / "title_name_by_date.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    days = date.fromisoformat
    return [
        Pair(row["title"], row["name"], int(row["count"]), days(row["first"]), days(row["last"]))
        for row in rows
    ]


def kind_of(pair: Pair, pairs: Sequence[Pair], bodies: Iterable[str]) -> str:
    """Return `asked`, or why the line is not."""
    if pair.count < _LEAST:
        return "rare"
    names = {other.name for other in pairs if other.count >= _LEAST}
    whole = {(other.title, other.name) for other in pairs if other.count > pair.count}
    cut = pair.name[:-1]
    if (
        any(name in pair.title for name in names)
        or _VERBS.search(pair.title)
        or (
            (pair.title, cut) in whole
            or (len(cut) > 1 and cut in names and pair.name[-1] in "近等")
        )
    ):
        return "noise"
    if pair.title.endswith("发言人"):
        return "spokesperson"
    central = (*_CENTRAL, *bodies)
    return "asked" if pair.title.startswith(central) else "other"


def _same(one: str, other: str) -> bool:
    """Tell whether two parts are one office: 外交部长 and 外交部部长, with 中国 or without."""
    return _plain(one) == _plain(other)


def _plain(part: str) -> str:
    part = re.sub("^(?:中华人民共和国|中国共产党|中共|中国)(?=.{4})", "", part)
    part = part.replace("部部长", "部长").replace("特别行政区", "特区")
    return (
        part.replace("纪律检查委员会", "纪委").replace("宣传部", "宣部").replace("组织部", "组部")
    )


def moved_days(pair: Pair, pairs: Sequence[Pair]) -> Iterator[Question]:
    """Yield the days a year outside that the file proves to lie outside."""
    end_of_file = max(other.last for other in pairs)
    for sign in (-1, 1):
        seen = [
            other
            for other in pairs
            if other.name == pair.name
            and any(_same(part, mine) for part in other.parts for mine in pair.parts)
        ]
        edge = min(o.first for o in seen) if sign < 0 else max(o.last for o in seen)
        day = edge + sign * timedelta(days=365)
        if not _BEGINNING <= day <= end_of_file:
            continue
        if why := _proof(pair, day, pairs):
            yield Question(pair, day, why)


def _proof(pair: Pair, day: date, pairs: Sequence[Pair]) -> str | None:
    if any(_another_holds(part, pair.name, day, pairs) for part in pair.parts):
        return "other"
    if any(_in_other_period(part, pair.name, day, pairs) for part in pair.parts):
        return "period"
    return None


def _another_holds(part: str, name: str, day: date, pairs: Sequence[Pair]) -> bool:
    if _SHARED_BY_MANY.search(part):
        return False
    holders: dict[str, tuple[date, date]] = {}
    for other in pairs:
        if any(_same(part, theirs) for theirs in other.parts):
            first, last = holders.get(other.name, (other.first, other.last))
            holders[other.name] = (min(first, other.first), max(last, other.last))
    mine = holders.get(name)
    return any(
        first <= day <= last and (mine is None or mine[1] < first or last < mine[0])
        for holder, (first, last) in holders.items()
        if holder != name
    )


def _in_other_period(part: str, name: str, day: date, pairs: Sequence[Pair]) -> bool:
    own = [other for other in pairs if other.name == name]
    seen_in_it = [other for other in own if any(_same(part, theirs) for theirs in other.parts)]
    if any(other.first <= day <= other.last for other in seen_in_it):
        return False
    near = timedelta(days=365)
    elsewhere = any(
        other.first - near <= day <= other.last + near for other in own if other not in seen_in_it
    )
    beginnings = _PERIODS["party" if part.startswith(_PARTY) else "state"]
    periods = {
        sum(beginning <= end for beginning in beginnings)
        for other in seen_in_it
        for end in (other.first, other.last)
    }
    return elsewhere and sum(beginning <= day for beginning in beginnings) not in periods


def held_days(pair: Pair) -> list[Question]:
    """Return the first, the middle and the last day."""
    middle = pair.first + (pair.last - pair.first) / 2
    return [Question(pair, day, "held") for day in sorted({pair.first, middle, pair.last})]


def by_roster(question: Question, lexicon: Lexicon, posts: Mapping[str, str]) -> set[Held]:
    """Return the answers of the roster for the parts of the title that are posts."""
    forms = {part for part in question.pair.parts if part in posts} | (
        {question.pair.title} & posts.keys()
    )
    return {lexicon.offices.held(question.pair.name, posts[form], question.day) for form in forms}


def framed(question: Question) -> Iterator[Document]:
    """Yield the documents that ask a question, one a frame."""
    pair, day = question.pair, question.day
    for frame in _FRAMES:
        text = frame.format(title=pair.title, name=pair.name, month=day.month, day=day.day)
        yield Document(text, published_on=day)


def by_linter(
    questions: Sequence[Question], checkers: Sequence[Checker]
) -> Iterator[tuple[Question, list[bool]]]:
    """Yield each question, and for each frame whether the linter denies the office on the day."""
    found = check_all(chain.from_iterable(map(framed, questions)), checkers)
    for question in questions:
        yield (
            question,
            [
                any(finding.rule.code == _RULE for finding in findings)
                for findings in islice(found, len(_FRAMES))
            ],
        )


def score(
    questions: Sequence[Question], lexicon: Lexicon, *, missed: bool
) -> dict[tuple[str, str], Counter[str]]:
    """Count right answers by group (held, moved) and part (building, held out)."""
    checkers = build_checkers(lexicon)
    posts = {form: post.entry.id for post in lexicon.tables.posts.values() for form in post.forms}
    counts: dict[tuple[str, str], Counter[str]] = {}
    for question, flags in by_linter(questions, checkers):
        pair = question.pair
        apart = "every fifth" if pair.held_out else "the others"
        moved = question.why != "held"
        row = counts.setdefault(("moved" if moved else "held", apart), Counter())
        answers = by_roster(question, lexicon, posts)
        denied = Held.NOT_HELD in answers
        row["days"] += 1
        row["roster"] += denied == moved
        row["known"] += bool(answers - {Held.UNKNOWN})
        row["frames"] += len(flags)
        row["linter"] += sum(flag == moved for flag in flags)
        if missed and (denied != moved or not all(flag == moved for flag in flags)):
            print(f"wrong\t{question.why}\t{question.day}\t{pair.title}\t{pair.name}\t"
                  f"{','.join(sorted(a.value for a in answers))}\t{flags}\t{apart}")  # fmt: skip
    return counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the shares; return 1 where one is under --least."""
    parser = argparse.ArgumentParser(description="Score the roster.")
    parser.add_argument("--shared", type=Path, required=True, help="holds facts/")
    parser.add_argument("--lexicons", type=Path, default=data_dir("lexicons"))
    parser.add_argument("--missed", action="store_true", help="list what is answered wrong")
    parser.add_argument("--least", action="append", default=[], metavar="held|moved=SHARE")
    options = parser.parse_args(arguments)
    facts = options.shared / "facts"
    pairs = read_pairs(facts)
    bodies = [
        line.split("\t")[1]
        for line in (facts / "state_bodies_names.tsv").read_text(encoding="utf-8").splitlines()[1:]
    ]
    kinds = {(pair.title, pair.name): kind_of(pair, pairs, bodies) for pair in pairs}
    for kind, number in Counter(kinds.values()).most_common():
        print(f"{kind}: {number} pairs")
    asked = [pair for pair in pairs if kinds[pair.title, pair.name] == "asked"]
    questions = [question for pair in asked for question in held_days(pair)]
    questions += [question for pair in asked for question in moved_days(pair, pairs)]
    lexicon = load_lexicon(options.lexicons, data_dir("models"))
    counts = score(questions, lexicon, missed=options.missed)
    print(f"{'group':<8}{'pairs':<14}{'days':>6}{'roster':>9}{'linter':>9}{'known':>9}")
    for (group, apart), row in sorted(counts.items(), reverse=True):
        shares = (
            row["roster"] / row["days"],
            row["linter"] / row["frames"],
            row["known"] / row["days"],
        )
        print(
            f"{group:<8}{apart:<14}{row['days']:>6}" + "".join(f"{share:>9.1%}" for share in shares)
        )
    failed = False
    for floor in options.least:
        group, _, share = floor.partition("=")
        rows = [row for (name, _apart), row in counts.items() if name == group]
        reached = sum(row["linter"] for row in rows) / max(1, sum(row["frames"] for row in rows))
        if reached < float(share):
            failed = True
            print(f"FAILED {group}: {reached:.3f}, at least {share} wanted")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
