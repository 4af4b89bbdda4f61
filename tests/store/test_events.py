"""The log of events: any row that was changed or removed is found."""

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from textcheck.config import CHINA
from textcheck.edition import Edition, Quarter
from textcheck.errors import ConfigError
from textcheck.notice import Notice
from textcheck.review import Decision
from textcheck.store.connect import Connection
from textcheck.store.editions import issue_edition
from textcheck.store.events import Event, append_events, broken_links, events_on, head
from textcheck.store.notices import keep_notices
from textcheck.store.papers import keep_papers
from textcheck.store.verdicts import append_unsaid, append_verdict

if TYPE_CHECKING:
    from tests.store.conftest import World

NOW = datetime(2026, 5, 1, 9, tzinfo=CHINA)
TABLES = ("events", "verdicts", "editions", "papers", "notices", "replies")

FORGED = """
INSERT INTO verdicts SELECT 9, fingerprint, scope, decision, reason, '丁', decided_at, note
FROM verdicts WHERE id = 1
"""
TAMPERED = (
    ("UPDATE events SET actor = '丙' WHERE number = 3", "第 3 条记录被改动过"),
    ("UPDATE events SET kind = 'x' WHERE number = 1", "第 1 条记录被改动过"),
    ("UPDATE events SET subject = 'x' WHERE number = 2", "第 2 条记录被改动过"),
    ("UPDATE events SET batch = 'x' WHERE number = 2", "第 2 条记录被改动过"),
    ("UPDATE events SET detail = '{}' WHERE number = 1", None),  # it was empty: nothing changed
    ("UPDATE events SET detail = '[]' WHERE number = 1", "第 1 条记录被改动过"),
    ("UPDATE events SET at = '2026-04-30 00:00:00' WHERE number = 1", "第 1 条记录被改动过"),
    ("UPDATE events SET previous = 'x' WHERE number = 2", "第 2 条记录与前一条不衔接"),
    ("UPDATE events SET digest = 'x' WHERE number = 2", "第 3 条记录与前一条不衔接"),
    ("DELETE FROM events WHERE number = 1", "第 1 条记录缺失"),
    ("DELETE FROM events WHERE number = 2", "第 2 条记录缺失"),
    ("DELETE FROM events WHERE number = 6", "末尾被删减"),
    ("DELETE FROM events", "末尾被删减"),
    ("UPDATE verdicts SET decision = 'dismiss' WHERE id = 1", "复核决定 1 与记录不符"),
    ("UPDATE verdicts SET note = '' WHERE id = 1", "复核决定 1 与记录不符"),
    ("UPDATE verdicts SET reviewer = '丙' WHERE id = 2", "复核决定 2 与记录不符"),
    ("DELETE FROM verdicts WHERE id = 2", "复核决定 2 已被删除"),
    (FORGED, "复核决定 9 没有相应的记录"),
    ("UPDATE editions SET body = '{}'", "2026Q2 清单第 1 版与定稿时不符"),
    ("UPDATE editions SET sha256 = 'x'", "2026Q2 清单第 1 版与定稿时不符"),
    ("DELETE FROM editions", "2026Q2 清单第 1 版已被删除"),
    ("UPDATE notices SET body = '{}'", "整改通知 1 与生成时不符"),
    ("DELETE FROM notices", "整改通知 1 已被删除"),
    ("UPDATE papers SET sha256 = 'x'", "清单.docx 与定稿时不符"),
    ("UPDATE papers SET body = CAST('x' AS BLOB)", "清单.docx 与定稿时不符"),
    ("DELETE FROM papers", "清单.docx 已被删除"),
)


@pytest.fixture
def log(world: "World") -> "World":
    """Write a login, two decisions, an edition, its file and a notice: six events."""
    with world.store.write() as connection:
        append_events(connection, [Event(NOW, "甲", "login", "甲")])
        append_verdict(connection, world.verdict("0f" * 32, "甲", note="说明\x00一"))
        append_verdict(connection, world.verdict("ab" * 32, "乙"))
        edition = Edition(
            Quarter(2026, 2), 0, date(2026, 4, 1), date(2026, 6, 30), (), 2, None, NOW
        )
        issued = issue_edition(connection, edition, "乙")
        keep_papers(connection, issued, {"清单.docx": b"PK"}, "乙")
        told = Notice(Quarter(2026, 2), 1, "甲县", "甲县某局", date(2026, 7, 31), (), (), NOW)
        keep_notices(connection, [told], "乙")
    return world


def unfreeze(connection: Connection) -> None:
    """Do what somebody would who has the whole database in their hands."""
    if connection.dialect.name == "postgresql":
        for table in TABLES:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        return
    triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
    for name in list(triggers.scalars()):
        connection.execute(text(f"DROP TRIGGER {name}"))


def broken(world: "World", expected: str | None = None) -> list[str]:
    with world.store.read() as connection:
        return list(broken_links(connection, expected))


def test_an_untouched_log_is_whole(log: "World") -> None:
    assert broken(log) == []
    with log.store.read() as connection:
        number, digest = head(connection)
        (logged,) = events_on(connection, "ab" * 32)
    assert number == 6
    assert (logged.number, logged.event.actor, logged.event.kind) == (3, "乙", "verdict")
    assert broken(log, f"6:{digest}") == []
    assert broken(log, f"3:{digest}") == ["第 3 条记录与抄录的摘要不符"]
    with pytest.raises(ConfigError, match="序号:摘要"):
        broken(log, "昨天")


def test_whatever_is_changed_or_removed_is_found(log: "World") -> None:
    with log.store.write() as connection:
        unfreeze(connection)
        blob = "BYTEA" if connection.dialect.name == "postgresql" else "BLOB"
        for statement, told in TAMPERED:
            attempt = connection.begin_nested()
            connection.execute(text(statement.replace("BLOB", blob)))
            found = list(broken_links(connection))
            attempt.rollback()
            assert any(told in line for line in found) if told else found == [], statement
    assert broken(log) == []


@pytest.mark.parametrize(
    "statement", ["UPDATE events SET actor = '丙'", "DELETE FROM events WHERE number = 1"]
)
def test_the_database_itself_refuses(log: "World", statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        log.store.write() as connection,
    ):
        connection.execute(text(statement))
    assert broken(log) == []


def test_decisions_older_than_the_log_are_not_held_against_it(world: "World") -> None:
    with world.store.write() as connection:
        connection.execute(
            text(
                "INSERT INTO verdicts (id, fingerprint, scope, decision, reason, reviewer,"
                " decided_at, note) VALUES"
                " (0, 'f', 'everywhere', 'confirm', '', '甲', '2026-01-01 00:00:00', '')"
            )
        )
        append_unsaid(
            connection,
            [world.verdict("0f" * 32, "甲", decision=Decision.DISMISS, reason="重复")],
        )
    assert broken(world) == []


def test_a_decision_in_the_place_of_one_that_was_removed_is_found(log: "World") -> None:
    with log.store.write() as connection:
        unfreeze(connection)
        connection.execute(text("DELETE FROM verdicts WHERE id = 2"))
        append_verdict(connection, log.verdict("ab" * 32, "丙"))
    assert broken(log) == ["复核决定 2 已被删除"]


def test_the_log_says_nothing_that_it_was_not_told(log: "World") -> None:
    with log.store.read() as connection:
        rows = connection.execute(text("SELECT detail FROM events ORDER BY number")).scalars()
        assert not any(re.search("password|口令", row) for row in rows)
