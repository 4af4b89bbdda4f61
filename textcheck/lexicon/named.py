"""A slip in a clause that lies in the name of a body or a meeting there is one in that name."""

from collections.abc import Mapping
from dataclasses import replace

from textcheck.document import Span
from textcheck.lexicon.entry import Entry, EntryKind
from textcheck.lexicon.slips import Slip

__all__ = ["in_name"]

_SHORTEST = 3
_BEYOND_DOUBT = 0.9  # of a clause that is as sure no other words can be meant


def in_name(slip: Slip, text: str, names: Mapping[str, Entry]) -> Slip:
    """
    Return a slip of a clause as one of the longest name that holds all of the damage.

    国家为能源局 is told by 记者从……了解到 around it; 商务最新数据显示 lacks the end of a name.
    """
    if slip.entry.kind is not EntryKind.CLAUSE:
        return slip
    wrong, right = slip.span.of(text), slip.right
    first, last = _damage(wrong, right)
    places = (
        (start, end)
        for start in range(min(first, len(right) - _SHORTEST) + 1)
        for end in range(len(right), max(last, start + _SHORTEST) - 1, -1)
        if right[start:end] in names
    )
    for start, end in sorted(places, key=lambda place: place[0] - place[1]):
        # What is put in between the name and its neighbour is no part of it unless it is double.
        if first < last or start < first < end or (first == end and wrong[end] == right[end - 1]):
            return replace(
                slip,
                entry=names[right[start:end]],
                span=Span(slip.span.start + start, slip.span.end - (len(right) - end)),
                right=right[start:end],
                acting=slip.confidence >= _BEYOND_DOUBT,
            )
    return slip


def _damage(wrong: str, right: str) -> tuple[int, int]:
    """
    Return where the right writing begins and ends to differ from the wrong one.

    >>> _damage("商务数据", "商务部数据"), _damage("商务部部数据", "商务部数据")
    ((2, 3), (3, 3))
    """
    shorter = min(len(wrong), len(right))
    first = next((at for at in range(shorter) if wrong[at] != right[at]), shorter)
    most = shorter - first
    same = next((at for at in range(most) if wrong[-1 - at] != right[-1 - at]), most)
    return first, len(right) - same
