"""Find every exact form in a text at once (Aho–Corasick)."""

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick

__all__ = ["ExactIndex"]


class ExactIndex:
    """A set of forms, ready to be looked for; a form is known by its number in the sequence."""

    def __init__(self, forms: Sequence[str]) -> None:
        """Build the automaton."""
        self._automaton = AhoCorasick(forms) if forms else None

    def matches(self, folded: str) -> list[tuple[int, int, int]]:
        """Return (form, start, end) of every form in a folded text, overlapping ones too."""
        if self._automaton is None:
            return []
        found: list[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(
            folded, overlapping=True
        )
        return found
