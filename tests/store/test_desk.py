"""Decisions with their rules, the queue, users and sessions, on both databases."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from textcheck.config import CHINA
from textcheck.errors import ConfigError, ConflictError, ForbiddenError, StoreError
from textcheck.finding import Severity
from textcheck.review import EVERYWHERE, Decision, State
from textcheck.store.decide import Ruling, assign, decide, undo
from textcheck.store.findings import list_issues, load_issues
from textcheck.store.sessions import (
    Limits,
    close_session,
    find_session,
    is_throttled,
    needs_touch,
    note_failure,
    open_session,
    touch_session,
)
from textcheck.store.triage import Filter, counties, find_queue, neighbours, read_rows
from textcheck.store.users import (
    add_user,
    disable_user,
    find_user,
    kept_password,
    list_users,
    reviewer_named,
    set_password,
)
from textcheck.user import Role, User, operator

if TYPE_CHECKING:
    from tests.store.conftest import World

NOW = datetime(2026, 5, 1, 9, tzinfo=CHINA)
ALL = operator("审核员甲")
SECOND = operator("审核员乙")


def a_user(world: "World", name: str, *roles: Role, units: tuple[str, ...] = ()) -> User:
    with world.store.write() as connection:
        return add_user(
            connection, name, f"hash of {name.strip()}", roles, units, by="管理员", now=NOW
        )


def issue_of(world: "World", words: str, account: str = "a", native_id: str = "1") -> str:
    """Find one serious issue; return its fingerprint."""
    world.find(world.article(f"句中有{words}。", account, native_id), words)
    with world.store.read() as connection:
        [issue] = [item for item in list_issues(connection, confirmations=2) if item.quote == words]
    return issue.fingerprint


def rule(world: "World", *rulings: Ruling, now: datetime = NOW) -> str:
    with world.store.write() as connection:
        return decide(connection, rulings, confirmations=2, now=now).batch


def states(world: "World", wanted: Filter | None = None, user: User = ALL) -> list[str]:
    with world.store.read() as connection:
        found = find_queue(connection, wanted or Filter(), user, confirmations=2, most=50)
        rows = read_rows(connection, [key for key, _ in found], user)
    return [f"{row.quote}{row.standing.state(2).value}" for row in rows]


def test_the_queue_says_what_the_rule_says_after_every_decision(world: "World") -> None:
    key = issue_of(world, "错词")
    for by, decision, state in [
        (ALL, Decision.CONFIRM, State.IN_REVIEW),
        (SECOND, Decision.CONFIRM, State.CONFIRMED),
        (SECOND, Decision.WITHDRAW, State.IN_REVIEW),
    ]:
        rule(world, Ruling(by, key, decision))
        assert states(world) == [f"错词{state.value}"]
        for other in State:
            assert states(world, Filter(state=other)) == (
                [f"错词{state.value}"] if other is state else []
            )
        with world.store.read() as connection:
            issue = load_issues(connection, [key])[key]
        assert issue.state(2) is state


def test_a_new_place_of_a_decided_issue_is_decided_only_where_the_decision_reaches(
    world: "World",
) -> None:
    key = issue_of(world, "错词")
    dismissal = Ruling(ALL, key, Decision.DISMISS, "account:a", "重复")
    rule(world, dismissal)
    assert states(world) == ["错词排除"]
    world.find(world.article("句中有错词。", "b", "7"), "错词")
    assert states(world) == ["错词待核"]


def test_who_decides_on_an_older_page_is_told_who_was_faster(world: "World") -> None:
    key = issue_of(world, "错词")
    rule(world, Ruling(ALL, key, Decision.CONFIRM, version=0))
    late = Ruling(SECOND, key, Decision.DISMISS, reason="重复", version=0)
    with pytest.raises(ConflictError, match=r"审核员甲 在 09:00 改动"):
        rule(world, late)
    assert states(world) == ["错词复核中"]
    rule(world, Ruling(SECOND, key, Decision.CONFIRM, version=1))
    assert states(world) == ["错词确认"]


def test_a_leader_s_name_is_excluded_with_an_approver_only(world: "World") -> None:
    first, second = (a_user(world, name, Role.REVIEWER) for name in ("甲", "乙"))
    approver = a_user(world, "丙", Role.APPROVER)
    key = issue_of(world, "错词")
    world.rename_rule(key, "NAM101")
    rule(world, Ruling(first, key, Decision.DISMISS, reason="同名不同人"))
    assert states(world) == ["错词复核中"]
    with pytest.raises(ForbiddenError, match="审批人"):
        rule(world, Ruling(second, key, Decision.DISMISS, reason="同名不同人"))
    assert states(world) == ["错词复核中"]
    rule(world, Ruling(approver, key, Decision.DISMISS, reason="同名不同人"))
    assert states(world) == ["错词排除"]


def test_who_is_no_reviewer_decides_nothing(world: "World") -> None:
    key = issue_of(world, "错词")
    user = a_user(world, "甲", Role.ADMIN, Role.LEXICON, Role.READER)
    with pytest.raises(ForbiddenError, match="没有复核的权限"):
        rule(world, Ruling(user, key, Decision.CONFIRM))
    with world.store.write() as connection, pytest.raises(ForbiddenError, match="没有复核的权限"):
        assign(connection, user, [key], assignee="", due_on=None, now=NOW)


def test_a_user_of_one_unit_decides_for_its_accounts_only(world: "World") -> None:
    world.move("b", "乙县")
    key = issue_of(world, "错词")
    issue_of(world, "错词", "b", "7")
    other = issue_of(world, "别词", "b", "8")
    user = a_user(world, "甲", Role.REVIEWER, units=("甲县",))
    assert states(world, user=user) == ["错词待核"]
    with pytest.raises(ForbiddenError, match="管辖范围"):
        rule(world, Ruling(user, key, Decision.CONFIRM))
    with world.store.write() as connection, pytest.raises(ForbiddenError, match="管辖范围"):
        assign(connection, user, [other], assignee="", due_on=None, now=NOW)
    rule(world, Ruling(user, key, Decision.CONFIRM, "account:a"))
    with world.store.read() as connection:
        issue = load_issues(connection, [key])[key]
        assert counties(connection, user) == ["甲县"]
        assert counties(connection, ALL) == ["乙县", "甲县"]
    named = {place.account_id: issue.state_of(place, 2) for place in issue.occurrences}
    assert named == {"a": State.IN_REVIEW, "b": State.PENDING}


def test_one_action_is_undone_as_one_and_only_by_who_took_it(world: "World") -> None:
    keys = [issue_of(world, "错词"), issue_of(world, "别词", native_id="2")]
    batch = rule(world, *(Ruling(ALL, key, Decision.CONFIRM) for key in keys))
    later = NOW + timedelta(minutes=1)
    with world.store.write() as connection:
        with pytest.raises(StoreError, match="只能撤回自己"):
            undo(connection, SECOND, batch, now=later)
        assert undo(connection, ALL, batch, now=later, fingerprint=keys[0]) == 1
    assert sorted(states(world)) == ["别词复核中", "错词待核"]
    with world.store.write() as connection:
        assert undo(connection, ALL, batch, now=later) == 1
        assert undo(connection, ALL, batch, now=later) == 0
    assert sorted(states(world)) == ["别词待核", "错词待核"]


def test_all_decisions_of_one_action_are_recorded_or_none(world: "World") -> None:
    key = issue_of(world, "错词")
    with pytest.raises(StoreError, match="没有编号"):
        rule(world, Ruling(ALL, key, Decision.CONFIRM), Ruling(ALL, "0" * 64, Decision.CONFIRM))
    assert states(world) == ["错词待核"]


def test_issues_are_given_to_reviewers_until_a_day(world: "World") -> None:
    user = a_user(world, "甲", Role.REVIEWER)
    a_user(world, "查阅者", Role.READER)
    key, day = issue_of(world, "错词"), date(2026, 5, 8)
    issue_of(world, "别词", native_id="2")
    with world.store.write() as connection:
        assert assign(connection, user, [key], assignee="甲", due_on=day, now=NOW) == 1
        for nobody in ("查阅者", "不存在"):
            with pytest.raises(ConfigError, match="不是在用的审核员"):
                assign(connection, user, [key], assignee=nobody, due_on=None, now=NOW)
    assert states(world, Filter(assignee="甲")) == ["错词待核"]
    assert states(world, Filter(overdue_on=day)) == []
    assert states(world, Filter(overdue_on=day + timedelta(days=1))) == ["错词待核"]
    with pytest.raises(ConflictError, match="甲 在"):
        rule(world, Ruling(user, key, Decision.CONFIRM, version=0))


FILTERS = (
    (Filter(), "三词 二词 一词"),
    (Filter(severity=Severity.SERIOUS), "二词 一词"),
    (Filter(severity=Severity.HINT), "三词"),
    (Filter(family="FRM"), "三词 二词 一词"),
    (Filter(family="NAM"), ""),
    (Filter(county="乙县"), "二词"),
    (Filter(platform="微信"), "三词 二词 一词"),
    (Filter(platform="微博"), ""),
    (Filter(account="b"), "二词"),
    (Filter(words="有二"), "二词"),
    (Filter(words="%"), ""),
    (Filter(state=State.DISPUTED), ""),
)


def test_a_filter_narrows_the_queue(world: "World") -> None:
    world.move("b", "乙县")
    issue_of(world, "一词")
    issue_of(world, "二词", "b", "7")
    world.find(world.article("句中有三词。", "a", "9"), "三词", Severity.HINT)
    with world.store.read() as connection:
        for wanted, found in FILTERS:
            listed = find_queue(connection, wanted, ALL, confirmations=2, most=50)
            keys = [key for key, _ in listed]
            rows = read_rows(connection, sorted(keys), ALL)
            assert {row.quote for row in rows} == set(found.split()), wanted
            assert [(row.fingerprint, row.version) for row in rows] == listed
            assert find_queue(connection, wanted, ALL, confirmations=2, most=1) == listed[:1]
            around = [None, *keys, None]
            for place, key in enumerate(keys):
                sides = neighbours(connection, wanted, ALL, key, confirmations=2)
                assert sides == (around[place], around[place + 2])


def test_a_page_of_the_queue_tells_accounts_places_and_the_last_day(world: "World") -> None:
    issue_of(world, "错词")
    world.find(world.article("句中有错词。", "b", "7"), "错词")
    with world.store.read() as connection:
        [(key, _)] = find_queue(connection, Filter(), ALL, confirmations=2, most=9)
        [row] = read_rows(connection, [key], ALL)
    assert (row.account, row.places, row.accounts) == ("账号a（微信）", 2, 2)
    assert row.last_published is not None
    assert row.last_published.date() == date(2026, 5, 1)
    assert row.sentence[row.quote_start :].startswith(row.quote)


def test_users_are_added_disabled_and_never_taken_twice(world: "World") -> None:
    user = a_user(world, " 甲 ", Role.REVIEWER, Role.APPROVER, units=("甲县",))
    assert user.name == "甲"
    with world.store.write() as connection:
        for name in ("甲", " "):
            with pytest.raises(StoreError, match="用户"):
                add_user(connection, name, "h", [Role.READER], by="管理员", now=NOW)
        assert find_user(connection, "甲") == user
        assert kept_password(connection, "甲") == "hash of 甲"
        set_password(connection, "甲", "another", by="管理员", now=NOW)
        assert kept_password(connection, "甲") == "another"
        disable_user(connection, "甲", by="管理员", now=NOW)
        assert kept_password(connection, "甲") is None
        assert [item.disabled_at for item in list_users(connection)] == [NOW]
        with pytest.raises(StoreError, match="已停用"):
            reviewer_named(connection, "甲")
        with pytest.raises(StoreError, match="没有叫“乙”的用户"):
            reviewer_named(connection, "乙")
        with pytest.raises(StoreError, match="没有叫“乙”的用户"):
            disable_user(connection, "乙", by="管理员", now=NOW)


def test_without_users_whoever_has_the_database_may_decide(world: "World") -> None:
    with world.store.read() as connection:
        assert reviewer_named(connection, " 审核员甲 ") == operator("审核员甲")
        assert find_user(connection, "审核员甲") is None


def test_a_session_ends_when_idle_and_after_half_a_day(world: "World") -> None:
    user = a_user(world, "甲", Role.READER)
    half_a_day = 12 * 60
    with world.store.write() as connection:
        for last_seen, asked, stands in (
            (0, 29, True),
            (0, 30, False),
            (half_a_day - 1, half_a_day - 1, True),
            (half_a_day - 1, half_a_day, False),  # however busy
        ):
            token = open_session(connection, user, NOW)
            touch_session(connection, token, NOW + timedelta(minutes=last_seen))
            now = NOW + timedelta(minutes=asked)
            found = find_session(connection, token, now, Limits())
            assert (found is not None) is stands
            if found is not None:
                assert found.user == user
                assert needs_touch(found, now) is (asked != last_seen)
        assert find_session(connection, "made up", NOW, Limits()) is None


def test_a_session_is_ended_at_once(world: "World") -> None:
    user = a_user(world, "甲", Role.READER)
    with world.store.write() as connection:
        for end in ("logout", "password", "disable"):
            token = open_session(connection, user, NOW)
            assert find_session(connection, token, NOW, Limits()) is not None
            if end == "logout":
                close_session(connection, token)
            elif end == "password":
                set_password(connection, "甲", "another", by="管理员", now=NOW)
            else:
                disable_user(connection, "甲", by="管理员", now=NOW)
            assert find_session(connection, token, NOW, Limits()) is None


def test_who_tries_too_often_has_to_wait(world: "World") -> None:
    with world.store.write() as connection:
        for minute in range(5):
            assert not is_throttled(connection, "甲", "10.0.0.1", NOW)
            note_failure(connection, "甲", "10.0.0.1", NOW + timedelta(seconds=minute))
        now = NOW + timedelta(minutes=1)
        assert is_throttled(connection, "甲", "10.0.0.1", now)
        assert not is_throttled(connection, "甲", "10.0.0.2", now)
        assert not is_throttled(connection, "乙", "10.0.0.1", now)
        assert not is_throttled(connection, "甲", "10.0.0.1", NOW + timedelta(minutes=16))
        for number in range(15):
            note_failure(connection, "甲", f"10.0.1.{number}", now)
        assert is_throttled(connection, "甲", "10.0.0.2", now)
        for number in range(45):
            note_failure(connection, f"名{number}", "10.0.0.1", now)
        assert is_throttled(connection, "乙", "10.0.0.1", now)


def test_the_scope_of_a_decision_must_hold_the_issue(world: "World") -> None:
    key = issue_of(world, "错词")
    with pytest.raises(ConfigError, match="account:a、article:a/1、everywhere"):
        rule(world, Ruling(ALL, key, Decision.CONFIRM, "account:b"))
    assert states(world) == ["错词待核"]
    rule(world, Ruling(ALL, key, Decision.CONFIRM, EVERYWHERE))
