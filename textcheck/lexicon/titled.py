"""Titles as they stand in a text: who is given which, and what 副 does to them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from textcheck.document import Span
from textcheck.knowledge.entry import EntryKind, Post
from textcheck.lexicon.lexicon import Mention

__all__ = [
    "Titled",
    "deputy_or_head",
    "differs_by_deputy",
    "longest_names",
    "rank_beside",
    "titled",
]

_JOINTS = ("、", "兼", "，")
# 国务委员兼|秘书长: the second office has no body of its own, the first is asked about.
_OF_THE_SAME_BODY = ("兼秘书长",)
_RANK = re.compile(
    "(?:总书记|总理|委员长|主席|部长|主任|院长|检察长|审计长|行长|局长|署长|书记|省长|市长|秘书长)$"
)
_BARE = "副?(?:总理|委员长)|国务委员|总书记|副?主席"
# 总理丁某 at the beginning of a phrase, and 丁某总理, which 总理府 and 主席团 are not.
_IN_FRONT = re.compile(f"(?:^|[^\u4e00-\u9fff])({_BARE})$")
_BEHIND = re.compile(f"({_BARE})(?![团令台府])")
_LAST = frozenset("理长员记席")  # of a bare rank; most names have something else in front
_LONGEST_BARE = 5


@dataclass(frozen=True, slots=True)
class Titled:
    """A person with the titles in front, first to last: 国务委员兼外交部长王毅."""

    titles: tuple[Mention, ...]
    person: Mention


def titled(text: str, mentions: Sequence[Mention]) -> Iterator[Titled]:
    """Yield each person of whom a known title stands in front, or several in a row."""
    ending: dict[int, Mention] = {}
    for mention in mentions:
        if mention.entry.kind is EntryKind.POST:
            other = ending.get(mention.span.end)
            if other is None or mention.span.start < other.span.start:
                ending[mention.span.end] = mention
    for person in longest_names(mentions):
        titles: list[Mention] = []
        end = _before_bare_ranks(text, person.span.start, ending)
        while (title := ending.get(end)) is not None:
            titles.insert(0, title)
            end = title.span.start
            if text[end - 1 : end] in _JOINTS:
                end -= 1
        if titles:
            yield Titled(tuple(titles), person)


def _before_bare_ranks(text: str, end: int, ending: dict[int, Mention]) -> int:
    """Return where the title ends that a rank without body hangs on: 甲乙会副主任|兼秘书长."""
    for rank in _OF_THE_SAME_BODY:
        if end not in ending and text.endswith(rank, 0, end) and end - len(rank) in ending:
            return end - len(rank)
    return end


def longest_names(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the persons, of names that begin at one place the longest: 刘奇葆, not 刘奇."""
    found: dict[int, Mention] = {}
    for mention in mentions:
        if mention.entry.kind is EntryKind.PERSON:
            other = found.get(mention.span.start)
            if other is None or other.span.end < mention.span.end:
                found[mention.span.start] = mention
    return list(found.values())


def differs_by_deputy(one: str, other: str) -> bool:
    """Tell whether two titles are one with 副 and the same without."""
    return one != other and one.replace("副", "", 1) == other.replace("副", "", 1)


def deputy_or_head(post: Post) -> Iterator[tuple[str, str]]:
    """
    Yield (wrong, right) for each form of a post: 副 dropped where it has one, else put in.

    财政部副部长 for 财政部部长, 国务院总理 for 国务院副总理.
    """
    for form in post.forms:
        if "副" in form:
            yield form.replace("副", "", 1), form
        elif rank := _RANK.search(form):
            yield f"{form[: rank.start()]}副{form[rank.start() :]}", form


def rank_beside(text: str, person: Mention) -> Span | None:
    """Return the rank without a body in front of a name or directly behind it: 总理李某."""
    start, end = person.span.start, person.span.end
    if text[start - 1 : start] in _LAST:
        low = max(0, start - _LONGEST_BARE)
        if rank := _IN_FRONT.search(text[low:start]):
            return Span(low + rank.start(1), start)
    if rank := _BEHIND.match(text, end):
        return Span(end, rank.end(1))
    return None
