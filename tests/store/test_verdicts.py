from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from textcheck.errors import ConfigError
from textcheck.review import Decision, DismissReason, reaching
from textcheck.store.connect import Store
from textcheck.store.verdicts import append_unsaid, append_verdict, verdicts_of

if TYPE_CHECKING:
    from tests.store.conftest import World

ISSUE = "0f" * 32


def test_verdicts_come_back_as_they_were_given_oldest_first(world: "World") -> None:
    given = [
        world.verdict(ISSUE, "审核员乙", note="见原文\n第二行"),
        world.verdict(
            ISSUE,
            "审核员甲",
            scope="article:a/1:2:3",
            decision=Decision.DISMISS,
            reason=DismissReason.OTHER.value,
            note="说明",
        ),
        world.verdict(ISSUE, "审核员乙"),
    ]
    with world.store.write() as connection:
        for verdict in given:
            append_verdict(connection, verdict)
        append_verdict(connection, world.verdict("ab" * 32))
        assert verdicts_of(connection, [ISSUE])[ISSUE] == given


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"reviewer": " "}, "缺少审核人"),
        ({"scope": "here"}, "不认识的范围“here”"),
        ({"scope": "account:"}, "不认识的范围“account:”"),
        ({"scope": "rule:NAM101"}, "不认识的范围"),
        ({"reason": "重复"}, "确认不需要理由"),
        ({"decision": Decision.DISMISS}, "排除的理由应为 引用或历史表述、"),
        ({"decision": Decision.DISMISS, "reason": "看着不像"}, "不是“看着不像”"),
        ({"decision": Decision.DISMISS, "reason": "其他"}, "必须填写备注"),
        ({"decision": Decision.DISMISS, "reason": "其他", "note": " "}, "必须填写备注"),
    ],
)
def test_an_incomplete_decision_is_refused(
    world: "World", given: dict[str, object], message: str
) -> None:
    with world.store.write() as connection:
        with pytest.raises(ConfigError, match=message):
            append_verdict(connection, world.verdict(ISSUE, **given))  # type: ignore[arg-type] # fields by name
        assert verdicts_of(connection, [ISSUE])[ISSUE] == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE verdicts SET decision = 'dismiss'",
        "UPDATE verdicts SET note = note WHERE id = 1",
        "DELETE FROM verdicts",
        "DELETE FROM verdicts WHERE reviewer = '审核员甲'",
        "UPDATE editions SET body = ''",
        "DELETE FROM editions",
    ],
)
def test_the_database_refuses_to_change_what_was_decided(store: Store, statement: str) -> None:
    fill(store)
    with pytest.raises(DatabaseError, match="append-only"), store.write() as connection:
        connection.execute(text(statement))
    assert_untouched(store)


def test_the_database_refuses_what_replaces_rows_in_its_own_way(store: Store) -> None:
    fill(store)
    with store.read() as connection:
        dialect = connection.dialect.name
    tables = ("verdicts", "editions")
    statements = (
        [f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}" for table in tables]  # noqa: S608 # our own names
        if dialect == "sqlite"
        else [f"TRUNCATE {table}" for table in tables]
    )
    for statement in statements:
        with pytest.raises(DatabaseError, match="append-only"), store.write() as connection:
            connection.execute(text(statement))
    assert_untouched(store)


def fill(store: Store) -> None:
    with store.write() as connection:
        connection.execute(
            text(
                "INSERT INTO verdicts"
                " (id, fingerprint, scope, decision, reason, reviewer, decided_at, note) VALUES"
                " (1, 'f', 'everywhere', 'confirm', '', '审核员甲', '2026-05-01 00:00:00', '')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO editions (quarter, number, issued_at, sha256, body)"
                " VALUES ('2026Q1', 1, '2026-05-01 00:00:00', 'x', '{}')"
            )
        )


def assert_untouched(store: Store) -> None:
    with store.read() as connection:
        decisions = connection.execute(text("SELECT decision, reviewer FROM verdicts")).all()
        bodies = connection.execute(text("SELECT body FROM editions")).scalars().all()
    assert [tuple(row) for row in decisions] == [("confirm", "审核员甲")]
    assert bodies == ["{}"]


@pytest.mark.parametrize(
    ("scope", "reached"),
    [
        ("everywhere", True),
        ("account:a", True),
        ("account:ab", False),
        ("article:a/1", True),
        ("article:a/12", False),
        ("article:b/1", False),
    ],
)
def test_a_scope_reaches_what_it_names(world: "World", scope: str, reached: bool) -> None:  # noqa: FBT001 # a table
    verdict = world.verdict(ISSUE, scope=scope)
    assert reaching([verdict], "a", "1") == [verdict] * reached


def test_the_same_decisions_again_add_nothing(world: "World") -> None:
    decisions = [
        world.verdict(ISSUE, "审核员甲"),
        world.verdict(ISSUE, "审核员甲"),  # the same sentence in another article
        world.verdict(ISSUE, "审核员乙"),
        world.verdict(ISSUE, "审核员甲", decision=Decision.DISMISS, reason="重复"),
    ]
    with world.store.write() as connection:
        assert append_unsaid(connection, decisions) == 3
        assert append_unsaid(connection, decisions) == 0
        assert append_unsaid(connection, decisions[-1:]) == 0
        assert append_unsaid(connection, [world.verdict(ISSUE, " 审核员乙 ")]) == 0
        assert len(verdicts_of(connection, [ISSUE])[ISSUE]) == 3


def test_a_change_of_mind_is_kept(world: "World") -> None:
    confirm = world.verdict(ISSUE)
    dismiss = world.verdict(ISSUE, decision=Decision.DISMISS, reason="重复")
    with world.store.write() as connection:
        for verdict in (confirm, dismiss, confirm):
            assert append_unsaid(connection, [verdict]) == 1
        assert verdicts_of(connection, [ISSUE])[ISSUE] == [confirm, dismiss, confirm]


def test_another_scope_or_note_is_another_decision(world: "World") -> None:
    with world.store.write() as connection:
        append_unsaid(connection, [world.verdict(ISSUE)])
        assert append_unsaid(connection, [world.verdict(ISSUE, scope="account:a")]) == 1
        assert append_unsaid(connection, [world.verdict(ISSUE, note="补充")]) == 1
