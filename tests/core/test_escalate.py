"""A sure finding is a step graver where everybody sees it; a doubtful or lowered one never."""

from dataclasses import replace

import pytest

from textcheck.document import Block, BlockKind, Document, Span, join_blocks
from textcheck.escalate import escalated
from textcheck.finding import Finding, Rule, Severity

WORD = Rule("WRD801", Severity.ORDINARY, "错别字词", "lexicons/words.tsv")
REPEAT = Rule("REP701", Severity.HINT, "词语重复", "同一词语前后相连出现两次")
NAME = Rule("NAM101", Severity.SERIOUS, "领导人姓名有误", "lexicons/persons.tsv")
BASIS = "lexicons/words.tsv w1（甲报 2020-01-01 标题）"

TITLE = ((BlockKind.TITLE, "作出布署"), (BlockKind.BODY, "第一段。"), (BlockKind.BODY, "第二段。"))
FIRST = ((BlockKind.TITLE, "标题"), (BlockKind.BODY, "作出布署。"), (BlockKind.BODY, "第二段。"))
SECOND = ((BlockKind.TITLE, "标题"), (BlockKind.BODY, "第一段。"), (BlockKind.BODY, "作出布署。"))
CAPTION = (*SECOND[:2], (BlockKind.CAPTION, "会议作出布署"))
TWICE = (*SECOND, (BlockKind.BODY, "又作出布署。"))
SPEECH = (*SECOND[:2], (BlockKind.BODY, "县委书记某某强调，“要作出布署，抓好落实”。"))
QUOTED = (*SECOND[:2], (BlockKind.BODY, "村民某某说：“要作出布署”。"))
AFTER = (*SECOND[:2], (BlockKind.BODY, "县委书记某某强调，“要抓好落实”，作出布署。"))


def of(pieces: tuple[tuple[BlockKind, str], ...]) -> Document:
    return Document(*join_blocks(pieces))


def found(document: Document, rule: Rule = WORD, **given: object) -> list[Finding]:
    """Return a finding for each 布署."""
    made = Finding(rule, Span(0, 1), rule.severity, 0.95, "有误", (), BASIS)
    made = replace(made, **given)  # type: ignore[arg-type] # fields by name
    starts = [at for at in range(len(document.text)) if document.text.startswith("布署", at)]
    return [replace(made, span=Span(at, at + 2)) for at in starts]


def severities(document: Document, rule: Rule = WORD, **given: object) -> set[Severity]:
    findings = escalated(found(document, rule, **given), document)
    return {finding.severity for finding in findings}


@pytest.mark.parametrize(
    ("pieces", "severity", "where"),
    [
        (TITLE, Severity.SERIOUS, "（在标题中，从重）"),
        (FIRST, Severity.SERIOUS, "（在首段，从重）"),
        (CAPTION, Severity.SERIOUS, "（在图片说明中，从重）"),
        (SPEECH, Severity.SERIOUS, "（在领导讲话中，从重）"),
        (TWICE, Severity.SERIOUS, "（文中多处，从重）"),
        (SECOND, Severity.ORDINARY, "有误"),
        (QUOTED, Severity.ORDINARY, "有误"),
        (AFTER, Severity.ORDINARY, "有误"),
    ],
)
def test_the_place_decides(
    pieces: tuple[tuple[BlockKind, str], ...], severity: Severity, where: str
) -> None:
    document = of(pieces)
    findings = escalated(found(document), document)
    assert {finding.severity for finding in findings} == {severity}
    assert all(finding.message.endswith(where) for finding in findings)


@pytest.mark.parametrize(
    ("rule", "given", "severity"),
    [
        (WORD, {}, Severity.SERIOUS),
        (WORD, {"confidence": 0.94}, Severity.ORDINARY),  # not sure
        (WORD, {"severity": Severity.HINT}, Severity.HINT),  # lowered: a text about errors
        (WORD, {"basis": "lexicons/words.tsv w1（unverified）"}, Severity.ORDINARY),
        (WORD, {"basis": "清样文本的字串统计"}, Severity.ORDINARY),
        (WORD, {"basis": BASIS.replace("words", "idioms")}, Severity.ORDINARY),  # worded so
        (WORD, {"basis": BASIS.replace("words", "clauses")}, Severity.ORDINARY),
        (REPEAT, {"basis": REPEAT.basis}, Severity.ORDINARY),
        (REPEAT, {"basis": REPEAT.basis, "confidence": 0.8}, Severity.HINT),
        (NAME, {}, Severity.SERIOUS),
        (NAME, {"severity": Severity.ORDINARY}, Severity.ORDINARY),  # lowered
    ],
)
def test_only_what_is_sure_and_not_lowered_rises(
    rule: Rule, given: dict[str, object], severity: Severity
) -> None:
    assert severities(of(TITLE), rule, **given) == {severity}


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("作出布署。", Severity.ORDINARY),  # one paragraph has no first
        ("作出布署。\n", Severity.ORDINARY),
        ("\n作出布署。\n第二段。", Severity.SERIOUS),
        ("第一段。\n作出布署。", Severity.ORDINARY),
    ],
)
def test_a_plain_text_has_a_first_paragraph_if_it_has_two(text: str, severity: Severity) -> None:
    assert severities(Document(text)) == {severity}
    blocks = (Block(BlockKind.BODY, Span(0, len(text))),)
    assert severities(Document(text, blocks)) == {severity}


def test_nothing_is_added_or_moved() -> None:
    document = of(TWICE)
    before = found(document)
    after = escalated(before, document)
    assert [finding.span for finding in after] == [finding.span for finding in before]
    assert escalated([], document) == []
