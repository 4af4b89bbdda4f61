from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from textcheck.document import Document
from textcheck.edition import SERIOUS_WORDING, Confirmed
from textcheck.errors import StoreError
from textcheck.finding import Finding, Severity
from textcheck.review import (
    Decision,
    DismissReason,
    State,
    Verdict,
    account_scope,
    article_scope,
)
from textcheck.store.documents import load_document, save_article
from textcheck.store.findings import (
    confirmed,
    count_found,
    find_issue,
    list_issues,
    record_findings,
)
from textcheck.store.issue import Issue
from textcheck.store.tables import issues, occurrences, versions
from textcheck.store.verdicts import append_verdict, verdicts_of

if TYPE_CHECKING:
    from tests.store.conftest import World

SENTENCE = "　第二句有错词在此。"
TEXT = f"第一句。{SENTENCE}第三句。"


def issues_of(world: "World", **given: object) -> list[Issue]:
    with world.store.read() as connection:
        return list_issues(connection, confirmations=2, **given)  # type: ignore[arg-type] # the filters


def decide(world: "World", *verdicts: Verdict) -> None:
    with world.store.write() as connection:
        for verdict in verdicts:
            append_verdict(connection, verdict)


def dismissal(world: "World", issue: Issue, reviewer: str, scope: str = "everywhere") -> Verdict:
    return world.verdict(
        issue.fingerprint,
        reviewer,
        scope=scope,
        decision=Decision.DISMISS,
        reason=DismissReason.QUOTED.value,
    )


def test_an_issue_says_all_that_a_reviewer_needs(world: "World") -> None:
    article = world.article(TEXT)
    assert world.find(article, "错词") == 1
    (issue,) = issues_of(world)
    document = article.document
    (finding,) = world.findings(document, "错词")
    assert issue.fingerprint == finding.fingerprint(document)
    assert issue.marked == "第二句有【错词】在此。"
    assert (issue.sentence, issue.quote) == ("第二句有错词在此。", "错词")
    assert (issue.rule_code, issue.severity, issue.confidence) == ("FRM301", Severity.SERIOUS, 0.9)
    assert (issue.message, issue.suggestions) == ("应为“正确”", ("正确", ""))
    (place,) = issue.occurrences
    assert document.text[place.start : place.end] == "错词"
    assert (place.account, place.native_id, place.url, place.published_on, place.digest) == (
        "账号a（微信）",
        "1",
        "https://example.gov.cn/a/1",
        date(2026, 5, 1),
        document.digest,
    )


def test_recording_the_same_again_adds_nothing(world: "World") -> None:
    assert world.find(world.article(TEXT), "错词") == 1
    before = issues_of(world)
    assert world.find(world.article(TEXT), "错词") == 0
    assert issues_of(world) == before


def test_a_later_version_with_the_same_sentence_adds_nothing(world: "World") -> None:
    assert world.find(world.article(TEXT), "错词") == 1
    assert world.find(world.article("新的开头。" + TEXT), "错词") == 0


def test_one_sentence_in_many_articles_is_one_issue(world: "World") -> None:
    for account_id, native_id in [("a", "1"), ("a", "2"), ("b", "1")]:
        assert world.find(world.article(TEXT, account_id, native_id), "错词") == 1
    (issue,) = issues_of(world)
    # b stands before a in the register's list.
    places = [(place.account_id, place.native_id) for place in issue.occurrences]
    assert places == [("b", "1"), ("a", "1"), ("a", "2")]


def test_one_sentence_twice_in_an_article_is_two_occurrences(world: "World") -> None:
    assert world.find(world.article(SENTENCE * 2), "错词") == 2
    (issue,) = issues_of(world)
    assert [place.ordinal for place in issue.occurrences] == [0, 1]


def test_no_finding_still_says_that_the_version_was_checked(world: "World") -> None:
    assert world.find(world.article("没有问题。"), "错词") == 0
    with world.store.read() as connection:
        assert connection.execute(select(versions.c.checked_by)).scalar_one() == "2026-05-01-1"
    assert issues_of(world) == []


def test_findings_and_the_mark_of_the_check_are_kept_together_or_not_at_all(
    world: "World",
) -> None:
    run = world.run()
    article = world.article(TEXT)
    findings = world.findings(article.document, "错词")
    broken = replace(findings[0], message=object())  # type: ignore[arg-type] # no database takes it
    with world.store.write() as connection:
        version_id = save_article(connection, article).version_id
    with pytest.raises(Exception, match="expected string"), world.store.write() as connection:
        record_findings(connection, version_id, article.document, [*findings, broken], run.id)
    with world.store.read() as connection:
        for table in (issues, occurrences):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0
        assert connection.execute(select(versions.c.checked_by)).scalar_one() is None


def worded(finding: Finding, severity: Severity, message: str) -> Finding:
    return replace(finding, severity=severity, message=message)


@pytest.mark.parametrize("backwards", [False, True])
def test_the_worst_finding_gives_the_words_in_whatever_order_they_come(
    world: "World",
    backwards: bool,  # noqa: FBT001 # a table of one column
) -> None:
    article = world.article(TEXT)
    (finding,) = world.findings(article.document, "错词")
    findings = [
        worded(finding, Severity.ORDINARY, "甲"),
        worded(finding, Severity.SERIOUS, "丙"),
        worded(finding, Severity.SERIOUS, "乙"),
    ]
    run = world.run()
    for native_id, one in enumerate(reversed(findings) if backwards else findings):
        with world.store.write() as connection:
            saved = save_article(connection, world.article(TEXT, "a", str(native_id)))
            record_findings(connection, saved.version_id, article.document, [one], run.id)
    (issue,) = issues_of(world)
    assert (issue.severity, issue.message) == (Severity.SERIOUS, "丙")  # 丙 sorts before 乙
    severities = sorted(place.severity for place in issue.occurrences)
    assert severities == [Severity.ORDINARY, Severity.SERIOUS, Severity.SERIOUS]


def test_an_occurrence_grows_worse_but_never_better(world: "World") -> None:
    world.find(world.article(TEXT), "错词", Severity.ORDINARY)
    world.find(world.article("新" + TEXT), "错词", Severity.SERIOUS)
    (issue,) = issues_of(world)
    assert issue.occurrences[0].severity is Severity.SERIOUS
    assert issue.occurrences[0].start == ("新" + TEXT).index("错词")
    world.find(world.article("又" + TEXT), "错词", Severity.ORDINARY)
    assert issues_of(world) == [issue]


def test_issues_are_listed_worst_first_and_by_state_and_severity(world: "World") -> None:
    world.find(world.article("一处小错。", native_id="1"), "小错", Severity.ORDINARY)
    world.find(world.article("一处大错。", native_id="2"), "大错", Severity.SERIOUS)
    assert [issue.quote for issue in issues_of(world)] == ["大错", "小错"]
    (ordinary,) = issues_of(world, severity=Severity.ORDINARY)
    assert ordinary.quote == "小错"
    decide(world, world.verdict(ordinary.fingerprint))
    assert [issue.quote for issue in issues_of(world, state=State.CONFIRMED)] == ["小错"]
    assert [issue.quote for issue in issues_of(world, state=State.PENDING)] == ["大错"]
    assert issues_of(world, state=State.PENDING, severity=Severity.ORDINARY) == []


def test_an_issue_is_found_by_the_beginning_of_its_fingerprint(world: "World") -> None:
    world.find(world.article(TEXT), "错词")
    (issue,) = issues_of(world)
    with world.store.read() as connection:
        for prefix in (issue.fingerprint[:8], issue.fingerprint.upper(), issue.fingerprint):
            assert find_issue(connection, prefix) == issue


@pytest.mark.parametrize(
    ("prefix", "message"),
    [
        ("", "不是问题编号"),
        ("0123456", "至少 8 位"),
        ("%%%%%%%%", "不是问题编号"),
        ("________", "不是问题编号"),
        ("01234567", "没有编号为 01234567 的问题"),
        ("ffffffff", "对应 2 个问题，请多写几位"),
    ],
)
def test_a_prefix_that_names_no_one_issue_is_refused(
    world: "World", prefix: str, message: str
) -> None:
    with world.store.write() as connection:
        for end in "01":
            connection.execute(
                issues.insert().values(
                    fingerprint="f" * 63 + end,
                    rule_code="FRM301",
                    severity=3,
                    confidence=1,
                    message="",
                    basis="",
                    suggestions=[],
                    quote="错",
                    sentence="错",
                    quote_start=0,
                )
            )
        with pytest.raises(StoreError, match=message):
            find_issue(connection, prefix)


def test_a_scope_decides_what_it_reaches_and_the_rest_stays_to_be_decided(
    world: "World",
) -> None:
    for account_id, native_id in [("a", "1"), ("a", "2"), ("b", "1")]:
        world.find(world.article(TEXT, account_id, native_id), "错词")
    (issue,) = issues_of(world)
    decide(
        world,
        dismissal(world, issue, "审核员甲", article_scope("a", "1")),
        dismissal(world, issue, "审核员甲", account_scope("b")),
    )
    (issue,) = issues_of(world)
    states = [issue.state_of(place, 2) for place in issue.occurrences]
    assert states == [State.DISMISSED, State.DISMISSED, State.PENDING]
    assert issue.state(2) is State.PENDING


@pytest.mark.parametrize(
    ("confirmers", "dismissers", "state", "votes"),
    [
        ("", "", State.PENDING, None),
        ("甲", "", State.IN_REVIEW, 1),
        ("甲甲", "", State.IN_REVIEW, 1),  # one reviewer twice counts once
        ("甲乙", "", State.CONFIRMED, 2),
        ("甲乙丙", "", State.CONFIRMED, 3),
        ("", "甲", State.DISMISSED, None),
        ("甲", "乙", State.DISPUTED, None),
        ("甲乙", "乙", State.DISPUTED, None),  # a change of mind
    ],
)
def test_a_state_is_what_the_rule_of_review_says(
    world: "World", confirmers: str, dismissers: str, state: State, votes: int | None
) -> None:
    world.find(world.article(TEXT), "错词")
    (issue,) = issues_of(world)
    decide(world, *(world.verdict(issue.fingerprint, reviewer) for reviewer in confirmers))
    decide(world, *(dismissal(world, issue, reviewer) for reviewer in dismissers))
    (issue,) = issues_of(world)
    assert issue.state(2) is state
    assert issue.standing.votes == votes
    with world.store.read() as connection:
        assert (
            list(issue.verdicts) == verdicts_of(connection, [issue.fingerprint])[issue.fingerprint]
        )
        listed = confirmed(connection, 2)
    assert len(listed.dated) == (state is State.CONFIRMED)


def test_the_list_takes_every_confirmed_serious_occurrence_by_its_day(world: "World") -> None:
    world.find(world.article(TEXT, "a"), "错词")
    world.find(world.article(TEXT, "b"), "错词")
    world.find(world.article("一处小错。", "a", "9"), "小错", Severity.ORDINARY)
    for issue in issues_of(world):
        decide(world, *(world.verdict(issue.fingerprint, reviewer) for reviewer in "甲乙"))
    with world.store.read() as connection:
        assert confirmed(connection, 3).dated == ()
        listed = confirmed(connection, 2)
    day = date(2026, 5, 1)
    assert listed.dated == (
        Confirmed("b", SERIOUS_WORDING, day),
        Confirmed("a", SERIOUS_WORDING, day),
    )
    assert listed.undated == ()


def test_of_a_period_only_what_stands_in_its_texts_is_read(world: "World") -> None:
    world.find(world.article(TEXT, "a"), "错词")
    (issue,) = issues_of(world)
    decide(world, *(world.verdict(issue.fingerprint, reviewer) for reviewer in "甲乙"))
    day = date(2026, 5, 1)
    for first, last, count in ((day, day, 1), (date(2026, 5, 2), date(2026, 6, 1), 0)):
        with world.store.read() as connection:
            assert len(confirmed(connection, 2, (first, last)).dated) == count
        assert len(issues_of(world, period=(first, last))) == count


def test_an_occurrence_that_is_less_than_serious_stays_off_the_list(world: "World") -> None:
    world.find(world.article(TEXT, "a"), "错词", Severity.SERIOUS)
    world.find(world.article(TEXT, "b"), "错词", Severity.ORDINARY)
    (issue,) = issues_of(world)
    decide(world, *(world.verdict(issue.fingerprint, reviewer) for reviewer in "甲乙"))
    with world.store.read() as connection:
        assert [item.account_id for item in confirmed(connection, 2).dated] == ["a"]


def test_an_occurrence_dismissed_for_its_account_stays_off_the_list(world: "World") -> None:
    world.find(world.article(TEXT, "a"), "错词")
    world.find(world.article(TEXT, "b"), "错词")
    (issue,) = issues_of(world)
    decide(
        world,
        *(world.verdict(issue.fingerprint, reviewer) for reviewer in "甲乙"),
        *(dismissal(world, issue, reviewer, account_scope("a")) for reviewer in "甲乙"),
    )
    with world.store.read() as connection:
        assert [item.account_id for item in confirmed(connection, 2).dated] == ["b"]


def test_a_confirmed_occurrence_without_a_day_is_returned_apart(world: "World") -> None:
    article = world.article(TEXT)
    undated = replace(
        article,
        reference=replace(article.reference, published_at=None),
        document=Document(TEXT),
        published_at=None,
    )
    world.find(undated, "错词")
    (issue,) = issues_of(world)
    decide(world, *(world.verdict(issue.fingerprint, reviewer) for reviewer in "甲乙"))
    with world.store.read() as connection:
        listed = confirmed(connection, 2)
    assert listed.dated == ()
    assert [place.url for place in listed.undated] == ["https://example.gov.cn/a/1"]


def test_findings_are_counted_by_the_night_that_recorded_them(world: "World") -> None:
    world.find(world.article(SENTENCE * 2), "错词")
    world.find(world.article("一处小错。", "b"), "小错", Severity.ORDINARY)
    with world.store.read() as connection:
        assert count_found(connection, "2026-05-01") == {
            Severity.SERIOUS: 2,
            Severity.ORDINARY: 1,
        }
        assert count_found(connection, "2026-05-02") == {}


def test_a_stored_text_gives_the_fingerprint_that_was_recorded(world: "World") -> None:
    # The document is read back before it is checked: what no database keeps must not differ.
    article = replace(world.article(""), document=Document("甲\ud83d\x00有错词。"))
    assert world.find(article, "错词") == 1
    (issue,) = issues_of(world)
    with world.store.read() as connection:
        document = load_document(connection, issue.occurrences[0].version_id)
    (finding,) = world.findings(document, "错词")
    assert finding.fingerprint(document) == issue.fingerprint
