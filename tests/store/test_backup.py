"""All of a store in one file, and back, into either database."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, inspect, select

from tests.store.test_editions import EDITION
from textcheck.backup import (
    Backup,
    differing,
    make_backup,
    open_backup,
    restore_files,
    restore_store,
)
from textcheck.cli.main import program
from textcheck.errors import ConfigError, StoreError
from textcheck.finding import Severity
from textcheck.store.accounts import read_accounts
from textcheck.store.connect import Store, holds_rows, new_store, open_store
from textcheck.store.documents import save_article
from textcheck.store.dump import dump, fill
from textcheck.store.editions import issue_edition
from textcheck.store.events import broken_links, head
from textcheck.store.evidence import broken_bodies
from textcheck.store.findings import list_issues
from textcheck.store.queue import enqueue
from textcheck.store.tables import articles
from textcheck.store.verdicts import append_verdict

if TYPE_CHECKING:
    from tests.store.conftest import World

NOW = EDITION.issued_at
ASIDE = "旧-20260722"


def filled(world: "World") -> Store:
    """Put something into every table that a night and a review fill."""
    world.find(world.article("甲文一错。\n🏛又错。"), "错")
    world.find(world.article("乙文一错。", "b", "7"), "错", Severity.ORDINARY)
    with world.store.write() as connection:
        enqueue(connection, "2026-05-01", [world.reference("b", "8")])
        [first, *_] = list_issues(connection, confirmations=2)
        append_verdict(connection, world.verdict(first.fingerprint))
        issue_edition(connection, EDITION)
    return world.store


def backed(store: Store, tmp_path: Path, **files: Path) -> Backup:
    return make_backup(store, files, tmp_path / "备份.zip", NOW)


def test_a_store_comes_back_as_it_was_in_either_database(
    world: "World", tmp_path: Path, other_url: str
) -> None:
    backup = backed(filled(world), tmp_path)
    assert backup.rows > 15
    assert restore_store(backup, other_url, aside=ASIDE, overwrite=False) == ""
    with closing(open_store(other_url, create=False)) as restored:
        assert differing(restored, backup) == []
        with restored.read() as connection, world.store.read() as known:
            assert list_issues(connection, confirmations=2) == list_issues(known, confirmations=2)
            assert list(broken_links(connection, None)) == []
            assert head(connection) == head(known)
            assert broken_bodies(connection) == []
        # New rows get numbers of their own.
        other = type(world)(restored)
        assert other.find(other.article("丙文一错。", "a", "9"), "错") == 1
        assert differing(restored, backup) != []


def test_what_is_written_meanwhile_is_not_half_in_it(world: "World") -> None:
    store = filled(world)
    with store.snapshot() as connection:
        lines = dump(connection)
        began = [next(lines) for _ in range(3)]
        with store.write() as writing:
            save_article(writing, world.article("丁文。", "a", "10"))
        kept = [*began, *lines]
    assert sum("丁文".encode() in line for line in kept) == 0
    with store.snapshot() as connection:
        again = list(dump(connection))
    assert len(again) == len(kept) + 4  # an article, its version, the page and its body
    assert began == again[:3]


def test_a_store_that_is_there_is_only_replaced_when_told(
    world: "World", tmp_path: Path, url: str
) -> None:
    backup = backed(filled(world), tmp_path)
    with world.store.write() as connection:
        save_article(connection, world.article("戊文。", "a", "11"))
    world.store.close()
    with pytest.raises(StoreError, match="已有数据，没有改动"):
        restore_store(backup, url, aside=ASIDE, overwrite=False)
    assert counted(url) == 3
    old = restore_store(backup, url, aside=ASIDE, overwrite=True)
    assert counted(url) == 2
    if url.startswith("sqlite"):
        assert counted(f"sqlite:///{old}") == 3
    else:
        assert old == f"模式 {ASIDE}"
        with closing(open_store(url)) as store, store.read() as connection:
            names = inspect(connection).get_table_names(schema=ASIDE)
        assert "articles" in names


def counted(url: str) -> int:
    with closing(open_store(url, create=False)) as store, store.read() as connection:
        return connection.execute(select(func.count()).select_from(articles)).scalar_one()


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(url: str) -> None:
    names = ("id", "county", "unit", "platform", "name", "status", "list_order", "sources")
    columns = [[name, "json" if name == "sources" else "plain"] for name in names]
    row = ["a", "甲县", "局", "微信", "名", "在运行", 1, [["weibo", {"uid": "7"}]], True]
    told = ({"table": "accounts", "columns": [*columns, ["registered", "plain"]]}, row)
    lines = [json.dumps(one).encode() for one in told]
    new_store(url, "0001", lambda connection: fill(connection, lines))
    with closing(open_store(url, create=False)) as store, store.read() as connection:
        [account] = read_accounts(connection)
    assert (account.id, account.sources[0].options) == ("a", {"uid": "7"})
    with pytest.raises(StoreError, match="已有表"):
        new_store(url, "0001", lambda connection: fill(connection, lines))


def test_a_backup_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with pytest.raises(StoreError, match=r"备份的结构（9999）比本程序新"):
        new_store(url, "9999", lambda _: None)
    assert not holds_rows(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def other_url(request: pytest.FixtureRequest, make_url: Callable[[str], str]) -> str:
    """Return the URL of another database that holds nothing."""
    return make_url(request.param)


@dataclass
class Office:
    """A folder from which commands are called, with a store, settings, a register and a layer."""

    folder: Path

    def call(self, *arguments: str) -> Result:
        """Call textcheck."""
        return CliRunner().invoke(program, arguments)


SETTINGS = """[store]
url = "sqlite:///office.db"
[scan]
register = "accounts.toml"
[lexicon]
layers = ["词库"]
"""
REGISTER = """[[account]]
id = "a"
county = "甲县"
unit = "甲县某局"
platform = "微信"
name = "甲县发布"
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    folder = tmp_path / "office"
    (folder / "词库").mkdir(parents=True)
    (folder / "词库" / "words.tsv").write_text("id\n", encoding="utf-8")
    (folder / "textcheck.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "accounts.toml").write_text(REGISTER, encoding="utf-8")
    monkeypatch.chdir(folder)
    office = Office(folder)
    assert office.call("register", "import", "accounts.toml").exit_code == 0
    return office


def test_an_office_moves_with_one_file(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = office.call("backup", "备份.zip")
    assert (made.exit_code, made.stderr) == (0, "")
    assert "1 个账号、0 篇文章、0 个复核决定，共 2 行；3 个文件" in made.stdout
    assert Path("备份.zip").stat().st_mode & 0o777 == 0o600
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    backup = str(office.folder / "备份.zip")
    listed = office.call("restore", backup, "--dry-run")
    assert "文件 词库/words.tsv" in listed.stdout
    assert list(elsewhere.iterdir()) == []
    restored = office.call("restore", backup, "--verify")
    assert (restored.exit_code, restored.stderr) == (0, "")
    assert "核验：2 行与备份一致，保存的应答全部完好" in restored.stdout
    names = sorted(str(path.relative_to(elsewhere)) for path in elsewhere.rglob("*.t*"))
    assert names == ["accounts.toml", "textcheck.toml", "词库/words.tsv"]
    with closing(open_store("sqlite:///office.db", create=False)) as store, store.read() as kept:
        assert [account.id for account in read_accounts(kept)] == ["a"]


def test_nothing_is_overwritten_unless_told(office: Office) -> None:
    assert office.call("backup", "备份.zip").exit_code == 0
    again = office.call("backup", "备份.zip")
    assert (again.exit_code, "已存在" in again.stderr) == (2, True)
    assert office.call("backup", "备份.zip", "--overwrite").exit_code == 0
    Path("accounts.toml").write_text("# 改过\n", encoding="utf-8")
    refused = office.call("restore", "备份.zip")
    assert "文件 accounts.toml 已存在，与备份中的不同" in refused.stderr
    Path("accounts.toml").write_text(REGISTER, encoding="utf-8")
    refused = office.call("restore", "备份.zip")
    assert "已有数据，没有改动" in refused.stderr
    Path("accounts.toml").write_text("# 改过\n", encoding="utf-8")
    done = office.call("restore", "备份.zip", "--overwrite", "--verify")
    assert (done.exit_code, done.stderr) == (0, "")
    [old] = Path().glob("accounts.toml.旧-*")
    assert old.read_text(encoding="utf-8") == "# 改过\n"
    assert len(list(Path().glob("office.db.旧-*"))) == 1
    assert Path("accounts.toml").read_text(encoding="utf-8") == REGISTER


def test_verify_tells_what_is_not_as_in_the_backup(office: Office) -> None:
    office.call("backup", "备份.zip")
    backup = open_backup(Path("备份.zip"))
    with closing(sqlite3.connect("office.db")) as connection:
        connection.execute("UPDATE accounts SET name = '别的'")
        connection.commit()
    with closing(open_store("sqlite:///office.db")) as store:
        assert differing(store, backup) == ["accounts"]


def test_no_byte_of_a_backup_can_change_unnoticed(office: Office, tmp_path: Path) -> None:
    office.call("backup", "备份.zip")
    whole = Path("备份.zip").read_bytes()
    good = open_backup(Path("备份.zip"))
    broken = tmp_path / "坏.zip"
    told = []
    for at in range(0, len(whole), max(1, len(whole) // 150)):
        broken.write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :])
        try:
            found = open_backup(broken)
        except ConfigError as error:
            told.append(str(error))
        else:  # a date or a mode of a member, which nobody reads
            assert (found.tables, found.files) == (good.tables, good.files)
    assert len(told) > 100
    broken.write_bytes(whole[:-40])
    with pytest.raises(ConfigError, match="不是完好的备份"):
        open_backup(broken)
    with pytest.raises(ConfigError, match="找不到备份"):
        open_backup(tmp_path / "无.zip")
    assert "无法读取" in office.call("restore", str(tmp_path)).stderr


def test_a_file_that_would_lie_outside_the_folder_is_refused(
    office: Office, tmp_path: Path
) -> None:
    with closing(open_store("sqlite:///office.db")) as store:
        made = make_backup(store, {"../x": Path("accounts.toml")}, tmp_path / "b.zip", NOW)
    with pytest.raises(StoreError, match="文件名不对"):
        restore_files(made, tmp_path / "into", aside=ASIDE, overwrite=True)
    assert office.call("backup", "无/备份.zip").exit_code == 2


def test_what_lies_elsewhere_can_be_included(office: Office, tmp_path: Path) -> None:
    (tmp_path / "证据" / "ab").mkdir(parents=True)
    (tmp_path / "证据" / "ab" / "ab1.txt").write_text("正文", encoding="utf-8")
    made = office.call("backup", "备份.zip", "--include", str(tmp_path / "证据"))
    assert made.exit_code == 0
    assert "其他位置/证据/ab/ab1.txt" in open_backup(Path("备份.zip")).files
    missing = office.call("backup", "二.zip", "--include", "没有的")
    assert "没有 没有的，无法备份" in missing.stderr
