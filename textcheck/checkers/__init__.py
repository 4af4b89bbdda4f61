"""One family of rules a module; none knows another."""

from textcheck.checkers.base import Checker
from textcheck.lexicon.load import Lexicon

__all__ = ["build_checkers"]


def build_checkers(lexicon: Lexicon) -> tuple[Checker, ...]:
    """Return one of each checker, in the order they run."""
    del lexicon
    return ()
