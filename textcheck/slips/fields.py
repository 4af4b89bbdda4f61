"""
Names of bodies without their last character where only a body can be meant: 教育印发《……》.

What is left is the name of a field of work and reads well, so counts say nothing of it. But at the
beginning of a clause, or behind another body in a list, no field issues documents, speaks or
stands before a body: 105 million characters of clean text have none of it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from textcheck.document import Span
from textcheck.finding import Severity
from textcheck.knowledge.entry import Entry, EntryKind

__all__ = ["FIELDS", "CutNames", "field_wordings"]

FIELDS = "fields"
"""The owner of the wordings."""

_ENDS = "部局委署"
_SHORTEST, _SHORT = 3, 3
# Short for a body, or the name of something that acts by itself: 民航预计, 公安提醒, 财政下达.
_BY_THEMSELVES = frozenset(
    {
        "民航",
        "中国民航",
        "国家标准",
        "国家安全",
        "应急",
        "政治",
        "公安",
        "审计",
        "财政",
        "农业",
        "中国海警",
    }
)
_LIST, _SEVERAL, _NATIONAL = "、", "等", "国家"
_ISSUED = ("发布《", "印发《", "公布《", "出台《", "发布了《", "印发了《")
_ACTS = (
    *_ISSUED, "日前", "近日", "印发", "启动", "有关负责", "相关负责", "新闻发言", "发言人", "起草",
    "最新发布", "最新数据", _LIST, _SEVERAL,
)  # fmt: skip
# Who says whom: 应急管理要求更高 is no act.
_WHOM = (
    "各",
    "相关",
    "有关",
    "全",
    "地方",
    "广大",
    "进一步",
    "做好",
    "加强",
    "强化",
    "严格",
    "切实",
)
# What schools, too, may do, or what the sentence goes on with, 科技发布.
_ACTS_OF_LONG = (
    "今天", "昨天", "发布", "下发", "公布", "会同", "召开", "介绍", "出台", "制定", "联合发布",
    "联合印发", "联合部署", *(f"要求{whom}" for whom in _WHOM),
)  # fmt: skip
_NUMBERED = re.compile("等[一二三四五六七八九十两0-9]+个?部门")
_OPENS = frozenset("\n。，；：“（！？")
_NO_BODY = frozenset("门长队属委")  # 财政部门, 司法部长


@dataclass(frozen=True, slots=True)
class _Cut:
    """A wording: the body it is meant for, and how much of it is the name."""

    body: Entry
    size: int
    act: str


class CutNames:
    """The wordings by their numbers."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Make them of the bodies among entries, in the order of `field_wordings`."""
        self._cuts = list(_cuts(entries).values())

    def meant(
        self, number: int, start: int, text: str, bodies: Iterable[Span], day: date | None
    ) -> tuple[Entry, Span] | None:
        """Return the body that a wording is meant for, and the place of its name."""
        cut = self._cuts[number]
        body, end = cut.body, start + cut.size
        if day is not None and not _in_force(body, day):
            return None
        spans = list(bodies)
        opens = not start or text[start - 1] in _OPENS
        national = text.startswith(_NATIONAL, start)
        listed = national or any(one.end == start - 1 for one in spans)
        listed &= text[start - 1 : start] == _LIST
        if not (opens or listed):
            return None
        if cut.act == _SEVERAL and not _NUMBERED.match(text, end):
            return None
        if cut.act == _LIST and not any(
            one.start == end + 1 and text[one.end : one.end + 1] not in _NO_BODY
            for one in spans
            if text[one.end - 1] in _ENDS
        ):
            return None
        return body, Span(start, end)


def field_wordings(entries: Iterable[Entry]) -> list[str]:
    """Return what the names of bodies without their last character must not stand before."""
    return list(_cuts(entries))


def _cuts(entries: Iterable[Entry]) -> dict[str, _Cut]:
    found: dict[str, _Cut] = {}
    for body, name in _names(entries):
        short = len(name) < _SHORT
        for act in _ACTS if short else (*_ACTS, *_ACTS_OF_LONG):
            found.setdefault(name + act, _Cut(body, len(name), act))
    return found


def _names(entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    bodies = [entry for entry in entries if entry.kind is EntryKind.BODY]
    right = {form for entry in bodies for form in (entry.form, *entry.variants)}
    # Of 自然资源部 and 自然资源局 the ministry is meant.
    for body in sorted(bodies, key=lambda body: _ENDS.find(body.form[-1])):
        name = body.form[:-1]
        known = len(body.form) >= _SHORTEST and body.form[-1] in _ENDS
        if known and body.level is Severity.SERIOUS and name not in right | _BY_THEMSELVES:
            yield body, name


def _in_force(body: Entry, day: date) -> bool:
    return (body.since is None or body.since <= day) and (body.until is None or day < body.until)
