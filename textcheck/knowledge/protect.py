"""
The forms under protection: those of the tables, and names joined to what stands beside them.

A name of two or three characters with one of them wrong is hardly a clue; with the
title before it or the rank behind it, it is. So titles and names are joined here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from textcheck.knowledge.entry import Entry, EntryKind, Post, Term
from textcheck.knowledge.toponyms import LONGEST

__all__ = ["ACTS", "LIGHT", "OF_ONE", "RANKS", "Part", "Protected", "protected_forms"]

RANKS = (
    "总书记", "副总理", "总理", "副委员长", "委员长", "副主席", "主席", "国务委员", "检察长",
    "院长", "书记", "部长", "省长", "市长", "主任",
)  # fmt: skip
"""Ranks that stand behind a name: the last word of a title, the longest that fits."""
OF_ONE = ("总书记", "总理", "委员长")
"""Ranks that one person has at a time and nobody else is called by: 副 or none is no courtesy."""
# Ranks that many a hospital, village and company has.
_EVERYWHERE = frozenset({"主席", "检察长", "院长", "书记", "部长", "省长", "市长", "主任"})
# What stands directly behind the name of a leader; a particle says enough behind three characters.
_PARTICLES = ("同", "对", "向", "在", "的", "还", "等", "将", "、", "，")
ACTS = (
    "同志", "强调", "指出", "主持", "出席", "会见", "会谈", "致信", "回信", "发表", "签署",
    "考察", "调研", "讲话", "表示", "要求", "希望", "介绍", "参加", "听取", "抵达", "宣布",
    "看望", "慰问", "了解", "代表", "举行", "访问", "感谢", "分别", "首先", "最后", "作出",
    "作了", "同意", "率领", "走进", "来到", "在京", "今天", "日在", "说，", "在贺", "陪同", "当地",
    "转达", "日前", "充分", "近日", "谈治", "邀请", "在讲", "在主", "在会", "在报", "在听", "欢迎",
    "致电", "关于", "乘坐", "乘专", "乘车", "祝贺", "高度", "认真", "积极", "将出", "将于", "先后",
    "提出", "前往", "发来", "夫妇", "当选", "应邀", "亲切", "等来", "还将", "赞赏", "离开", "勉励",
    "同他", "参观", "送花", "通过", "给予", "饶有", "还了", "表明", "回应", "撰文",
)  # fmt: skip
LIGHT = frozenset({EntryKind.CLAUSE, EntryKind.IDIOM, EntryKind.REGION})
"""The kinds of the long tables, which hide nothing weightier."""
_SHORT = 3
_SHORTEST_NAME = 2
_LEAST = {
    EntryKind.PERSON: _SHORTEST_NAME,
    EntryKind.BODY: _SHORTEST_NAME,
    EntryKind.REGION: _SHORTEST_NAME,
    EntryKind.PEOPLE: _SHORT,
}


@dataclass(frozen=True, slots=True)
class Part:
    """A range of a protected form that is one entry; what lies between parts is only context."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Protected:
    """
    A form and the entries in it.

    `common` marks a name that an ordinary person may nearly have: not one of the first rank, bare
    or with a rank that is found everywhere.
    """

    form: str
    parts: tuple[Part, ...]
    common: bool = False

    @property
    def untitled(self) -> bool:
        """Tell whether a person's name has at most a rank behind it, no title and no other name."""
        first = self.parts[0].entry
        return first.kind is EntryKind.PERSON and all(
            part.entry is first or part.entry.kind is EntryKind.POST for part in self.parts
        )

    @property
    def alone(self) -> bool:
        """Tell whether this is a person's name without title, rank or another name."""
        first = self.parts[0].entry
        return first.kind is EntryKind.PERSON and all(part.entry is first for part in self.parts)

    @property
    def whole(self) -> Entry | None:
        """Return the entry that is all of the form, None where it is put together of several."""
        size = len(self.form)
        return next((part.entry for part in self.parts if part.end - part.start == size), None)

    def part_at(self, site: int) -> Part | None:
        """Return the part that holds a character of the form."""
        for part in self.parts:
            if part.start <= site < part.end:
                return part
        return None


def protected_forms(
    entries: Iterable[Entry],
    posts: Mapping[str, Post],
    terms: Iterable[Term],
    top: Sequence[str],
) -> list[Protected]:
    """
    Return every protected form once; clauses and idioms last, so that they hide nothing weightier.

    `top` are the names of the leaders of the first rank in protocol order.
    """
    entries = list(entries)
    light = [entry for entry in entries if entry.kind in LIGHT]
    fixed = [entry for entry in entries if entry.kind not in {*LIGHT, EntryKind.PERSON}]
    people = {entry.form: entry for entry in entries if entry.kind is EntryKind.PERSON}
    found: dict[str, Protected] = {}
    for protected in (
        *_titled(people, posts, terms, top),
        *_in_action(people, top),
        *_between(people, top),
        *_listed(people, top),
        *(_alone(entry, common=entry.form not in top) for entry in people.values()),
        *_aliases(posts.values()),
        *(_with_name(form, entry, people, top) for entry in fixed for form in _forms(entry)),
        *(_alone(entry) for entry in light if not _is_minor(entry)),
    ):
        # 十五五 is no 十五大 with a slip in it: of three characters only a name says enough, of a
        # person, of a body or of a people; 白族 with one is any word.
        kind = protected.parts[0].entry.kind
        if len(protected.form) >= _LEAST.get(kind, _SHORT + 1):
            found.setdefault(protected.form, protected)
    return list(found.values())


def _is_minor(entry: Entry) -> bool:
    """
    Tell whether a region's name is lawful but not protected: one of former times, a short one.

    Slips in the latter are looked for where a region is expected, see places.py.
    """
    if entry.kind is not EntryKind.REGION:
        return False
    return not entry.id.removeprefix("reg-").isdecimal() or len(entry.form) <= LONGEST


def _alone(entry: Entry, *, common: bool = False) -> Protected:
    return Protected(entry.form, (Part(0, len(entry.form), entry),), common)


def _forms(entry: Entry) -> tuple[str, ...]:
    return (entry.form, *entry.variants)


def _with_name(
    form: str, entry: Entry, people: Mapping[str, Entry], top: Sequence[str]
) -> Protected:
    """Return a form whose leader's name, if it has one, is a part of its own: ××新时代."""
    whole = Part(0, len(form), entry)
    for name in top:
        if (start := form.find(name)) >= 0 and len(name) > _SHORTEST_NAME:
            return Protected(form, (Part(start, start + len(name), people[name]), whole))
    return Protected(form, (whole,))


def _aliases(posts: Iterable[Post]) -> Iterator[Protected]:
    for post in posts:
        for form in post.forms:
            yield Protected(form, (Part(0, len(form), post.entry),))


def _titled(
    people: Mapping[str, Entry],
    posts: Mapping[str, Post],
    terms: Iterable[Term],
    top: Sequence[str],
) -> Iterator[Protected]:
    """
    Yield 国务院总理×× and ××总理 for everybody who held the post.

    Of a person's ranks the fullest: behind a general secretary's name 书记 is one cut short.
    """
    terms = list(terms)
    ranks: dict[str, set[str]] = {}
    for term in terms:
        ranks.setdefault(term.person, set()).add(_rank_of(posts[term.post]))
    for term in terms:
        person, post = people[term.person], posts[term.post]
        name = person.form
        for form in post.forms:
            yield Protected(
                form + name,
                (Part(0, len(form), post.entry), Part(len(form), len(form) + len(name), person)),
            )
        rank = _rank_of(post)
        if rank and not any(other != rank and other.endswith(rank) for other in ranks[name]):
            yield Protected(
                name + rank,
                (
                    Part(0, len(name), person),
                    Part(len(name), len(name) + len(rank), post.entry),
                ),
                common=rank in _EVERYWHERE and name not in top,
            )


def _rank_of(post: Post) -> str:
    """Return the rank that a title ends in, "" for none: 总理 of 国务院总理."""
    return next((rank for rank in RANKS if post.entry.form.endswith(rank)), "")


def _between(people: Mapping[str, Entry], top: Sequence[str]) -> Iterator[Protected]:
    """Yield 、××、 for names of two: within a list either character may be wrong."""
    for name, entry in people.items():
        if len(name) == _SHORTEST_NAME:
            part = Part(1, 1 + len(name), entry)
            yield Protected(f"、{name}、", (part,), common=name not in top)


def _in_action(people: Mapping[str, Entry], top: Sequence[str]) -> Iterator[Protected]:
    for name in top:
        for act in ACTS + (_PARTICLES if len(name) >= _SHORT else ()):
            yield Protected(name + act, (Part(0, len(name), people[name]),))


def _listed(people: Mapping[str, Entry], top: Sequence[str]) -> Iterator[Protected]:
    """Yield 甲、乙 for each two leaders of the first rank: lists of attendance name them so."""
    for one in top:
        for other in top:
            if one != other:
                second = len(one) + 1
                yield Protected(
                    f"{one}、{other}",
                    (
                        Part(0, len(one), people[one]),
                        Part(second, second + len(other), people[other]),
                    ),
                )
