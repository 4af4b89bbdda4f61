"""Which part of a protected form a near miss damages, and where that stands in the text."""

from collections.abc import Collection

from textcheck.document import Span
from textcheck.knowledge.entry import EntryKind
from textcheck.knowledge.protect import Part, Protected
from textcheck.matching.keys import Edit
from textcheck.matching.misses import NearMiss

__all__ = ["beside_name", "between_name_and_rank", "damaged_part", "is_doubled", "place_of"]

_NAME_LENGTHS = (3, 2)


def place_of(miss: NearMiss, part: Part) -> Span:
    """Return where a damaged part of a form stands in the text."""
    longer = {Edit.EXTRA: 1, Edit.MISSING: -1}.get(miss.edit, 0)
    start = miss.span.start + part.start
    return Span(start, start + part.end - part.start + longer)


def beside_name(text: str, place: Span, people: Collection[str]) -> bool:
    """Tell whether one of some people's names stands before or behind a place, at most a 、 off."""
    end = place.end + (text[place.end] == "、")
    start = place.start - (text[place.start - 1] == "、")
    return any(
        text[end : end + length] in people or text[max(0, start - length) : start] in people
        for length in _NAME_LENGTHS
    )


def is_doubled(text: str, miss: NearMiss, form: str) -> bool:
    """Tell whether what is extra is the same as one of its neighbours in the form."""
    if miss.edit is not Edit.EXTRA:
        return False
    return text[miss.span.start + miss.site] in form[max(0, miss.site - 1) : miss.site + 1]


def damaged_part(text: str, miss: NearMiss, protected: Protected) -> Part | None:
    """
    Return the part of a form that a near miss damages, None where it is only the context.

    Swapped over the border of two parts, the whole form is damaged.
    """
    if miss.edit is Edit.EXTRA:
        return _part_with_extra(text, miss, protected)
    part = protected.part_at(miss.site)
    if miss.edit is Edit.SWAPPED and part is not None and miss.site + 1 >= part.end:
        return Part(0, len(protected.form), protected.parts[-1].entry)
    return part


def _part_with_extra(text: str, miss: NearMiss, protected: Protected) -> Part | None:
    """Return the part that holds what is extra: between two parts only what stands twice is."""
    form, site = protected.form, miss.site
    extra = text[miss.span.start + site]
    if site < len(form) and extra == form[site]:
        return protected.part_at(site)
    if site > 0 and extra == form[site - 1]:
        return protected.part_at(site - 1)
    if between_name_and_rank(site, protected):
        return Part(0, len(form), protected.parts[-1].entry)
    return next((part for part in protected.parts if part.start < site < part.end), None)


def between_name_and_rank(site: int, protected: Protected) -> bool:
    """Tell whether a place in a form divides the name of a leader from the rank behind it."""
    first, *others = protected.parts
    behind = others and others[0].start == first.end == site
    return bool(behind) and first.entry.kind is EntryKind.PERSON and not protected.common
