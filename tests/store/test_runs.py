from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from textcheck.config import CHINA
from textcheck.errors import StoreError
from textcheck.run import Coverage, Makers, Run
from textcheck.store.runs import finish_run, read_run, read_runs, start_run

if TYPE_CHECKING:
    from textcheck.store.connect import Store

NOW = datetime(2026, 5, 1, 2, 30, tzinfo=CHINA)
MAKERS = Makers("0.1.0", "词库摘要", "", "设置摘要")


def test_a_run_comes_back_with_all_that_it_gave(store: "Store") -> None:
    with store.write() as connection:
        run = start_run(connection, "2026-05-01", MAKERS, NOW)
        assert read_run(connection, run.id) == Run("2026-05-01-1", "2026-05-01", NOW, MAKERS)
        run.new_articles, run.new_versions, run.checked, run.new_findings = 1, 2, 3, 4
        run.coverage = {
            "b": Coverage("b", 6, 5, 1, 0, 2, ""),
            "a": Coverage("a", error="未读：没有来源"),
        }
        run.failures.append("甲：超时")
        finish_run(connection, run, NOW + timedelta(hours=1))
        kept = read_run(connection, run.id)
    assert kept == run
    assert kept.finished_at == NOW + timedelta(hours=1)
    assert list(kept.coverage) == ["b", "a"]


def test_runs_are_numbered_within_their_night(store: "Store") -> None:
    with store.write() as connection:
        runs = [
            start_run(connection, night, MAKERS, NOW + timedelta(minutes=minute))
            for minute, night in enumerate(["2026-05-01", "2026-05-01", "2026-05-02"])
        ]
        assert [run.id for run in runs] == ["2026-05-01-1", "2026-05-01-2", "2026-05-02-1"]
        assert read_runs(connection) == runs


def test_an_unknown_run_is_named(store: "Store") -> None:
    with store.read() as connection, pytest.raises(StoreError, match="没有编号为 x 的扫描"):
        read_run(connection, "x")
