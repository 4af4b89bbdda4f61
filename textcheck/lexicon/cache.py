"""What the arrays of a lexicon are made from, for those kept between runs."""

import hashlib
import sys
from pathlib import Path

import numpy as np

from textcheck import __version__

__all__ = ["KEPT", "key_of"]

KEPT = "lexicon"
"""The ending of their files."""
# The packages that decide how arrays are made and what they mean.
_MAKERS = ("knowledge", "lexicon", "matching", "slips", "text")


def key_of(digest: str, *layers: str) -> str:
    """Name what the arrays of a lexicon with this digest are made from, layers of these names."""
    made = hashlib.sha256(digest.encode())
    for fact in (*layers, __version__, np.__version__.partition(".")[0], sys.byteorder):
        made.update(f"\0{fact}".encode())
    # Without sources beside it the program is an installed one: its version says enough.
    for package in _MAKERS:
        for path in sorted((Path(__file__).parents[1] / package).glob("*.py")):
            made.update(path.read_bytes())
    return made.hexdigest()
