"""What a later text says otherwise than an earlier one: sentence by sentence, and within them."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum

__all__ = ["Part", "differences"]

_SENTENCE = re.compile("[^。！？!?\n]*[。！？!?\n]+[”’」』）)]*|[^。！？!?\n]+")
# Characters are compared in time that grows with both lengths: longer changes are shown whole.
_LONGEST = 1_000
# Below it what is the same is chance: one sentence stands for another.
_ALIKE = 0.5


class Part(StrEnum):
    """Whether words stand in both texts, or only in one."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


def differences(before: str, after: str) -> list[tuple[Part, str]]:
    """
    Return the words of both texts in their order, with where they stand.

    >>> [(part.value, words) for part, words in differences("甲乙。丙。", "甲丁。丙。")]
    [('same', '甲'), ('gone', '乙'), ('new', '丁'), ('same', '。'), ('same', '丙。')]
    """
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    found: list[tuple[Part, str]] = []
    for tag, one, two, three, four in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            found.append((Part.SAME, "".join(new[three:four])))
        else:
            found += _within("".join(old[one:two]), "".join(new[three:four]))
    return found


def _within(old: str, new: str) -> Iterator[tuple[Part, str]]:
    if max(len(old), len(new)) > _LONGEST:
        yield from _whole(old, new)
        return
    matcher: SequenceMatcher[str] = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        yield from _whole(old, new)
        return
    for tag, one, two, three, four in matcher.get_opcodes():
        if tag == "equal":
            yield Part.SAME, new[three:four]
        else:
            yield from _whole(old[one:two], new[three:four])


def _whole(old: str, new: str) -> Iterator[tuple[Part, str]]:
    if old:
        yield Part.GONE, old
    if new:
        yield Part.NEW, new
