"""
A backup: one file with the store, the settings, the register and what else is named.

It is a zip archive: `manifest.json` says what is in it, with the digest of each member;
`store.jsonl.zst` holds the rows of all tables, as they were at one moment, and `files/…` the files.
"""

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BufferedReader
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, Any

import zstandard

from textcheck import __version__
from textcheck.config import Config, load_config
from textcheck.errors import ConfigError, StoreError
from textcheck.store.connect import Connection, Store
from textcheck.store.dump import dump, fill, sums
from textcheck.store.replace import replace_store
from textcheck.store.schema import newest_revision

__all__ = [
    "Backup",
    "differing",
    "make_backup",
    "open_backup",
    "restore_files",
    "restore_store",
    "settings_in",
]

_MANIFEST, _ROWS, _FILES = "manifest.json", "store.jsonl.zst", "files/"
_FORMAT = 1
_BLOCK = 1 << 20
# A damaged archive, or one that is none, shows itself as any of these.
# RuntimeError: of flags that ask for a password or for a way of packing that was never used.
_BROKEN = (
    zipfile.BadZipFile, zstandard.ZstdError, zlib.error, ValueError, KeyError, TypeError, EOFError,
    RuntimeError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Backup:
    """What the manifest of a backup says; `tables` has the sum of each table's rows."""

    path: Path
    made_at: str
    code: str
    revision: str
    tables: Mapping[str, Mapping[str, Any]]
    files: tuple[str, ...] = field(default=())

    @property
    def rows(self) -> int:
        """Return how many rows there are in all."""
        return sum(int(one["rows"]) for one in self.tables.values())


def make_backup(store: Store, files: Mapping[str, Path], target: Path, made_at: datetime) -> Backup:
    """
    Write a backup in one step, readable by its owner only, and read it again.

    `files` are named as they lie in the backup. A scan may go on meanwhile: what it commits
    after the first row was read is not in it.
    """
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out, zipfile.ZipFile(out, "w") as archive:
            _write(archive, store, files, made_at)
        made = open_backup(fresh)
        fresh.replace(target)
    except OSError as error:
        raise ConfigError(f"无法写出备份 {target}（{error.strerror or error}）") from error
    finally:
        with suppress(OSError):
            fresh.unlink()
    return replace(made, path=target)


def open_backup(path: Path) -> Backup:
    """Return what a backup holds after reading all of it; raise ConfigError where it is broken."""
    try:
        with zipfile.ZipFile(path) as archive:
            told = json.loads(archive.read(_MANIFEST))
            if told["format"] != _FORMAT:
                raise ConfigError(f"备份 {path} 由更新版本的程序制作，请升级 textcheck")
            members = {info.filename for info in archive.infolist()} - {_MANIFEST}
            broken = [name for name in told["members"] if not _is_whole(archive, told, name)]
            broken += sorted(members - told["members"].keys())
            if not broken and _sums(archive) != told["tables"]:
                broken.append(_ROWS)
    except FileNotFoundError as error:
        raise ConfigError(f"找不到备份 {path}") from error
    except OSError as error:
        raise ConfigError(f"备份 {path} 无法读取（{error.strerror}）") from error
    except _BROKEN as error:
        raise ConfigError(f"{path} 不是完好的备份（{error}）") from error
    if broken:
        raise ConfigError(f"备份 {path} 已损坏，与摘要不符：{'、'.join(broken)}")
    files = tuple(sorted(name.removeprefix(_FILES) for name in members - {_ROWS}))
    return Backup(path, told["made_at"], told["code"], told["revision"], told["tables"], files)


def restore_store(backup: Backup, url: str, *, aside: str, overwrite: bool) -> str:
    """Put the rows into a store; return what an old one is called now, as replace_store does."""

    def put(connection: Connection) -> None:
        with zipfile.ZipFile(backup.path) as archive, _rows(archive) as lines:
            fill(connection, lines)

    return replace_store(url, backup.revision, put, aside=aside, overwrite=overwrite)


def differing(store: Store, backup: Backup) -> list[str]:
    """Return the tables of a store that are not as they are in a backup of the same schema."""
    if backup.revision != newest_revision():
        return []
    with store.snapshot() as connection:
        found = sums(dump(connection))
    return [name for name, told in backup.tables.items() if found.get(name) != told]


def settings_in(backup: Backup, name: str) -> Config:
    """Return the settings that a backup holds, the defaults where it holds none."""
    if name not in backup.files:
        return Config()
    with zipfile.ZipFile(backup.path) as archive, TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(archive.read(_FILES + name))
        return load_config(path)


def restore_files(
    backup: Backup, folder: Path, *, aside: str, overwrite: bool, dry_run: bool = False
) -> list[Path]:
    """
    Write the files of a backup into a folder; return those that were not there as they are.

    Of a file that is other the old one is kept, renamed by `aside`; without `overwrite` it is an
    error, and nothing is written. With `dry_run` that is all that is looked at.
    """
    todo: dict[Path, bytes] = {}
    with zipfile.ZipFile(backup.path) as archive:
        for name in backup.files:
            path, body = folder / _inside(name), archive.read(_FILES + name)
            if not path.exists() or path.read_bytes() != body:
                todo[path] = body
    other = [path for path in todo if path.exists()]
    if other and not overwrite:
        raise ConfigError(f"文件 {other[0]} 已存在，与备份中的不同；确要换下，请加 --overwrite")
    if dry_run:
        return list(todo)
    try:
        for path, body in todo.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists():
                path.rename(path.with_name(f"{path.name}.{aside}"))
            path.write_bytes(body)
    except OSError as error:
        raise ConfigError(f"无法写入 {folder}（{error.strerror}）") from error
    return list(todo)


def _write(
    archive: zipfile.ZipFile, store: Store, files: Mapping[str, Path], made_at: datetime
) -> None:
    digests = {}
    with _member(archive, _ROWS) as member, store.snapshot() as connection:
        tables = sums(_packed(dump(connection), member))
        digests[_ROWS] = member.digest.hexdigest()
    for name, path in files.items():
        with _member(archive, _FILES + name) as member:
            member.write(path.read_bytes())
            digests[_FILES + name] = member.digest.hexdigest()
    told = {
        "format": _FORMAT,
        "made_at": made_at.isoformat(timespec="seconds"),
        "code": __version__,
        "revision": newest_revision(),
        "tables": tables,
        "members": digests,
    }
    archive.writestr(_MANIFEST, json.dumps(told, ensure_ascii=False, indent=2) + "\n")


def _packed(lines: Iterable[bytes], member: "_Member") -> Iterator[bytes]:
    """Yield the lines, each once it is written."""
    packer = zstandard.ZstdCompressor().compressobj()
    for line in lines:
        member.write(packer.compress(line))
        yield line
    member.write(packer.flush())


class _Member:
    """A member that is written, and its digest."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> None:
        """Write and count in."""
        self.digest.update(data)
        self._out.write(data)


@contextmanager
def _member(archive: zipfile.ZipFile, name: str) -> Iterator[_Member]:
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o600 << 16
    with archive.open(info, "w", force_zip64=True) as out:
        yield _Member(out)


def _is_whole(archive: zipfile.ZipFile, told: Mapping[str, Any], name: str) -> bool:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while block := member.read(_BLOCK):
            digest.update(block)
    return bool(digest.hexdigest() == told["members"][name])


def _sums(archive: zipfile.ZipFile) -> Mapping[str, Any]:
    with _rows(archive) as lines:
        return sums(lines)


@contextmanager
def _rows(archive: zipfile.ZipFile) -> Iterator[Iterator[bytes]]:
    """Give the lines of the store; a line may be longer than what is read at once."""
    with archive.open(_ROWS) as member:
        unpacked = zstandard.ZstdDecompressor().stream_reader(member, read_across_frames=True)
        with BufferedReader(unpacked, _BLOCK) as lines:
            yield iter(lines)


def _inside(name: str) -> PurePosixPath:
    """Return where in a folder a file belongs; a backup from elsewhere may try to get out."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise StoreError(f"备份中的文件名不对：{name}")
    return path
