import pytest

from tests.checkers.conftest import Check
from textcheck.finding import Finding, Severity


def _found(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.rule.code == "TTL205"]


@pytest.mark.parametrize(
    ("text", "day", "wrong"),
    [
        ("渔业部部长高湖平讲话。", "2016-05-06", "渔业部部长高湖平"),
        ("渔业部部长高湖平讲话。", "2016-05-05", ""),
        ("高湖平指出，要护湖。", "2016-05-06", "高湖平"),
        ("高湖平在湖边。", "2016-05-06", ""),  # says nothing of an office
        ("郑江指出，要护湖。", "2016-05-06", ""),  # a name that many people have
        ("原渔业部部长高湖平讲话。", "2016-05-06", ""),
        ("渔业部部长高湖平受贿案开庭。", "2016-05-06", ""),
        ("2015年，渔业部部长高湖平讲话。", "2016-05-06", ""),
        ("村长高湖平到了。高湖平指出，要护湖。", "2016-05-06", ""),  # a namesake
    ],
)
def test_who_was_removed_is_not_named_as_in_office(
    text: str, day: str, wrong: str, run: Check
) -> None:
    assert [finding.span.of(text) for finding in _found(run(text, day))] == [wrong] * bool(wrong)


def test_an_unverified_removal_is_no_serious_matter(run: Check) -> None:
    (finding,) = _found(run("湖泊委主任郑江讲话。", "2016-05-06"))
    assert (finding.severity, finding.suggestions) == (Severity.ORDINARY, ("原湖泊委主任郑江",))
