import pytest

from tests.checkers.conftest import Check
from textcheck.finding import Finding, Severity


def _found(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.rule.code == "ORD251"]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("江望舒、陆青禾和周白到会。", "江望舒、陆青禾", "陆青禾、江望舒"),
        ("沈怀谷、江望舒到会。", "沈怀谷、江望舒", "江望舒、沈怀谷"),  # another rank
        ("到会的有阿里木·云、张三、周白。", "阿里木·云、张三、周白", ""),  # nobody moves a stranger
        ("江望舒同志和陆青禾同志到会。", "江望舒同志和陆青禾同志", "陆青禾同志和江望舒同志"),
        ("渔业部部长沈怀谷，云泽院总理陆青禾到会。", "渔业部部长沈怀谷，云泽院总理陆青禾",
         "云泽院总理陆青禾，渔业部部长沈怀谷"),
        ("云泽院副总理阿里木·云、周白到会。", "阿里木·云、周白", "周白、阿里木·云"),
    ],
)  # fmt: skip
def test_a_list_in_the_wrong_order_is_put_right(
    text: str, wrong: str, right: str, run: Check
) -> None:
    (finding,) = _found(run(text))
    assert finding.span.of(text) == wrong
    if right:
        assert finding.suggestions == (right,)


@pytest.mark.parametrize(
    ("text", "day", "count"),
    [
        ("江望舒、陆青禾到会。", "2018-03-09", 0),
        ("江望舒、陆青禾到会。", "2018-03-10", 1),
        ("领导人沈怀谷、周白到会。", "2018-12-31", 1),
        ("领导人沈怀谷、周白到会。", "2019-01-01", 0),  # another order holds from this day
        ("江望舒、陆青禾到会。", None, 0),  # was right once
        ("领导人阿里木·云、周白到会。", None, 1),  # never was
    ],
)
def test_the_order_is_that_of_the_day(text: str, day: str | None, count: int, run: Check) -> None:
    assert len(_found(run(text, day))) == count


@pytest.mark.parametrize(
    "text",
    [
        "江望舒、陆青禾分别讲话。",
        "（记者 江望舒 陆青禾）",
        "江望舒会见陆青禾。",
        "江望舒。陆青禾到会。",
        "江望舒，陆青禾到会。",  # two clauses
        "按姓氏笔画：江望舒、陆青禾。",
    ],
)
def test_what_is_no_list_by_protocol_is_left_alone(text: str, run: Check) -> None:
    assert _found(run(text)) == []


def test_an_unverified_order_is_no_serious_matter(run: Check) -> None:
    (finding,) = _found(run("陆青禾、江望舒到会。", "2015-05-06"))
    assert finding.severity is Severity.ORDINARY
