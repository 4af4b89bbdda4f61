"""
How grave a sure finding is by its place: a step graver where everybody sees it.

Only what nobody has lowered is raised, only where its rule is sure, and to serious only what rests
on a row with a source: of ordinary flags in clean text one in ten stands in a title or a first
paragraph, and must not become an alarm.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from textcheck.document import BlockKind, Document, Span
from textcheck.finding import Finding, Severity

__all__ = ["escalated"]

# The confidence of findings by rows of tables; what rests on counts alone stays below.
_SURE = 0.95
_UNVERIFIED = "unverified"
# A clause or an idiom may be worded otherwise on purpose: 中国质造, 暴雪成灾. Raised, they were
# some 40 of 176 serious flags in 33 million characters of news, most of these false.
_CHOSEN = ("lexicons/clauses.tsv", "lexicons/idioms.tsv")
_ROW = "lexicons/"
_PLACES = {BlockKind.TITLE: "在标题中", BlockKind.CAPTION: "在图片说明中"}
_MANY = 2
# 省委书记张某强调，“……”: what an official is quoted with.
_SPEECH = re.compile(
    "(?:总书记|主席|总理|委员长|书记|省长|市长|县长|区长|部长|主任|院长|检察长|秘书长)"
    "[^。！？“”\n]{0,24}(?:强调|指出|说|表示|要求|提出)[，：:]{0,2}“(?P<said>[^”\n]{1,600})"
)


def escalated(findings: Sequence[Finding], document: Document) -> list[Finding]:
    """Return the findings, those a step graver that are sure and stand where it matters."""
    places = Counter(_writing(finding, document) for finding in findings)
    if not any(map(_may_rise, findings)):
        return list(findings)
    marked = list(_marked(document))
    return [_risen(finding, document, marked, places) for finding in findings]


def _may_rise(finding: Finding) -> bool:
    if finding.severity is Severity.SERIOUS or finding.severity < finding.rule.severity:
        return False
    rests = (
        _ROW in finding.basis
        and _UNVERIFIED not in finding.basis
        and not finding.basis.startswith(_CHOSEN)
    )
    return finding.confidence >= _SURE and (rests or finding.severity is Severity.HINT)


def _risen(
    finding: Finding,
    document: Document,
    marked: Sequence[tuple[Span, str]],
    places: Counter[tuple[str, str]],
) -> Finding:
    if not _may_rise(finding):
        return finding
    where = next((what for span, what in marked if span.overlaps(finding.span)), "")
    if not where and places[_writing(finding, document)] >= _MANY:
        where = "文中多处"
    if not where:
        return finding
    severity = Severity(finding.severity + 1)
    return replace(finding, severity=severity, message=f"{finding.message}（{where}，从重）")


def _writing(finding: Finding, document: Document) -> tuple[str, str]:
    return finding.rule.code, finding.span.of(document.text)


def _marked(document: Document) -> Iterator[tuple[Span, str]]:
    """Yield the places that weigh more, and what they are."""
    for block in document.blocks:
        if block.kind in _PLACES:
            yield block.span, _PLACES[block.kind]
    if (first := _first_paragraph(document)) is not None:
        yield first, "在首段"
    for match in _SPEECH.finditer(document.text):
        yield Span(match.start("said"), match.end("said")), "在领导讲话中"


def _first_paragraph(document: Document) -> Span | None:
    """Return the first paragraph of the body, None where there is no other."""
    body = [block.span for block in document.blocks if block.kind is BlockKind.BODY]
    if len(body) > 1:
        return body[0]
    whole = body[0] if body else Span(0, len(document.text)) if document.text else None
    if whole is None:
        return None
    text = whole.of(document.text)
    lead = len(text) - len(text.lstrip())
    end = text.find("\n", lead)
    if end < 0 or not text[end:].strip():
        return None
    return Span(whole.start + lead, whole.start + end)
