"""Lay a text and a form side by side, and tell which slips make the one out of the other."""

from collections.abc import Callable
from dataclasses import dataclass

from textcheck.document import Span
from textcheck.matching.keys import Edit

__all__ = ["Alignment", "Step", "aligned"]

# Three slips cost more than any two.
_ALIKE, _MISSING, _EXTRA, _STRANGER = 1.0, 1.2, 1.3, 1.45
_EDGE = 1.4  # the first or last character missing: what stands there may be another word
_MOST = 2.95
_SHIFT = 2  # characters, so far the text may be ahead of the form or behind it
_SHIFTS = 2 * _SHIFT
_WIDTH = _SHIFTS + 1
_NOWHERE = 9.0

Alike = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """
    One of the slips: at a place of the text stands `wrong` instead of `right`.

    One of the two is "" where a character is missing or too many; both have two characters
    where these are swapped. `site` is the place in the form. `likely` marks what fingers do by
    themselves: a character like the right one, one twice, two swapped.
    """

    edit: Edit
    place: int
    site: int
    wrong: str
    right: str
    likely: bool = False

    @property
    def place_end(self) -> int:
        """Return the place in the text behind it."""
        return self.place + len(self.wrong)

    @property
    def end(self) -> int:
        """Return the place in the form behind it."""
        return self.site + len(self.right)


@dataclass(frozen=True, slots=True)
class Alignment:
    """The place of a damaged form, its slips in text order, and how unlikely they are."""

    span: Span
    steps: tuple[Step, ...]
    cost: float


def aligned(text: str, start: int, form: str, alike: Alike) -> Alignment | None:
    """
    Return where about a place a form stands with the likeliest slips, and which; at most two.

    `alike` tells whether one character may be taken for another.

    >>> found = aligned("在国院新闻办公一室", 1, "国务院新闻办公室", lambda *_: False)
    >>> [(step.edit.name, step.place, step.wrong, step.right) for step in found.steps]
    [('MISSING', 2, '', '务'), ('EXTRA', 7, '一', '')]
    """
    part = "\n" * (_SHIFT - start) + text[max(0, start - _SHIFT) : start + len(form) + _SHIFT]
    part += "\n" * (len(form) + _SHIFTS - len(part))
    grid = _Grid(part, form, alike)
    for _ in form:
        grid.go_on()
        if min(*grid.costs[-1], *grid.costs[-2]) > _MOST:  # over the one swapped ones leap
            return None
    least = min(grid.costs[-1])
    if least > _MOST:
        return None
    span, steps = grid.traced(start - _SHIFT, grid.costs[-1].index(least))
    return Alignment(span, steps, least)


class _Grid:
    """
    The least costs of the first characters of a form, a row for each number of them.

    Column by column the text ends two characters before these, one before, and so on to two behind.
    """

    def __init__(self, part: str, form: str, alike: Alike) -> None:
        self._part, self._form, self._alike = part, form, alike
        self.costs = [[0.0] * _WIDTH]  # the form may begin at any of the places
        self._edits: list[list[Edit | None]] = []

    def go_on(self) -> None:
        """Add a row for one more character of the form."""
        site, above = len(self._edits), self.costs[-1]
        missing = _MISSING if 0 < site < len(self._form) - 1 else _EDGE
        row, edits = [_NOWHERE] * _WIDTH, list[Edit | None]((Edit.MISSING,)) * _WIDTH
        for shift in range(_WIDTH):
            # Hardly any of the cells is cheap enough to be looked into.
            if above[shift] < _MOST:
                row[shift], edits[shift] = self._standing(site, shift)
            if shift < _SHIFTS and (cost := above[shift + 1] + missing) < row[shift]:
                row[shift], edits[shift] = cost, Edit.MISSING
            if shift and row[shift - 1] < _MOST:
                cost = row[shift - 1] + self._extra(site, shift)
                if cost < row[shift]:
                    row[shift], edits[shift] = cost, Edit.EXTRA
        self.costs.append(row)
        self._edits.append(edits)

    def _standing(self, site: int, shift: int) -> tuple[float, Edit | None]:
        """Return the cost where the text's character is that of the form, or stands for it."""
        wrong, right, so_far = self._part[site + shift], self._form[site], self.costs[-1][shift]
        if wrong == right:
            return so_far, None
        if site and wrong == self._form[site - 1] and right == self._part[site + shift - 1]:
            return self.costs[site - 1][shift] + _ALIKE, Edit.SWAPPED
        return so_far + (_ALIKE if self._alike(wrong, right) else _STRANGER), Edit.WRONG

    def _extra(self, site: int, shift: int) -> float:
        """Return the cost of the text's character if it is one too many."""
        extra = self._part[site + shift]
        if site == len(self._form) - 1 and extra != self._form[site]:
            return _NOWHERE
        return _ALIKE if _is_twice(extra, self._form, site + 1) else _EXTRA

    def traced(self, first: int, shift: int) -> tuple[Span, tuple[Step, ...]]:
        """Return the place and the slips, on the way back from the end of the form."""
        steps: list[Step] = []
        site = len(self._form)
        end = first + site + shift
        while site:
            edit, at = self._edits[site - 1][shift], site - 1 + shift
            if edit is not None:
                steps.append(self._step(edit, first, at, site))
            site -= {Edit.SWAPPED: 2, Edit.EXTRA: 0}.get(edit, 1) if edit else 1
            shift += {Edit.MISSING: 1, Edit.EXTRA: -1}.get(edit, 0) if edit else 0
        return Span(first + shift, end), tuple(steps[::-1])

    def _step(self, edit: Edit, first: int, at: int, site: int) -> Step:
        right, wrong = self._form[site - 1], self._part[at]
        if edit is Edit.MISSING:
            return Step(edit, first + at + 1, site - 1, "", right)
        if edit is Edit.EXTRA:
            twice = _is_twice(wrong, self._form, site)
            return Step(edit, first + at, site, wrong, "", likely=twice)
        if edit is Edit.SWAPPED:
            pair = self._part[at - 1 : at + 1]
            return Step(edit, first + at - 1, site - 2, pair, pair[::-1], likely=True)
        return Step(edit, first + at, site - 1, wrong, right, likely=self._alike(wrong, right))


def _is_twice(extra: str, form: str, site: int) -> bool:
    """Tell whether what stands before a place of the form is the same as one of its neighbours."""
    return extra in form[site - 1 : site + 1]
