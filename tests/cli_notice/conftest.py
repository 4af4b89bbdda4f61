"""An issued list in a store, and the program to run on it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli_report.conftest import publish, register, run_id, store, textcheck, url
from textcheck.cli.main import program

__all__ = ["issued", "notice", "publish", "register", "run_id", "store", "textcheck", "url"]

PERIOD = ("--from", "2026-04-01", "--to", "2026-06-30")


@pytest.fixture
def issued(
    register: Callable[..., None],
    publish: Callable[..., str],
    textcheck: Callable[..., Result],
    tmp_path: Path,
) -> Callable[[], None]:
    """Register two units, confirm an error of each, and issue the list; issue it again."""
    register(
        [
            ("a", "甲县", "微信", "甲县发布", "在运行"),
            ("b", "乙区", "微博", "乙区发布", "在运行"),
        ]
    )
    publish("a", date(2026, 5, 6))
    publish("b", date(2026, 5, 8))

    def issue() -> None:
        out = ("--out", str(tmp_path / "lists"))
        listed = textcheck("report", "list", "--quarter", "2026Q2", *PERIOD, "--issue", *out)
        assert listed.exit_code == 0, listed.output

    issue()
    return issue


@pytest.fixture
def notice(tmp_path: Path, url: str) -> Callable[..., Result]:
    """Run `textcheck notice` with the settings of the office."""
    (tmp_path / "textcheck.toml").touch()

    def run(*arguments: str) -> Result:
        given = ["--store", url, "--config", str(tmp_path / "textcheck.toml")]
        return CliRunner().invoke(program, ["notice", *arguments, *given])

    return run
