"""`textcheck evidence` on what a night has read."""

import gzip
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select, update

from textcheck.article import Page
from textcheck.cli.main import program
from textcheck.config import CHINA
from textcheck.report.warc import broken_records, warc_of
from textcheck.store.connect import open_store
from textcheck.store.evidence import drop_answers
from textcheck.store.tables import pages, raw

if TYPE_CHECKING:
    from tests.scan.conftest import FakeSource, Night
    from textcheck.article import Article, Reference

NOW = datetime(2026, 5, 2, 1, 30, tzinfo=CHINA)
PAGE = Page(
    "https://mp.weixin.qq.com/s/AAAA?x=1",
    200,
    {"content-type": "text/html", "content-encoding": "gzip", "content-length": "7"},
    "<p>甲文一错严。</p>".encode(),
    NOW,
)


@pytest.fixture
def run(night: "Night", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    fetch = night.source.fetch

    async def with_page(_source: "FakeSource", reference: "Reference") -> "Article":
        article = await fetch(reference)
        body = article.document.text.encode()
        return replace(article, pages=(replace(PAGE, url=reference.url, body=body),))

    monkeypatch.setattr(type(night.source), "fetch", with_page)
    night.scan()
    store = f"sqlite:///{tmp_path / 'a.db'}"
    return lambda *given: CliRunner().invoke(program, ["evidence", *given, "--store", store])


def test_what_is_serious_is_written_once_and_verified(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    folder = tmp_path / "证据"
    assert run("export", str(folder)).stdout.startswith("有严重问题的文章 1 篇，新写出 1 篇")
    assert run("export", str(folder)).stdout.startswith("有严重问题的文章 1 篇，新写出 0 篇")
    assert run("export", str(folder), "--account", "b").stdout.startswith("有严重问题的文章 0 篇")
    [record] = folder.glob("*/*.json")
    told = json.loads(record.read_text(encoding="utf-8"))
    assert (told["fetched_at_utc"], told["fetched_at_china"]) == (
        "2026-05-01T17:30:00+00:00",
        "2026-05-02T01:30:00+08:00",
    )
    assert record.with_suffix(".txt").read_text(encoding="utf-8") == "甲文一错严。"
    warc = gzip.decompress(record.with_suffix(".warc.gz").read_bytes()).decode()
    assert "WARC-Type: response" in warc
    assert "GET /a/1 HTTP/1.1" in warc
    assert "X-Archive-Orig-content-encoding: gzip" in warc
    result = run("verify", str(folder))
    assert (result.exit_code, result.stdout) == (0, "证据 1 篇：全部完好\n")


@pytest.mark.parametrize("suffix", [".txt", ".warc.gz", ".json"])
def test_a_file_that_was_changed_is_named(
    run: Callable[..., Result], tmp_path: Path, suffix: str
) -> None:
    folder = tmp_path / "证据"
    run("export", str(folder))
    [path] = folder.glob(f"*/*{suffix}")
    path.write_bytes(path.read_bytes()[:-9] + b"x")
    result = run("verify", str(folder))
    assert result.exit_code == 1
    assert "不符" in result.stdout


def test_an_empty_folder_proves_nothing(run: Callable[..., Result], tmp_path: Path) -> None:
    assert run("verify", str(tmp_path)).exit_code == 2


def test_the_answers_in_the_store_are_verified(run: Callable[..., Result], tmp_path: Path) -> None:
    assert run("verify").stdout == "数据库中的应答：全部完好\n"
    with (
        closing(open_store(f"sqlite:///{tmp_path / 'a.db'}")) as store,
        store.write() as connection,
    ):
        connection.execute(update(raw).values(body=b"x"))
    assert run("verify").exit_code == 1


def test_answers_are_kept_as_long_as_is_set_and_for_good_with_something_serious(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    del run
    with (
        closing(open_store(f"sqlite:///{tmp_path / 'a.db'}")) as store,
        store.write() as connection,
    ):
        assert drop_answers(connection, NOW) == 0
        assert drop_answers(connection, NOW + timedelta(days=1)) == 3
        left = connection.execute(select(func.count()).select_from(pages)).scalar_one()
        assert left == connection.execute(select(func.count()).select_from(raw)).scalar_one() == 1


def test_a_spoiled_record_is_found_and_an_excerpt_is_no_response() -> None:
    excerpt = replace(PAGE, headers={"x-textcheck-excerpt": "1", "content-type": "text/html"})
    warc = warc_of([PAGE, excerpt])
    assert list(broken_records(warc)) == []
    plain = gzip.decompress(warc)
    assert b"WARC-Type: resource" in plain
    assert list(broken_records(plain.replace("甲文".encode(), "乙文".encode()))) == [PAGE.url] * 2
    assert len(list(broken_records(b"garbage"))) == 1
