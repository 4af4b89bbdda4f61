"""Places are code points of the text as it came, whatever stands around them."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.checkers.conftest import Check
from textcheck.checkers.base import Checker
from textcheck.document import Document
from textcheck.linter import check, check_all

# One wrong text a rule; the day is inside all terms of the small lexicon.
WRONG = [
    ("NAM101", "江望书"),
    ("TTL201", "云泽院副副总理"),
    ("TTL202", "云泽院总理江望舒"),
    ("FRM301", "湖海共同体意思"),
    ("FRM302", "抓渔业必须先抓税"),
    ("ORG401", "云泽人民代表大汇"),
    ("MTG501", "云泽经济工做会议"),
    ("DAT601", "２月３０日"),
    ("REP701", "竹笋、竹笋"),
    ("REP702", "的的"),
    ("WRD801", "布署"),
]
BEFORE = [
    "",
    "２０２０年（Ａ·Ｂ）：",
    "𠮷𠮷，",
    "\ud800。",
    "甲\r\n",
    "\t\t",
    "\ufeff",
    "👨‍👩‍👧 ",
    "甲。乙！丙？\n",
]
BEHIND = ["", "。", "，𠮷", "\udfff", "\r\n", "\t２"]


@pytest.mark.parametrize(("code", "wrong"), WRONG)
@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("behind", BEHIND)
def test_the_place_is_exact(code: str, wrong: str, before: str, behind: str, run: Check) -> None:
    text = before + wrong + behind
    found = run(text)
    assert [(finding.rule.code, finding.span.of(text)) for finding in found] == [(code, wrong)]
    assert found[0].span.start == len(before)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from([wrong for _, wrong in WRONG])
        | st.text("江望舒的的竹笋、布署2月３０日总理，。\n\r\t𠮷\ud800“”", max_size=12),
        max_size=8,
    )
)
def test_every_place_lies_in_the_text(run: Check, pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for finding in run(text):
        assert end <= finding.span.start < finding.span.end <= len(text)
        assert finding.span.of(text) not in finding.suggestions
        assert finding.message
        assert finding.basis
        assert 0 < finding.confidence <= 1
        end = finding.span.end


PIECES = st.sampled_from([wrong for _, wrong in WRONG]) | st.text(
    "江望舒竹笋、，。\n的𠮷", max_size=9
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(PIECES, max_size=4).map("".join), max_size=6))
def test_together_documents_give_what_each_gives_alone(
    checkers: tuple[Checker, ...], texts: list[str]
) -> None:
    documents = [Document(text, published_on=date(2020, 5, 6)) for text in texts]
    together = list(check_all(documents, checkers))
    list(check_all([Document("别的")], checkers))  # forget them
    assert together == [check(document, checkers) for document in documents]
