"""
Tell a slip in a protected form from ordinary text that happens to look like one.

A near miss is weighed by how likely the slip is (same or near sound, a doubled
character, two swapped) against how well the text reads as something else (the changed
characters make words of the dictionary, a whole word was added or left out).
"""

from dataclasses import dataclass

from textcheck.document import Span
from textcheck.finding import Severity
from textcheck.lexicon.case import (
    CENTRAL,
    FAIR,
    FUNCTION,
    LIKELY,
    MIDDLE,
    NUMERALS,
    ORGANS,
    PARTICLES,
    PLACES,
    PRONOUNS,
    RANKED,
    SHORT,
    SHORT_NAME,
    SHORTEST_LEFT,
    SURE,
    Case,
    Evidence,
    is_han,
    is_rare,
    word_over,
)
from textcheck.lexicon.entry import Entry, EntryKind
from textcheck.lexicon.fuzzy import Edit, NearMiss
from textcheck.lexicon.protect import Part, Protected

__all__ = ["Slip", "doubled_at_edge", "judge"]


@dataclass(frozen=True, slots=True)
class Slip:
    """
    A damaged form: `span` should read `right`.

    `alone` marks a name that has no title, rank or other name beside it: it may be somebody
    else's after all.
    """

    entry: Entry
    span: Span
    right: str
    edit: Edit
    confidence: float
    alone: bool = False


def judge(text: str, miss: NearMiss, protected: Protected, evidence: Evidence) -> Slip | None:
    """Return the slip that a near miss is, or None where the text reads as something else."""
    case = Case(text, miss, protected, evidence)
    if case.unclear_name:
        return None
    if miss.edit is Edit.WRONG:
        return _cut_short(case) if _lacks_edge(case) else _slip(case, _wrong(case), shift=0)
    if miss.edit is Edit.MISSING:
        return _slip(case, _missing(case), shift=-1)
    if miss.edit is Edit.EXTRA:
        return _slip(case, _extra(case), shift=1)
    return _slip(case, _swapped(case), shift=0)


def _alike(case: Case) -> float | None:
    """Return how sure a slip between two characters that sound alike is, None if they do not."""
    wrong, right = case.wrong, case.right
    if {wrong, right} <= PRONOUNS and not case.long:
        return None
    weak = case.length <= SHORT_NAME and not case.in_context
    if case.evidence.sounds.same(wrong, right):
        return FAIR if weak else SURE
    if case.evidence.sounds.near(wrong, right):
        short = (
            case.length <= SHORT and not case.in_context and case.entry.kind is not EntryKind.PERSON
        )
        if (short or case.entry.kind is EntryKind.CLAUSE) and not case.odd:
            return None
        return FAIR if weak else LIKELY
    return None


def _wrong(case: Case) -> float | None:
    if not is_han(case.right):
        return None
    if not is_han(case.wrong):
        return FAIR if case.wrong.isalnum() and case.long else None
    pair = {case.wrong, case.right}
    if any(pair <= kin for kin in (NUMERALS, PLACES, ORGANS)) or case.protected.common:
        return None
    if (case.at_edge or case.length <= SHORT_NAME) and case.reads_across:
        return None
    if (alike := _alike(case)) is not None:
        return None if case.bare_title and case.another_word else alike
    if case.entry.kind is EntryKind.PERSON:
        return _other_name(case)
    return _other_character(case)


def _other_character(case: Case) -> float | None:
    """Judge a character in a form that is not like the right one: perhaps another phrase."""
    rare = is_rare(case.wrong)
    if case.reads_across or (case.bare_title and not rare):
        return None
    if rare and not case.another_word:
        return FAIR if case.length <= SHORT else LIKELY
    if case.length <= SHORT:
        unlike = case.very_odd or (case.odd and (case.quoted or case.unmistakable))
        return FAIR if unlike and not case.another_word else None
    if case.another_word and not case.weighty:
        return None
    if case.at_edge:
        if case.one_word and case.entry.level is Severity.SERIOUS:
            return FAIR
        alone = case.length > MIDDLE and case.leaves_orphan
        return FAIR if case.odd and (alone or case.weighty) else None
    if case.odd or (case.weighty and not case.another_word and not case.another_character):
        return LIKELY
    return None


def _other_name(case: Case) -> float | None:
    """Judge a name with a character that is not like the right one: perhaps somebody else's."""
    if case.titled:
        return LIKELY
    if len(word_over(case.text, case.at)) > 1 or case.reads_across:
        return None
    if case.name_length < SHORT_NAME:
        return None
    if case.told:
        return LIKELY if is_rare(case.wrong) else FAIR
    return LIKELY if is_rare(case.wrong) and not case.rest_is_word else None


def _lacks_edge(case: Case) -> bool:
    """Tell whether the character at the form's edge is not a wrong one but belongs outside."""
    if not case.at_edge or not is_han(case.right):
        return False
    if not is_han(case.wrong):
        return True
    return _alike(case) is None and (case.wrong in FUNCTION or _belongs_outside(case))


def _belongs_outside(case: Case) -> bool:
    """Tell whether the character at the form's edge makes a word with what lies outside."""
    word = word_over(case.text, case.at)
    if case.miss.site == 0:
        return word.start < case.at and word.stop == case.at + 1
    return word.stop > case.at + 1 and word.start == case.at


def _cut_short(case: Case) -> Slip | None:
    """Judge a form that lacks its first or last character."""
    first = case.miss.site == 0
    rest = case.form[1:] if first else case.form[:-1]
    edge = case.protected.part_at(case.miss.site)
    if edge is None or (length := edge.end - edge.start - 1) < SHORTEST_LEFT:
        return None  # only the context is cut short
    if case.quoted_short(first=first):
        place = Span(case.miss.span.start + first, case.miss.span.end - (not first))
        return Slip(edge.entry, place, case.form, Edit.MISSING, FAIR)
    if edge.entry.kind is EntryKind.CLAUSE or (case.length <= SHORT and not case.in_context):
        return None
    if case.bare_title or case.protected.common or case.right in NUMERALS | FUNCTION:
        return None
    if rest[0 if first else -1] in FUNCTION:
        return None  # 的自我革命 follows many a word
    # 国家安全 is no 国家安全部 cut short: what is left ends in a whole word.
    inner = word_over(rest, 0 if first else len(rest) - 1)
    if case.inner_reads_across(first=first) or rest in case.evidence.lawful or len(inner) > 1:
        return None
    start, end = case.miss.span.start, case.miss.span.end
    place = Span(start + 1, start + 1 + length) if first else Span(end - 1 - length, end - 1)
    right = case.form[edge.start : edge.end]
    confidence = LIKELY if case.long else FAIR
    return Slip(edge.entry, place, right, Edit.MISSING, confidence, case.protected.alone)


def _missing(case: Case) -> float | None:
    if not is_han(case.right) or case.reads_across or case.right in RANKED:
        return None
    if case.entry.kind is EntryKind.BODY and case.right in CENTRAL:
        return None  # the local body of the same work
    if case.bare_title or case.protected.common:
        return None
    if case.entry.kind is EntryKind.PERSON:
        return LIKELY if case.told and case.name_length > SHORTEST_LEFT else None
    if case.entry.kind is EntryKind.MEETING and case.right in NUMERALS:
        return None  # another meeting
    if case.quoted and case.length >= SHORT:
        return LIKELY
    if case.weighty:
        return LIKELY
    if case.length <= SHORT:
        broken = case.odd and not case.another_character
        return FAIR if broken or case.unmistakable else None
    if case.right in FUNCTION and case.another_character:
        return None
    return LIKELY if case.odd or (case.length > MIDDLE and not case.another_character) else None


def _extra(case: Case) -> float | None:
    extra, site = case.wrong, case.miss.site
    if not is_han(extra):
        return None
    if case.form in case.miss.span.of(case.text):
        return None  # the form is whole, a character of it stands twice at its edge
    if extra in {case.form[site], case.form[site - 1]}:
        again = case.text[case.miss.span.start - 1 : case.miss.span.start] == case.form[0]
        return None if again else SURE  # 扎扎实实 is not 扎实 with a slip
    if extra in RANKED:
        return None
    if case.protected.common or any(part.start == site for part in case.protected.parts):
        return None  # between a title and a name: in neither
    if case.bare_title or case.reads_across:
        return None
    if case.entry.kind is EntryKind.PERSON:
        return FAIR if case.length <= SHORT_NAME else LIKELY
    return _put_in(case, extra)


def _put_in(case: Case, extra: str) -> float | None:
    """Judge a character that stands inside a form and is not one of its neighbours twice."""
    if extra in NUMERALS:
        beside = {case.form[case.miss.site - 1], case.form[case.miss.site]}
        if case.entry.kind is EntryKind.MEETING or beside & NUMERALS:
            return None  # another number: 二十一大 is no slip for 二十大
        if not (case.inside_word or case.weighty):
            return None
    if case.rigid or case.quoted:
        return LIKELY
    if case.unmistakable and not case.another_word and extra not in FUNCTION:
        return FAIR
    broken = case.inside_word and not case.another_word and extra not in FUNCTION
    if case.length <= MIDDLE and not case.odd and not broken:
        return None
    if case.inside_word:
        return FAIR if case.length <= SHORT else LIKELY
    if case.another_word or extra in PARTICLES:
        return None
    if case.weighty:
        return LIKELY
    return None if extra in FUNCTION else FAIR


def _swapped(case: Case) -> float | None:
    pair = case.text[case.at : case.at + 2]
    if not all(map(is_han, pair)) or set(pair) <= NUMERALS:
        return None
    if case.length <= SHORT_NAME and case.reads_across:
        return None
    before = case.text[case.miss.span.start - 1 : case.miss.span.start]
    if case.miss.site == 0 and before == case.form[0]:
        return None  # 就业|就是 is not 业就 for 就业
    if case.length <= SHORT and not case.odd and case.entry.kind is not EntryKind.PERSON:
        return FAIR if case.quoted or case.unmistakable else None
    return LIKELY


def _slip(case: Case, confidence: float | None, *, shift: int) -> Slip | None:
    """Report the damaged part of the form; `shift` is by how much the text is longer."""
    part = case.protected.part_at(case.miss.site)
    if confidence is None or part is None:
        return None
    if case.miss.edit is Edit.SWAPPED and case.miss.site + 1 >= part.end:
        part = Part(0, case.length, case.protected.parts[-1].entry)
    start = case.miss.span.start + part.start
    span = Span(start, start + part.end - part.start + shift)
    if span.of(case.text) in case.evidence.lawful:
        return None  # another leader's name, another post
    right, alone = case.form[part.start : part.end], case.protected.alone
    return Slip(part.entry, span, right, case.miss.edit, confidence, alone)


def doubled_at_edge(text: str, span: Span, protected: Protected) -> Slip | None:
    """
    Return the slip where a form's first character stands twice before it, or its last twice behind.

    Not where the doubled character belongs to a word outside: 美国|国防部长, 全国人大|大力推进.
    """
    start, end, form = span.start, span.end, protected.form
    first, last = protected.part_at(0), protected.part_at(len(form) - 1)
    twice = start > 0 and text[start - 1] == form[0]
    if first is not None and twice and word_over(text, start - 1).start == start - 1:
        place = Span(start - 1, start + first.end)
        return Slip(first.entry, place, form[: first.end], Edit.EXTRA, LIKELY, protected.alone)
    twice = end < len(text) and text[end] == form[-1] not in FUNCTION
    if last is not None and twice and word_over(text, end).stop == end + 1:
        place = Span(start + last.start, end + 1)
        return Slip(last.entry, place, form[last.start :], Edit.EXTRA, LIKELY, protected.alone)
    return None
