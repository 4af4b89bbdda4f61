"""A near miss in its text, and what speaks for a slip or against it."""

from collections.abc import Collection
from dataclasses import dataclass

from textcheck.finding import Severity
from textcheck.lexicon.entry import Entry, EntryKind
from textcheck.lexicon.fuzzy import Edit, NearMiss
from textcheck.lexicon.protect import Protected
from textcheck.text.bigrams import Bigrams
from textcheck.text.sound import Sounds
from textcheck.text.words import dictionary_words

__all__ = [
    "CENTRAL",
    "FAIR",
    "FUNCTION",
    "LIKELY",
    "MIDDLE",
    "NUMERALS",
    "ORGANS",
    "PARTICLES",
    "PLACES",
    "PRONOUNS",
    "RANKED",
    "SHORT",
    "SHORTEST_LEFT",
    "SHORT_NAME",
    "SURE",
    "Case",
    "Evidence",
    "is_han",
    "is_rare",
    "word_over",
]

# Words of one character that may stand inside or beside a form without being an error in it.
FUNCTION = frozenset(
    "的了和与及对将把被由从向以为于到按据经就等让使给跟同而则但或也都还又再更最很不在是有这那其并即因如若虽"
    "上下中内外前后"
)
CHANGED = {Edit.WRONG: 1, Edit.MISSING: 0, Edit.EXTRA: 1, Edit.SWAPPED: 2}
PRONOUNS = frozenset("他她它们的地得")  # alike in sound, and each right somewhere
RANKED = frozenset("副原")  # make another title, which the offices are asked about
ORGANS = frozenset("部局委厅所站院会办处科室队社署司")  # 国土资源部, and 国土资源所 too
CENTRAL = frozenset("总国")  # 市场监管总局, and 市场监管局 too
NUMERALS = frozenset("零〇一二三四五六七八九十百千万两双半几数多")
PLACES = frozenset("国省市县区乡镇村州旗")  # 依法治国, and 依法治市 too
PARTICLES = frozenset("的了和与及把对在以等也要将就都而好更再是")
LONG = 7  # from here on a form with one edit can hardly be another phrase
SHORT = 4
MIDDLE = 5
SHORT_NAME = 3
SHORTEST_LEFT = 2
SECOND_LEVEL = 0xD8  # the first byte where GB 2312 goes on by radicals
CONTEXT = 8  # characters on both sides that decide where words begin and end
PAIRS = frozenset({"“”", "‘’", "《》", "「」", "『』", '""'})

SURE, LIKELY, FAIR = 0.98, 0.92, 0.8


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a slip or against it: sounds, pairs of characters, lawful writings."""

    sounds: Sounds
    bigrams: Bigrams
    lawful: Collection[str]


def is_han(character: str) -> bool:
    """Tell whether a character is one of the basic Han block."""
    return "\u4e00" <= character <= "\u9fff"


def is_rare(character: str) -> bool:
    """
    Tell whether a character is not one of the 3,755 of GB 2312's first level.

    The others make up less than one in a thousand of official text, outside names.
    """
    try:
        return character.encode("gb2312")[0] >= SECOND_LEVEL
    except UnicodeEncodeError:
        return True


def word_over(text: str, place: int) -> range:
    """Return the places of the dictionary word that covers a place of the text."""
    low = max(0, place - CONTEXT)
    for word in dictionary_words(text[low : place + CONTEXT]):
        if low + word.end > place:
            return range(low + word.start, low + word.end)
    return range(place, place + 1)


@dataclass(frozen=True, slots=True)
class Case:
    """One near miss in its text, with what the judgement looks at."""

    text: str
    miss: NearMiss
    protected: Protected
    evidence: Evidence

    @property
    def form(self) -> str:
        """Return the right writing."""
        return self.protected.form

    @property
    def length(self) -> int:
        """Return the length of the right writing."""
        return len(self.form)

    @property
    def long(self) -> bool:
        """Tell whether the form is too long to be another phrase by chance."""
        return self.length >= LONG and self.entry.kind is not EntryKind.CLAUSE

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
        return start > 0 and end < len(self.text) and self.text[start - 1] + self.text[end] in PAIRS

    def quoted_short(self, *, first: bool) -> bool:
        """Tell whether the form without its first or last character stands in quotation marks."""
        if self.length < SHORT or self.in_context:
            return False
        start = self.miss.span.start if first else self.miss.span.start - 1
        end = self.miss.span.end if first else self.miss.span.end - 1
        return start >= 0 and end < len(self.text) and self.text[start] + self.text[end] in PAIRS

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
    def weighty(self) -> bool:
        """Tell whether the form is long, and so grave that a doubt is worth a look."""
        return self.long and self.entry.level is Severity.SERIOUS

    @property
    def rigid(self) -> bool:
        """Tell whether nothing may be put into the form: a long name of a body or a meeting."""
        return self.long and self.entry.kind in {EntryKind.MEETING, EntryKind.BODY}

    @property
    def name_length(self) -> int:
        """Return the length of the damaged entry."""
        part = self.protected.part_at(self.miss.site) or self.protected.parts[0]
        return part.end - part.start

    @property
    def unseen(self) -> list[bool]:
        """Tell of each pair that the edit put together whether clean text does not have it."""
        low, high = self.at, self.at + CHANGED[self.miss.edit]
        if self.miss.site > 0:
            low -= 1
        if high < self.miss.span.end:
            high += 1
        seen = self.evidence.bigrams.seen
        return [not seen(*self.text[place : place + 2]) for place in range(low, high - 1)]

    @property
    def odd(self) -> bool:
        """Tell whether the edit puts characters together that clean text does not."""
        return any(self.unseen)

    @property
    def very_odd(self) -> bool:
        """Tell whether a character fits neither of its neighbours."""
        return len(self.unseen) > 1 and all(self.unseen)

    @property
    def reads_across(self) -> bool:
        """Tell whether a dictionary word reaches over an end of the place: 科|技创新中心."""
        span = self.miss.span
        first, last = word_over(self.text, span.start), word_over(self.text, span.end - 1)
        return first.start < span.start or last.stop > span.end

    def inner_reads_across(self, *, first: bool) -> bool:
        """Tell the same of the place without the first or last character, which lies outside."""
        span = self.miss.span
        if first:
            return word_over(self.text, span.start + 1).start <= span.start
        return word_over(self.text, span.end - 2).stop >= span.end

    @property
    def another_word(self) -> bool:
        """Tell whether a dictionary word covers the place of the edit: the text may mean it."""
        return self.entry.kind is not EntryKind.PERSON and len(word_over(self.text, self.at)) > 1

    @property
    def another_character(self) -> bool:
        """Tell whether the form's character is a word by itself: another may take its place."""
        return len(word_over(self.form, self.miss.site)) == 1

    @property
    def inside_word(self) -> bool:
        """Tell whether the site divides a word of the form: 正|确, but not 改革|开放."""
        word, site = word_over(self.form, self.miss.site - 1), self.miss.site
        in_the_middle = len(word) == SHORT and site - word.start == SHORT // 2
        return word.stop > site and not in_the_middle

    @property
    def one_word(self) -> bool:
        """Tell whether the dictionary holds the whole form as one word: 中国共产党."""
        return len(dictionary_words(self.form)) == 1

    @property
    def unmistakable(self) -> bool:
        """Tell whether a form of four is made of no words, so that no chance makes it: 专精特新."""
        return self.length == SHORT and len(dictionary_words(self.form)) == SHORT

    @property
    def leaves_orphan(self) -> bool:
        """Tell whether the form without its edge has a piece of a word there: 立和践行."""
        if self.another_character:
            return False
        rest = self.form[1:] if self.miss.site == 0 else self.form[:-1]
        return len(word_over(rest, 0 if self.miss.site == 0 else len(rest) - 1)) == 1

    @property
    def bare_title(self) -> bool:
        """Tell whether a title stands without a name: 北京市长 is near to 北京市 and much else."""
        return self.entry.kind is EntryKind.POST and not self.in_context

    @property
    def told(self) -> bool:
        """Tell whether a name stands with a title, a rank or a verb, not only with a particle."""
        return self.length - self.name_length > 1

    @property
    def rest_is_word(self) -> bool:
        """Tell whether the right characters of a name are a word: 云山 in 缙云山."""
        site = self.miss.site
        rest = self.form[:site] + self.form[site + 1 : self.name_length]
        return len(dictionary_words(rest)) == 1

    @property
    def titled(self) -> bool:
        """Tell whether a name stands behind its title."""
        first = self.protected.parts[0]
        return first.start == 0 and first.entry.kind is EntryKind.POST

    @property
    def unclear_name(self) -> bool:
        """Tell whether a name of two may be the end of a longer one: 扎帕|罗夫表示."""
        if self.entry.kind is not EntryKind.PERSON or self.titled or not self.in_context:
            return False
        part = self.protected.parts[0]
        before = self.text[self.miss.span.start - 1 : self.miss.span.start]
        return (
            part.start == 0
            and part.end <= SHORTEST_LEFT
            and is_han(before)
            and before not in FUNCTION
        )
