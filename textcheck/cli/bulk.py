"""Many texts at once: a JSON line in, a JSON line out."""

import codecs
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import click

from textcheck.cli.day import parse_day
from textcheck.cli.inputs import open_bytes
from textcheck.cli.job import Job, say
from textcheck.document import Document
from textcheck.errors import CheckError, ReadError, TextcheckError
from textcheck.report.jsonl import dump_line, finding_record
from textcheck.report.terminal import Tally

__all__ = ["Request", "answer_lines", "requests"]

_KEYS = ("id", "text", "published_on")
_SHOWN = 20  # lines that are told one by one; of those behind only the numbers
_RUNS = 30

_Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class Request:
    """
    One line: a text to check under its id, or without a document the reason why not.

    `unknown` are keys that no line before had and that mean nothing here.
    """

    number: int
    id: str = ""
    document: Document | None = None
    reason: str = ""
    unknown: tuple[str, ...] = ()


def answer_lines(path: str, job: Job) -> int:
    """
    Answer each line of a file or of standard input as it comes; return the exit status.

    The keys of an answer are a contract. A bad line gets no answer but an error on stderr.
    """
    tally, refused, unknown = (
        Tally(),
        _Told("错误", "行未检查"),
        _Told("提示", "个不认识的键，已忽略"),
    )
    try:
        stream = open_bytes(path)
    except ReadError as error:
        raise ReadError(f"{path}：{error}") from error
    with stream as lines:
        for request in requests(lines, job.day):
            for key in request.unknown:
                unknown.tell(request.number, f"不认识的键 {key}，已忽略")
            if request.document is None:
                tally.unread += 1
                refused.tell(request.number, request.reason)
                continue
            (outcome,) = job.outcomes([request.document])
            if isinstance(outcome, CheckError):
                tally.unread += 1
                refused.tell(request.number, str(outcome))
                continue
            tally.add(request.document, outcome)
            records = [finding_record(finding, request.document) for finding in outcome]
            click.echo(dump_line({"id": request.id, "status": "checked", "findings": records}))
    for told in (unknown, refused):
        told.end()
    say(tally.summary(job.made_with, "条", job.min_level))
    return job.status(tally)


class _Told:
    """What is said of lines: of the first ones all, of thousands that follow their numbers."""

    def __init__(self, kind: str, what: str) -> None:
        """Take what kind of message it is, and what is said of all together."""
        self._kind, self._what = kind, what
        self._count = 0
        self._runs: list[tuple[int, int]] = []

    def tell(self, number: int, reason: str) -> None:
        """Say why, or keep the number for the end."""
        self._count += 1
        if self._count <= _SHOWN:
            say(f"{self._kind}：第 {number} 行：{reason}")
        elif self._runs and self._runs[-1][1] >= number - 1:
            self._runs[-1] = self._runs[-1][0], number
        elif len(self._runs) <= _RUNS:  # one more than is shown, so that it is known of
            self._runs.append((number, number))

    def end(self) -> None:
        """Say which lines were not told one by one."""
        if self._runs:
            runs = [str(low) if low == high else f"{low}—{high}" for low, high in self._runs]
            more = "等" if len(runs) > _RUNS else ""
            rest = self._count - _SHOWN
            say(f"{self._kind}：另有 {rest} {self._what}：第 {'、'.join(runs[:_RUNS])} 行{more}")


def requests(lines: Iterable[bytes], default_day: date) -> Iterator[Request]:
    """
    Yield a request for each line that is not blank, as it comes.

    Nothing but the ids is kept, so a stream may be of any length.
    """
    ids: set[str] = set()
    known = set(_KEYS)
    for number, line in enumerate(lines, start=1):
        raw = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        if not raw.strip():
            continue
        unknown: tuple[str, ...] = ()
        try:
            record = _record(raw)
            unknown = tuple(key for key in record if key not in known)
            known.update(unknown)
            name = _id(record, ids)
            document = Document(_text(record), published_on=_day(record) or default_day)
        except TextcheckError as error:
            yield Request(number, reason=str(error), unknown=unknown)
        else:
            yield Request(number, name, document, unknown=unknown)


def _record(raw: bytes) -> _Record:
    try:
        record = json.loads(raw.decode(), object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise ReadError(f"不是 UTF-8 文本（第 {error.start + 1} 个字节）") from error
    except json.JSONDecodeError as error:
        raise ReadError(f"不是完整的 JSON（第 {error.pos + 1} 个字符）") from error
    except (ValueError, RecursionError) as error:
        raise ReadError("JSON 中的数字过长或嵌套过深") from error
    if not isinstance(record, dict):
        raise ReadError("应为一个 JSON 对象")
    return record


def _once(pairs: list[tuple[str, object]]) -> _Record:
    record = dict(pairs)
    if len(record) < len(pairs):
        raise ReadError("同一个键出现了两次")
    return record


def _id(record: _Record, seen: set[str]) -> str:
    name = record.get("id")
    if not isinstance(name, str):
        raise ReadError("缺少 id，或 id 不是字符串")
    if name in seen:
        raise ReadError(f"id 重复：{name}")
    seen.add(name)
    return name


def _text(record: _Record) -> str:
    text = record.get("text")
    if not isinstance(text, str):
        raise ReadError("缺少 text，或 text 不是字符串")
    return text


def _day(record: _Record) -> date | None:
    day = record.get("published_on")
    if day is None:
        return None
    if not isinstance(day, str):
        raise ReadError("published_on 应为 2026-05-01 这样的字符串")
    return parse_day(day)
