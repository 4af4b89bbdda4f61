"""Put an old store aside for one that is restored; nothing is deleted."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from textcheck.errors import StoreError
from textcheck.store.connect import holds_rows, new_store, open_store

__all__ = ["replace_store"]


def replace_store(
    url: str, revision: str, fill: Callable[[Connection], None], *, aside: str, overwrite: bool
) -> str:
    """
    Make a store where none is; with `overwrite` one that is there is renamed by `aside`.

    Return what the old one is called now, "" where there was none. Raises StoreError where there
    is one and `overwrite` is not set.
    """
    if not holds_rows(url):
        new_store(url, revision, fill)
        return ""
    parsed = make_url(url)
    name = parsed.render_as_string(hide_password=True)
    if not overwrite:
        raise StoreError(f"数据库 {name} 已有数据，没有改动；确要换成备份中的，请加 --overwrite")
    if parsed.get_backend_name() != "sqlite":
        return _in_schema(url, revision, fill, aside)
    path = Path(parsed.database or "")
    return _in_file(path, revision, fill, aside)


def _in_file(path: Path, revision: str, fill: Callable[[Connection], None], aside: str) -> str:
    fresh = path.with_name(f"{path.name}.恢复中")
    fresh.unlink(missing_ok=True)
    try:
        new_store(f"sqlite:///{fresh}", revision, fill)
        with closing(open_store(f"sqlite:///{path}")):
            pass  # whatever stands in its log goes into the file, so that it can be moved
        old = path.with_name(f"{path.name}.{aside}")
        for ending in ("", "-wal", "-shm"):
            part = path.with_name(path.name + ending)
            if part.exists():
                part.rename(old.with_name(old.name + ending))
        fresh.rename(path)
    except OSError as error:
        raise StoreError(f"无法更换数据库文件 {path}（{error.strerror}）") from error
    finally:
        fresh.unlink(missing_ok=True)
    return str(old)


def _in_schema(url: str, revision: str, fill: Callable[[Connection], None], aside: str) -> str:
    with closing(open_store(url)) as store, store.write() as connection:
        schema = inspect(connection).default_schema_name
        quote = connection.dialect.identifier_preparer.quote
        try:
            connection.execute(text(f"ALTER SCHEMA {quote(schema or '')} RENAME TO {quote(aside)}"))
            connection.execute(text(f"CREATE SCHEMA {quote(schema or '')}"))
        except DatabaseError as error:
            raise StoreError(
                f"无法把原有的表移到另一个模式（{str(error.orig).strip()}）；请恢复到一个空的数据库"
            ) from error
    new_store(url, revision, fill)
    return f"模式 {aside}"
