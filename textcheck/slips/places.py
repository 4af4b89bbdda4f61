"""
Tell slips in the short names of regions from words and places that look like one.

What is weighed is how much better the text reads put right, what kind of slip it would be, and
whether a region is expected there: behind what the region lies in, before 人民政府 or a part of it,
at the beginning of a phrase. A logistic regression, fitted by scripts/fit_places.py.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from math import prod

import numpy as np

from textcheck.document import Span
from textcheck.knowledge.toponyms import SHORTEST
from textcheck.matching.keys import Edit
from textcheck.matching.misses import Misses
from textcheck.matching.strings import Strings, packed
from textcheck.slips.case import NUMERALS
from textcheck.slips.damaged import DamagedNames
from textcheck.slips.gain import gains
from textcheck.slips.placecase import PlaceCase
from textcheck.slips.placescale import PlaceScale
from textcheck.slips.slips import Slip
from textcheck.slips.unseen import Unseen
from textcheck.text.joined import Joined
from textcheck.text.language import LanguageModel
from textcheck.text.ngrams import Ngrams
from textcheck.text.points import points_of
from textcheck.text.replaced import gains_by_replacing
from textcheck.text.shape import Shapes
from textcheck.text.sound import Sounds

__all__ = ["PlaceFinder"]

_Place = tuple[Span, Edit]

_LEAST_GAIN, _LEAST_OF_TWO = 2.0, -4.0  # of two characters counts say little: 上海市 holds 海市
_MOST_NAMES = 12  # that one place is weighed for
_LEAST = 0.05
# Gains by five characters in a row that no place of 1.6 million characters of news and reports that
# are not counted reaches, but for one abroad: there the most are 5, 9 and 17.
_MISSING, _ALIKE, _STRANGE = 9.0, 11.0, 18.5
_TOLD_BY_FIVE = 0.55


def _least_of(case: PlaceCase) -> float:
    """Return what a text must gain by five characters in a row that a slip is sure."""
    if case.near.edit is Edit.MISSING:
        return _MISSING
    return _STRANGE if case.stranger else _ALIKE


class PlaceFinder:
    """Damaged names of regions and how sure they are, over one set of tables."""

    def __init__(
        self,
        damaged: DamagedNames,
        alike: tuple[Sounds, Shapes],
        counts: tuple[Ngrams, LanguageModel],
        weights: Mapping[str, float],
    ) -> None:
        """Keep what finds them and the tables; `weights` has one for each feature."""
        self._damaged, self._toponyms = damaged, damaged.toponyms
        self._sounds, self._shapes = alike
        self._ngrams, self._language = counts
        self._scale = PlaceScale(weights)

    @cached_property
    def _forms(self) -> Strings:
        return Strings(packed(self._toponyms.names))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self._toponyms.names)}

    def slips_in(self, joined: Joined, unseen: Unseen) -> list[list[Slip]]:
        """Return the damaged names in several texts, the surest at each place."""
        found: list[list[Slip]] = [[] for _ in joined.starts]
        taken: list[Span] = []
        for confidence, case in sorted(self._weighed(joined.text, unseen), key=lambda one: -one[0]):
            span = case.near.span
            if confidence < _LEAST or any(span.overlaps(other) for other in taken):
                continue
            taken.append(span)
            number = joined.number(span.start)
            start = span.start - joined.starts[number]
            here = Span(start, start + span.end - span.start)
            entry = case.region.entry
            found[number].append(Slip(entry, here, case.name, case.near.edit, confidence))
        return found

    def _weighed(self, text: str, unseen: Unseen) -> Iterator[tuple[float, PlaceCase]]:
        """
        Yield what stands at each place and how sure it is that this is a slip in some name.

        州市 is 杭州市 or 福州市 or ten others: which, is less sure than that it is one of them.
        With a character unlike any it may be a place that no table has.
        """
        places: dict[_Place, list[tuple[float, PlaceCase]]] = {}
        cases = list(self.cases(text, unseen))
        sures = self._by_five(text, cases, self._scale.confidences(cases))
        for case, sure in zip(cases, sures, strict=True):
            places.setdefault((case.near.span, case.near.edit), []).append((sure, case))
        for readings in places.values():
            best = max(readings, key=lambda one: (one[0], one[1].gain.total))
            others = (sure for sure, case in readings if case is not best[1] and not case.stranger)
            yield 1 - (1 - best[0]) * prod(1 - sure for sure in others), best[1]

    def _by_five(
        self, text: str, cases: Sequence[PlaceCase], sures: Sequence[float]
    ) -> Iterator[float]:
        """Yield how sure each is, those that five characters in a row tell as sure as need be."""
        told = dict[int, float]()
        for edit in (Edit.WRONG, Edit.MISSING):
            chosen = [at for at, case in enumerate(cases) if case.near.edit is edit]
            sites = [cases[at].near.span.start + cases[at].near.site for at in chosen]
            given = [cases[at].right for at in chosen]
            gained, _ = gains_by_replacing(
                self._language,
                text,
                np.array(sites, dtype=np.int64),
                given,
                taken=int(edit is Edit.WRONG),
            )
            told.update(zip(chosen, gained.tolist(), strict=True))
        for at, (case, sure) in enumerate(zip(cases, sures, strict=True)):
            surely = at in told and told[at] >= _least_of(case) and not case.abroad
            # 四大|名砚 holds no 大名.
            surely = surely and text[case.near.span.start - 1] not in NUMERALS
            yield max(sure, _TOLD_BY_FIVE) if surely else sure

    def cases(self, text: str, unseen: Unseen) -> Iterator[PlaceCase]:
        """Yield what is weighed in a folded text that has a line feed at both ends."""
        points = points_of(text)
        near = self._damaged.near(text, points, unseen)
        if not near:
            return
        misses = Misses.at([self._numbers[one.name] for one in near], near)
        gained = gains(points, misses, self._forms, self._ngrams)
        left = misses.ends - misses.starts
        worth = gained.totals > np.where(left >= SHORTEST, _LEAST_GAIN, _LEAST_OF_TWO)
        order = np.argsort(-gained.totals)
        names: Counter[_Place] = Counter()
        for at in order[worth[order]].tolist():
            one = near[at]
            names[one.span, one.edit] += 1
            if names[one.span, one.edit] <= _MOST_NAMES:
                region, gain = self._toponyms.names[one.name], gained.at(at)
                yield PlaceCase(text, one, region, gain, self._toponyms, self._sounds, self._shapes)
