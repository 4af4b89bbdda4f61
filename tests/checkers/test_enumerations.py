import pytest

from tests.checkers.conftest import Check
from textcheck.finding import Severity
from textcheck.knowledge.enumerations import lapses

WHOLE = "守好湖泊、河流、湿地家园"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("要守好湖泊、湿地家园。", "守好湖泊、湿地家园"),
        ("要守好湖泊、湿地、河流家园。", "守好湖泊、湿地、河流家园"),
        ("要守好湖泊、河流、湿地家园。", ""),
        ("要守好河流、湿地家园。", ""),  # a variant
        ("要守好湖泊、河流。", ""),  # a part of it
        ("《守好湖泊、湿地家园》出版。", ""),
    ],
)
def test_a_list_has_all_parts_in_order(text: str, wrong: str, run: Check) -> None:
    found = [finding for finding in run(text) if finding.rule.code == "FRM305"]
    assert [finding.span.of(text) for finding in found] == [wrong] * bool(wrong)
    assert [finding.suggestions for finding in found] == [(WHOLE,)] * bool(wrong)


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("要守好湖泊、湿地家园。", Severity.SERIOUS),
        ("坚定“湖泊自信”、增强“湖泊意识”。", Severity.ORDINARY),  # unverified
        ("水清、岸绿、人和。", Severity.ORDINARY),
        ("误写为水清、岸绿、人和。", Severity.HINT),
    ],
)
def test_a_lapse_is_as_grave_as_its_row(text: str, severity: Severity, run: Check) -> None:
    (finding,) = [finding for finding in run(text) if finding.rule.code == "FRM305"]
    assert finding.severity is severity


@pytest.mark.parametrize("text", ["水清、岸绿、人和、岸美。", "天蓝、水清、鱼肥、人和。"])
def test_a_longer_list_is_another_one(text: str, run: Check) -> None:
    assert [finding for finding in run(text) if finding.rule.code == "FRM305"] == []


def test_what_stands_in_the_whole_list_is_no_lapse() -> None:
    assert "水清、岸绿、鱼肥" not in set(lapses("水清、岸绿、鱼肥、人和"))


@pytest.mark.parametrize(
    ("text", "day", "wrong"),
    [
        ("要知湖、爱湖、兴湖。", "2020-05-06", "知湖、爱湖、兴湖"),
        ("要爱湖、知湖、护湖、兴湖。", "2020-05-06", "爱湖、知湖、护湖、兴湖"),
        ("要知湖、护湖、兴湖。", "2020-05-06", ""),  # a variant
        ("要知湖、爱湖、兴湖。", "2014-05-06", ""),  # not yet in use
        ("要知湖、爱湖、兴湖。", "2021-01-01", ""),  # no longer
    ],
)
def test_the_parts_of_a_formulation_are_those_of_the_day(
    text: str, day: str, wrong: str, run: Check
) -> None:
    found = [finding for finding in run(text, day) if finding.rule.code == "FRM305"]
    assert [finding.span.of(text) for finding in found] == [wrong] * bool(wrong)
