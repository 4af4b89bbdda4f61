"""
Slips that need no weighing, because clean text has nothing of the kind.

What the scale says of them is too little: it knows characters, not what a name is.
"""

import re

from textcheck.knowledge.entry import EntryKind
from textcheck.knowledge.protect import OF_ONE
from textcheck.matching.keys import Edit
from textcheck.slips.brief import (
    acts,
    before_another,
    beside_another,
    first_of_so_many,
    one_of_several,
    speaks,
    tells_body,
)
from textcheck.slips.case import FUNCTION, NUMERALS, PLACES, RANKED, Case
from textcheck.slips.parts import between_name_and_rank
from textcheck.text.han import is_han
from textcheck.text.words import dictionary_words

__all__ = ["certain", "cut_congress"]

_CONGRESS = re.compile("党的[一二三四五六七八九十]+大")
_OF_PARTY = re.compile("党的[一二三四五六七八九十]+[大届]")
_GAIN_OF_NUMBER, _GAIN_OF_EXTRA, _GAIN_OF_PARTICLE, _GAIN_OF_CUT = 5.0, 10.0, 12.0, 4.0
_GAIN_OF_STRANGE = 12.0
_UNHEARD_OF = 0.6
_MARKS = frozenset("，、。；：")
_BEFORE_CONGRESS = frozenset("，。、；：“\n和与及其是对从自")
_STUDIED = ("贯彻", "落实", "学习", "迎接", "宣传", "按照", "根据", "围绕")
# 碳中和 and 创新 are words.
_JOINED = re.compile("(?:(?<![中饱温共平祥柔缓总])[和与]|(?<![创更翻革全崭清刷最常维求])新)$")
_AND = frozenset("和与及")
_NAMES = frozenset({EntryKind.BODY, EntryKind.MEETING})
_TERMS = frozenset({EntryKind.FORMULATION, EntryKind.CLAUSE})
_BRIEF, _LEAST_NAME, _SHORT_TERM, _LONG_NAME = 3, 4, 5, 6
_BEHIND = 6
_JOINS = frozenset("的和与及或等对在、")  # stand between two names, 国家|的|能源局
_NAME_LENGTHS = (2, 3)
_BEFORE_BODIES = ("参加", "出席", "列席", "召开", "担任", "当选", "通过", "经过", "按照", "根据")
_OF_THE_COUNTRY = ("国家", "全国", "中国", "中央")
_BEFORE_NAMES = frozenset("和与及由从向对据经")
_BEFORE_RANKS = _JOINS | RANKED | frozenset("前新现总首第兼历由任当做")  # 国务院新副总理某某
_OF_MEETINGS = NUMERALS | frozenset("届次的第")
_BETWEEN = FUNCTION | RANKED | NUMERALS | PLACES | frozenset("第各总")


def certain(case: Case) -> bool:
    """Tell whether a near miss is a slip, however little the scale makes of it."""
    return (
        _in_number(case)
        or _split(case)
        or _put_in(case)
        or _before_rank(case)
        or _of_nobody(case)
        or _cut_short(case)
        or _cut_in_word(case)
        or tells_body(case)
        or _unfit_end(case)
    )


def _cut_short(case: Case) -> bool:
    """
    Tell whether a body lacks a character, as what stands beside it tells: 民政、财政部.

    Of three characters nothing else is weighed (see brief.py); what is left of more does what a
    body does, 通运输部发布, or if it is a field of work what only a body has, 农业农村有关负责人.
    """
    if case.kind is not EntryKind.BODY or case.miss.edit is not Edit.MISSING:
        return False
    if case.length == _BRIEF:
        return True
    if case.miss.site == 0:
        told = case.gain.total >= _GAIN_OF_CUT and (acts(case) or one_of_several(case))
        return told or _begins_in_word(case)
    if case.miss.site == case.length - 1:
        return speaks(case) or first_of_so_many(case)
    if case.miss.site == 1 and _behind_word(case):
        return case.gain.total >= _GAIN_OF_CUT and case.length >= _SHORT_TERM
    told = acts(case) or one_of_several(case) or before_another(case)
    least = _LONG_NAME if case.gain.total < _GAIN_OF_NUMBER else _SHORT_TERM
    return case.length >= least and told and not case.another_character


def _unfit_end(case: Case) -> bool:
    """Tell whether a body that acts, or stands beside another, ends in what fits nothing: 部鄙."""
    body = case.kind is EntryKind.BODY and case.replaced and case.miss.site == case.length - 1
    return body and case.unfit and (acts(case) or one_of_several(case) or beside_another(case))


def _behind_word(case: Case) -> bool:
    """Tell whether the first word of a name is cut behind one that ends there: 通过国网信办."""
    start, text = case.miss.span.start, case.text
    begins = not is_han(text[start - 1]) or text[start - 1] in _BEFORE_NAMES
    begins |= text.endswith(_BEFORE_BODIES, 0, start)
    return begins and case.form.startswith(_OF_THE_COUNTRY)


def _begins_in_word(case: Case) -> bool:
    """
    Tell whether a name that is cut in its first word stands behind nothing or a verb: 国科学院.

    The other character of that word by itself belongs to no other name; but 省（市）|委书记, and
    国奥委会 is that of any country.
    """
    if case.form[1:] in case.evidence.lawful:
        return False
    first, before = dictionary_words(case.form)[0], case.text[case.at - 1]
    begins = not is_han(before) and before not in ")）"
    begins |= case.text.endswith(_BEFORE_BODIES, 0, case.miss.span.start)  # 出席国政协会议
    return begins and case.length >= _LEAST_NAME and len(first) > 1


def _cut_in_word(case: Case) -> bool:
    """
    Tell whether a body's name lacks its last character and ends in the midst of a word: 全国政，.

    What stands behind is no Han character or a word of its own, 全国妇|决定, but 中国侨|网; a
    vice-minister is one of a ministry, 应急管理副部长.
    """
    if case.kind is not EntryKind.BODY or case.length < _LEAST_NAME or case.wrong:
        return False
    if case.miss.edit is not Edit.MISSING or case.miss.site != case.length - 1:
        return False
    end = case.miss.span.end
    if case.form.endswith("部") and case.text.startswith("副部长", end):
        return True
    left = dictionary_words(case.form[:-1])
    if len(left[-1]) > 1 or case.gain.total < _GAIN_OF_CUT:
        return False
    behind = dictionary_words(case.text[end : end + _BEHIND])
    return not is_han(case.text[end]) or (len(behind[0]) > 1 and not case.goes_on_at_edge)


def _in_number(case: Case) -> bool:
    """
    Tell whether a meeting's number is damaged where nothing else can be meant.

    党的十八以来 and 二十四中全会 lack 大 and 届, in 党剃二十大 and 党人的二十大 one character is
    wrong or too many, and no session of ours is a 四次议会; clean text has none of them.
    """
    form, site, edit = case.form, case.miss.site, case.miss.edit
    if case.kind not in {EntryKind.MEETING, EntryKind.FORMULATION}:
        return False
    if edit is Edit.SWAPPED:
        return (
            case.kind is EntryKind.MEETING and form.endswith("次会议") and site == case.length - 2
        )
    if edit is Edit.MISSING and site == case.length - 1:
        # 党的十八、十九大 is short for both.
        return _CONGRESS.fullmatch(form) is not None and is_han(case.text[case.miss.span.end])
    if cut_congress(case):
        return True
    if case.gain.total <= _GAIN_OF_NUMBER:
        return False
    if edit is Edit.MISSING:
        return site > 0 and form[site] in "届大" and form[site - 1] in NUMERALS
    congress = _CONGRESS.search(form)
    if congress is None or not is_han(case.wrong) or case.wrong in NUMERALS:
        return False
    place = site - congress.start()
    return (edit is Edit.WRONG and place == 1) or (edit is Edit.EXTRA and place in {1, 2})


def cut_congress(case: Case) -> bool:
    """
    Tell whether a congress lacks one of its first two characters: 贯彻的二十大精神, 其党二十大.

    Behind a noun it is another's, 当选的十八大代表, 致公党十六大; clean text of 105 million
    characters has none behind the beginning of a clause, a conjunction or such a verb.
    """
    if case.miss.edit is not Edit.MISSING or case.kind is not EntryKind.MEETING:
        return False
    if _OF_PARTY.match(case.form) is None:
        return False
    start, text = case.miss.span.start, case.text
    begins = text[start - 1] in _BEFORE_CONGRESS or text.endswith(_STUDIED, 0, start)
    return begins and case.miss.site <= 1


def _split(case: Case) -> bool:
    """
    Tell whether a mark stands in the midst of a name, or of a short term in quotation marks.

    生态环境，部 and “无废、城市”; in 20 million characters of clean text there are neither. Nor
    does one stand beside 和, 统筹发展和，安全, or a sentence begin with what is left of a term and
    a mark: 严守耕地。红线，完善…….
    """
    marks = _MARKS if case.length < _SHORT_TERM else _MARKS | {"\n"}
    if case.wrong not in marks:
        return False
    joins = case.right in _AND and case.another_character
    if joins or _JOINED.search(case.form, 0, case.miss.site):
        return True
    if _goes_on(case):
        return False
    left, behind = case.length - case.miss.site, case.text[case.miss.span.end]
    if case.wrong == "。" and left <= _BRIEF and behind in _MARKS:
        return True
    return case.kind in _NAMES or (case.quoted and case.length <= _SHORT_TERM)


def _goes_on(case: Case) -> bool:
    """Tell whether a word reaches over an end of the place, the mark in it left out."""
    start, end = case.miss.span.start, case.miss.span.end
    low = max(0, start - _BEHIND)
    here = case.text[low:start], case.form, case.text[end : end + _BEHIND]
    edges = (len(here[0]), len(here[0]) + len(case.form))
    words = dictionary_words("".join(here))
    return any(word.start < edge < word.stop for word in words for edge in edges)


def _put_in(case: Case) -> bool:
    """
    Tell whether a character too many stands in the midst of a name: 国家大发展改革委.

    In 20 million characters of clean text there are only words that go before a rank or join two
    names. So it is in a title with the name of who holds it behind. Nor has clean text one in the
    midst of a fixed term where no text has what comes of it.
    """
    if case.kind in _TERMS and (case.gain.unseen == 1 or _in_one_word(case)):
        fixed = case.miss.edit is Edit.EXTRA and is_han(case.wrong) and not case.doubled
        return fixed and case.gain.total >= _GAIN_OF_STRANGE and not case.reads_across
    if _put_into_meeting(case):
        return True
    told = case.length >= _LEAST_NAME or acts(case) or one_of_several(case)  # 民新政部等八部门
    name = (case.kind in _NAMES or _of_holder(case)) and told and is_han(case.wrong)
    particle = case.wrong in FUNCTION and case.gain.total >= _GAIN_OF_PARTICLE
    beside = _BEFORE_RANKS if _of_holder(case) else _JOINS if particle else _BETWEEN
    between = case.wrong in beside
    inside = 0 < case.miss.site < case.length - 1 and not between
    extra = case.miss.edit is Edit.EXTRA and case.gain.total >= _GAIN_OF_EXTRA
    return extra and name and inside and not case.reads_across


def _in_one_word(case: Case) -> bool:
    """Tell whether what is too many stands in a form that is one word: 以新旧换新."""
    word = case.length >= _LEAST_NAME and len(dictionary_words(case.form)) == 1
    return word and case.gain.unseen >= _UNHEARD_OF and case.wrong not in NUMERALS


def _put_into_meeting(case: Case) -> bool:
    """
    Tell whether the name of a meeting has any character too many: 中央为经济工作会议.

    In 100 million characters of clean text none has, but a number of another meeting.
    """
    if case.kind is not EntryKind.MEETING or case.miss.edit is not Edit.EXTRA:
        return False
    inside = 0 < case.miss.site < case.length - 1 and case.length >= _LONG_NAME
    return inside and is_han(case.wrong) and case.wrong not in _OF_MEETINGS


def _before_rank(case: Case) -> bool:
    """Tell whether a leader's name and rank have between them what no text has: 习某某国总书记."""
    if case.miss.edit is not Edit.EXTRA:
        return False
    if not between_name_and_rank(case.miss.site, case.protected):
        return False
    if case.wrong in _MARKS:
        # 甲、国务委员乙: another person's rank.
        end = case.miss.span.end
        named = any(case.text[end : end + size] in case.evidence.people for size in _NAME_LENGTHS)
        return case.form.endswith(OF_ONE) and not named
    told = case.gain.unseen >= _UNHEARD_OF and case.gain.total >= _GAIN_OF_EXTRA
    return told and is_han(case.wrong) and case.wrong not in _BEFORE_RANKS | FUNCTION


def _of_nobody(case: Case) -> bool:
    """Tell whether what has a leader's rank behind it can be nobody's name: 李蚤总理."""
    if case.kind is not EntryKind.PERSON or not case.form.endswith(OF_ONE):
        return False
    return case.protected.untitled and case.nobody and case.unfit and not case.reads_across


def _of_holder(case: Case) -> bool:
    """Tell whether a damaged title has a name behind it: 国务院为副总理某某."""
    person = case.protected.parts[-1].entry.kind is EntryKind.PERSON
    return case.kind is EntryKind.POST and person
