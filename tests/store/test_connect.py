import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from textcheck.errors import StoreError
from textcheck.store.connect import Store, open_store
from textcheck.store.schema import newest_revision
from textcheck.store.tables import metadata


@contextmanager
def opened(url: str) -> Iterator[Store]:
    with closing(open_store(url)) as store:
        yield store


def test_the_migrated_schema_is_the_metadata(store: Store) -> None:
    with store.read() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []


def test_an_open_store_is_at_the_newest_revision_and_stays_there(url: str) -> None:
    for _ in range(2):
        with opened(url) as store, store.read() as connection:
            revision = connection.execute(text("SELECT version_num FROM alembic_version"))
            assert revision.scalars().all() == [newest_revision()]


def test_a_failing_write_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.write() as connection:
            connection.execute(text("INSERT INTO raw (sha256, body) VALUES ('a', 'b')"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM raw")).scalar_one() == 0


def test_tables_made_in_a_failing_write_are_gone_too(store: Store) -> None:
    # Each migration rests on this; Python's sqlite3 does not give it by itself.
    def fail() -> None:
        with store.write() as connection:
            connection.execute(text("CREATE TABLE half (id INTEGER)"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.read() as connection:
        assert "half" not in inspect(connection).get_table_names()


def test_a_new_database_can_be_opened_by_many_at_once(url: str) -> None:
    failures: list[BaseException] = []

    def work() -> None:
        try:
            with opened(url):
                pass
        except BaseException as error:  # noqa: BLE001 # a thread's failure must reach the test
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_writer_that_read_first_waits_for_another(tmp_path: Path) -> None:
    # With a plain BEGIN the second one fails at once: its snapshot is out of date.
    with opened(f"sqlite:///{tmp_path / 'a.db'}") as store:
        with store.write() as connection:
            connection.execute(text("INSERT INTO raw (sha256, body) VALUES ('n', 0)"))

        def count_up() -> None:
            for _ in range(25):
                with store.write() as connection:
                    body = connection.execute(text("SELECT body FROM raw")).scalar_one()
                    connection.execute(text("UPDATE raw SET body = :body"), {"body": body + 1})

        threads = [threading.Thread(target=count_up) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with store.read() as connection:
            assert connection.execute(text("SELECT body FROM raw")).scalar_one() == 100


def test_sqlite_is_set_up_for_a_scan_beside_readers(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'a.db'}") as store, store.read() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert values == {
        "journal_mode": "wal",
        "synchronous": 1,
        "foreign_keys": 1,
        "busy_timeout": 30000,
    }


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "无法理解"),
        ("库.db", "无法理解"),
        ("mysql://localhost/a", "不支持的数据库 mysql"),
        ("postgresql://localhost/a", "不支持的数据库 postgresql"),  # the driver is written out
        ("postgresql+psycopg://nobody:geheim@127.0.0.1:9/a", "操作失败"),
        ("sqlite:////不存在/的/库.db", "操作失败"),
    ],
)
def test_a_database_that_cannot_be_opened_is_named(url: str, message: str) -> None:
    with pytest.raises(StoreError, match=message) as caught:
        open_store(url)
    assert "geheim" not in str(caught.value)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_text("这不是数据库" * 100, encoding="utf-8")
    with pytest.raises(StoreError, match="无法使用"):
        open_store(f"sqlite:///{path}")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="操作失败"):
        open_store(f"sqlite:///{tmp_path}")


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (id INTEGER)")
    with pytest.raises(StoreError, match="别的程序的数据库（含有表 theirs）"):
        open_store(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master").fetchall()
    assert names == [("theirs",)]


def test_who_only_asks_makes_no_database(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with pytest.raises(StoreError, match=r"a\.db 不存在，请先运行 textcheck scan"):
        open_store(f"sqlite:///{path}", create=False)
    assert not path.exists()


def test_who_only_asks_fills_no_empty_database(url: str) -> None:
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).touch()
    with pytest.raises(StoreError, match="还没有数据"):
        open_store(url, create=False)
    open_store(url).close()
    open_store(url, create=False).close()
