import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcheck.document import Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.refine import at_least, in_text_order, one_per_place

RULES = [
    Rule(code, Severity.SERIOUS, "题", "据") for code in ("NAM101", "FRM301", "REP701", "WRD801")
]
SPANS = st.tuples(st.integers(0, 12), st.integers(1, 6)).map(
    lambda pair: Span(pair[0], pair[0] + pair[1])
)
FINDINGS = st.lists(
    st.builds(
        Finding,
        rule=st.sampled_from(RULES),
        span=SPANS,
        severity=st.sampled_from(Severity),
        confidence=st.sampled_from([0.5, 0.8, 0.95]),
        message=st.sampled_from(["甲", "乙"]),
        suggestions=st.sampled_from([(), ("甲",)]),
        basis=st.just("据"),
    ),
    max_size=8,
)


def _finding(
    span: tuple[int, int],
    severity: Severity = Severity.ORDINARY,
    confidence: float = 0.9,
    *,
    suggestions: tuple[str, ...] = (),
) -> Finding:
    return Finding(RULES[0], Span(*span), severity, confidence, "", suggestions, "据")


@given(FINDINGS)
def test_nothing_is_added_and_nothing_overlaps(findings: list[Finding]) -> None:
    kept = one_per_place(findings)
    assert all(finding in findings for finding in kept)
    for place, finding in enumerate(kept):
        assert not any(finding.span.overlaps(other.span) for other in kept[:place])


@given(FINDINGS, st.data())
def test_the_order_of_checkers_does_not_matter(
    findings: list[Finding], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(findings))
    assert in_text_order(one_per_place(shuffled)) == in_text_order(one_per_place(findings))


@given(FINDINGS)
def test_every_place_keeps_a_finding(findings: list[Finding]) -> None:
    kept = one_per_place(findings)
    for finding in findings:
        assert any(
            finding.span.overlaps(other.span) and other.severity >= finding.severity
            for other in kept
        )
    assert one_per_place(kept) == kept


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (_finding((0, 2), Severity.SERIOUS, 0.5), _finding((0, 9), Severity.ORDINARY, 0.9)),
        (_finding((0, 2), confidence=0.9), _finding((1, 9), confidence=0.8)),
        (_finding((0, 5)), _finding((1, 3))),
        (_finding((0, 2), suggestions=("甲",)), _finding((0, 2))),
        (_finding((0, 2)), _finding((1, 3))),
    ],
)
def test_which_of_two_at_one_place_stays(better: Finding, worse: Finding) -> None:
    assert one_per_place([better, worse]) == one_per_place([worse, better]) == [better]


@pytest.mark.parametrize(
    ("least", "count"), [(Severity.HINT, 3), (Severity.ORDINARY, 2), (Severity.SERIOUS, 1)]
)
def test_what_is_below_a_level_is_left_out(least: Severity, count: int) -> None:
    findings = [_finding((at, at + 1), severity) for at, severity in enumerate(Severity)]
    assert len(at_least(findings, least)) == count


@given(FINDINGS)
def test_findings_stand_in_text_order(findings: list[Finding]) -> None:
    ordered = in_text_order(findings)
    assert [finding.span for finding in ordered] == sorted(finding.span for finding in findings)
