"""Where two texts differ, line by line, and within the lines that were changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

__all__ = ["Kind", "Part", "differences"]

# Characters are compared in time that grows with both lengths: longer changes are shown whole.
_LONGEST = 1_000


class Kind(StrEnum):
    """What became of a part."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text, and whether the one, the other, or both have it."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> list[Part]:
    """
    Return the parts of two texts in order.

    >>> [(part.kind.value, part.text) for part in differences("甲乙丙", "甲丁丙")]
    [('same', '甲'), ('gone', '乙'), ('new', '丁'), ('same', '丙')]
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    parts: list[Part] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            parts.append(Part(Kind.SAME, "".join(old[i1:i2])))
        else:
            parts += _within("".join(old[i1:i2]), "".join(new[j1:j2]))
    return parts


def _within(old: str, new: str) -> Iterator[Part]:
    if max(len(old), len(new)) > _LONGEST:
        yield from _whole(old, new)
        return
    matcher: SequenceMatcher[str] = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield Part(Kind.SAME, old[i1:i2])
        else:
            yield from _whole(old[i1:i2], new[j1:j2])


def _whole(old: Sequence[str], new: Sequence[str]) -> Iterator[Part]:
    if old:
        yield Part(Kind.GONE, "".join(old))
    if new:
        yield Part(Kind.NEW, "".join(new))
