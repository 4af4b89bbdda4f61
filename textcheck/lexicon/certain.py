"""
Slips that need no weighing, because clean text has nothing of the kind.

What the scale says of them is too little: it knows characters, not what a name is.
"""

import re

from textcheck.lexicon.brief import acts
from textcheck.lexicon.case import FUNCTION, NUMERALS, PLACES, RANKED, Case
from textcheck.lexicon.entry import EntryKind
from textcheck.lexicon.keys import Edit
from textcheck.text.han import is_han

__all__ = ["certain"]

_CONGRESS = re.compile("党的[一二三四五六七八九十]+大")
_GAIN_OF_NUMBER, _GAIN_OF_EXTRA = 5.0, 10.0
_MARKS = frozenset("，、。；：")
_JOINED = re.compile("(?<![中饱温共平祥柔缓总])[和与]$")  # 碳中和 is a word
_NAMES = frozenset({EntryKind.BODY, EntryKind.MEETING})
_BRIEF, _LEAST_NAME, _SHORT_TERM = 3, 4, 5
_BETWEEN = FUNCTION | RANKED | NUMERALS | PLACES | frozenset("第各总")


def certain(case: Case) -> bool:
    """Tell whether a near miss is a slip, however little the scale makes of it."""
    return _in_number(case) or _split(case) or _put_in(case) or _cut_short(case)


def _cut_short(case: Case) -> bool:
    """Tell whether a body of three characters lacks one and does what bodies do: 中宣发出."""
    brief = case.kind is EntryKind.BODY and case.length == _BRIEF
    return brief and case.miss.edit is Edit.MISSING and acts(case)


def _in_number(case: Case) -> bool:
    """
    Tell whether a meeting's number is damaged where nothing else can be meant.

    党的十八以来 and 二十四中全会 lack 大 and 届, in 党剃二十大 and 党人的二十大 one character is
    wrong or too many; clean text has none of them.
    """
    form, site, edit = case.form, case.miss.site, case.miss.edit
    if case.kind not in {EntryKind.MEETING, EntryKind.FORMULATION}:
        return False
    if case.gain.total <= _GAIN_OF_NUMBER:
        return False
    if edit is Edit.MISSING:
        inside = 0 < site < case.length - 1
        return inside and form[site] in "届大" and form[site - 1] in NUMERALS
    congress = _CONGRESS.search(form)
    if congress is None or not is_han(case.wrong) or case.wrong in NUMERALS:
        return False
    place = site - congress.start()
    return (edit is Edit.WRONG and place == 1) or (edit is Edit.EXTRA and place in {1, 2})


def _split(case: Case) -> bool:
    """
    Tell whether a mark stands in the midst of a name, or of a short term in quotation marks.

    生态环境，部 and “无废、城市”; in 20 million characters of clean text there are neither. Nor
    does one stand behind 和: 统筹发展和，安全.
    """
    marks = _MARKS if case.length < _SHORT_TERM else _MARKS | {"\n"}
    if case.wrong not in marks:
        return False
    if _JOINED.search(case.form, 0, case.miss.site):
        return True
    if case.reads_across:
        return False
    return case.kind in _NAMES or (case.quoted and case.length <= _SHORT_TERM)


def _put_in(case: Case) -> bool:
    """
    Tell whether a character too many stands in the midst of a name: 国家大发展改革委.

    In 20 million characters of clean text there are only words that go before a rank or join two
    names.
    """
    name = case.kind in _NAMES and case.length >= _LEAST_NAME and is_han(case.wrong)
    inside = 0 < case.miss.site < case.length - 1 and case.wrong not in _BETWEEN
    extra = case.miss.edit is Edit.EXTRA and case.gain.total >= _GAIN_OF_EXTRA
    return extra and name and inside and not case.reads_across
