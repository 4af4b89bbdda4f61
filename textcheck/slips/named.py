"""
What a slip is a slip of where one name or phrase lies in another.

One in a clause that lies in the name of a body or a meeting is one in that name; one in the name of
a people that lies in the name of a region counts only if it puts that right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textcheck.document import Span
from textcheck.knowledge.entry import Entry, EntryKind
from textcheck.slips.slips import Slip

__all__ = ["explained", "in_name"]

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


def explained(slips: Sequence[Slip], text: str) -> list[Slip]:
    """
    Leave out slips in names of peoples that do not put right the region's name around them.

    恩施土家苗族自治州 lacks 族 behind 土家, and has no 苗 too many.
    """
    regions = [slip for slip in slips if slip.entry.kind is EntryKind.REGION]
    if not regions:
        return list(slips)
    return [
        slip
        for slip in slips
        if slip.entry.kind is not EntryKind.PEOPLE
        or all(_agree(slip, region, text) for region in regions if slip.span.overlaps(region.span))
    ]


def _agree(slip: Slip, around: Slip, text: str) -> bool:
    ahead = text[around.span.start : slip.span.start]
    return ahead + slip.right + text[slip.span.end : around.span.end] == around.right


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
