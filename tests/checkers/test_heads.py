import pytest

from tests.checkers.conftest import Check
from textcheck.finding import Severity


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("湖泊院主席讲话", "湖泊院主席", "湖泊院院长"),
        ("湖泊院常务副委员长讲话", "湖泊院常务副委员长", "湖泊院常务副院长"),
        ("云栖县湖会湖长讲话", "县湖会湖长", "县湖管会主任"),  # any region, another body
        ("云栖州湖会副湖长讲话", "州湖会副湖长", "州湖管会副主任"),
    ],
)
def test_a_head_that_the_body_does_not_have_is_put_right(
    text: str, wrong: str, right: str, run: Check
) -> None:
    (finding,) = [finding for finding in run(text) if finding.rule.code == "TTL203"]
    assert (finding.span.of(text), finding.suggestions) == (wrong, (right,))


@pytest.mark.parametrize(
    "text",
    ["湖泊院院长", "湖泊院主席团", "湖泊院委员长会议", "湖会湖长", "县湖管会主任"],
)
def test_other_words_and_right_heads_are_left_alone(text: str, run: Check) -> None:
    assert [finding for finding in run(text) if finding.rule.code == "TTL203"] == []


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("湖泊院主席讲话。", Severity.SERIOUS),
        ("县湖会湖长讲话。", Severity.ORDINARY),  # the row's level, and it has no source
        ("1935年，湖泊院主席讲话。", Severity.HINT),
        ("民国时湖泊院主席讲话。", Severity.HINT),
        ("1985年，湖泊院主席讲话。", Severity.SERIOUS),
        ("上期误写了湖泊院主席。", Severity.HINT),
    ],
)
def test_history_and_texts_about_errors_are_hints(
    text: str, severity: Severity, run: Check
) -> None:
    (finding,) = [finding for finding in run(text) if finding.rule.code == "TTL203"]
    assert finding.severity is severity
