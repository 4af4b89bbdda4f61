"""Terms that official texts put in quotation marks: “一网通办”, “十大工程”."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from textcheck.knowledge.entry import Entry, EntryKind
from textcheck.knowledge.layers import Layers, read_rows
from textcheck.knowledge.phrases import phrase_of
from textcheck.matching.keys import Edit
from textcheck.text.han import is_rare
from textcheck.text.ngrams import Ngrams
from textcheck.text.shape import Shapes
from textcheck.text.sound import Sounds
from textcheck.text.words import word_at

__all__ = ["QuotedTerms", "read_quoted"]

_NUMERALS = frozenset("一二三四五六七八九十百千万亿两双")
_MEASURES = frozenset("个大项条")  # 四个中心 is also 四中心
# What stands for a numeral, and is no other word for how many, coins no term: “四个刁批”.
_HOW_MANY = _NUMERALS | frozenset("多各单数几全首头每")
_WRITTEN = 4096  # the same terms stand in quotation marks in many texts
_OF_WORDS = (2, 3)
_PAIR = 2  # characters of a word that is written with another one of the same sound

# What is written, the edit that makes it of the term, and where.
_Near = tuple[Entry, Edit, int]


class QuotedTerms:
    """All terms, ready to be asked for one that was damaged."""

    def __init__(
        self, rows: Iterable[Entry], sounds: Sounds, shapes: Shapes, ngrams: Ngrams
    ) -> None:
        """Index each term by what is left of it without one character, and without two."""
        self._sounds, self._shapes, self._ngrams = sounds, shapes, ngrams
        self._rows = {row.form: row for row in rows}
        self._lawful = {*self._rows, *(one for row in self._rows.values() for one in row.variants)}
        self._without: dict[str, list[tuple[Entry, int]]] = defaultdict(list)
        self._without_word: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        self.meant = lru_cache(_WRITTEN)(self._meant)
        """Return the term that what stands in quotation marks was meant to be, and the slip."""
        for form, row in self._rows.items():
            for at in range(len(form)):
                self._without[form[:at] + form[at + 1 :]].append((row, at))
                self._without_word[form[:at], form[at + _PAIR :]].append(row)

    def _meant(self, written: str) -> tuple[Entry, Edit] | None:
        if written in self._lawful:
            return None
        slips = (
            (row, edit)
            for row, edit, at in self._near(written)
            if self._is_slip(written, row.form, edit, at)
        )
        return next(slips, None) or self._word(written)

    def _near(self, written: str) -> Iterator[_Near]:
        """Yield the terms that one edit makes of what is written."""
        for at in range(len(written)):
            left = written[:at] + written[at + 1 :]
            if row := self._rows.get(left):
                yield row, Edit.EXTRA, at
            for row, other in self._without.get(left, ()):
                if other == at:
                    yield row, Edit.WRONG, at
                elif other == at + 1 and row.form[other] == written[at]:
                    yield row, Edit.SWAPPED, at
        for row, at in self._without.get(written, ()):
            yield row, Edit.MISSING, at

    def _is_slip(self, written: str, form: str, edit: Edit, at: int) -> bool:
        """Tell whether an edit makes no other term: another number, a shorter or a longer one."""
        if edit is Edit.WRONG:
            one, other = written[at], form[at]
            if {one, other} <= _NUMERALS:
                return False
            like = self._sounds.near(one, other) or self._shapes.alike(one, other)
            if like or is_rare(one) or self._breaks_word(written, form, at):
                return True
            return other in _NUMERALS and one not in _HOW_MANY and not self._seen(written, at)
        if edit is Edit.SWAPPED:
            return not {*form[at : at + 2]} <= _NUMERALS
        if edit is Edit.MISSING:
            return form[at] not in _MEASURES and not _in_number(form, at)
        if written[at] in written[max(0, at - 1) : at] + written[at + 1 : at + 2]:
            return True
        return 0 < at < len(written) - 1 and not _in_number(written, at)

    def _breaks_word(self, written: str, form: str, at: int) -> bool:
        """
        Tell whether the word that a term counts is none with another character: “四个中镶”.

        Clean text has none of the triples then. “一患一策” and “一网统飞” are other terms: they are
        coined with any character.
        """
        if form[0] not in _NUMERALS or form[1] not in _MEASURES:
            return False
        word, other = word_at(form, at), word_at(written, at)
        if other.end - other.start > 1 or word.end - word.start not in _OF_WORDS:
            return False
        if not _NUMERALS.isdisjoint(word.of(form)):
            return False
        return not self._seen(written, at)

    def _seen(self, written: str, at: int) -> bool:
        """Tell whether clean text surely has a triple of characters over one that is written."""
        triples = self._ngrams.codes(f"“{written}”"[max(0, at - 1) : at + 4])
        return bool(self._ngrams.runs_surely_seen(triples).any())

    def _word(self, written: str) -> tuple[Entry, Edit] | None:
        """Return the term of which another word of the same sound was written: 四个众新."""
        for at in range(len(written) - 1):
            for row in self._without_word.get((written[:at], written[at + _PAIR :]), ()):
                pairs = zip(written[at : at + _PAIR], row.form[at : at + _PAIR], strict=False)
                if len(row.form) == len(written) and all(self._sounds.same(*two) for two in pairs):
                    return row, Edit.WORD
        return None


def _in_number(text: str, at: int) -> bool:
    """Tell whether a numeral stands beside another."""
    beside = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    return text[at] in _NUMERALS and not _NUMERALS.isdisjoint(beside)


def read_quoted(layers: Layers) -> Iterator[Entry]:
    """Read quoted.tsv; raise LexiconError naming file, line and column."""
    for row in read_rows(layers, "quoted"):
        yield phrase_of(row, EntryKind.FORMULATION, row.level("level"))
