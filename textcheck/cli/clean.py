"""Text without errors, for the gate of the lexicons: the project's own, and files of an office."""

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import zstandard

from textcheck.cli.inputs import open_files
from textcheck.data import data_dir
from textcheck.document import BlockKind, Document, join_blocks
from textcheck.errors import ConfigError, ReadError

__all__ = ["clean_texts", "own_clean_texts"]

_PUBLISHED = "published_on: "
_LINES = (".jsonl", ".jsonl.zst")


def own_clean_texts() -> Iterator[tuple[str, Document]]:
    """Yield the clean texts that come with the program, none where they were not installed."""
    try:
        folder = data_dir("corpus") / "clean"
    except ConfigError:
        return
    for path in sorted(folder.glob("*.txt")):
        head, _, text = path.read_text(encoding="utf-8").partition("\n")
        day = date.fromisoformat(head.removeprefix(_PUBLISHED))
        yield path.name, Document(text.lstrip("\n"), published_on=day)


def clean_texts(path: Path, today: date) -> Iterator[tuple[str, Document]]:
    """
    Yield the texts of a file: of JSON lines with text, title and date, or one of any other kind.

    A text is judged as of its date, of a month or a year as of the last day, else as of today.
    """
    if path.name.endswith(_LINES):
        yield from _records(path, today)
        return
    for opened in open_files([str(path)]):
        if opened.document is None or opened.reason:
            raise ReadError(f"{opened.name}：{opened.reason}")
        day = opened.document.published_on or today
        yield opened.name, Document(opened.document.text, published_on=day)


def _records(path: Path, today: date) -> Iterator[tuple[str, Document]]:
    try:
        with path.open("rb") as file:
            stream = zstandard.ZstdDecompressor().stream_reader(file)
            lines = io.TextIOWrapper(stream if path.suffix == ".zst" else file, encoding="utf-8")
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _record(line, f"{path.name} 第{number}行", today)
    except (OSError, UnicodeDecodeError, zstandard.ZstdError) as error:
        raise ReadError(f"无法读取 {path}：{error}") from error


def _record(line: str, where: str, today: date) -> tuple[str, Document]:
    try:
        record = json.loads(line)
        title, body = record.get("title") or "", record["text"]
        text, blocks = join_blocks([(BlockKind.TITLE, title), (BlockKind.BODY, body)])
        day = _day(record.get("published_on") or record.get("date") or "") or today
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadError(f"{where}：应为有 text 的 JSON 对象，日期写作 2026-05-01") from error
    return where, Document(text, blocks, published_on=day)


def _day(written: str) -> date | None:
    """Return the last day that a date may mean: 2026, 2026-02, 2026-02-03."""
    if not written:
        return None
    year, month, day = (*map(int, written.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day)
    following = date(year + (month in {0, 12}), 1 if month in {0, 12} else month + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
