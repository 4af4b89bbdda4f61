"""
Compare the roster with itself and with the acts that the news announced.

    python scripts/score_roster.py --shared DIR
    python scripts/score_roster.py --shared DIR --since 2018-03-01 --least 60

Prints
* `gap`: days since --since on which no holder of a post with one seat is known, --least or more;
* `overlap`: two holders of such a post at a time;
* `act`: an appointment, election or removal told in the news that the table does not have: no
  term of the person begins (`begin`) or ends (`end`) within a few days of it, nor goes on then.
What begins or ends a term is read from the wording of such news: 任命甲为乙, 免去甲的乙职务,
甲同志任乙, 不再担任乙, 甲当选为乙, 决定甲为乙. A committee's 委员、常委、书记 is its 书记.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from sightings import NEWS, read_articles

from textcheck.data import data_dir
from textcheck.knowledge.entry import Post, Term
from textcheck.lexicon.load import load_lexicon

__all__ = ["Act", "acts_in", "gaps_of", "main", "overlaps_of"]

_NEAR = timedelta(days=10)  # an act is told, carried out and printed on days not far apart
_GOOD_FOR = timedelta(days=366)  # what offices.py takes a last sighting for
_NAME = "[\u4e00-\u9fff·]{2,12}?"
_SEGMENT = re.compile("[，。；;：\n]+")
_BEGINNINGS = (
    re.compile(f"任命(?P<name>{_NAME})为(?P<posts>.+)"),
    re.compile(f"(?:选举|决定)(?P<name>{_NAME})为(?P<posts>.+)"),
    re.compile(f"^(?P<name>{_NAME})(?:同志)?当选(?:为)?(?P<posts>.+)"),
    re.compile(f"^(?P<name>{_NAME})同志(?:兼任|任|担任|代理)(?P<posts>.+)"),
)
_ENDS = (
    re.compile(f"免去(?P<name>{_NAME})(?:同志)?(?:兼任)?的(?P<posts>.+?)职务"),
    re.compile(f"^(?P<name>{_NAME})同志不再(?:担任|兼任|代理)(?P<posts>.+)"),
)
_CARRIED_END = re.compile("^不再(?:担任|兼任|代理)(?P<posts>.+)")
_LIVES = re.compile("讣告|告全党|伟大光辉的一生|英雄烈士谱")  # they tell acts of long ago
_LONGEST_NAME = 3  # of somebody whom the table does not know
_COMMITTEE = re.compile("(?P<body>.+委)委员、常委、(?P<rank>副?书记)")


@dataclass(frozen=True, slots=True)
class Act:
    """What the news told of a person and a post on a day."""

    day: date
    name: str
    post: str
    begins: bool
    title: str


def acts_in(text: str, forms: Iterable[str]) -> Iterator[tuple[str, str, bool]]:
    """
    Yield (name, form of a post, whether it begins) for each act in a text.

    >>> list(acts_in("甲乙同志任云南省委委员、常委、书记，不再担任甘肃省委书记、常委职务。",
    ...     ["云南省委书记", "甘肃省委书记"]))
    [('甲乙', '云南省委书记', True), ('甲乙', '甘肃省委书记', False)]
    """
    known = set(forms)
    subject = ""
    for segment in _SEGMENT.split(text):
        for begins, patterns in ((True, _BEGINNINGS), (False, _ENDS)):
            found = next((match for one in patterns if (match := one.search(segment))), None)
            if found is not None:
                subject = found["name"]
                yield from ((subject, form, begins) for form in _posts(found["posts"], known))
        if subject and (found := _CARRIED_END.search(segment)):
            yield from ((subject, form, False) for form in _posts(found["posts"], known))


def _posts(said: str, known: set[str]) -> Iterator[str]:
    said = _COMMITTEE.sub(r"\g<body>\g<rank>", said.removesuffix("职务"))
    parts = [part.removesuffix("职务") for part in re.split("[、兼]", said)]
    yield from (part for part in dict.fromkeys([said, *parts]) if part in known)


def read_acts(shared: Path, posts: Iterable[Post]) -> Iterator[Act]:
    """Yield the acts that the news tells, about posts of the table."""
    ids = {form: post.entry.id for post in posts for form in post.forms}
    for article in read_articles(shared, NEWS, measured=True):
        if _LIVES.search(article.title) or not re.search("任|免|当选|决定", article.text):
            continue
        for name, form, begins in acts_in(f"{article.title}\n{article.text}", ids):
            yield Act(date.fromisoformat(article.day), name, ids[form], begins, article.title)


def lacking(acts: Iterable[Act], terms: Sequence[Term]) -> Iterator[Act]:
    """
    Yield the acts that no term of the person in the post tells of, each once.

    Of posts without any term the table names nobody, so that it lacks nothing.
    """
    people, kept = {term.person for term in terms}, {term.post for term in terms}
    seen: set[tuple[str, str, bool]] = set()
    for act in acts:
        if act.post not in kept or (act.name not in people and len(act.name) > _LONGEST_NAME):
            continue  # 热烈祝贺您再次
        mine = [term for term in terms if (term.person, term.post) == (act.name, act.post)]
        key = (act.name, act.post, act.begins)
        if key not in seen and not any(_tells(term, act) for term in mine):
            seen.add(key)
            yield act


def _tells(term: Term, act: Act) -> bool:
    if not act.begins:
        return term.until is not None and abs(term.until - act.day) <= _NEAR
    return term.since - _NEAR <= act.day and act.day < (term.until or date.max)


def _end_of(term: Term) -> date:
    """Return the first day on which the term is no longer known to go on."""
    stale = (term.seen_on or term.since) + _GOOD_FOR
    if term.until is None:
        return stale
    return term.until if term.end_exact else min(term.until, max(stale, term.since))


def _spans(terms: Iterable[Term]) -> list[tuple[date, date, str]]:
    spans = [(term.since, _end_of(term), term.person) for term in terms]
    return sorted(span for span in spans if span[0] < span[1])


def gaps_of(post: Post, terms: Iterable[Term], since: date, until: date) -> list[tuple[date, date]]:
    """Return the stretches of days without a known holder, half open."""
    at = max(since, post.entry.since or since)
    last = min(until, post.entry.until or until)
    gaps = []
    for start, end, _ in _spans(terms):
        if at < min(start, last):
            gaps.append((at, min(start, last)))
        at = max(at, end)
    return [*gaps, (at, last)] if at < last else gaps


def overlaps_of(terms: Iterable[Term]) -> list[tuple[str, str, date, date]]:
    """Return who is in a post together with whom, and between which days."""
    day = timedelta(days=1)  # on the day of a hand-over both are named
    return [
        (one, other, later, earlier)
        for (_, earlier, one), (later, _, other) in pairwise(_spans(terms))
        if one != other and later + day < earlier
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is lacking and what is contradictory."""
    parser = argparse.ArgumentParser(description="Gaps, overlaps and lacking acts of the roster.")
    parser.add_argument("--shared", type=Path, required=True, help="holds corpora/")
    parser.add_argument("--since", type=date.fromisoformat, default=date(2012, 11, 15))
    parser.add_argument("--until", type=date.fromisoformat, default=date(2026, 3, 31))
    parser.add_argument("--least", type=int, default=30, help="days of a gap that is printed")
    options = parser.parse_args(arguments)
    tables = load_lexicon(data_dir("lexicons"), data_dir("models")).tables
    terms: dict[str, list[Term]] = {}
    for term in tables.terms:
        terms.setdefault(term.post, []).append(term)
    days = known = 0
    for name, post in tables.posts.items():
        if not post.single:
            continue
        gaps = gaps_of(post, terms.get(name, []), options.since, options.until)
        lost = sum((end - start).days for start, end in gaps)
        days += max(0, (options.until - options.since).days)
        known += max(0, (options.until - options.since).days - lost)
        for start, end in gaps:
            if (end - start).days >= options.least:
                print(f"gap\t{post.entry.form}\t{start}\t{end}")
        for one, other, start, end in overlaps_of(terms.get(name, [])):
            print(f"overlap\t{post.entry.form}\t{one}\t{other}\t{start}\t{end}")
    for act in lacking(read_acts(options.shared, tables.posts.values()), tables.terms):
        kind = "begin" if act.begins else "end"
        form = tables.posts[act.post].entry.form
        print(f"act\t{kind}\t{act.day}\t{act.name}\t{form}\t{act.title}")
    print(f"of the days of posts with one seat a holder is known on {known / max(1, days):.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
