"""Of which time a text speaks of somebody with a title: of these days, or of another."""

import re

from textcheck.document import Span
from textcheck.text.sentences import sentence_around

__all__ = ["is_former", "once_held", "tells_today", "years"]

# Before a title: the text itself says that it speaks of another time.
_FORMER = re.compile(
    "(?:原|时任|前任|前|曾任|历任|候任|首任|第.{1,3}[任届]|当选|已故|拟任|卸任|担任|出任|接替|任命|选举|决定)$"
)
_FOREIGN = ("越共", "古共", "劳动党", "革命党")  # parties whose posts are called like ours
# The same where the person did once hold the title: a term by its number, and news of a fall, which
# names the last office for months.
_TERM = re.compile("[一二三四五六七八九十]届$")
_FALLEN = re.compile("涉嫌|违纪|违法|立案|审查调查|组织调查|开除|受贿|一案|公诉|庭审|判处")
_YEAR = re.compile("(?:19|20)\\d\\d(?=年)")
# What a sentence about these days has, what somebody does in one, and one in memory of somebody.
_TODAY = re.compile(
    "(?:近日|日前|今天|今日|昨天|[上下]午|[12]?\\d日|3[01]日|将[于在]|主持召开|致电)"
)
_ACTS = re.compile(
    "出席|主持|会见|会谈|强调|指出|表示|考察|调研|致贺?[信电辞词]|贺[信电]|签署|发表|讲话|批示|说"
    "|参加|介绍|观看|听取|看望"
)
_MEMORY = re.compile(
    "诞辰|逝世|遗体|生前|纪念|当年|周年|回忆|生平|传记|年谱|文选|往事|那[年时天]|当时|曾经?|历任|年代|世纪"
)
_AHEAD, _BEHIND = 300, 40  # a story names its year some sentences before


def is_former(text: str, start: int) -> bool:
    """Tell whether the words in front of a title say that it was another time, or party."""
    if text.endswith(_FOREIGN, max(0, start - 3), start):
        return True
    return _FORMER.search(text, max(0, start - 4), start) is not None


def once_held(text: str, title: Span) -> bool:
    """Tell whether a title is that of a numbered term, or of one who fell."""
    return (
        _TERM.search(text, max(0, title.start - 2), title.start) is not None
        or _FALLEN.search(sentence_around(text, title).of(text)) is not None
    )


def years(text: str) -> set[int]:
    """Return the years that a text names."""
    return {int(year) for year in _YEAR.findall(text)}


def tells_today(text: str, claim: Span, last_year: int) -> bool:
    """
    Tell whether somebody with a title acts in these days, not in memory.

    `last_year` is that in which the title was left: a story of then names it or one before.
    """
    sentence = sentence_around(text, claim).of(text)
    acts = _ACTS.search(text, claim.end, min(len(text), claim.end + _BEHIND)) is not None
    if not (acts or _TODAY.search(sentence)) or _MEMORY.search(sentence):
        return False
    around = text[max(0, claim.start - _AHEAD) : claim.end + _BEHIND]
    return all(year > last_year for year in years(around))
