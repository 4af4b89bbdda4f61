"""A near miss in its text, and what speaks for a slip or against it."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from textcheck.document import Span
from textcheck.knowledge.entry import EntryKind
from textcheck.knowledge.protect import ACTS, Part, Protected
from textcheck.matching.keys import Edit
from textcheck.matching.misses import NearMiss
from textcheck.slips.gain import Gain
from textcheck.slips.kept import Kept
from textcheck.slips.parts import beside_name, damaged_part, is_doubled, place_of
from textcheck.slips.unseen import RARE
from textcheck.text.han import is_han, is_rare
from textcheck.text.naming import Naming
from textcheck.text.ngrams import Ngrams
from textcheck.text.rare import RareCharacters
from textcheck.text.shape import Shapes
from textcheck.text.sound import Sounds
from textcheck.text.words import dictionary_words

__all__ = [
    "FUNCTION",
    "NUMERALS",
    "ORGANS",
    "PLACES",
    "PRONOUNS",
    "RANKED",
    "Case",
    "Evidence",
]

# Words of one character that may stand inside or beside a form without being an error in it.
FUNCTION = frozenset(
    "的了和与及对将把被由从向以为于到按据经就等让使给跟同而则但或也都还又再更最很不在是有这那其并即因如若虽"
    "上下中内外前后"
)
PRONOUNS = frozenset("他她它们的地得")  # alike in sound, and each right somewhere
ORGANS = frozenset("部局委厅所站院会办处科室队社署司")  # 国土资源部, and 国土资源所 too
NUMERALS = frozenset("零〇一二三四五六七八九十百千万两双半几数多")
PLACES = frozenset("国省市县区乡镇村州旗")  # 依法治国, and 依法治市 too
RANKED = frozenset("副原代")
"""What makes another title, which the offices are asked about."""
_SHORT = 4
_HARDLY_EVER = 20  # so often clean text has the pairs that names and cut off words make
_SELDOM = 6.0  # the logarithm of one in three hundred thousand characters of clean text
_CONTEXT = 8  # characters on both sides that decide where words begin and end
_PAIRS = frozenset({"“”", "‘’", "《》", "「」", "『』", '""'})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is asked about a near miss: sounds, shapes, counts of clean text, lawful writings."""

    sounds: Sounds
    shapes: Shapes
    ngrams: Ngrams
    lawful: Collection[str]
    naming: Naming
    people: Collection[str]
    rare: RareCharacters


@dataclass(frozen=True)
class Case:
    """
    One near miss in its text, with what the judgement looks at.

    The text has a line feed at both ends, so that every place has neighbours.
    """

    text: str
    miss: NearMiss
    protected: Protected
    evidence: Evidence
    gain: Gain

    @Kept
    def form(self) -> str:
        """Return the right writing."""
        return self.protected.form

    @Kept
    def length(self) -> int:
        """Return the length of the right writing."""
        return len(self.form)

    @Kept
    def part(self) -> Part | None:
        """Return the damaged part of the form, None where only its context is damaged."""
        return damaged_part(self.text, self.miss, self.protected)

    @Kept
    def kind(self) -> EntryKind:
        """Return what the damaged entry names."""
        return (self.part or self.protected.parts[0]).entry.kind

    @Kept
    def part_length(self) -> int:
        """Return the length of the damaged entry."""
        part = self.part or self.protected.parts[0]
        return part.end - part.start

    @Kept
    def at(self) -> int:
        """Return where the wrong, extra or first swapped character stands in the text."""
        return self.miss.span.start + self.miss.site

    @Kept
    def wrong(self) -> str:
        """Return the text's character at the site, "" where one is missing."""
        return "" if self.miss.edit is Edit.MISSING else self.text[self.at]

    @Kept
    def right(self) -> str:
        """Return the form's character at the site."""
        return self.form[min(self.miss.site, self.length - 1)]

    @property
    def replaced(self) -> bool:
        """Tell whether one character stands for another."""
        return self.miss.edit is Edit.WRONG

    @Kept
    def doubled(self) -> bool:
        """Tell whether a character stands twice."""
        return is_doubled(self.text, self.miss, self.form)

    @Kept
    def same_sound(self) -> bool:
        """Tell whether the wrong character sounds like the right one."""
        return self.replaced and self.evidence.sounds.same(self.wrong, self.right)

    @Kept
    def near_sound(self) -> bool:
        """Tell whether the wrong character sounds nearly like the right one."""
        return (
            self.replaced
            and not self.same_sound
            and self.evidence.sounds.near(self.wrong, self.right)
        )

    @Kept
    def akin(self) -> bool:
        """
        Tell whether the wrong character differs from the right one in one sound like another.

        Of a name every sound makes another person's, of three characters another word; at an end
        a word may go on, 水利部|正, and what the dictionary has may be meant: 推行 for 推进.
        """
        if not self.replaced or self.kind is EntryKind.PERSON or self.length < _SHORT:
            return False
        if self.at_edge:
            return False
        return self.evidence.sounds.akin(self.wrong, self.right) and not self.covered

    @Kept
    def like_shape(self) -> bool:
        """Tell whether the wrong character looks like the right one."""
        return self.replaced and self.evidence.shapes.alike(self.wrong, self.right)

    @Kept
    def stranger(self) -> bool:
        """Tell whether the wrong character is not like the right one at all."""
        like = self.same_sound or self.near_sound or self.like_shape or self.akin
        return self.replaced and not like

    @Kept
    def alone(self) -> bool:
        """Tell whether the form has no more than the damaged entry: no title, rank or list."""
        return self.part_length == self.length

    @Kept
    def at_edge(self) -> bool:
        """Tell whether the edit is at the first or last character of the form."""
        return self.miss.site == 0 or self.miss.site >= self.length - 1

    @Kept
    def function_word(self) -> bool:
        """Tell whether the extra or missing character is a word that may stand anywhere."""
        return (self.wrong or self.right) in FUNCTION

    @property
    def numeral(self) -> bool:
        """Tell whether a number is touched."""
        return bool({self.wrong, self.right} & NUMERALS)

    @property
    def blank(self) -> bool:
        """Tell whether what is extra is a space or the end of a line."""
        return self.wrong.isspace()

    @property
    def letter(self) -> bool:
        """Tell whether what is wrong or extra is a letter or digit of another script."""
        return self.wrong.isalnum() and not is_han(self.wrong)

    @property
    def mark(self) -> bool:
        """Tell whether what is extra is a punctuation mark."""
        return self.wrong != "" and not self.wrong.isspace() and not self.wrong.isalnum()

    @property
    def rare(self) -> bool:
        """Tell whether the wrong character is one that official text hardly has."""
        return is_rare(self.wrong)

    @Kept
    def seldom(self) -> bool:
        """Tell whether official text hardly has the wrong character: 畸, 嘘, but 泵."""
        if not (self.replaced and is_han(self.wrong)):
            return False
        ngrams = self.evidence.ngrams
        rare = ngrams.codes(self.wrong)[0] == RARE  # all of these share their counts
        return bool(rare) or ngrams.log_counts(self.wrong)[0] < _SELDOM

    @Kept
    def unfit(self) -> bool:
        """
        Tell whether no other word can be meant: 农基农村部, 商矛部.

        Clean text never has the wrong character beside one of its neighbours in the place, and
        hardly ever beside the other.
        """
        if not (self.replaced and is_han(self.wrong)):
            return False
        codes = self.evidence.ngrams.codes(self.text[self.at - 1 : self.at + 2])
        if self.rare and self.gain.unseen == 1:
            return True
        if codes[1] == RARE:  # all rare characters share their counts
            return self._apart
        ahead, behind = self.evidence.ngrams.pairs(codes[:2], codes[1:]).tolist()
        if self.miss.site == 0:
            return bool(behind == 0)
        if self.miss.site == self.length - 1:
            return bool(ahead == 0)
        return bool(min(ahead, behind) == 0 and max(ahead, behind) <= _HARDLY_EVER)

    @property
    def _apart(self) -> bool:
        """Tell whether clean text has a rare character beside none of its neighbours in a form."""
        neighbours = self.text[self.at - 1 : self.at + 1], self.text[self.at : self.at + 2]
        inside = neighbours[self.miss.site == 0 : 1 + (self.miss.site < self.length - 1)]
        return all(map(self.evidence.rare.apart, inside))

    @property
    def quoted(self) -> bool:
        """Tell whether the text puts exactly this in quotation marks."""
        start, end = self.miss.span.start, self.miss.span.end
        return self.text[start - 1] + self.text[end] in _PAIRS

    @property
    def whole(self) -> bool:
        """Tell whether the form is whole in the text beside what is extra."""
        return self.form in self.miss.span.of(self.text)

    @Kept
    def _words(self) -> list[range]:
        """Return the dictionary words of the place and some characters around it."""
        low = max(0, self.miss.span.start - _CONTEXT)
        return dictionary_words(self.text[low : self.miss.span.end + _CONTEXT], low)

    @Kept
    def word(self) -> range:
        """Return the dictionary word of the text that covers the damage."""
        at = min(self.at, self.miss.span.end - 1)
        return next(word for word in self._words if word.stop > at)

    @property
    def covered(self) -> bool:
        """Tell whether a dictionary word covers the damage: the text may mean it."""
        return len(self.word) > 1

    @property
    def covered_within(self) -> bool:
        """Tell whether that word lies inside the place."""
        span = self.miss.span
        return self.covered and span.start <= self.word.start and self.word.stop <= span.end

    @property
    def goes_on_at_edge(self) -> bool:
        """Tell whether a dictionary word reaches over the end of the place that is damaged."""
        edge = self.miss.span.start if self.miss.site <= 1 else self.miss.span.end
        return any(word.start < edge < word.stop for word in self._words)

    @Kept
    def reads_across(self) -> bool:
        """
        Tell whether a dictionary word reaches over an end of the place: 科|技创新中心.

        Of a name with a verb behind it the place is the name: the verb may be cut short.
        """
        span = self.miss.span
        if self.protected.alone and self.part is not None:
            span = Span(span.start, span.end - (self.length - self.part.end))
        return any(
            word.start < span.start < word.stop or word.start < span.end < word.stop
            for word in self._words
        )

    @property
    def _form_words(self) -> tuple[range, ...]:
        return _words_of(self.form)

    @property
    def another_character(self) -> bool:
        """Tell whether the form's character is a word by itself: another may take its place."""
        site = min(self.miss.site, self.length - 1)
        return any(len(word) == 1 and site in word for word in self._form_words)

    @property
    def inside_word(self) -> bool:
        """Tell whether the site divides a word of the form: 正|确, but not 改革|开放."""
        site = self.miss.site
        return any(word.start < site < word.stop for word in self._form_words)

    @property
    def unmistakable(self) -> bool:
        """Tell whether a form of four is made of no words, so that no chance makes it: 专精特新."""
        return self.length == _SHORT == len(self._form_words)

    @Kept
    def place(self) -> Span:
        """Return where the damaged entry stands in the text, without what is only context."""
        return place_of(self.miss, self.part or self.protected.parts[0])

    @property
    def nobody(self) -> bool:
        """Tell whether what stands for a name is made of characters that names do not have."""
        return not self.evidence.naming.likely(self.place.of(self.text))

    @property
    def told(self) -> bool:
        """Tell whether a verb behind a name tells that it is somebody's."""
        end = self.place.end
        return self.miss.span.end - end > 1 or self.text.startswith(ACTS, end)

    @property
    def listed(self) -> bool:
        """Tell whether a name stands beside another protected one, with 、 between or without."""
        return beside_name(self.text, self.place, self.evidence.people)

    @property
    def built_alike(self) -> bool:
        """
        Tell whether another character may make another phrase of the same build: 华泵一号.

        Of one word, 以旧换新, and of four, 专精特新, nobody makes such.
        """
        short = self.length <= _SHORT and not self.rare
        return short and len(self._form_words) not in {1, _SHORT}


@lru_cache(4096)  # many texts have the same forms in them
def _words_of(form: str) -> tuple[range, ...]:
    return tuple(dictionary_words(form))
