"""
Tell a slip in a body's name of three characters from words that only look like one.

What is left of such a name where one character lacks is a word of every day, 教育|改革; that a body
is meant only what it does tells: 教育日前部署 at the beginning of a clause.
"""

import re

from textcheck.knowledge.entry import EntryKind
from textcheck.matching.keys import Edit
from textcheck.slips.case import FUNCTION, ORGANS, Case

__all__ = [
    "acts",
    "before_another",
    "beside_another",
    "by_chance",
    "first_of_so_many",
    "one_of_several",
    "says_enough",
    "speaks",
    "tells_body",
]

_SHORTEST, _LONGEST = 3, 9
_NO_BODY = frozenset("门长队属委")  # behind 部 and 委: 部门, 部长, 委员
_LAST = _SHORTEST - 1
# Of what clean text has by itself in 15 million characters nothing gains so much.
_GAIN_OF_THREE, _GAIN_OF_FIELD = 13.0, 3.0
_UNHEARD_OF = 0.5  # share of the triples at the damage that clean text does not have
_CLAUSE = frozenset("\n。，、；：“（")
_LISTS = _CLAUSE | frozenset("由和与")
# What bodies do, and hardly anything else: 教育发展 is something, 教育印发 is not.
_ACTS = re.compile(
    "日前|近日|今天|昨天|发布|公布|印发|发出|下发|通报|部署|召开|会同|介绍|表示|预计|要求|指导|推出|"
    "开展|启动|决定|指出|强调|出台|制定|有关负责|相关负责|新闻发言|发言人|起草|牵头|下达|拨付|派出|派员|"
    "统计|提醒|提出[，：]|回应|批复|通告|公告|数据显示|最新(?:数据|发布|消息|监测|统计)|先后|联合印发|联合发布|联合部署|"
    "将(?:会同|聚焦|组织|部署|启动|开展|出台|制定|印发|发布)"
)
# What only bodies do and have; of fields of work nobody says it.
_TITLED = "(?:印发|发布|出台|公布)了?《"
_ISSUES = re.compile(_TITLED)
_SPEAKS = re.compile(
    f"有关负责|相关负责|新闻发言|发言人|近日|日前|今天|昨天|会同|联合(?:印发|发布|部署)|{_TITLED}"
)
_OF_SEVERAL = re.compile("等[一二三四五六七八九十两0-9]*部门")
_OF_SO_MANY = re.compile("等[一二三四五六七八九十两0-9]+个?部门")
_SOURCES = frozenset("从由据")
_TOLD = re.compile("获悉|了解到|了解")


def says_enough(case: Case) -> bool:
    """
    Tell whether enough is left of a name to look into: all but three characters always are.

    A character like the right one is that one with a slip, 教育郢, unless it stands anywhere or the
    text reads not much better put right; so is one that nobody uses.
    """
    kind = case.protected.parts[0].entry.kind
    if case.length != _SHORTEST or kind is EntryKind.PERSON:
        return True
    if not case.replaced:
        return case.miss.edit is not Edit.MISSING or (kind is EntryKind.BODY and _left_over(case))
    if kind is EntryKind.REGION:
        return case.miss.site != _LAST
    word = case.wrong in FUNCTION and not one_of_several(case)  # 水利不等六部门
    return case.miss.site == 1 or (not word and _meant(case))


def by_chance(case: Case) -> bool:
    """
    Tell whether a word of two goes on with what is like the end of a body's name: 最高罚.

    It does not where what follows is what a body does, or others: 商务布有关负责人, 商务布等七部门.
    """
    of_body = case.kind is EntryKind.BODY and case.length == _SHORTEST and case.replaced
    by_itself = of_body and case.at_edge and case.gain.total < _GAIN_OF_THREE
    told = acts(case) or one_of_several(case) or before_another(case) or tells_body(case)
    return by_itself and not told


def tells_body(case: Case) -> bool:
    """
    Tell whether a name of three with a character that fits nowhere can only be a body's.

    It does what bodies do, is one of several, or stands beside another: 酩政部、财政部.
    """
    if not (case.kind is EntryKind.BODY and case.length == _SHORTEST and case.unfit):
        return False
    # Behind a word any may stand, 财政|均; 肯高法 is short for a court elsewhere.
    organ = case.miss.site < _LAST and case.form[-1] in ORGANS
    begins = organ and case.text[case.miss.span.start - 1] in _CLAUSE
    told = begins or acts(case) or one_of_several(case) or beside_another(case)
    return told and not case.reads_across


def acts(case: Case) -> bool:
    """Tell whether a clause begins with the place and goes on with what a body does."""
    text, span = case.text, case.miss.span
    before = text[span.start - 1]
    if before in _CLAUSE:
        return _ACTS.match(text, span.end) is not None
    return before in _SOURCES and _TOLD.match(text, span.end) is not None


def _meant(case: Case) -> bool:
    """
    Tell whether the first or last character cannot be that of another word: 文化|衫.

    At the end a rare one may be a play on words, 文化荟, in front hardly.
    """
    if not case.stranger:
        return True
    strange = case.rare and case.unfit and not case.reads_across and case.miss.site < _LAST
    return tells_body(case) or strange


def _left_over(case: Case) -> bool:
    """Tell whether what is left does what only a body does: 政部公布, 中宣发出, but no 文化发布."""
    field = (
        case.miss.site == _LAST
    )  # without its last character the name is that of a field of work
    if not field:  # 政部公布, 民政部、政部
        beside = before_another(case) or _another_ahead(case)
        return beside or acts(case) or one_of_several(case)
    strange = case.gain.unseen >= _UNHEARD_OF and case.gain.total >= _GAIN_OF_FIELD
    told = (strange and acts(case)) or _issues(case) or first_of_so_many(case)
    return told or before_another(case) or _behind_another(case)


def _issues(case: Case) -> bool:
    """Tell whether a clause begins with the place, and a document with a title comes of it."""
    text, span = case.text, case.miss.span
    return text[span.start - 1] in _CLAUSE and _ISSUES.match(text, span.end) is not None


def one_of_several(case: Case) -> bool:
    """Tell whether a clause begins with one of several bodies: 育部等七部门, 从…等部门获悉."""
    text, span = case.text, case.miss.span
    return (
        text[span.start - 1] in _CLAUSE | _SOURCES and _OF_SEVERAL.match(text, span.end) is not None
    )


def first_of_so_many(case: Case) -> bool:
    """
    Tell whether the place is the first of a number of bodies: 国家发展改革等十部门.

    公安、水务、农业农村等部门 are fields.
    """
    text, span = case.text, case.miss.span
    begins = text[span.start - 1] in _CLAUSE and text[span.start - 1] != "、"
    return begins and _OF_SO_MANY.match(text, span.end) is not None


def speaks(case: Case) -> bool:
    """Tell whether a clause begins with the place and goes on with what only a body does or has."""
    text, span = case.text, case.miss.span
    return text[span.start - 1] in _CLAUSE and _SPEAKS.match(text, span.end) is not None


def before_another(case: Case) -> bool:
    """Tell whether a list begins with the place and goes on: 民政、财政部, but 民政、财政部门."""
    return case.text[case.miss.span.start - 1] in _CLAUSE and _another_behind(case)


def _behind_another(case: Case) -> bool:
    """Tell whether a list ends with the place, and then acts: 教育部、文旅还将指导."""
    text, end = case.text, case.miss.span.end
    does = _ACTS.match(text, end) is not None or text.startswith("还将", end)
    return does and _another_ahead(case)


def beside_another(case: Case) -> bool:
    """Tell whether a list has another such body right before or behind the place."""
    return _another_behind(case) or _another_ahead(case)


def _another_behind(case: Case) -> bool:
    text, end = case.text, case.miss.span.end
    return text[end] == "、" and any(
        text[stop] not in _NO_BODY and _is_such(text[end + 1 : stop], case)
        for stop in range(end + 1 + _SHORTEST, min(end + _LONGEST, len(text)))
    )


def _another_ahead(case: Case) -> bool:
    text, start = case.text, case.miss.span.start
    return text[start - 1] == "、" and any(
        text[first - 1] in _LISTS and _is_such(text[first : start - 1], case)
        for first in range(max(1, start - _LONGEST), start - _SHORTEST)
    )


def _is_such(name: str, case: Case) -> bool:
    """Tell whether a name beside the place is that of a body of the same kind, or a central one."""
    like = name.endswith((case.form[-1], "总局")) or name.startswith(("国家", "中央"))
    return like and name in case.evidence.lawful
