"""The files that a command line names."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import BinaryIO

from textcheck.document import Document
from textcheck.errors import ReadError
from textcheck.readers.files import FileKind, file_kind, read_file
from textcheck.readers.text import read_text

__all__ = ["STDIN", "Opened", "open_bytes", "open_files", "open_text", "read_bytes"]

STDIN = "-"
MAX_BYTES = 200_000_000
_NAMES = {STDIN: "标准输入"}


@dataclass(frozen=True, slots=True)
class Opened:
    """
    An input by the name users see.

    `reason` says why it was not read or, with a document, why not in full.
    """

    name: str
    document: Document | None
    by_line: bool = True
    reason: str = ""


def open_text(text: str) -> Opened:
    """Return a text given on the command line; bytes that were no UTF-8 are decoded again."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _open("", os.fsencode(text), "", "文本")
    return Opened("文本", read_text(text))


def open_files(
    paths: Sequence[str], *, exclude: Sequence[str] = (), encoding: str = ""
) -> Iterator[Opened]:
    """
    Yield every file that paths name, each once, folders walked in order of name.

    Hidden files and the lock files of Office (~$) in a folder are left out, nothing else is.
    """
    for path in dict.fromkeys(paths):
        if path != STDIN and _is_folder(path):
            yield from _open_folder(path, exclude, encoding)
        else:
            yield _open_path(path, encoding)


def open_bytes(path: str) -> AbstractContextManager[BinaryIO]:
    """Open a file or standard input; raise ReadError saying why not."""
    if path == STDIN:
        stream: BinaryIO | None = getattr(sys.stdin, "buffer", None)
        if stream is None:  # closed by whoever started us
            raise ReadError("没有标准输入")
        return nullcontext(stream)
    try:
        return Path(path).open("rb")
    except FileNotFoundError as error:
        raise ReadError("找不到文件") from error
    except PermissionError as error:
        raise ReadError("没有读取权限") from error
    except IsADirectoryError as error:
        raise ReadError("这是目录，不是文件") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise ReadError(f"无法读取（{error}）") from error


def read_bytes(path: str) -> bytes:
    """Return the content of a file or of standard input; raise ReadError saying why not."""
    try:
        with open_bytes(path) as stream:
            body = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ReadError(f"无法读取（{error.strerror}）") from error
    if len(body) > MAX_BYTES:
        raise ReadError(f"文件超过 {MAX_BYTES // 1_000_000} MB 的上限")
    return body


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except OSError:
        return False  # opening it will say why


def _open_folder(path: str, exclude: Sequence[str], encoding: str) -> Iterator[Opened]:
    empty = True
    for file, reason in _walk(Path(path), exclude):
        empty = False
        yield Opened(str(file), None, reason=reason) if reason else _open_path(str(file), encoding)
    if empty:
        yield Opened(path, None, reason="目录中没有可检查的文件")


def _walk(folder: Path, exclude: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """Yield each file below folder in order of name, with the reason if it must not be opened."""
    try:
        for child in sorted(folder.iterdir()):
            if _left_out(child, exclude):
                continue
            if child.is_dir():
                if child.is_symlink():
                    yield child, "是指向目录的链接，请直接检查它所指的目录"
                else:
                    yield from _walk(child, exclude)
            else:
                # A pipe that nobody writes to would hold up the walk for ever.
                yield child, "" if child.is_file() else "不是普通文件"
    except OSError as error:
        yield folder, f"无法列出目录（{error.strerror}）"


def _left_out(file: Path, exclude: Sequence[str]) -> bool:
    return file.name.startswith((".", "~$")) or any(
        fnmatch(file.name, pattern) or fnmatch(file.as_posix(), pattern) for pattern in exclude
    )


def _open_path(path: str, encoding: str) -> Opened:
    name = _NAMES.get(path, path)
    try:
        body = read_bytes(path)
    except ReadError as error:
        return Opened(name, None, reason=str(error))
    return _open(path, body, encoding, name)


def _open(path: str, body: bytes, encoding: str, name: str) -> Opened:
    try:
        document = read_file(path, body, encoding=encoding)
    except ReadError as error:
        return Opened(name, None, reason=str(error))
    kind = file_kind(path, body)
    # A page is read even where bytes of it are in no encoding; other texts are refused then.
    lost = document.text.count("\ufffd") if kind is FileKind.HTML else 0
    reason = f"有 {lost} 个字符无法解码" if lost else ""
    return Opened(name, document, by_line=kind.keeps_lines, reason=reason)
