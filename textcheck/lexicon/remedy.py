"""What was probably meant where a title and a name do not belong together."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import takewhile

from textcheck.knowledge.capacities import Capacities
from textcheck.knowledge.entry import Post
from textcheck.knowledge.offices import Offices
from textcheck.lexicon.titled import differs_by_deputy

__all__ = ["Mismatch", "Remedies"]

_RANK_LENGTH = 2  # of 部长, 主任
_FIELD = re.compile("(?:中央|国家)?([\u4e00-\u9fff]{2})部")
_MEMBERSHIPS = ("常委", "委员")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """
    A person with titles in front of the name, of which some are not held on the day.

    `named` are the posts of all titles, `wrong` of those not held, the first one first; `said` is
    what the sentence says behind the name; `elsewhere` are the person's posts in the rest of the
    text.
    """

    day: date
    name: str
    named: Sequence[str]
    wrong: Sequence[str]
    said: str
    elsewhere: Collection[str]


class Remedies:
    """Tell which other title or which other name was meant, the more probable first."""

    def __init__(self, offices: Offices, posts: Mapping[str, Post], capacities: Capacities) -> None:
        """Keep who holds what, and in which capacity one acts."""
        self._offices = offices
        self._posts = posts
        self._capacities = capacities

    def posts(self, mismatch: Mismatch) -> list[Post]:
        """Return what else the person holds on the day, what was probably meant first."""
        terms = self._offices.terms_of(mismatch.name, mismatch.day)
        held = (self._posts[term.post] for term in terms if term.post not in mismatch.named)
        wrong = self._posts[mismatch.wrong[0]].entry.form
        acts = self._capacities.of(mismatch.said)
        once = self._was_in(mismatch.name, mismatch.wrong[0])

        def unlikeness(post: Post) -> tuple[object, ...]:
            form = post.entry.form
            ratio = SequenceMatcher(None, form, wrong, autojunk=False).ratio()
            # Of two offices that of the country's leaders. Somebody else's title was typed for one
            # that ends alike; the person's own of years ago tells nothing of the present one.
            alike = (-_same_ending(form, wrong), post.complete_from is None)
            return (
                post.entry.id not in acts,
                post.entry.id not in mismatch.elsewhere,
                not differs_by_deputy(form, wrong),
                ("兼" in form) != ("兼" in wrong),
                form.endswith(_MEMBERSHIPS) and not wrong.endswith(_MEMBERSHIPS),
                *(reversed(alike) if once else alike),
                -ratio,
                post.entry.id,
            )

        return sorted(held, key=unlikeness)

    def holder(self, mismatch: Mismatch) -> str | None:
        """Return the one other person who holds all titles, None if there may be more."""
        known = (self._posts[post] for post in mismatch.named)
        if not all(post.single or post.complete_from is not None for post in known):
            return None
        holders = [set(self._holders(post, mismatch.day)) for post in mismatch.named]
        common = set.intersection(*holders) - {mismatch.name}
        return common.pop() if len(common) == 1 else None

    def name_is_wrong(self, mismatch: Mismatch, own: Sequence[Post]) -> bool:
        """
        Tell whether the name rather than the title is wrong, where another fits the titles.

        So where the person is out of office, has none of several titles, or will have this one
        only later, and where the sentence goes on about the body: 中央纪委书记甲某在中央纪委.
        """
        wrong = self._posts[mismatch.wrong[0]]
        if not own or len(mismatch.wrong) > 1:
            return True
        if own[0].entry.id in mismatch.elsewhere:
            return False
        if differs_by_deputy(own[0].entry.form, wrong.entry.form):
            return False
        terms = [
            term for term in self._offices.terms_in(wrong.entry.id) if term.person == mismatch.name
        ]
        if not terms:
            return False
        later = all(term.since > mismatch.day for term in terms)
        return later or any(body in mismatch.said for body in _bodies(wrong))

    def _was_in(self, name: str, post: str) -> bool:
        return any(term.person == name for term in self._offices.terms_in(post))

    def _holders(self, post: str, day: date) -> list[str]:
        return [term.person for term in self._offices.terms_in(post, day)]


def _bodies(post: Post) -> Iterator[str]:
    """
    Yield the body of a post as its title writes it, and its field: 中央纪委 of 中央纪委书记.

    中央统战部 and 统战 of 中央统战部部长.
    """
    for form in post.forms:
        body = form[:-_RANK_LENGTH].removesuffix("副")
        if len(body) > _RANK_LENGTH:
            yield body
            field = _FIELD.fullmatch(body)
            if field is not None:
                yield field[1]


def _same_ending(one: str, other: str) -> int:
    """Return how many characters the two have in common at the end, up to the length of 部长."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return min(_RANK_LENGTH, sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)))
