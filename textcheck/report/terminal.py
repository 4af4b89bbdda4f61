"""Findings as lines that people read in a terminal."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from textcheck.document import Document, Span
from textcheck.finding import Finding, Severity
from textcheck.report.place import Place
from textcheck.text.sentences import sentence_around

__all__ = ["Tally", "excerpt", "finding_line", "model_told", "shown"]

_NO_MODEL = "未启用模型"

_AROUND = 18
_BLANKS = re.compile(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = {"Cc", "Cf", "Cs"}  # control, format (zero width, direction), half a surrogate pair


def model_told(digest: str) -> str:
    """Say which model took part, or that none did."""
    return f"模型 {digest[:12]}" if digest else _NO_MODEL


def shown(text: str) -> str:
    r"""
    Make what a terminal would act upon, or hide, readable.

    >>> shown("甲\x1b[31m\u200b乙\n")
    '甲⟨U+001B⟩[31m⟨U+200B⟩乙 '
    """
    return "".join(
        f"⟨U+{ord(character):04X}⟩" if unicodedata.category(character) in _UNSEEN else character
        for character in _BLANKS.sub(" ", text)
    )


def excerpt(text: str, span: Span) -> str:
    """Return the hit in 【】 with up to 18 characters of its sentence on either side."""
    sentence = sentence_around(text, span)
    start = max(sentence.start, span.start - _AROUND)
    end = min(max(sentence.end, span.end), span.end + _AROUND)
    before = (
        text[start : span.start] if start > sentence.start else text[start : span.start].lstrip()
    )
    after = text[span.end : end] if end < sentence.end else text[span.end : end].rstrip()
    return "".join(
        (
            "…" if start > sentence.start else "",
            shown(before),
            f"【{shown(span.of(text))}】",
            shown(after),
            "…" if end < sentence.end else "",
        )
    )


def finding_line(
    name: str,
    place: Place,
    finding: Finding,
    document: Document,
    paint: Callable[[str, Severity], str] = lambda text, _: text,
) -> str:
    """
    Return one line that needs no column to line up.

    Example: 稿件.txt:3:14  严重  NAM101  …【错字】…  →正字；原因；依据：…
    """
    offers = [shown(offer) or "（删去）" for offer in finding.suggestions]
    last = [f"→{' / '.join(offers)}"] if offers else []
    last += [shown(finding.message), f"依据：{shown(finding.basis)}"]
    return "  ".join(
        (
            f"{shown(name)}:{place}",
            paint(finding.severity.label, finding.severity),
            finding.rule.code,
            excerpt(document.text, finding.span),
            "；".join(last),
        )
    )


@dataclass(slots=True)
class Tally:
    """What a check came to."""

    files: int = 0
    characters: int = 0
    unread: int = 0
    partial: int = 0
    found: Counter[Severity] = field(default_factory=Counter)

    def add(self, document: Document, findings: Iterable[Finding]) -> None:
        """Count a document that was read; blanks are no characters to an editor."""
        self.files += 1
        self.characters += sum(map(len, document.text.split()))
        self.found.update(finding.severity for finding in findings)

    def summary(self, made_with: str, unit: str, least: Severity) -> str:
        """
        Return the last line of a check.

        `made_with` says which model and which lexicon; `unit` is what was counted, with its measure
        word; below `least` nothing was looked for.
        """
        counts = "、".join(
            f"{severity.label} {self.found[severity]} 处"
            for severity in sorted(Severity)[::-1]
            if severity >= least
        )
        partial = f"未读全 {self.partial} {unit[0]}；" if self.partial else ""
        return (
            f"检查 {self.files} {unit}、{self.characters} 字：{counts}；"
            f"未检查 {self.unread} {unit[0]}；{partial}{made_with}"
        )
