"""Files checked, their findings listed in one of three forms."""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import tee

import click

from textcheck import __version__
from textcheck.cli.inputs import Opened
from textcheck.cli.job import Job, say
from textcheck.document import Document
from textcheck.errors import CheckError
from textcheck.finding import Finding, Severity
from textcheck.report.jsonl import Record, dump_line, finding_record, place_record
from textcheck.report.place import Places
from textcheck.report.terminal import Tally, finding_line

__all__ = ["list_findings"]

_COLOURS = {Severity.SERIOUS: "red", Severity.ORDINARY: "yellow", Severity.HINT: "cyan"}


def list_findings(inputs: Iterable[Opened], job: Job, form: str) -> int:
    """Check each input, write its findings as text, json or jsonl; return the exit status."""
    tally = Tally()
    files: list[Record] = []
    for opened, findings in _checked(inputs, job):
        checked = opened.document
        if checked is None:
            tally.unread += 1
            say(f"未检查  {opened.name}：{opened.reason}")
        else:
            tally.add(checked, findings)
            if opened.reason:
                tally.partial += 1
                say(f"未读全  {opened.name}：{opened.reason}")
            if not checked.text.strip():
                say(f"空文件  {opened.name}")
        if form == "json":
            files.append(_file_record(opened, checked, findings))
        elif checked is not None:
            _write(opened, checked, findings, form)
    if form == "json":
        click.echo(dump_line(_report(files, job)))
    say(tally.summary(job.made_with, "个文件", job.min_level))
    return job.status(tally)


def _checked(inputs: Iterable[Opened], job: Job) -> Iterator[tuple[Opened, list[Finding]]]:
    """Yield each input with its findings; short files are read some ahead and checked together."""
    dated = (
        opened
        if opened.document is None
        else replace(opened, document=_dated(opened.document, job))
        for opened in inputs
    )
    every, ahead = tee(dated)
    documents = (opened.document for opened in ahead if opened.document is not None)
    outcomes = job.outcomes(documents)
    for opened in every:
        outcome = [] if opened.document is None else next(outcomes)
        if isinstance(outcome, CheckError):
            yield replace(opened, document=None, reason=str(outcome)), []
        else:
            yield opened, outcome


def _dated(document: Document, job: Job) -> Document:
    """Date a document: the command line knows best, then a web page itself, then it is today."""
    return replace(document, published_on=job.published or document.published_on or job.day)


def _write(opened: Opened, document: Document, findings: list[Finding], form: str) -> None:
    if form == "jsonl":
        for record in _records(opened, document, findings):
            click.echo(dump_line({"path": opened.name} | record))
        return
    places = Places(document, by_line=opened.by_line)
    colour = _colour()
    for finding in findings:
        place = places.of(finding.span.start)
        line = finding_line(opened.name, place, finding, document, _paint)
        click.echo(line, color=colour)


def _file_record(opened: Opened, document: Document | None, findings: list[Finding]) -> Record:
    record: Record = {"path": opened.name, "status": "unread"}
    if opened.reason:
        record["reason"] = opened.reason
    if document is not None and document.published_on is not None:
        record["status"] = "partial" if opened.reason else "checked"
        record["published_on"] = document.published_on.isoformat()
    return record | {"findings": _records(opened, document, findings)}


def _records(opened: Opened, document: Document | None, findings: list[Finding]) -> list[Record]:
    if document is None:
        return []
    places = Places(document, by_line=opened.by_line)
    return [
        place_record(places.of(finding.span.start)) | finding_record(finding, document)
        for finding in findings
    ]


def _report(files: list[Record], job: Job) -> Record:
    lexicon = job.tools.lexicon
    return {
        "version": __version__,
        "published_on": job.day.isoformat(),
        "lexicon": {"digest": lexicon.digest, "day": lexicon.day.isoformat()},
        "model": job.tools.model or None,
        "files": files,
    }


def _paint(text: str, severity: Severity) -> str:
    return click.style(text, fg=_COLOURS[severity], bold=severity is Severity.SERIOUS)


def _colour() -> bool:
    """Follow NO_COLOR and FORCE_COLOR, else colour what goes to a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty()
