"""Files that a command writes where its user says."""

from collections.abc import Mapping
from pathlib import Path

import click

from textcheck.errors import ConfigError

__all__ = ["write_file", "write_files"]


def write_file(path: Path, data: bytes) -> None:
    """Write a file into a folder that is there; raise ConfigError where that fails."""
    try:
        path.write_bytes(data)
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
