import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.report.jsonl import dump_line, finding_record, place_record
from textcheck.report.place import Place

KEYS = [
    "code", "severity", "confidence", "start", "end", "quote", "suggestions", "message", "basis",
    "fingerprint",
]  # fmt: skip


def test_a_finding_has_exactly_the_keys_of_the_contract() -> None:
    rule = Rule("WRD801", Severity.ORDINARY, "错别字词", "words.tsv")
    finding = Finding(rule, Span(1, 3), Severity.HINT, 2 / 3, "应为“部署”", ("部署", ""), "第 3 行")
    document = Document("𠮷布署。")

    record = finding_record(finding, document)

    assert list(record) == KEYS
    assert record | {"fingerprint": ""} == {
        "code": "WRD801",
        "severity": "hint",
        "confidence": 0.667,
        "start": 1,
        "end": 3,
        "quote": "布署",
        "suggestions": ["部署", ""],
        "message": "应为“部署”",
        "basis": "第 3 行",
        "fingerprint": "",
    }
    assert record["fingerprint"] == finding.fingerprint(document)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("甲“乙”", '{"text": "甲“乙”"}'),
        ("\ud800\u2028\u2029\u0085", '{"text": "\\ud800\\u2028\\u2029\\u0085"}'),
        ('"\\\n', '{"text": "\\"\\\\\\n"}'),
    ],
)
def test_chinese_stays_readable_and_what_breaks_lines_is_escaped(text: str, line: str) -> None:
    assert dump_line({"text": text}) == line


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_any_text_is_one_line_of_utf_8_that_reads_back(text: str) -> None:
    line = dump_line({"text": text})

    assert line.splitlines() == [line]
    # A pair of halves is one character to every reader of JSON.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert json.loads(line.encode())["text"] == whole


@pytest.mark.parametrize(
    ("place", "record"),
    [
        (Place(3, 14, by_line=True, utf16=99), {"line": 3, "column": 14, "utf16_offset": 99}),
        (Place(3, 1, by_line=False, utf16=9), {"paragraph": 3, "character": 1, "utf16_offset": 9}),
    ],
)
def test_a_place_is_named_as_people_count_it(place: Place, record: dict[str, object]) -> None:
    assert place_record(place) == record
