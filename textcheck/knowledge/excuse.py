"""Words beside a wording that make it right, and how near they must stand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from textcheck.document import Span
from textcheck.text.sentences import sentence_around

__all__ = ["Excuse", "excuse_of"]

_CLAUSE, _AHEAD, _BEHIND, _YEAR = "~", "^", "$", "#"
_ENDS = "，。；！？：\n"
# No year counts things, 2000多个; and what holds since a year holds still, 2018年以来.
_YEARS = re.compile(
    r"(?<![\d.])(?:1[89]|20)\d\d"
    r"(?!\d|\.\d|[多余个名人家项件份户篇种张座条台辆公万亿元吨米亩套只位次倍天]|年(?:来|以来|起))"
)
_FOUNDED = 1949  # the year that parts history from today where a row has no first day


@dataclass(frozen=True, slots=True)
class Excuse:
    """
    What excuses a wording: words anywhere in its sentence, or nearer.

    `ahead` stands directly in front, or begins an item of the list in which the wording stands:
    原国土资源部、农业部. `before_year`: the sentence names a year that is not later.
    """

    sentence: tuple[str, ...]
    clause: tuple[str, ...]
    ahead: tuple[str, ...]
    behind: tuple[str, ...]
    before_year: int | None

    def speaks(self, text: str, span: Span) -> bool:
        """Tell whether a wording in a text is excused."""
        if self.behind and text.startswith(self.behind, span.end):
            return True
        around = sentence_around(text, span)
        ahead, behind = text[around.start : span.start], text[span.end : around.end]
        if any(word in ahead or word in behind for word in self.sentence):
            return True
        near, next_to = _last_clause(ahead), _first_clause(behind)
        if any(word in near or word in next_to for word in self.clause):
            return True
        if self.ahead and _begins(near, self.ahead):
            return True
        years = () if self.before_year is None else _YEARS.findall(f"{ahead}\n{behind}")
        return any(int(year) <= (self.before_year or 0) for year in years)


def excuse_of(words: Iterable[str], since: date | None) -> Excuse:
    """
    Return the excuse that the words of a cell make, each with its mark.

    ~词 stands in the clause, ^词 in front, 词$ behind; # is any year up to that of `since`.
    """
    words = tuple(words)
    marked = {_CLAUSE, _AHEAD, _YEAR}
    return Excuse(
        sentence=tuple(word for word in words if word[0] not in marked and word[-1] != _BEHIND),
        clause=tuple(word[1:] for word in words if word[0] == _CLAUSE),
        ahead=tuple(word[1:] for word in words if word[0] == _AHEAD),
        behind=tuple(word[:-1] for word in words if word[-1] == _BEHIND),
        before_year=(since.year if since else _FOUNDED) if _YEAR in words else None,
    )


def _last_clause(ahead: str) -> str:
    return ahead[1 + max(ahead.rfind(mark) for mark in _ENDS) :]


def _first_clause(behind: str) -> str:
    ends = [place for mark in _ENDS if (place := behind.find(mark)) >= 0]
    return behind[: min(ends)] if ends else behind


def _begins(clause: str, words: tuple[str, ...]) -> bool:
    """Tell whether one of the words ends a clause or begins an item of the list that it ends in."""
    return clause.endswith(words) or any(item.startswith(words) for item in clause.split("、")[:-1])
