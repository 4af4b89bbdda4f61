"""
Tell a slip in a protected form from ordinary text that happens to look like one.

A near miss is weighed by how likely the slip is (same or near sound, a doubled
character, two swapped) against how well the text reads as something else (the changed
characters make words of the dictionary, a whole word was added or left out).
"""

from collections.abc import Collection
from dataclasses import dataclass

from textcheck.document import Span
from textcheck.lexicon.entry import Entry, EntryKind
from textcheck.lexicon.fuzzy import Edit, NearMiss
from textcheck.lexicon.protect import Part, Protected
from textcheck.text.sound import Sounds
from textcheck.text.words import dictionary_words

__all__ = ["Slip", "doubled_at_edge", "judge"]

# Words of one character that may stand inside or beside a form without being an error in it.
_FUNCTION = frozenset(
    "的了和与及对将把被由从向以为于到按据经就等让使给跟同而则但或也都还又再更最很不在是有这那其并即因如若虽"
    "上下中内外前后"
)
_PRONOUNS = frozenset("他她它们的地得")  # alike in sound, and each right somewhere
_BLANK = frozenset(" \n\r\t\u3000")
_LONG = 8  # from here on a form with one edit can hardly be another phrase
_SHORT = 4
_SHORT_NAME = 3
_SHORTEST_LEFT = 2
_CONTEXT = 8  # characters on both sides that decide where words begin and end
_PAIRS = frozenset({"“”", "‘’", "《》", "「」", "『』", '""'})

_SURE, _LIKELY, _FAIR, _WEAK = 0.98, 0.92, 0.8, 0.6


@dataclass(frozen=True, slots=True)
class Slip:
    """A damaged form: `span` should read `right`. `damaged` is how much of the entry it covers."""

    entry: Entry
    span: Span
    right: str
    edit: Edit
    confidence: float


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


@dataclass(frozen=True, slots=True)
class _Case:
    """One near miss in its text, with what the judgement looks at."""

    text: str
    miss: NearMiss
    protected: Protected
    sounds: Sounds
    lawful: Collection[str]

    @property
    def form(self) -> str:
        return self.protected.form

    @property
    def length(self) -> int:
        return len(self.form)

    @property
    def long(self) -> bool:
        """Tell whether the form is too long to be another phrase by chance."""
        return self.length >= _LONG and self.entry.kind is not EntryKind.CLAUSE

    @property
    def entry(self) -> Entry:
        """Return the damaged entry, the first one where the damage is in the context."""
        part = self.protected.part_at(self.miss.site) or self.protected.parts[0]
        return part.entry

    @property
    def in_context(self) -> bool:
        """Tell whether the form has more than the damaged entry: a title, a rank, a list."""
        return any(part.end - part.start < self.length for part in self.protected.parts)

    @property
    def quoted(self) -> bool:
        """Tell whether the text puts exactly this in quotation marks."""
        start, end = self.miss.span.start, self.miss.span.end
        return (
            0 < start and end < len(self.text) and self.text[start - 1] + self.text[end] in _PAIRS
        )

    @property
    def at(self) -> int:
        """Return where the wrong, extra or first swapped character stands in the text."""
        return self.miss.span.start + self.miss.site

    @property
    def at_edge(self) -> bool:
        """Tell whether the edit is at the form's first or last character."""
        return self.miss.site in {0, self.length - 1}

    @property
    def wrong(self) -> str:
        """Return the text's character at the site."""
        return self.text[self.at]

    @property
    def right(self) -> str:
        """Return the form's character at the site."""
        return self.form[self.miss.site]

    @property
    def another_word(self) -> bool:
        """
        Tell whether a dictionary word covers the place of the edit, so that the text means it.

        A word inside a person's name is a coincidence; one that reaches outside is not.
        """
        word = _word_over(self.text, self.at)
        if self.entry.kind is EntryKind.PERSON:
            span = self.miss.span
            return word.start < span.start or word.stop > span.end
        return len(word) > 1

    @property
    def another_character(self) -> bool:
        """Tell whether the form's character is a word by itself: another may take its place."""
        if self.entry.kind is EntryKind.PERSON:
            return False
        return len(_word_over(self.form, self.miss.site)) == 1


def judge(
    text: str, miss: NearMiss, protected: Protected, sounds: Sounds, lawful: Collection[str]
) -> Slip | None:
    """Return the slip that a near miss is, or None where the text reads as something else."""
    case = _Case(text, miss, protected, sounds, lawful)
    if miss.edit is Edit.WRONG:
        return _cut_short(case) if _lacks_edge(case) else _slip(case, _wrong(case), shift=0)
    if miss.edit is Edit.MISSING:
        return _slip(case, _missing(case), shift=-1)
    if miss.edit is Edit.EXTRA:
        return _slip(case, _extra(case), shift=1)
    return _slip(case, _swapped(case), shift=0)


def _alike(case: _Case) -> float | None:
    """Return how sure a slip between two characters that sound alike is, None if they do not."""
    wrong, right = case.wrong, case.right
    if {wrong, right} <= _PRONOUNS:
        return None
    weak = case.length <= _SHORT_NAME and not case.in_context
    if case.sounds.same(wrong, right):
        return _FAIR if weak else _SURE
    if case.sounds.near(wrong, right):
        return _WEAK if weak else _LIKELY
    return None


def _wrong(case: _Case) -> float | None:
    if not _is_han(case.right):
        return None
    if not _is_han(case.wrong):
        return _FAIR if case.wrong not in _BLANK and case.long else None
    if (alike := _alike(case)) is not None:
        return alike
    if case.quoted and case.length >= _SHORT:
        return _LIKELY
    if case.at_edge and case.entry.kind is EntryKind.CLAUSE:
        return None
    if not case.long and (case.another_word or case.another_character):
        return None
    if case.length <= _SHORT_NAME:  # two right characters of three are a coincidence
        return None
    return _FAIR if case.length <= _SHORT else _LIKELY


def _lacks_edge(case: _Case) -> bool:
    """Tell whether the character at the form's edge is not a wrong one but belongs outside."""
    if not case.at_edge or not _is_han(case.right):
        return False
    if not _is_han(case.wrong):
        return True
    return _alike(case) is None and (case.wrong in _FUNCTION or _belongs_outside(case))


def _belongs_outside(case: _Case) -> bool:
    """Tell whether the character at the form's edge makes a word with what lies outside."""
    word = _word_over(case.text, case.at)
    if case.miss.site == 0:
        return word.start < case.at and word.stop == case.at + 1
    return word.stop > case.at + 1 and word.start == case.at


def _cut_short(case: _Case) -> Slip | None:
    """Judge a form that lacks its first or last character."""
    first = case.miss.site == 0
    rest = case.form[1:] if first else case.form[:-1]
    edge = case.protected.parts[0] if first else case.protected.parts[-1]
    length = edge.end - edge.start - 1
    if length < _SHORTEST_LEFT or not (edge.start == 0 if first else edge.end == case.length):
        return None  # only the context is cut short
    if edge.entry.kind is EntryKind.CLAUSE or (case.length <= _SHORT and not case.in_context):
        return None
    # 国家安全 is no 国家安全部 cut short: what is left ends in a whole word.
    if rest in case.lawful or len(_word_over(rest, 0 if first else len(rest) - 1)) > 1:
        return None
    start, end = case.miss.span.start, case.miss.span.end
    place = Span(start + 1, start + 1 + length) if first else Span(end - 1 - length, end - 1)
    right = case.form[edge.start : edge.end]
    return Slip(edge.entry, place, right, Edit.MISSING, _LIKELY if case.long else _FAIR)


def _missing(case: _Case) -> float | None:
    if not _is_han(case.right):
        return None
    if case.quoted and case.length >= _SHORT:
        return _LIKELY
    if case.length <= _SHORT and not case.in_context:  # three characters are too common
        return None
    if not case.long and case.another_character:
        return None
    return _LIKELY


def _extra(case: _Case) -> float | None:
    extra, site = case.wrong, case.miss.site
    if not _is_han(extra):
        return None
    if case.form in case.miss.span.of(case.text):
        return None  # the form is whole, a character of it stands twice at its edge
    if extra in {case.form[site], case.form[site - 1]}:
        return _SURE
    if any(part.start == site for part in case.protected.parts):
        return None  # between a title and a name: in neither
    if not case.long and (extra in _FUNCTION or case.another_word):
        return None
    if case.length <= _SHORT and not case.quoted and not case.in_context:
        return _FAIR if case.entry.kind is EntryKind.PERSON else None
    return _LIKELY


def _swapped(case: _Case) -> float | None:
    pair = case.text[case.at : case.at + 2]
    if not all(map(_is_han, pair)):
        return None
    if case.length <= _SHORT_NAME and case.another_word:
        return None
    return _LIKELY


def _slip(case: _Case, confidence: float | None, *, shift: int) -> Slip | None:
    """Report the damaged part of the form; `shift` is by how much the text is longer."""
    part = case.protected.part_at(case.miss.site)
    if confidence is None or part is None:
        return None
    if case.miss.edit is Edit.SWAPPED and case.miss.site + 1 >= part.end:
        part = Part(0, case.length, case.protected.parts[-1].entry)
    start = case.miss.span.start + part.start
    span = Span(start, start + part.end - part.start + shift)
    return Slip(part.entry, span, case.form[part.start : part.end], case.miss.edit, confidence)


def doubled_at_edge(text: str, span: Span, entry: Entry) -> Slip | None:
    """
    Return the slip where a form's first character stands twice before it, or its last twice behind.

    Not where the doubled character belongs to a word outside: 美国|国防部长, 全国人大|大力推进.
    """
    start, end = span.start, span.end
    form = span.of(text)
    if start > 0 and text[start - 1] == form[0] and _word_over(text, start - 1).start == start - 1:
        return Slip(entry, Span(start - 1, end), form, Edit.EXTRA, _LIKELY)
    if end < len(text) and text[end] == form[-1] and _word_over(text, end).stop == end + 1:
        return Slip(entry, Span(start, end + 1), form, Edit.EXTRA, _LIKELY)
    return None


def _word_over(text: str, place: int) -> range:
    """Return the places of the dictionary word that covers a place of the text."""
    low = max(0, place - _CONTEXT)
    for word in dictionary_words(text[low : place + _CONTEXT]):
        if low + word.end > place:
            return range(low + word.start, low + word.end)
    return range(place, place + 1)
