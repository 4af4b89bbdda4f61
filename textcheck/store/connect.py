"""One URL to one database: SQLite or PostgreSQL."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from textcheck.errors import StoreError
from textcheck.store.schema import current_revision, is_known, newest_revision, upgrade

__all__ = ["Connection", "Store", "file_of", "holds_rows", "is_there", "new_store", "open_store"]

_FORMS = "sqlite:///文件路径 或 postgresql+psycopg://用户@主机/库名"
# Of all waits for another writer, in milliseconds: a scan's transactions are one article each.
_BUSY_TIMEOUT = 30_000
_AGAIN = 0.02  # seconds
# Any number, the same in every process: who upgrades holds it.
_UPGRADE_LOCK = 7_239_001


class Store:
    """An open database; every statement runs in a transaction of write() or read()."""

    def __init__(self, engine: Engine) -> None:
        """Take over engine; close() disposes of it."""
        self._engine = engine
        self._name = engine.url.render_as_string(hide_password=True)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection in one transaction that may write: all of it is kept, or nothing."""
        with self._transaction(writing=True) as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection in one transaction that only reads."""
        with self._transaction(writing=False) as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Give a connection that sees one state of all tables, whoever writes meanwhile."""
        with self._transaction(writing=False, isolation="REPEATABLE READ") as connection:
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, *, writing: bool, isolation: str = "") -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(writing=writing) as connection:
                if self._engine.dialect.name == "postgresql":
                    connection.execution_options(postgresql_readonly=not writing)
                    if isolation:  # SQLite always has it so
                        connection.execution_options(isolation_level=isolation)
                with connection.begin():
                    yield connection
        except (OperationalError, InterfaceError) as error:
            raise StoreError(f"数据库 {self._name} 操作失败：{_cause(error)}") from error
        except DatabaseError as error:
            # Its subclasses (a violated constraint, a wrong statement) are faults of the program.
            if type(error) is not DatabaseError:
                raise
            raise StoreError(f"数据库 {self._name} 无法使用：{_cause(error)}") from error


def open_store(url: str, *, create: bool = True) -> Store:
    """
    Open a database and bring its schema up to date; make one where there is none.

    With `create` false, a database that holds nothing of ours is a StoreError: who asks for
    findings must not be told that there are none because the name was wrong.

    Raises StoreError for a URL that is not understood, a database that cannot be reached
    or written, a file that is not ours, and a schema newer than this program.
    """
    parsed = _parse(url)
    if not create and _is_missing_file(parsed):
        raise StoreError(f"数据库文件 {parsed.database} 不存在，请先运行 textcheck scan")
    store = _connected(parsed)
    try:
        _upgrade(store, parsed, create=create)
    except BaseException:
        store.close()
        raise
    return store


def new_store(url: str, revision: str, fill: Callable[[Connection], None]) -> None:
    """
    Make a store with the schema of a revision, fill it, and bring it up to date: all or nothing.

    Raises StoreError where there are tables already, and for a revision of a newer program.
    """
    if not is_known(revision):
        raise StoreError(f"备份的结构（{revision}）比本程序新，请升级 textcheck")
    with closing(_connected(_parse(url))) as store, store.write() as connection:
        if tables := inspect(connection).get_table_names():
            raise StoreError(f"数据库中已有表 {tables[0]}，没有改动")
        upgrade(connection, revision)
        fill(connection)
        upgrade(connection)


def holds_rows(url: str) -> bool:
    """Tell whether a database has any tables; one that is not there has none."""
    parsed = _parse(url)
    if _is_missing_file(parsed):
        return False
    with closing(_connected(parsed)) as store, store.read() as connection:
        return bool(inspect(connection).get_table_names())


def file_of(url: str) -> Path | None:
    """Return the file of a database, None for a server and for one in memory."""
    parsed = _parse(url)
    name = parsed.database if parsed.get_backend_name() == "sqlite" else None
    return Path(name) if name and name != ":memory:" else None


def is_there(url: str) -> bool:
    """Tell whether there is a database to open: a server is asked only when it is opened."""
    return not _is_missing_file(_parse(url))


def _connected(url: URL) -> Store:
    try:
        engine = create_engine(url)
    except ModuleNotFoundError as error:
        raise StoreError(
            "使用 PostgreSQL 需要先安装 psycopg：pip install 'textcheck[pg]'"
        ) from error
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return Store(engine)


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(f"数据库地址无法理解，应写作 {_FORMS}") from error
    if parsed.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise StoreError(f"不支持的数据库 {parsed.drivername}，应写作 {_FORMS}")
    return parsed


def _set_up_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not open transactions by itself: it opens none for DDL.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {_BUSY_TIMEOUT}",
        "synchronous = NORMAL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()
    _keep_a_log(connection)


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Have nobody who reads wait for a writer; the change itself knows no timeout of its own."""
    deadline = time.monotonic() + _BUSY_TIMEOUT / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_AGAIN)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and then writes fails at once when another one writes,
    # whatever the timeout; IMMEDIATE waits for its turn instead.
    writing = connection.get_execution_options()["writing"]
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _is_missing_file(url: URL) -> bool:
    return bool(
        url.get_backend_name() == "sqlite"
        and url.database
        and url.database != ":memory:"
        and not Path(url.database).exists()
    )


def _upgrade(store: Store, url: URL, *, create: bool) -> None:
    name = url.render_as_string(hide_password=True)
    with store.read() as connection:
        revision = current_revision(connection)
        tables = inspect(connection).get_table_names()
    if revision == newest_revision():
        return
    if revision is not None and not is_known(revision):
        raise StoreError(f"数据库 {name} 的结构（{revision}）比本程序新，请升级 textcheck")
    if revision is None and tables and url.get_backend_name() == "sqlite":
        raise StoreError(f"文件 {url.database} 是别的程序的数据库（含有表 {tables[0]}），没有改动")
    if revision is None and not create:
        raise StoreError(f"数据库 {name} 中还没有数据，请先运行 textcheck scan")
    with store.write() as connection:
        if url.get_backend_name() == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _UPGRADE_LOCK})
        upgrade(connection)


def _cause(error: DatabaseError | InterfaceError) -> str:
    return str(error.orig).strip()
