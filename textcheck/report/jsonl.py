"""Findings as JSON: the records and lines that other programs read."""

import json
import re

from textcheck.document import Document
from textcheck.finding import Finding
from textcheck.report.place import Place

__all__ = ["Record", "dump_line", "finding_record", "place_record"]

Record = dict[str, object]

# Half a surrogate pair has no UTF-8, and some readers take the others for the end of a line.
_UNSAFE = re.compile("[\ud800-\udfff\u0085\u2028\u2029]")


def dump_line(record: Record) -> str:
    """Return record as one line of JSON without its line end; Chinese stays readable."""
    line = json.dumps(record, ensure_ascii=False, allow_nan=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", line)


def finding_record(finding: Finding, document: Document) -> Record:
    """
    Return a finding with offsets in code points of the text, half-open.

    Each suggestion replaces text[start:end], "" deletes it. The keys are a contract.
    """
    return {
        "code": finding.rule.code,
        "severity": finding.severity.name.lower(),
        "confidence": round(finding.confidence, 3),
        "start": finding.span.start,
        "end": finding.span.end,
        "quote": finding.span.of(document.text),
        "suggestions": list(finding.suggestions),
        "message": finding.message,
        "basis": finding.basis,
        "fingerprint": finding.fingerprint(document),
    }


def place_record(place: Place) -> Record:
    """Return where a finding stands in its file: line and column, or paragraph and character."""
    row, column = ("line", "column") if place.by_line else ("paragraph", "character")
    return {row: place.row, column: place.column, "utf16_offset": place.utf16}
