"""
The arrays of a lexicon, kept between runs.

A file is named by all that it was made from: the content of the tables, the program that makes the
arrays, the major version of NumPy. What changes gets another name, so nothing is ever out of date.
"""

import hashlib
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from textcheck import __version__
from textcheck.lexicon.arrays import Arrays, read_arrays, write_arrays

__all__ = ["find_arrays", "keep_arrays", "key_of"]

_MOST = 8  # files that are kept: of each lexicon in use one, and a few from before an update
_ENDING = ".lexicon"
# The packages that decide how arrays are made and what they mean.
_MAKERS = ("lexicon", "text")


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


def find_arrays(folders: Iterable[Path], key: str) -> Arrays | None:
    """Return the arrays that one of the folders has under a key; one of somebody else's is none."""
    for folder in folders:
        path = folder / f"{key}{_ENDING}"
        if _ours(path) and (arrays := read_arrays(path, key)) is not None:
            return arrays
    return None


def keep_arrays(folders: Sequence[Path], key: str, arrays: Arrays) -> Path | None:
    """
    Write the arrays into the first folder that can be written; return where, None for nowhere.

    They are there for the next run; this one has them anyway, so nothing here is an error.
    """
    for folder in folders:
        path = folder / f"{key}{_ENDING}"
        with suppress(OSError):
            write_arrays(path, key, arrays)
            _forget_oldest(folder)
            return path
    return None


def _ours(path: Path) -> bool:
    """Tell whether a file is the user's own, or came with the installation as this one did."""
    try:
        owner = path.stat().st_uid
        trusted = {0, Path(__file__).stat().st_uid}
    except OSError:
        return False
    return not hasattr(os, "geteuid") or owner in trusted | {os.geteuid()}


def _forget_oldest(folder: Path) -> None:
    files = sorted(folder.glob(f"*{_ENDING}"), key=lambda path: path.stat().st_mtime)
    for path in files[:-_MOST]:
        path.unlink(missing_ok=True)
