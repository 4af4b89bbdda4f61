"""Users and the log of events on the command line."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from textcheck.cli.main import program
from textcheck.store.connect import open_store
from textcheck.store.users import kept_password

Run = Callable[..., Result]
PASSWORD = "甲乙丙丁戊己庚辛壬癸"  # noqa: S105 # of nobody


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "office.db"


@pytest.fixture
def textcheck(database: Path) -> Run:
    def run(*arguments: str, told: str = "") -> Result:
        command = [*arguments, "--store", f"sqlite:///{database}"]
        return CliRunner().invoke(program, command, input=told)

    return run


def test_users_are_added_listed_and_disabled(textcheck: Run, database: Path) -> None:
    twice = f"{PASSWORD}\n{PASSWORD}\n"
    added = textcheck("user", "add", "甲", "--role", "reviewer", "--unit", "某县", told=twice)
    assert added.exit_code == 0, added.output
    assert added.stdout.endswith("已添加用户 甲。\n")
    textcheck("user", "add", "乙", "--role", "approver", "--role", "admin", told=twice)
    listed = textcheck("user", "list")
    assert listed.stdout.splitlines() == [
        "乙  管理员、审批人  全部单位  在用",
        "甲  审核员  某县  在用",
    ]
    assert textcheck("user", "disable", "甲").stdout == "已停用用户 甲。\n"
    assert "甲  审核员  某县  停用" in textcheck("user", "list").stdout
    another = f"新的{PASSWORD}\n"
    assert textcheck("user", "password", "乙", told=another * 2).exit_code == 0
    with closing(open_store(f"sqlite:///{database}")) as store, store.read() as connection:
        kept = kept_password(connection, "乙")
    assert kept is not None
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in database.read_bytes().decode(errors="ignore")


@pytest.mark.parametrize(
    ("arguments", "told", "message"),
    [
        (["add", "甲"], "", "--role"),
        (["add", "甲", "--role", "king"], "", "--role"),
        (["add", "甲", "--role", "reader"], "短\n短\n", "口令应为 10 至 200 个字符"),
        (["add", " ", "--role", "reader"], f"{PASSWORD}\n{PASSWORD}\n", "用户名不能为空"),
        (["disable", "无此人"], "", "不存在，请先运行"),
        (["list"], "", "不存在，请先运行"),
    ],
)
def test_a_wrong_command_is_refused(
    textcheck: Run, arguments: list[str], told: str, message: str
) -> None:
    result = textcheck("user", *arguments, told=told)
    assert result.exit_code == 2
    assert message in result.stderr


def test_the_log_is_verified(textcheck: Run, database: Path) -> None:
    textcheck("user", "add", "甲", "--role", "reader", told=f"{PASSWORD}\n{PASSWORD}\n")
    whole = textcheck("audit", "verify")
    assert whole.exit_code == 0
    assert whole.stdout.startswith("操作记录 1 条，全部完好。最后一条 1:")
    noted = whole.stdout.split()[-1]
    assert textcheck("audit", "verify", "--expect", noted).exit_code == 0
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DROP TRIGGER events_no_update")
        connection.execute("UPDATE events SET actor = '别人'")
        connection.commit()
    broken = textcheck("audit", "verify")
    assert broken.exit_code == 1
    assert broken.stdout == "第 1 条记录被改动过\n"
    assert textcheck("audit", "verify", "--expect", "昨天").exit_code == 2


def test_a_program_gets_a_key_that_can_be_revoked(textcheck: Run, database: Path) -> None:
    textcheck("user", "add", "甲", "--role", "reader", told=f"{PASSWORD}\n{PASSWORD}\n")
    wanted = ["--key", "发稿系统", "--purpose", "check"]
    made = textcheck("user", "token", "甲", *wanted)
    assert made.stdout.startswith("tck_")
    assert made.stdout.strip() not in database.read_bytes().decode(errors="ignore")
    assert textcheck("user", "token", "甲", *wanted).exit_code == 2
    assert "没有在用的用户" in textcheck("user", "token", "乙", *wanted).stderr
    assert textcheck("user", "revoke", "发稿系统").stdout == "已停用密钥 发稿系统。\n"
    assert textcheck("user", "revoke", "发稿系统").exit_code == 2
