"""Find every exact form in a text at once (Aho–Corasick)."""

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, Implementation

__all__ = ["ExactIndex"]


class ExactIndex:
    """A set of forms, ready to be looked for; a form is known by its number in the sequence."""

    def __init__(self, forms: Sequence[str]) -> None:
        """Build the automaton."""
        # The default is chosen for memory while building; this one scans in half the time.
        kind = Implementation.ContiguousNFA
        self._automaton = AhoCorasick(forms, implementation=kind) if forms else None

    def matches(self, folded: str) -> list[tuple[int, int, int]]:
        """Return (form, start, end) of every form in a folded text, overlapping ones too."""
        if self._automaton is None:
            return []
        found: list[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(
            folded, overlapping=True
        )
        return found
