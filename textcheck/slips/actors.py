"""
Who acts in a text under a name that no table has, although one like it is known.

Where a clause begins with two to four characters and goes on with what leaders do, 李某强调, these
are somebody's name: an ordinary person is introduced first, by a title or where he is from.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from textcheck.document import Span
from textcheck.knowledge.protect import ACTS
from textcheck.slips.near_names import NearNames
from textcheck.text.joined import Joined
from textcheck.text.points import Points, points_of

__all__ = ["RANKS_END", "ActorFinder", "acts_at"]

_BITS = 16
_MIX = np.uint32(0x9E3779B1)
# What leaders do, by its first two characters.
_MORE_ACTS = (
    "回顾", "深入", "还介", "还就", "还同", "还与", "还对", "还会", "还听", "还参", "还考", "还看",
    "还出", "还在", "等陪", "等出", "等参", "等在", "等同", "等一", "等会", "等领", "在认", "在致",
    "在调", "在考", "在北", "在参", "亲切", "详细", "察看", "阐述", "检阅", "应询", "应约", "接见",
    "称赞", "叮嘱", "询问", "宣读", "视察", "重申", "复信", "出访", "总结",
)  # fmt: skip
_OTHER_ACTS = frozenset(
    {"当地", "谈治", "今天", "在京", "日在", "分别", "等来", "通过", "关于", "代表", "当选"}
)
_COMRADE = "同志"
_PAIRS = frozenset(act[:2] for act in (*ACTS, *_MORE_ACTS)) - _OTHER_ACTS
_PARTICLES = "在同对向与就还"
_OPENS = "\n\u3000。，；：“！？请由"
RANKS_END = tuple("长记席任理")
"""What ranks end in: 市长, 书记, 主席, 主任, 总理."""
_BEHIND_RANKED = "、，的作"  # 部长某某、局长某某, 部长某某的专访, 秘书长某某作的报告
_TOLD_BY = _PARTICLES + _BEHIND_RANKED
_BEFORE_COMRADES = f"{_OPENS}了发和与对向为"
_SHORTEST, _LONGEST = 2, 4
_BASIC = 0x10000


def _table(characters: Sequence[str]) -> NDArray[np.bool_]:
    table = np.zeros(_BASIC, dtype=np.bool_)
    table[[ord(character) for character in characters]] = True
    return table


def _mixed(first: Points, second: Points) -> Points:
    mixed: Points = ((first * np.uint32(31) + second) * _MIX) >> np.uint32(32 - _BITS)
    return mixed


class ActorFinder:
    """Looks for names in action through several texts at once."""

    def __init__(self, names: NearNames) -> None:
        """Keep the names."""
        self.names = names
        first, second = (points_of("".join(act[at] for act in _PAIRS)) for at in (0, 1))
        self._acts = np.zeros(1 << _BITS, dtype=np.bool_)
        self._acts[_mixed(first, second)] = True
        self._particles = _table(_PARTICLES)
        self._opens, self._before_comrades = _table(_OPENS), _table(_BEFORE_COMRADES)
        self._ranks_end, self._behind_ranked = _table(RANKS_END), _table(_BEHIND_RANKED)
        self._of_names = _table(sorted(names.characters))

    def actors_in(self, joined: Joined) -> list[list[Span]]:
        """Return by text the places of writings near a name that act at the start of a clause."""
        found: list[list[Span]] = [[] for _ in joined.starts]
        points = np.minimum(points_of(joined.text), np.uint32(_BASIC - 1))
        here, next_one = points[:-1], points[1:]
        acts = self._acts[_mixed(here, next_one)] | self._particles[here]
        comrades = (here == ord(_COMRADE[0])) & (next_one == ord(_COMRADE[1]))
        for opens, ends, particles in (
            (self._opens, np.flatnonzero(acts), _PARTICLES),
            (self._before_comrades & ~self._opens, np.flatnonzero(comrades), ""),
            (self._ranks_end, np.flatnonzero(acts | self._behind_ranked[here]), _TOLD_BY),
        ):
            for start, end in self._places(points, opens, ends):
                # Hashes may clash, and writings come again and again: the dear question is last.
                told = acts_at(joined.text, end) or joined.text[end] in particles
                if told and self.names.near(joined.text[start:end]):
                    number = joined.number(start)
                    first = joined.starts[number]
                    found[number].append(Span(start - first, end - first))
        return found

    def _places(
        self, points: Points, opens: NDArray[np.bool_], acts: NDArray[np.intp]
    ) -> Iterator[tuple[int, int]]:
        """Yield what stands before these places, behind what a clause begins with, like a name."""
        for length in range(_SHORTEST, _LONGEST + 1):
            ends = acts[acts > length]
            ends = ends[opens[points[ends - length - 1]]]
            share = np.zeros(len(ends), dtype=np.int8)
            for at in range(1, length + 1):
                share += self._of_names[points[ends - at]]
            for end in ends[share >= length - 1].tolist():
                yield end - length, end


def acts_at(text: str, place: int) -> bool:
    """Tell whether a word of what leaders do stands at a place."""
    return text[place : place + 2] in _PAIRS
