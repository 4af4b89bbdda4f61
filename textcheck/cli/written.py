"""Files that a command writes where its user says."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import click

from textcheck.errors import ConfigError

__all__ = ["replace_files", "write_file", "write_files"]

_READABLE = 0o644


def write_file(path: Path, data: bytes, *, over: bool = True) -> None:
    """
    Write a file into a folder that is there, in one step: nobody ever sees half of it.

    Raises ConfigError where that fails, or where there is one that is not to be written `over`.
    """
    if not over and path.exists():
        raise ConfigError(f"{path} 已存在，没有覆盖")
    try:
        replace_files({path: data})
    except OSError as error:
        raise ConfigError(f"无法写入 {path}（{error.strerror}）") from error


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, which is made where there is none, and name each on stderr."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"无法写入 {folder}（{error.strerror}）") from error
    for name, data in files.items():
        write_file(folder / name, data)
        click.echo(f"已写入 {folder / name}", err=True)


def replace_files(files: Mapping[Path, bytes]) -> None:
    """
    Replace files, each at once and none before all are on the disk; OSError where that fails.

    What is no file but a device or a pipe is written to.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        for path, data in files.items():
            if path.exists() and not path.is_file():
                path.write_bytes(data)
            else:
                ready.append((_staged(path.resolve(), data), path.resolve()))
        for new, path in ready:
            new.replace(path)
    finally:
        for new, _ in ready:
            new.unlink(missing_ok=True)


def _staged(path: Path, data: bytes) -> Path:
    """Return a new file beside another, with what that is to hold, and its permissions."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            shutil.copymode(path, new)
        else:
            new.chmod(_READABLE)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise
    return new
