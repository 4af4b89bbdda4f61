"""
Functions compiled from C, where the program was installed with a compiler.

Each C file lies beside the modules that it makes faster; without it they give the same. A function
whose arguments change gets another name, so that what was compiled before is not taken for it.
"""

import ctypes
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

__all__ = ["address", "load_library"]

FOLDER: Path | None = None
"""Where what was compiled lies, if not beside its source; in an empty one nothing does."""


def load_library(source: Path, function: str) -> ctypes.CDLL | None:
    """Return what was compiled from a file if it has a function, None where there is nothing."""
    try:
        compiled = ctypes.CDLL(str((FOLDER or source.parent) / f"{source.stem}.so"))
    except OSError:
        return None
    return compiled if hasattr(compiled, function) else None


def address(array: NDArray[Any]) -> int:
    """Return where the elements of an array without gaps lie; it must be kept as long as that."""
    if not array.flags.c_contiguous:
        raise ValueError("an array with gaps")
    return array.ctypes.data
