"""Texts one edit away from a form: one by one, or all of a text as arrays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from textcheck.document import Span
from textcheck.matching.keys import Edit
from textcheck.matching.match import Hits
from textcheck.text.points import Points

__all__ = ["Damage", "Misses", "NearMiss", "doubled_at_edges", "with_edges"]

Places = NDArray[np.int64]

_EDITS = tuple(Edit)  # by their numbers


class Damage(Protocol):
    """Where a form is damaged, and how."""

    @property
    def span(self) -> Span:
        """Return the whole damaged form in the text."""
        ...

    @property
    def edit(self) -> Edit:
        """Return what kind of slip it is."""
        ...

    @property
    def site(self) -> int:
        """Return the index in the form."""
        ...


@dataclass(frozen=True, slots=True)
class NearMiss:
    """
    A text one edit away from form number `form`.

    `span` is the whole damaged form in the text; `site` is the index in the form of the wrong,
    missing or first swapped character, or of the one behind the extra character.
    """

    form: int
    span: Span
    edit: Edit
    site: int


@dataclass(frozen=True, slots=True)
class Misses:
    """Near misses as arrays: of each the form, start and end, the number of the edit, the site."""

    forms: NDArray[np.int32]
    starts: Places
    ends: Places
    edits: NDArray[np.int8]
    sites: Places

    @classmethod
    def of(cls, misses: Sequence[NearMiss]) -> "Misses":
        """Return near misses as arrays."""
        return cls.at([miss.form for miss in misses], misses)

    @classmethod
    def at(cls, forms: Sequence[int], damages: Sequence[Damage]) -> "Misses":
        """Return the forms of these numbers, each damaged so, as arrays."""
        return cls(
            np.array(forms, dtype=np.int32),
            np.array([one.span.start for one in damages], dtype=np.int64),
            np.array([one.span.end for one in damages], dtype=np.int64),
            np.array([one.edit.value for one in damages], dtype=np.int8),
            np.array([one.site for one in damages], dtype=np.int64),
        )

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.forms)

    def __iter__(self) -> Iterator[NearMiss]:
        """Yield one after the other."""
        columns = (self.forms, self.starts, self.ends, self.edits, self.sites)
        for form, start, end, edit, site in zip(*(c.tolist() for c in columns), strict=True):
            yield NearMiss(form, Span(start, end), _EDITS[edit], site)

    def __add__(self, other: "Misses") -> "Misses":
        """Return these, then others."""
        return Misses(
            np.concatenate([self.forms, other.forms]),
            np.concatenate([self.starts, other.starts]),
            np.concatenate([self.ends, other.ends]),
            np.concatenate([self.edits, other.edits]),
            np.concatenate([self.sites, other.sites]),
        )

    def chosen(self, which: NDArray[np.bool_] | Places) -> "Misses":
        """Return some of them."""
        return Misses(
            self.forms[which],
            self.starts[which],
            self.ends[which],
            self.edits[which],
            self.sites[which],
        )


def doubled_at_edges(points: Points, hits: Hits) -> Misses:
    """
    Return the near misses of forms that stand whole, the first or last character twice.

    The text has a character before and behind each of the hits.
    """
    ahead = hits.chosen(points[hits.starts - 1] == points[hits.starts])
    behind = hits.chosen(points[hits.ends - 1] == points[hits.ends])
    extra = np.full(len(ahead.forms) + len(behind.forms), Edit.EXTRA.value, dtype=np.int8)
    return Misses(
        np.concatenate([ahead.forms, behind.forms]),
        np.concatenate([ahead.starts - 1, behind.starts]),
        np.concatenate([ahead.ends, behind.ends + 1]),
        extra,
        np.concatenate([np.zeros_like(ahead.starts), behind.ends - behind.starts]),
    )


def with_edges(misses: Misses, lengths: NDArray[np.int64]) -> Misses:
    """
    Return the near misses, and where the first or last character is another, it missing, too.

    `lengths` are those of the forms by their numbers.
    """
    wrong = misses.edits == Edit.WRONG.value
    first = misses.sites == 0
    last = ~first & (misses.sites == lengths[misses.forms] - 1)
    at_edge = np.flatnonzero(wrong & (first | last))
    edges = misses.chosen(at_edge)
    return misses + Misses(
        edges.forms,
        edges.starts + first[at_edge],
        edges.ends - last[at_edge],
        np.full(len(at_edge), Edit.MISSING.value, dtype=np.int8),
        edges.sites,
    )
