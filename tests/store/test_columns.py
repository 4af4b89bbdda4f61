from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, select
from sqlalchemy.exc import StatementError

from textcheck.config import CHINA
from textcheck.store.columns import Json, Moment, Words, storable
from textcheck.store.connect import Store

TRIED = Table(
    "tried",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("words", Words),
    Column("json", Json),
    Column("moment", Moment),
)


def kept(store: Store, **values: object) -> Any:  # noqa: ANN401 # whatever the column gives
    (name,) = values
    with store.write() as connection:
        TRIED.create(connection, checkfirst=True)
        connection.execute(TRIED.insert().values(**values))
        return connection.execute(
            select(TRIED.c[name]).order_by(TRIED.c.id.desc()).limit(1)
        ).scalar_one()


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("", ""),
        ("𠮷野家😀\u200b\r\n", "𠮷野家😀\u200b\r\n"),
        ("甲\x00乙", "甲\ufffd乙"),
        ("半个\ud83d表情", "半个\ufffd表情"),
    ],
)
def test_text_keeps_its_length_and_all_that_a_database_takes(
    store: Store, text: str, same: str
) -> None:
    assert kept(store, words=text) == same
    assert storable(text) == same
    assert len(same) == len(text)


def test_json_keeps_its_shape(store: Store) -> None:
    value = {"题\x00": ["甲\ud83d", 1, 0.9, None, True, {"b": []}], "a": ("x",)}
    assert kept(store, json=value) == {
        "题\ufffd": ["甲\ufffd", 1, 0.9, None, True, {"b": []}],
        "a": ["x"],
    }


@pytest.mark.parametrize("zone", [UTC, CHINA, timezone(timedelta(hours=-9))])
def test_a_moment_comes_back_as_the_same_moment_in_china(store: Store, zone: timezone) -> None:
    moment = datetime(2026, 5, 1, 0, 30, 15, 999, tzinfo=CHINA).astimezone(zone)
    back = kept(store, moment=moment)
    assert back == moment
    assert back.date().isoformat() == "2026-05-01"
    assert back.tzinfo is CHINA


def test_no_moment_stays_none(store: Store) -> None:
    assert kept(store, moment=None) is None


def test_a_moment_without_zone_is_a_fault(store: Store) -> None:
    with pytest.raises(StatementError, match="a time without zone"):
        kept(store, moment=datetime(2026, 5, 1))  # noqa: DTZ001 # the fault under test
