"""The two slips of a public notice that a program should have caught."""

from datetime import date

import pytest

from textcheck.checkers import build_checkers
from textcheck.data import data_dir
from textcheck.document import Document
from textcheck.finding import Severity
from textcheck.lexicon.load import load_lexicon
from textcheck.linter import check


@pytest.mark.parametrize(
    ("text", "code", "quote", "severity"),
    [
        ("县住建局\t留言时间 2121.6.6\t已答复", "DAT601", "2121.6.6", Severity.ORDINARY),
        ("\t政府文件、政府文件栏目更新", "REP701", "政府文件、政府文件", Severity.HINT),
    ],
)
def test_a_slip_of_the_notice_is_found_and_is_not_serious(
    text: str, code: str, quote: str, severity: Severity
) -> None:
    checkers = build_checkers(load_lexicon(data_dir("lexicons"), data_dir("models")))
    (finding,) = check(Document(text, published_on=date(2021, 7, 20)), checkers)
    assert (finding.rule.code, finding.span.of(text), finding.severity) == (code, quote, severity)
