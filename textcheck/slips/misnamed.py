"""
Names of bodies whose words were taken for others, or put into another order: 国家疾病控制预防局.

Counts of characters say nothing of them, for every piece reads well: who writes such a name has
misremembered it. From each name those are made that come of one such error; of 130 million
characters of clean text, foreign news among them, hardly a place has one.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from textcheck.arrays import Arrays
from textcheck.finding import Severity
from textcheck.knowledge.entry import Entry, EntryKind
from textcheck.matching.strings import packed
from textcheck.text.words import dictionary_words

__all__ = ["MISNAMED", "Misnamed", "Misnaming", "misnamings"]

MISNAMED = "misnamed"
"""The owner of the wrong names."""

_SHORTEST = 5
# Of whom a body is: it stays in its place.
_OF = (
    "中华人民共和国", "中国共产党", "中共中央", "全国人大常委会", "全国人大", "全国政协", "国务院",
    "中央", "国家", "全国", "中国", "最高",
)  # fmt: skip
_ENDS = ("委员会", "办公室", "办公厅", "总局", "总署", "局", "署", "部", "院", "会", "厅")
_OTHER_END = {
    "局": "总局",
    "总局": "局",
    "署": "总署",
    "总署": "署",
    "办公室": "办公厅",
    "办公厅": "办公室",
}
_AND, _ANDS = "和", frozenset("和与及")
# A town's body is called 市住房城乡建设局 as well, and 省委和组织部 are two.
_MINISTRY = "部"
_OF_A_PLACE = frozenset("省市县区州旗")
# Where a word lacks what is left may name a body of another country, but not with these before it.
_OURS = frozenset({"国家", "国务院"})


@dataclass(frozen=True, slots=True)
class Misnaming:
    """One wrong name: the body it is meant for, what is wrong with it, how grave that is."""

    body: Entry
    what: str
    level: Severity


_WHAT = ("词序颠倒", "多了“和”", "有词重复", "末尾有误", "“和”有误", "缺词")
_TURNED, _JOINED, _TWICE, _ENDED, _LOOSE, _CUT = range(len(_WHAT))
_OF_THE_CENTRE = frozenset({_JOINED, _LOOSE})
# Beside 和 others write 与, or leave it out, without meaning anything; 国家粮食局 was a body.
_LIGHT = frozenset({_LOOSE, _CUT})


class Misnamed:
    """The wrong names by their numbers."""

    def __init__(self, arrays: Arrays, entries: Sequence[Entry]) -> None:
        """Keep the arrays that `misnamings` made of the entries."""
        self._bodies, self._what = arrays["body"], arrays["what"]
        self._entries = entries

    def __getitem__(self, number: int) -> Misnaming:
        """Return one."""
        body, what = self._entries[int(self._bodies[number])], int(self._what[number])
        level = min(body.level, Severity.ORDINARY) if what in _LIGHT else body.level
        return Misnaming(body, _WHAT[what], level)


def misnamings(entries: Sequence[Entry], right: Collection[str]) -> tuple[list[str], Arrays]:
    """Return the wrong names of the bodies among entries, and the arrays of `Misnamed`."""
    found: dict[str, tuple[int, int]] = {}
    for number, entry in enumerate(entries):
        if entry.kind is EntryKind.BODY and len(entry.form) >= _SHORTEST:
            for what, wrong in _made_of(entry.form):
                if wrong not in right:
                    found.setdefault(wrong, (number, what))
    return list(found), {
        **packed(found),
        "body": np.array([body for body, _ in found.values()], dtype=np.int32),
        "what": np.array([what for _, what in found.values()], dtype=np.int8),
    }


def _made_of(name: str) -> Iterator[tuple[int, str]]:
    """Yield what may become of a name, the graver first."""
    end = next((end for end in _ENDS if name.endswith(end)), "")
    if not end:
        return
    of = next((of for of in _OF if name.startswith(of) and len(name) > len(of) + len(end)), "")
    middle = name[len(of) : len(name) - len(end)]
    words = [middle[word.start : word.stop] for word in dictionary_words(middle)]
    for what, made in _reworded(words):
        if what not in _OF_THE_CENTRE or of or (end == _MINISTRY and name[0] not in _OF_A_PLACE):
            yield what, of + made + end
    if of and end in _OTHER_END:
        yield _ENDED, of + middle + _OTHER_END[end]
    if of in _OURS:
        for made in _cut(words):
            yield _CUT, of + made + end


def _reworded(words: list[str]) -> Iterator[tuple[int, str]]:
    told = [at for at, word in enumerate(words) if len(word) > 1]
    for one, other in pairwise(told):
        turned = list(words)
        turned[one], turned[other] = words[other], words[one]
        yield _TURNED, "".join(turned)
        for again, lost in ((one, other), (other, one)):
            yield _TWICE, "".join(words[again if at == lost else at] for at in range(len(words)))
        if other == one + 1:
            yield _JOINED, "".join((*words[:other], _AND, *words[other:]))
    if _ANDS & set(words):
        for instead in ("", *sorted(_ANDS)):
            yield _LOOSE, "".join(instead if word in _ANDS else word for word in words)


def _cut(words: list[str]) -> Iterator[str]:
    """Yield the words with one left out, and again without the 和 that stood beside it."""
    for lost, word in enumerate(words):
        left = [*words[:lost], *words[lost + 1 :]]
        if len(word) == 1 or all(len(one) == 1 for one in left):
            continue
        if left[0] not in _ANDS and left[-1] not in _ANDS:
            yield "".join(left)
        for joined in {lost - 1, lost} & {at for at, one in enumerate(left) if one in _ANDS}:
            yield "".join((*left[:joined], *left[joined + 1 :]))
