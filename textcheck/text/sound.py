"""Which characters sound alike."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType

__all__ = ["Sounds"]

# What typists of southern and northern Mandarin confuse, as one canonical spelling:
# retroflex and dental initials, n/l, f/h, r/l, front and back nasals.
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"), ("r", "n"), ("h", "f"))
_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))
_CHARACTERS = 8192  # so many are kept with their sounds: texts have three thousand


@lru_cache(maxsize=1024)  # there are four hundred syllables
def _canonical(syllable: str) -> str:
    for initial, canonical in _INITIALS:
        if syllable.startswith(initial):
            syllable = canonical + syllable.removeprefix(initial)
            break
    for final, canonical in _FINALS:
        if syllable.endswith(final):
            return syllable.removesuffix(final) + canonical
    return syllable


# Stops by the place where they are spoken, and finals that differ in one vowel before a nasal.
_STOPS = (("p", "b"), ("t", "d"), ("k", "g"), ("q", "j"), ("x", "j"))
_VOWELS = {"en": "an", "in": "ian", "un": "uan", "ong": "uan", "vn": "van", "iong": "van", "v": "u"}
_GLIDES = (("yu", "v"), ("yi", "i"), ("y", "i"), ("wu", "u"), ("wen", "un"), ("w", "u"))
_CONSONANTS = "bpmfdtnlgkhjqxzcsr"


@lru_cache(maxsize=1024)
def _loosely(syllable: str) -> frozenset[str]:
    """
    Return a syllable with a stop like another one, and with another vowel before its nasal.

    >>> sorted(_loosely("kua") & _loosely("gua")), sorted(_loosely("yin") & _loosely("yang"))
    (['gua'], ['*ian'])
    """
    syllable = _canonical(syllable)
    for glide, vowel in _GLIDES:
        if syllable.startswith(glide):
            syllable = vowel + syllable.removeprefix(glide)
            break
    final = syllable.lstrip(_CONSONANTS)
    initial = syllable.removesuffix(final)
    stop = dict(_STOPS).get(initial, initial)
    return frozenset({stop + final, f"{initial}*{_VOWELS.get(final, final)}"})


def _rhyme(syllable: str) -> str:
    """
    Return a syllable without its first consonants.

    >>> _rhyme("xian"), _rhyme("shi"), _rhyme("an")
    ('ian', 'i', 'an')
    """
    return syllable.lstrip("bpmfdtnlgkhjqxzcsryw")


class Sounds:
    """The readings of characters, without tones: {"zhong": "中种重…"}."""

    def __init__(
        self,
        syllables: Mapping[str, Iterable[str]],
        usual: Mapping[str, Iterable[str]] = MappingProxyType({}),
    ) -> None:
        """Keep the characters of each syllable, and those that usually have it."""
        self._syllables = syllables
        self._usual = usual
        self._blurred = lru_cache(_CHARACTERS)(self._canonical_readings)

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        """
        Return for each character the one that stands for how it usually sounds.

        Sounds that are often confused are one: 中 and 宗 have the same.
        """
        return {
            character: self._standing[_canonical(syllable)]
            for syllable, characters in self._usual.items()
            for character in characters
        }

    @cached_property
    def _standing(self) -> Mapping[str, str]:
        """Return a character of each sound."""
        return {_canonical(name): min(these) for name, these in self._syllables.items()}

    def heard(self, text: str) -> Iterator[str]:
        """Yield a text spelt by its sounds: as usual, then with another reading of a character."""
        usual = [self.spellings.get(character, character) for character in text]
        yield "".join(usual)
        for place, character in enumerate(text):
            readings = {self._standing[_canonical(reading)] for reading in self._of(character)}
            for other in sorted(readings - {usual[place]}):
                yield "".join([*usual[:place], other, *usual[place + 1 :]])

    @cached_property
    def _characters(self) -> Mapping[str, frozenset[str]]:
        return {syllable: frozenset(characters) for syllable, characters in self._syllables.items()}

    @cached_property
    def _readings(self) -> Mapping[str, frozenset[str]]:
        """Return syllables by character; those of one syllable share theirs."""
        readings: dict[str, frozenset[str]] = {}
        for syllable, characters in self._syllables.items():
            alone = frozenset({syllable})
            own = dict.fromkeys(characters, alone)
            for character in own.keys() & readings.keys():
                own[character] = readings[character] | alone
            readings |= own
        return readings

    def same(self, one: str, other: str) -> bool:
        """Tell whether two characters share a reading."""
        return not self._of(one).isdisjoint(self._of(other))

    def near(self, one: str, other: str) -> bool:
        """Tell whether two characters share a reading once often confused sounds are one."""
        return not self._blurred(one).isdisjoint(self._blurred(other))

    def akin(self, one: str, other: str) -> bool:
        """Tell whether two characters have readings that differ in one sound like another."""
        first = {loose for syllable in self._of(one) for loose in _loosely(syllable)}
        return any(not first.isdisjoint(_loosely(syllable)) for syllable in self._of(other))

    def rhyme(self, one: str, other: str) -> bool:
        """Tell whether two characters have readings that differ in their first sound only."""
        first = {_rhyme(syllable) for syllable in self._of(one)}
        return not first.isdisjoint({_rhyme(syllable) for syllable in self._of(other)})

    def alike(self, character: str) -> frozenset[str]:
        """Return every character that shares a reading with this one."""
        return frozenset().union(*(self._characters[reading] for reading in self._of(character)))

    def near_to(self, character: str) -> frozenset[str]:
        """Return every character whose reading is often confused with one of this one's."""
        near = self._blurred(character)
        return frozenset().union(
            *(found for syllable, found in self._characters.items() if _canonical(syllable) in near)
        )

    def _canonical_readings(self, character: str) -> frozenset[str]:
        return frozenset(_canonical(syllable) for syllable in self._of(character))

    def _of(self, character: str) -> frozenset[str]:
        return self._readings.get(character, frozenset())
