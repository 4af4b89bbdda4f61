"""
Arrays kept together in one file, used as they lie in it.

The file is mapped, so that programs that run at the same time share it. It says what it was made
from and how long it is; one that is cut short, damaged or made from something else is not there.
"""

import json
import os
import tempfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Arrays", "group", "grouped", "read_arrays", "write_arrays"]

Arrays = Mapping[str, NDArray[Any]]

_MAGIC = b"textcheck arrays 1\n"
_CHECKED = len(_MAGIC) + 9  # from here on all is covered by the sum that stands before
_ALIGNED = 64  # bytes; arrays begin at such a boundary
_LONGEST_HEAD = 1 << 16


def group(arrays: Arrays, name: str) -> Arrays:
    """Return the arrays of one index, by their own names."""
    head = f"{name}."
    return {key.removeprefix(head): one for key, one in arrays.items() if key.startswith(head)}


def grouped(groups: Mapping[str, Arrays]) -> Arrays:
    """Return the arrays of several indexes together."""
    return {f"{name}.{key}": one for name, own in groups.items() for key, one in own.items()}


def write_arrays(path: Path, key: str, arrays: Arrays) -> None:
    """
    Write the arrays in one step: nobody ever sees half a file, whoever else writes it.

    Raises OSError where the folder cannot be made or written.
    """
    parts, places, size = [], [], 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array).tobytes()
        data += b"\0" * (-len(data) % _ALIGNED)
        places.append([name, array.dtype.str, list(array.shape), size])
        parts.append(data)
        size += len(data)
    head = json.dumps({"key": key, "size": size, "arrays": places}).encode()
    # The head ends where the arrays begin.
    head += b" " * (-(_CHECKED + len(head) + 1) % _ALIGNED) + b"\n"
    rest = b"".join([head, *parts])
    lead = _MAGIC + b"%08x\n" % zlib.crc32(rest)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(lead + rest)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def read_arrays(path: Path, key: str) -> Arrays | None:
    """Return the arrays of a file, None where there is none that was made from `key`."""
    try:
        mapped = np.asarray(np.memmap(path, dtype=np.uint8, mode="r"))
        return _arrays(mapped, key)
    except (OSError, ValueError, KeyError, TypeError):
        return None  # not there, not readable, or not what was written: it is made anew


def _arrays(mapped: NDArray[np.uint8], key: str) -> Arrays | None:
    lead, rest = bytes(mapped[:_CHECKED]), mapped[_CHECKED:]
    if lead != _MAGIC + b"%08x\n" % zlib.crc32(rest.data):
        return None
    head, _, _ = bytes(rest[:_LONGEST_HEAD]).partition(b"\n")
    told, payload = json.loads(head), rest[len(head) + 1 :]
    if told["key"] != key or told["size"] != len(payload):
        return None
    return {
        name: payload[at:].view(kind)[: int(np.prod(shape))].reshape(shape)
        for name, kind, shape, at in told["arrays"]
    }
