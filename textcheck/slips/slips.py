"""
Tell a slip in a protected form from ordinary text that happens to look like one.

Some near misses are another form by their sense: another number, another rank, the body of another
place. The rest are weighed: how likely the slip is against how well the text reads as it stands.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from textcheck.document import Span
from textcheck.knowledge.entry import Entry, EntryKind
from textcheck.knowledge.protect import ACTS, Part, Protected
from textcheck.matching.keys import Edit
from textcheck.matching.misses import Misses, NearMiss
from textcheck.slips.brief import acts, by_chance, one_of_several, says_enough
from textcheck.slips.case import (
    FUNCTION,
    NUMERALS,
    ORGANS,
    PLACES,
    PRONOUNS,
    RANKED,
    Case,
    Evidence,
)
from textcheck.slips.certain import certain, cut_congress
from textcheck.slips.gain import Gain, Gains
from textcheck.slips.parts import beside_name, damaged_part, is_doubled, place_of
from textcheck.slips.scale import Scale
from textcheck.text.han import is_han

__all__ = ["LEAST", "Slip", "cases", "slips", "worth_weighing"]

Places = NDArray[np.int64]

LEAST = 0.1
"""A near miss that is less sure than this is not worth anybody's look."""

_COUNTED = frozenset("届次中")  # what stands behind the number of a meeting
_QUOTES = frozenset("“”‘’\"'《》〈〉（）()「」『』")
_LONG = 7  # from here on a form with one edit can hardly be another phrase
_SHORTEST_LEFT = 2
_CERTAIN, _LONG_NAME = 0.9, 4
_GAIN_OF_AKIN = 20.0
_GAIN_OF_NUMBER = 12.0
_GAIN_OF_NOBODY, _GAIN_OF_LEADER = 15.0, 25.0
_DIGITS = 6  # what stands behind depends on what else is looked at together
_BETWEEN_WORDS = 0.25  # headlines set a space where a text has a comma: 踔厉奋发 勇毅前行
# Nine of ten near misses read better as they stand, or hardly worse: they are not looked into.
_LEAST_GAIN = 2.0
_TIMES = frozenset("午晚晨日")  # 下午某某代表
_HEAD_OF = re.compile("[部署局省市]长$")
_BEHIND_NAMES = frozenset("将在与同对向等和就作还也说要")
_UNHEARD_OF = 0.6  # share of the triples at the damage that clean text does not have


@dataclass(frozen=True, slots=True)
class Slip:
    """
    A damaged form: `span` should read `right`.

    `alone` marks a name that has no title, rank or other name beside it: it may be somebody
    else's after all. `free` marks what may be another choice of words: a character unlike the
    right one, or one put in or left out; `alike` of these what a text in quotation marks builds
    like the form, “一网统飞” like “一网统管”. `nobody` marks what no person can be called, `listed`
    what can only be meant for the leader in a list beside others. `gain` and `unseen` are those of
    the reading that puts it right. `unfit` marks a character that fits with neither neighbour,
    `acting` a place that tells that a form is cut short, `seldom` a character that coins no terms.
    """

    entry: Entry
    span: Span
    right: str
    edit: Edit
    confidence: float
    alone: bool = False
    free: bool = False
    alike: bool = False
    nobody: bool = False
    listed: bool = False
    gain: float = 0.0
    unseen: float = 0.0
    unfit: bool = False
    acting: bool = False
    seldom: bool = False


def slips(cases: Sequence[Case], scale: Scale) -> Iterator[Slip]:
    """Yield the slips among what is weighed."""
    found: dict[int, list[tuple[float, Slip]]] = {}
    for case, sure in zip(cases, scale.confidences(cases, LEAST), strict=True):
        # Of a hundred cases eight are sure enough to be asked anything else.
        if (slip := _slip(case, sure)) is None:
            continue
        lawful = case.evidence.lawful
        other = _somebody_else(case) or _shorter_form(case, lawful) or by_chance(case)
        known = slip.span.of(case.text) in lawful
        # 农业农村有关负责人: what is left of a longer name is lawful elsewhere, 高检 everywhere.
        if not other and not (known and (case.length < _LONG_NAME or not certain(case))):
            found.setdefault(case.miss.form, []).append((case.gain.total, slip))
    for of_form in found.values():
        yield from _explained(of_form)


def _explained(found: list[tuple[float, Slip]]) -> Iterator[Slip]:
    """
    Yield the readings of one form without those that another explains.

    一人带一路 is 一带一路 with a character too many, though 带一路 alone lacks one: where the whole
    leaves the better text it is as sure to be damaged as its part.
    """
    for gain, slip in found:
        within = [
            (less, other)
            for less, other in found
            if other.edit is Edit.MISSING and slip.span.overlaps(other.span) and less < gain
        ]
        if slip.edit is Edit.EXTRA and within:
            sure = max(slip.confidence, *(other.confidence for _, other in within))
            yield replace(slip, confidence=sure)
        elif slip.edit is not Edit.MISSING or not any(
            other.edit is Edit.EXTRA and slip.span.overlaps(other.span) and gain < more
            for more, other in found
        ):
            yield slip


def worth_weighing(misses: Misses, gained: Gains, idioms: NDArray[np.bool_]) -> Places:
    """
    Return the places of the near misses that read better put right, or may do so.

    `idioms` tells of each form whether it is one, of which counts say little.
    """
    phrases = idioms[misses.forms] & (misses.edits == Edit.WRONG.value)
    return np.flatnonzero(phrases | (gained.totals > _LEAST_GAIN))


def cases(
    text: str,
    misses: Iterable[NearMiss],
    gained: Iterable[Gain],
    protected: Sequence[Protected],
    evidence: Evidence,
) -> list[Case]:
    """
    Return what is to be weighed: not another form by its sense, and reads better put right.

    The text has a line feed at both ends; `protected` are the forms by their numbers.
    """
    found = []
    for miss, gain in zip(misses, gained, strict=True):
        form = protected[miss.form]
        if (
            (gain.total > _LEAST_GAIN or _set_phrase(miss, text, form, evidence))
            and (_asked(text, miss, form) or _no_such_number(text, miss, form, gain))
            and says_enough(case := Case(text, miss, form, evidence, gain))
            and _a_person(text, miss, form, evidence)
        ):
            found.append(case)
    return found


def _set_phrase(miss: NearMiss, text: str, protected: Protected, evidence: Evidence) -> bool:
    """
    Tell whether an idiom has a character of like sound or shape: 悬梁刺骨.

    Counts say little of rare characters (脍炙) and of idioms that end in a word (刺骨).
    """
    kinds = {part.entry.kind for part in protected.parts}
    if kinds != {EntryKind.IDIOM} or miss.edit is not Edit.WRONG:
        return False
    wrong, right = text[miss.span.start + miss.site], protected.form[miss.site]
    return evidence.sounds.near(wrong, right) or evidence.shapes.alike(wrong, right)


def _asked(text: str, miss: NearMiss, protected: Protected) -> bool:
    """Tell whether a near miss damages an entry at all and is no other form by its sense."""
    part = damaged_part(text, miss, protected)
    if part is None or _unclear_name(text, miss, protected):
        return False
    form, at = protected.form, miss.span.start + miss.site
    right = form[min(miss.site, len(form) - 1)]
    wrong = "" if miss.edit is Edit.MISSING else text[at]
    if miss.edit is Edit.SWAPPED:
        return is_han(wrong) and is_han(right) and not {wrong, right} <= NUMERALS
    if miss.edit is Edit.WRONG:
        written = is_han(wrong) or wrong.isalnum()
        if miss.site == len(form) - 1 and part.entry.kind is EntryKind.PERSON:
            # 委员长赵乐将作报告: what follows the name is no slip in it, its last character lacks.
            written = is_han(wrong) and (wrong not in _BEHIND_NAMES or len(form) == _SHORTEST_LEFT)
        return written and is_han(right) and not _another_of_a_kind(wrong, right, part, len(form))
    if miss.edit is Edit.EXTRA and is_doubled(text, miss, form):
        return is_han(wrong)
    if wrong and not is_han(wrong):
        return _sign_asked(wrong, part, protected)
    behind = text[at + 1] if wrong else text[at]
    beside = {*(NUMERALS & {text[at - 1], behind}), *(_COUNTED & {behind} if wrong else ())}
    if _another_by(wrong or right, text[at - 1], beside, part):
        return False
    if miss.edit is Edit.MISSING:
        return is_han(right) and part.end - part.start > _SHORTEST_LEFT
    return protected.alone or not protected.common


def _no_such_number(text: str, miss: NearMiss, protected: Protected, gain: Gain) -> bool:
    """
    Tell whether a formulation has a number that no text has there: “一带三路”.

    “三个统筹” is another term than “五个统筹”: behind a number that begins one any may stand.
    """
    part = damaged_part(text, miss, protected)
    if part is None or part.entry.kind is not EntryKind.FORMULATION or miss.edit is not Edit.WRONG:
        return False
    pair = {text[miss.span.start + miss.site], protected.form[miss.site]}
    return pair <= NUMERALS and gain.unseen > 0 and gain.total >= _GAIN_OF_NUMBER


def _a_person(text: str, miss: NearMiss, protected: Protected, evidence: Evidence) -> bool:
    """Tell whether the place of a bare name that many nearly have speaks of a leader."""
    if not (protected.common and protected.alone) or miss.edit is Edit.SWAPPED:
        return True
    place = place_of(miss, protected.parts[0])
    if miss.edit is Edit.EXTRA and is_doubled(text, miss, protected.form):
        return True
    if beside_name(text, place, evidence.people):
        return True
    return text.startswith(ACTS, place.end) and not evidence.naming.likely(place.of(text))


def _sign_asked(sign: str, part: Part, protected: Protected) -> bool:
    """Tell whether a sign inside a form is worth weighing."""
    if sign.isspace() and part.entry.kind is EntryKind.PERSON:
        # In a list of names printers set 李　强 as wide as the names of three.
        told = sign == "\n" and part.end - part.start < len(protected.form)
        return told or part.end - part.start > _SHORTEST_LEFT
    return sign not in _QUOTES  # 人口“老龄化: the mark opens another pair


def _another_by(touched: str, before: str, numerals: Collection[str], part: Part) -> bool:
    """
    Tell whether a character put in or left out makes another form: 副部长, 总工会, 中国科协.

    Of a meeting a number makes another beside other `numerals`: 十届四中全会 is another than
    二十届四中全会; 二十届中全会 is none.
    """
    kind = part.entry.kind
    if kind is EntryKind.MEETING:
        return touched in NUMERALS and bool(numerals)
    if kind is EntryKind.BODY:
        return touched == "总" or before + touched == "中国"
    return kind is EntryKind.POST and touched in RANKED


def _another_of_a_kind(wrong: str, right: str, part: Part, length: int) -> bool:
    """Tell whether two characters make two forms of a kind: 十九大 and 二十大, 部 and 局."""
    pair = {wrong, right}
    if pair <= PRONOUNS:
        return length < _LONG
    if part.entry.kind is EntryKind.POST and pair <= RANKED:
        return True
    return any(pair <= kin for kin in (NUMERALS, PLACES, ORGANS))


def _shorter_form(case: Case, lawful: Collection[str]) -> bool:
    """
    Tell whether a form without its edge is lawful and stands there: 中央政治局常委|和.

    Or whether what stands twice at its edge belongs to a word outside: 三中全会|会场.
    """
    if case.doubled and case.whole and case.goes_on_at_edge:
        return True
    if not case.at_edge or not (case.stranger or case.miss.edit is Edit.MISSING):
        return False
    if certain(case):
        return False
    last = case.miss.site >= case.length - 1
    if last and case.kind is EntryKind.POST and _HEAD_OF.search(case.form):
        return True  # 司法部|则介入, 北京市|从今天起: what is left is the body or the place itself
    if case.rare and case.gain.unseen >= _UNHEARD_OF:
        return False  # 国家网信姅
    if case.stranger and case.gain.unseen >= _UNHEARD_OF and case.kind is not EntryKind.BODY:
        return False  # 中央经济工作会诺上: no text goes on like that, but 农业农村|仍 does
    if case.unfit and case.gain.unseen == 1 and case.gain.total >= _GAIN_OF_NOBODY:
        return False  # 国家林草曲
    return (case.form[1:] if case.miss.site == 0 else case.form[:-1]) in lawful


def _somebody_else(case: Case) -> bool:
    """
    Tell whether a name without title or rank is likely an ordinary person's.

    In a list between other leaders it is none, nor where nobody can be called so and a verb tells
    that a person is meant. A bare name must sound like the leader's, or be it with a character
    twice or two swapped; that of a minister must be the latter, or have a rank and sound alike.
    With a verb behind a leader's name any character may be wrong.
    """
    if case.kind is not EntryKind.PERSON or not case.protected.untitled or _a_leader(case):
        return False
    if case.reads_across and (case.protected.alone or case.protected.common):
        return True
    full = case.part_length > _SHORTEST_LEFT
    if case.protected.parts[0].start > 0 and not case.listed:
        return True  # a list of other people
    if case.listed and (full or not (case.stranger or case.miss.edit is Edit.MISSING)):
        return False
    if case.told and case.nobody and (full or case.miss.edit is not Edit.MISSING):
        return False
    short = case.length <= _SHORTEST_LEFT
    if case.doubled or case.miss.edit is Edit.SWAPPED:
        return short and case.protected.common  # 武林 is a word, 林武 a governor
    if case.protected.common:
        return case.protected.alone or case.stranger or not case.replaced
    if short:
        return not case.rare  # 李新强 is a name, too
    told = case.length - case.part_length >= _SHORTEST_LEFT
    if not told:
        return case.miss.edit is Edit.MISSING or (case.stranger and not case.rare)
    return case.miss.edit is Edit.MISSING and case.part_length <= _SHORTEST_LEFT


def _a_leader(case: Case) -> bool:
    """
    Tell whether a name of the first rank has a character that nothing fits, and no one else can.

    寂某平向, of which the other two are a leader's alone.
    """
    top = not case.protected.common and case.protected.parts[0].start == 0
    if not (top and case.unfit and case.part is not None) or case.wrong in FUNCTION:
        return False
    full = case.part_length > _SHORTEST_LEFT
    if case.nobody and (full or case.told):
        return case.gain.total >= (_GAIN_OF_NOBODY if full else _GAIN_OF_AKIN)
    return full and case.gain.unseen == 1 and case.gain.total >= _GAIN_OF_LEADER


def _of_a_list(case: Case) -> bool:
    """Tell whether a name can only be that of the leader who stands in this list."""
    if not case.listed:
        return False
    return case.nobody or (case.part_length > _SHORTEST_LEFT and not case.stranger)


def _unclear_name(text: str, miss: NearMiss, protected: Protected) -> bool:
    """Tell whether a name of two may be the end of a longer one: 扎帕|罗夫表示."""
    part = protected.parts[0]
    if part.entry.kind is not EntryKind.PERSON or part.start > 0:
        return False
    before = text[miss.span.start - 1]
    short = part.end <= _SHORTEST_LEFT < len(protected.form)
    if miss.edit is Edit.EXTRA and not is_han(text[miss.span.start + miss.site]):
        return False  # 赞成李、强总理
    return short and is_han(before) and before not in FUNCTION and before not in _TIMES


def _slip(case: Case, sure: float) -> Slip | None:
    """Report the damaged part of the form where it is sure enough that there is a slip."""
    part = case.part
    edit = case.miss.edit
    confidence = round(sure, _DIGITS)
    beyond_doubt = certain(case)
    if beyond_doubt:
        confidence = max(confidence, _CERTAIN)
    if part is None or confidence < LEAST:
        return None
    if case.wrong == " " and not case.inside_word:
        confidence = min(confidence, _BETWEEN_WORDS)
    behind_verb = edit is Edit.MISSING and case.miss.site == 0 and is_han(case.text[case.at - 1])
    cut = beyond_doubt and (behind_verb or case.place.of(case.text) in case.evidence.lawful)
    acting = case.kind is EntryKind.BODY and (acts(case) or one_of_several(case) or cut)
    acting |= cut_congress(case)
    right = case.form[part.start : part.end]
    unlike = case.stranger or (case.akin and case.gain.total < _GAIN_OF_AKIN)  # “免申即奖”
    alike = unlike and case.quoted and case.built_alike
    free = case.stranger or alike or edit is Edit.MISSING
    free = free or (edit is Edit.EXTRA and not case.doubled)
    person = part.entry.kind is EntryKind.PERSON
    nobody = person and case.nobody
    listed = person and _of_a_list(case)
    return Slip(
        part.entry,
        case.place,
        right,
        edit,
        confidence,
        case.protected.alone,
        free,
        alike,
        nobody,
        listed,
        case.gain.total,
        case.gain.unseen,
        free and case.unfit and not case.reads_across,
        acting,
        case.seldom,
    )
