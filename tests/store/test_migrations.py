"""A store of each earlier version, with rows in every table, is brought up to date unharmed."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import zstandard
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from click.testing import CliRunner
from sqlalchemy import Column, Connection, MetaData, Table, create_engine, select, text
from sqlalchemy.exc import DBAPIError

import textcheck.store
from tests.store.test_editions import EDITION, QUARTER
from textcheck.account import Status
from textcheck.cli.main import program
from textcheck.config import CHINA
from textcheck.errors import StoreError
from textcheck.review import State
from textcheck.store.accounts import read_accounts
from textcheck.store.connect import open_store
from textcheck.store.documents import load_document, load_pages
from textcheck.store.editions import issue_edition, read_edition
from textcheck.store.events import broken_links
from textcheck.store.evidence import broken_bodies
from textcheck.store.findings import list_issues
from textcheck.store.queue import nights_unread, read_coverage, to_refetch
from textcheck.store.runs import read_run
from textcheck.store.schema import newest_revision, upgrade
from textcheck.store.tables import editions, metadata

_VERSIONS = Path(textcheck.store.__file__).parent / "migrations" / "versions"
EARLIER = sorted(path.name[:4] for path in _VERSIONS.glob("[0-9]*.py"))[:-1]
WHEN = datetime(2026, 4, 30, 16, 30, 5, tzinfo=UTC)
DAY = date(2026, 5, 1)
TEXT = "甲文一错。\n🏛又错。"
BODY = "<p>原网页</p>".encode()
SHA256 = hashlib.sha256(BODY).hexdigest()
Rows = Mapping[str, Sequence[Mapping[str, Any]]]

ROWS: Rows = {
    "accounts": [
        {"id": "a", "platform": "微信", "status": "在运行", "list_order": 2, "registered": True}
        | {"sources": [["wechat_rss", {"feed": "https://rss.example/1"}], ["wechat_links", {}]]},
        {"id": "b", "platform": "网站", "status": "关停", "list_order": 1, "registered": True}
        | {"sources": []},
        {"id": "c", "platform": "抖音", "status": "注销", "list_order": 3, "registered": False}
        | {"sources": []},
    ],
    "runs": [
        {"id": "2026-05-01-1", "night": "2026-05-01", "failures": ["a 超时"]}
        | {"coverage": [{"account_id": "a", "listed": 2, "failed": 1}]}
    ],
    "listings": [
        {"night": "2026-05-01", "account_id": "a", "listed": 2, "error": ""},
        {"night": "2026-05-02", "account_id": "a", "listed": 0, "error": "超时"},
    ],
    "queue": [
        {"id": 7, "account_id": "a", "native_id": "1", "state": "fetched", "night": "2026-05-01"}
        | {"hint": {"appmsgid": "7"}, "source": "wechat_rss"},
        {"id": 9, "account_id": "a", "native_id": "2", "state": "failed", "night": "2026-05-01"}
        | {"hint": {}, "source": "wechat_rss"},
    ],
    "articles": [{"id": 5, "account_id": "a", "native_id": "1", "state": "ok"}],
    "versions": [
        {"id": 6, "article_id": 5, "text": TEXT, "warnings": [], "attachments": []}
        | {"blocks": [["title", 0, 5], ["body", 6, 10]], "checked_by": "2026-05-01-1"}
        | {"check_error": ""},
    ],
    "raw": [{"sha256": SHA256, "body": zstandard.ZstdCompressor().compress(BODY)}],
    "pages": [
        {"version_id": 6, "ordinal": 0, "sha256": SHA256, "status": 200}
        | {"headers": {"content-type": "text/html"}}
    ],
    "issues": [
        {"fingerprint": "f1", "rule_code": "NAM101", "severity": 3, "suggestions": ["对", ""]},
        {"fingerprint": "f2", "rule_code": "WRD801", "severity": 2, "suggestions": []},
        {"fingerprint": "f3", "rule_code": "FRM301", "severity": 3, "suggestions": []},
    ],
    "occurrences": [
        {"id": number, "fingerprint": f"f{number}", "account_id": "a", "article_id": 5}
        | {"version_id": 6, "ordinal": 0, "run_id": "2026-05-01-1", "severity": severity}
        for number, severity in ((1, 3), (2, 2), (3, 3))
    ],
    "verdicts": [
        {"id": number, "fingerprint": name, "scope": "everywhere", "decision": decision}
        | {"reviewer": reviewer, "reason": reason}
        for number, (name, decision, reviewer, reason) in enumerate(
            (
                ("f1", "confirm", "审核员甲", ""),
                ("f1", "confirm", "审核员乙", ""),
                ("f3", "confirm", "审核员甲", ""),
                ("f3", "dismiss", "审核员乙", "当时有效"),
            ),
            start=1,
        )
    ],
}


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """Return the row of a list that was issued."""
    path = tmp_path_factory.mktemp("issued") / "a.db"
    with closing(open_store(f"sqlite:///{path}")) as store, store.write() as connection:
        issue_edition(connection, EDITION)
        row = connection.execute(select(editions)).one()._asdict()
    return row | {"issued_at": EDITION.issued_at.astimezone(UTC)}


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def reflected(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def value(column: Column[Any], number: int, parents: Rows) -> Any:  # noqa: ANN401 # any value of a column
    """Return something that a column may hold."""
    for key in column.foreign_keys:
        rows = parents[key.column.table.name]
        return rows[number % len(rows)][key.column.name]
    kind = column.type.as_generic().python_type
    if kind is datetime:
        return WHEN
    made = {int: number + 1, str: f"{column.name}{number}", bool: True, float: 0.5, date: DAY}
    made |= {bytes: BODY, dict: [column.name], object: [column.name]}  # the last two are JSON
    return made[kind]


def fill(connection: Connection, rows: Rows) -> Rows:
    """Put rows into every table that is empty; return them."""
    filled: dict[str, Sequence[Mapping[str, Any]]] = {}
    for table in reflected(connection):
        if connection.execute(select(table)).first() is None:
            given = [
                {
                    column.name: row[column.name]
                    if column.name in row
                    else value(column, number, filled)
                    for column in table.columns
                }
                for number, row in enumerate(rows.get(table.name, [{}, {}]))
            ]
            connection.execute(table.insert(), given)
            filled[table.name] = given
    return filled


def content(
    connection: Connection, like: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Any]:
    """Return the rows of all tables, or of the columns named of some."""
    found = {}
    for table in reflected(connection):
        names = table.columns.keys() if like is None else like.get(table.name, ())
        if names:
            rows = select(*(table.c[name] for name in names)).order_by(*table.primary_key)
            found[table.name] = [row._asdict() for row in connection.execute(rows)]
    return found


@pytest.mark.parametrize("revision", EARLIER)
def test_every_row_of_an_earlier_version_is_kept(
    url: str, revision: str, edition: Mapping[str, Any]
) -> None:
    with connected(url) as connection:
        upgrade(connection, revision)
        filled = fill(connection, {**ROWS, "editions": [edition]})
        before = content(connection)
    # The head of the log has its one row from the beginning.
    assert {name for name, rows in before.items() if rows} - {"event_head"} == filled.keys()
    open_store(url).close()
    with connected(url) as connection:
        revisions = connection.execute(text("SELECT version_num FROM alembic_version"))
        assert revisions.scalars().all() == [newest_revision()]
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        columns = {name: list(rows[0]) for name, rows in before.items() if rows}
        assert content(connection, columns) == {name: before[name] for name in columns}
    _means_what_it_meant(url, revision)
    for table in ("verdicts", "editions"):
        with connected(url) as connection, pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608 # our own names


def _means_what_it_meant(url: str, revision: str) -> None:
    with closing(open_store(url)) as store, store.read() as connection:
        accounts = read_accounts(connection)
        assert [(one.id, one.status) for one in accounts] == [
            ("b", Status.CLOSED),
            ("a", Status.RUNNING),
        ]
        assert [spec.kind for spec in accounts[1].sources] == ["wechat_rss", "wechat_links"]
        states = {one.fingerprint: one.state(2) for one in list_issues(connection, confirmations=2)}
        assert states == {"f1": State.CONFIRMED, "f2": State.PENDING, "f3": State.DISPUTED}
        document = load_document(connection, 6)
        assert (document.text, document.published_on) == (TEXT, DAY)
        assert [block.span.of(TEXT) for block in document.blocks] == ["甲文一错。", "🏛又错。"]
        [page] = load_pages(connection, 6)
        assert (page.body, page.fetched_at) == (BODY, WHEN)
        assert broken_bodies(connection) == []
        assert read_run(connection, "2026-05-01-1").coverage["a"].failed == 1
        assert read_edition(connection, QUARTER) is not None
        coverage = read_coverage(connection, "2026-05-01")["a"]
        assert (coverage.listed, coverage.fetched, coverage.failed) == (2, 1, 1)
        assert nights_unread(connection) == {"a": 1}
        later = datetime(2026, 6, 1, tzinfo=CHINA)
        again = to_refetch(connection, "a", published_since=WHEN, fetched_before=later)
        assert [one.native_id for one in again] == ["1"]
        assert revision >= "0003" or again[0].validators == {}  # nobody had noted any
        # Of decisions older than the log it tells none; the test's own rows of a log are no chain.
        assert revision >= "0005" or list(broken_links(connection)) == []


def test_the_store_of_a_newer_program_is_refused_and_left_alone(url: str) -> None:
    open_store(url).close()
    with connected(url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        before = content(connection)
    with pytest.raises(StoreError, match=r"结构（9999）比本程序新，请升级 textcheck"):
        open_store(url)
    ran = CliRunner().invoke(program, ["review", "list", "--store", url])
    assert ran.exit_code == 2
    assert ran.stderr.startswith("错误：数据库 ")
    assert "的结构（9999）比本程序新，请升级 textcheck" in ran.stderr
    with connected(url) as connection:
        assert content(connection) == before
