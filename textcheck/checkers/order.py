"""The order of leaders within one list."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TypeVar

from textcheck.checkers.slip import about_errors, at_most
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.entry import EntryKind
from textcheck.knowledge.protocol import Breach
from textcheck.lexicon.lexicon import Lexicon, Mention
from textcheck.lexicon.titled import longest_names, titled
from textcheck.text.folk import is_of_ordinary_people
from textcheck.text.sentences import sentence_around

__all__ = ["OrderChecker"]

T = TypeVar("T")

WRONG_ORDER = Rule("ORD251", Severity.SERIOUS, "领导人排序有误", "lexicons/protocol.tsv")

# In the news of 2012–2026 no list is against the table on its day (score_clean, train_xwlb).
_CONFIDENCE = 0.95
_RANK = (
    "总书记|主席|委员长|总理|国务委员|委员|常委|书记|部长|主任|院长|检察长|省长|市长|行长"
    "|秘书长|同志"
)
# Between two names of a list: 、 and perhaps a title, or somebody whom no table knows: 、张某、
_GAP = re.compile(
    f"(?P<behind>副?(?:{_RANK}))?(?P<joint>、|和|及|与|以及|，|[ 　])"
    f"(?P<title>|[\u4e00-\u9fff、（）]{{0,24}}(?:{_RANK})|[\u4e00-\u9fff]{{2,4}}[、和])"
)
_TITLE_BEHIND = re.compile(f"副?(?:{_RANK})")
_JOINTS = ("、", "和")
_OTHER_SENSE = re.compile(
    "作为|代表|应邀|接替|会见|分别|致|转达|陪同|主持|出席|讲话|说|强调|原|时任|前任|当时"
)
_ONE_BY_ONE = re.compile(
    "(?:同志)?(?:等(?:同志|人)?)?(?:[还也曾均都])?(?:分别|先后|依次|各自|轮流)"
)
_OTHER_RULE = re.compile("笔画|笔划|拼音|字母|不分先后|排名不分|按年龄|依年龄|为序|排序|时任")
_BYLINE = re.compile(
    "(?:记者|通讯员|编辑|作者|摄影|审核|责编|校对|供稿|撰稿|文字|图片|采写)[ 　:：/]?$"
)
_OF_LEADERS = re.compile("领导人|领导同志|常委|中央领导")
_LONGEST_GAP, _LONGEST_TITLE = 30, 40
_REACH = 14
_ENOUGH = 3  # so many leaders in one list are not namesakes
_NOT_A_NAMESAKE = 3  # characters: of two, namesakes are many


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in a list; `start` is that of its title in front, `end` that of one behind."""

    form: str
    span: Span
    start: int
    end: int

    @property
    def titled(self) -> bool:
        return self.start < self.span.start or self.span.end < self.end


class OrderChecker:
    """
    ORD251: leaders named in one list against their official order on the day of publication.

    Right are lists by strokes, orders that another table row has, people of whom only one has a
    place, acts told one by one (分别), and namesakes among people whom nobody knows.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon
        self._protocol = lexicon.tables.protocol

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rule."""
        return (WRONG_ORDER,)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each list in the wrong order."""
        day = document.published_on
        people = longest_names(
            self._lexicon.mentions(document.text, EntryKind.PERSON, EntryKind.POST)
        )
        people.sort(key=lambda person: person.span)
        for names in _lists(document.text, people):
            found = self._breach(names, day)
            if found is None:
                continue
            names[0] = self._with_title(document.text, names[0])
            if self._of_leaders(document.text, names, day):
                place, breach = found
                yield _misordered(document, names[place], breach)

    def _breach(self, names: Sequence[_Name], day: date | None) -> tuple[slice, Breach] | None:
        """Return what is wrong in a list, or between two titles in it, and where that stands."""
        heads = [at for at, name in enumerate(names) if at and name.start < name.span.start]
        places = [slice(*ends) for ends in pairwise([0, *heads, len(names)])]
        for place in [slice(len(names)), *places] if heads else places:
            forms = [name.form for name in names[place]]
            loose = len(places) > 1 and len(forms) == len(names)
            breach = self._protocol.breach(forms, day, loose=loose)
            if breach is not None:
                return place, breach
        return None

    def _with_title(self, text: str, name: _Name) -> _Name:
        """Return the first name of a list with the titles in front of it."""
        low = max(0, name.start - _LONGEST_TITLE)
        near = text[low : name.end]
        for one in titled(near, self._lexicon.mentions(near)):
            if one.person.span.start == name.span.start - low:
                return replace(name, start=low + one.titles[0].span.start)
        return name

    def _of_leaders(self, text: str, names: Sequence[_Name], day: date | None) -> bool:
        """Tell whether a list is one of leaders, in the order of protocol."""
        first, last = names[0].start, names[-1].end
        if _ONE_BY_ONE.match(text, last) or _BYLINE.search(text, max(0, first - 6), first):
            return False
        if is_of_ordinary_people(text, Span(first, last)):
            return False
        if _OTHER_RULE.search(sentence_around(text, Span(first, last)).of(text)):
            return False
        ranked = [name for name in names if self._protocol.ranked(name.form, day)]
        return (
            len(ranked) >= _ENOUGH
            or any(name.titled for name in ranked)
            or any(len(name.form) >= _NOT_A_NAMESAKE for name in ranked)
            or _OF_LEADERS.search(text, max(0, first - _REACH), first) is not None
        )


def _misordered(document: Document, names: Sequence[_Name], breach: Breach) -> Finding:
    """Return the finding for a list of which two names stand in the wrong order."""

    def wrong(one: _Name, two: _Name) -> bool:
        first, second = breach.right.get(one.form), breach.right.get(two.form)
        return first is not None and second is not None and second < first

    span, right = _mended(document.text, names, wrong)
    level = Severity.HINT if about_errors(document, span) else Severity.SERIOUS
    mended = f"，应为“{right}”" if right else ""
    return Finding(
        rule=WRONG_ORDER,
        span=span,
        severity=at_most(level, breach.order.citation),
        confidence=_CONFIDENCE,
        message=f"{WRONG_ORDER.title}：{breach.later}应在{breach.earlier}之前{mended}",
        suggestions=(right,) if right else (),
        basis=f"{WRONG_ORDER.basis} {breach.order.id}（{breach.order.citation.text}）",
    )


def _lists(text: str, people: Sequence[Mention]) -> Iterator[list[_Name]]:
    """Yield the names that stand in one list, two or more."""
    names: list[_Name] = []
    for one, two in pairwise(people):
        gap = text[one.span.end : two.span.start]
        title = _title_between(gap) if 0 < two.span.start - one.span.end <= _LONGEST_GAP else None
        if title is None:
            if names:
                yield names
            names = []
            continue
        if not names:
            names = [_Name(one.entry.form, one.span, one.span.start, _behind(text, one.span.end))]
        start = two.span.start - len(title)
        names.append(_Name(two.entry.form, two.span, start, _behind(text, two.span.end)))
    if names:
        yield names


def _title_between(gap: str) -> str | None:
    """Return the title of the second name in what stands between two of a list, else None."""
    joined = _GAP.fullmatch(gap)
    if joined is None or (len(gap) > 1 and _OTHER_SENSE.search(gap)):
        return None
    title = joined["title"]
    if joined["joint"] == "，" and not title:
        return None
    return "" if title.endswith(_JOINTS) else title


def _behind(text: str, end: int) -> int:
    """Return where the title ends that stands behind a name: 李某总理."""
    title = _TITLE_BEHIND.match(text, end)
    return title.end() if title else end


def _mended(
    text: str, names: Sequence[_Name], wrong: Callable[[_Name, _Name], bool]
) -> tuple[Span, str]:
    """
    Return the place to change and the names in order, "" where no order of whole groups is right.

    A title in front counts for the names that follow without one, so that they stay behind it.
    """
    groups = _groups(names)
    inner = [_in_order(group, wrong) for group in groups]
    outer = _in_order(
        range(len(groups)),
        lambda one, two: any(
            wrong(first, second) for first in groups[one] for second in groups[two]
        ),
    )
    gaps = [text[one.end : two.start] for one, two in pairwise(names)]
    order = [name for number in outer for name in inner[number]]
    heads = [groups[number][0] for number in outer]
    places = {id(inner[number][0]): head for number, head in zip(outer, heads, strict=True)}
    written = ""
    for number, name in enumerate(order):
        head = places.get(id(name))
        title = text[head.start : head.span.start] if head else ""
        written += title + text[name.span.start : name.end]
        written += gaps[number] if number < len(gaps) else ""
    start, end = names[0].start, names[-1].end
    now = text[start:end]
    changed = [at for at, (old, new) in enumerate(zip(now, written, strict=True)) if old != new]
    if not changed:
        return Span(start, end), ""
    first = max(
        at for name in names for at in (name.start, name.span.start) if at - start <= changed[0]
    )
    last = min(name.end for name in names if name.end - start > changed[-1])
    return Span(first, last), written[first - start : last - start]


def _groups(names: Iterable[_Name]) -> list[list[_Name]]:
    """Return the names in runs, each with a title in front of its first."""
    groups: list[list[_Name]] = []
    for name in names:
        if name.start < name.span.start or not groups:
            groups.append([])
        groups[-1].append(name)
    return groups


def _in_order(units: Iterable[T], wrong: Callable[[T, T], bool]) -> list[T]:
    """Move each unit before the first of those that may not stand in front of it."""
    found: list[T] = []
    for unit in units:
        place = next((at for at, other in enumerate(found) if wrong(other, unit)), len(found))
        found.insert(place, unit)
    return found
