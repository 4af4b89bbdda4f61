"""When a damaged sentence counts as found, and when as mended."""

from argparse import Namespace
from collections import Counter
from datetime import date

import pytest
from score_seeded import failures, outcomes
from seeding.case import Case

from textcheck.document import Span
from textcheck.finding import Finding, Rule, Severity

RULE = Rule(code="FRM301", severity=Severity.SERIOUS, title="", basis="")
CASE = Case("formula", "sound", "要弘扬云栖惊神。", date(2026, 1, 1), 3, 7, "云栖精神")


def finding(start: int, end: int, severity: Severity, *suggestions: str) -> Finding:
    return Finding(RULE, Span(start, end), severity, 1.0, "", suggestions, "")


@pytest.mark.parametrize(
    ("found", "reached"),
    [
        ([], set()),
        ([finding(5, 6, Severity.SERIOUS, "精")], {"found", "serious", "right"}),
        ([finding(5, 7, Severity.ORDINARY, "精深", "精神")], {"found"}),
        ([finding(5, 7, Severity.HINT, "精神")], {"hint", "right"}),
        ([finding(0, 2, Severity.SERIOUS, "要大力弘扬")], set()),  # elsewhere
    ],
)
def test_outcomes_of_a_case(found: list[Finding], reached: set[str]) -> None:
    assert outcomes(CASE, found) == reached


@pytest.mark.parametrize(
    ("floors", "lines"),
    [
        ({}, 0),
        ({"least_serious": 0.5, "least_right": 0.25, "least_ordinary": 1.0}, 0),
        ({"least_serious": 0.51}, 1),
        ({"least_right": 0.26, "most_clean": 0}, 2),
        ({"least": ["formula=0.76"]}, 1),
    ],
)
def test_floors(floors: dict[str, object], lines: int) -> None:
    counts = {
        ("formula", "sound"): Counter(cases=4, found=3, serious=2, right=1),
        ("law", "sound"): Counter(cases=2, found=2),
        ("clean", ""): Counter(cases=6, found=1),
    }
    none = dict.fromkeys(("least_serious", "least_right", "least_ordinary", "most_clean"))
    assert len(failures(counts, Namespace(**{**none, "least": [], **floors}))) == lines
