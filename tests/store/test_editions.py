from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from textcheck.config import CHINA
from textcheck.edition import SERIOUS_WORDING, Edition, EditionLine, Quarter
from textcheck.errors import StoreError
from textcheck.store.connect import Store
from textcheck.store.editions import issue_edition, read_edition
from textcheck.store.events import events_on
from textcheck.store.papers import keep_papers, read_papers
from textcheck.store.tables import papers

QUARTER = Quarter(2026, 2)
LINE = EditionLine(
    account_id="a",
    county="甲县",
    account="甲县发布（微信）",
    name="甲县发布",
    problems=(SERIOUS_WORDING,),
    dates=(date(2026, 4, 16), date(2026, 4, 26)),
)
EDITION = Edition(
    quarter=QUARTER,
    number=0,
    since=date(2026, 4, 8),
    until=date(2026, 7, 10),
    lines=(LINE, replace(LINE, account_id="b", dates=(date(2026, 7, 8),))),
    registered=225,
    checked=None,
    issued_at=datetime(2026, 7, 22, 9, 30, tzinfo=CHINA),
    run_ids=("2026-05-01-1", "2026-05-02-1"),
)


def test_a_list_comes_back_as_it_was_issued(store: Store) -> None:
    with store.write() as connection:
        issued = issue_edition(connection, EDITION)
        assert issued == replace(EDITION, number=1)
        assert read_edition(connection, QUARTER) == issued


def test_lists_are_numbered_within_their_quarter(store: Store) -> None:
    later = replace(EDITION, lines=(), checked=200)
    with store.write() as connection:
        issue_edition(connection, EDITION)
        assert issue_edition(connection, later).number == 2
        other = issue_edition(connection, replace(EDITION, quarter=Quarter(2026, 3)))
        assert other.number == 1
        assert read_edition(connection, QUARTER) == replace(later, number=2)
        assert read_edition(connection, QUARTER, 1) == replace(EDITION, number=1)


def test_a_list_that_was_never_issued_is_none(store: Store) -> None:
    with store.write() as connection:
        issue_edition(connection, EDITION)
        assert read_edition(connection, Quarter(2026, 1)) is None
        assert read_edition(connection, QUARTER, 2) is None


def test_a_list_that_is_not_what_was_issued_is_refused(store: Store) -> None:
    with store.write() as connection:
        issue_edition(connection, EDITION)
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER editions_no_update"))
        else:
            connection.execute(text("DROP TRIGGER editions_no_change ON editions"))
        connection.execute(text("UPDATE editions SET body = replace(body, '甲县', '乙县')"))
        with pytest.raises(StoreError, match="2026年二季度清单第 1 版与发布时不一致"):
            read_edition(connection, QUARTER)


def test_the_files_of_a_list_come_back_as_they_were_made(store: Store) -> None:
    files = {"附件2.xlsx": b"PK\x00", "附件2.docx": b""}
    with store.write() as connection:
        issued = issue_edition(connection, EDITION)
        keep_papers(connection, issued, files, "甲")
    with store.read() as connection:
        assert read_papers(connection, issued) == files
        assert read_papers(connection, replace(issued, number=2)) == {}
        (logged,) = [
            item for item in events_on(connection, "2026Q2") if item.event.kind == "papers"
        ]
    assert set(logged.event.detail["files"]) == files.keys()
    with pytest.raises(DBAPIError, match="append-only"), store.write() as connection:
        connection.execute(text("UPDATE papers SET name = 'x'"))


def test_a_file_that_is_not_what_was_made_is_refused(store: Store) -> None:
    with store.write() as connection:
        issued = issue_edition(connection, EDITION)
        row = {"quarter": "2026Q2", "number": issued.number, "name": "附件2.pdf"}
        connection.execute(papers.insert(), row | {"sha256": "x", "body": b"%PDF"})
    with pytest.raises(StoreError, match=r"附件2.pdf 与定稿时不一致"), store.read() as connection:
        read_papers(connection, issued)
