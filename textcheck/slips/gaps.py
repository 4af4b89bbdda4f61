"""What stands among the names of a list and is none of them: 王某、周x、高某."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from textcheck.document import Span

__all__ = ["gaps"]

_HAN = "[\u4e00-\u9fff]"
_BETWEEN = re.compile(f"(、?)({_HAN}{{1,4}})(、?)")
_FIRST = re.compile(f"(?:^|[。，：；\n]|还有|分别是)({_HAN}{{2,4}})、$")
_LAST = re.compile(
    f"、({_HAN}{{2,4}}?)(?=[。，；\n]|等|在主席台|出席|参加|陪同|和|及|先后|围绕|分别)"
)
_REACH = 8


def gaps(text: str, names: Sequence[Span]) -> Iterator[Span]:
    """Yield what stands between two names, and before the first or behind the last of several."""
    between = ["", *(_between(text, *pair) for pair in pairwise(names)), ""]
    for name, ahead, behind in zip(names, between, between[1:], strict=False):
        found = _BETWEEN.fullmatch(behind)
        if found is not None and found[1] == found[3]:
            yield _within(found, name.end)
        elif behind == "、" != ahead:
            low = max(0, name.start - _REACH)
            if first := _FIRST.search(text[low : name.start]):
                yield _within(first, low, 1)
        elif ahead == "、" and (last := _LAST.match(text[name.end : name.end + _REACH])):
            yield _within(last, name.end, 1)


def _between(text: str, one: Span, two: Span) -> str:
    """Return what stands between two names that are not far from each other, else ""."""
    return text[one.end : two.start] if two.start - one.end <= _REACH else ""


def _within(found: re.Match[str], low: int, group: int = 2) -> Span:
    return Span(low + found.start(group), low + found.end(group))
