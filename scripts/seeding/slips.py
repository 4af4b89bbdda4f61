"""
Slips of the pen, the keyboard and the input method, one kind at a time.

`sound`, `near` and `shape` put a confusable character, `word` another word of the same sound,
`split` a mark or a line break inside; `two` makes two slips in a long form.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pypinyin
import rjieba

__all__ = ["KINDS", "Confusions", "Slips", "homophones", "read_confusions"]

HAN = re.compile(r"[\u4e00-\u9fff]+")
KINDS = (
    "sound", "near", "shape", "missing", "extra", "doubled", "swapped", "two", "split", "word",
)  # fmt: skip
_SINGLE = ("sound", "near", "shape", "missing", "extra", "doubled", "swapped")
_LONG = 8  # two slips in a shorter form leave too little of it
_COMMON = 8  # of the confusable characters, which stand in the order of likeness
_INSERTED = "一人大国中会新发为行"
_MARKS = ("，", "、", "。", "\n")


@dataclass(frozen=True, slots=True)
class Confusions:
    """Characters that sound or look like a character."""

    sound: Mapping[str, str]
    near: Mapping[str, str]
    shape: Mapping[str, str]


def read_confusions(folder: Path) -> Confusions:
    """Return confusable characters; each line of the files holds a character and its like."""

    def table(name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            characters = "".join(HAN.findall(line))
            if characters and line.startswith(characters[0]):
                found[characters[0]] = "".join(dict.fromkeys(characters[1:]))
        return found

    return Confusions(
        table("plome_same_pinyin.txt"),
        table("plome_simi_pinyin.txt"),
        table("plome_same_stroke.txt"),
    )


def homophones(texts: Iterable[str], least: int = 3) -> dict[str, tuple[str, ...]]:
    """Return for each word of the texts the other words of the same sound, commonest first."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word for word in rjieba.cut(text) if len(word) in {2, 3})
    by_sound: dict[str, list[str]] = {}
    for word, count in counts.most_common():
        if count >= least and HAN.fullmatch(word):
            by_sound.setdefault(" ".join(pypinyin.lazy_pinyin(word)), []).append(word)
    return {
        word: tuple(other for other in words if other != word)
        for words in by_sound.values()
        for word in words
        if len(words) > 1
    }


class Slips:
    """Makes slips; every choice comes from one random generator."""

    def __init__(
        self, confusions: Confusions, words: Mapping[str, tuple[str, ...]], rng: random.Random
    ) -> None:
        """Take what is confusable with what."""
        self._confusions = confusions
        self._words = words
        self._rng = rng

    def slip(self, form: str, kind: str) -> str | None:
        """Return form with one slip of a kind, None where the kind does not apply."""
        if kind == "word":
            return self._other_word(form)
        if kind == "two":
            return self._two(form)
        places = [place for place, character in enumerate(form) if HAN.fullmatch(character)]
        self._rng.shuffle(places)
        for place in places:
            if (made := self._at(form, place, kind)) is not None and made != form:
                return made
        return None

    def _at(self, form: str, place: int, kind: str) -> str | None:
        character, left, right = form[place], form[:place], form[place + 1 :]
        if kind in {"sound", "near", "shape"}:
            table: Mapping[str, str] = getattr(self._confusions, kind)
            others = [other for other in table.get(character, "") if other != character]
            return left + self._rng.choice(others[:_COMMON]) + right if others else None
        if kind == "missing":
            return left + right if len(form) > 2 else None
        if kind == "doubled":
            return left + character * 2 + right
        if kind in {"extra", "split"}:
            put = self._rng.choice(_INSERTED if kind == "extra" else _MARKS)
            return left + put + character + right if place else None
        if right and HAN.match(right):
            return left + right[0] + character + right[1:]
        return None

    def _two(self, form: str) -> str | None:
        if len(form) < _LONG:
            return None
        middle = len(form) // 2
        first = self.slip(form[:middle], self._rng.choice(_SINGLE))
        second = self.slip(form[middle:], self._rng.choice(_SINGLE))
        return first + second if first and second else None

    def _other_word(self, form: str) -> str | None:
        places = []
        start = 0
        for word in rjieba.cut(form):
            if word in self._words:
                places.append((start, word))
            start += len(word)
        if not places:
            return None
        start, word = self._rng.choice(places)
        other = self._rng.choice(self._words[word][:3])
        return form[:start] + other + form[start + len(word) :]
