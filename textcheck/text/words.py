"""Cut text into words, with jieba's dictionary and algorithm."""

from bisect import bisect_right
from collections.abc import Collection, Iterator

from textcheck.document import Span
from textcheck.text.dictionary import dictionary

__all__ = ["dictionary_words", "made_up_of_others", "tagged_words", "word_at"]

_CONTEXT = 4


def dictionary_words(text: str, at: int = 0) -> list[range]:
    """
    Return the words of text in order, without gaps; what the dictionary lacks is single characters.

    Each is the range of its places, of a text that begins `at` a place; a Span for each would take
    twice as long as to cut.
    """
    ends = dictionary().ends(text, at)
    return [*map(range, [at, *ends], ends)]


def tagged_words(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the words of text in order, each with what kind of word jieba takes it for."""
    # It reads a dictionary of its own then, a tenth of a second that only doubtful names need.
    import rjieba  # noqa: PLC0415

    start = 0
    for word, tag in rjieba.tag(text):
        yield Span(start, start + len(word)), tag
        start += len(word)


def word_at(text: str, place: int) -> Span:
    """Return the one of the dictionary_words of text that holds a place."""
    ends = dictionary().ends(text)
    at = bisect_right(ends, place)
    if at == len(ends):
        raise IndexError(place)
    return Span(ends[at - 1] if at else 0, ends[at])


def made_up_of_others(text: str, start: int, end: int, parts: Collection[str] = ()) -> bool:
    """
    Tell whether a dictionary word crosses an edge of the place: 公布|署名 holds no 布署.

    A word that begins inside with one of `parts` is no other: 朝鲜劳动党 in 北朝鲜|劳动党.
    """
    low = max(0, start - _CONTEXT)
    return any(
        word.start < edge < word.stop
        and not (start < word.start and text[word.start : end] in parts)
        for word in dictionary_words(text[low : end + _CONTEXT], low)
        for edge in (start, end)
    )
