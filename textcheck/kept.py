"""
What is worked out once and kept between runs, as arrays in a file each.

A file is named by a key of all that it was made from, so nothing is ever out of date. It is used
only where it is the user's own or came with the installation; without it the same is made anew.
"""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from textcheck.arrays import Arrays, read_arrays, write_arrays

__all__ = ["find_arrays", "keep_arrays"]

# Files of a kind that are kept: those of each version in use, and a few from before an update.
_MOST = 8


def find_arrays(folders: Iterable[Path], key: str, kind: str) -> Arrays | None:
    """Return the arrays that one of the folders has under a key; one of somebody else's is none."""
    for folder in folders:
        path = folder / f"{key}.{kind}"
        if _ours(path) and (arrays := read_arrays(path, key)) is not None:
            return arrays
    return None


def keep_arrays(folders: Sequence[Path], key: str, kind: str, arrays: Arrays) -> Path | None:
    """
    Write the arrays into the first folder that can be written; return where, None for nowhere.

    They are there for the next run; this one has them anyway, so nothing here is an error.
    """
    for folder in folders:
        path = folder / f"{key}.{kind}"
        with suppress(OSError):
            write_arrays(path, key, arrays)
            _forget_oldest(folder, kind)
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


def _forget_oldest(folder: Path, kind: str) -> None:
    files = sorted(folder.glob(f"*.{kind}"), key=lambda path: path.stat().st_mtime)
    for path in files[:-_MOST]:
        path.unlink(missing_ok=True)
