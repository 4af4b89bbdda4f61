from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from textcheck.cli.main import program
from textcheck.store.accounts import read_accounts
from textcheck.store.connect import open_store

ONE = """
[[account]]
id = "a-1"
county = "甲县"
unit = "甲县教育局"
platform = "微信"
name = "甲县教育"
[[account.source]]
kind = "wechat_rss"
feed = "https://rss.example.gov.cn/1"
"""
OTHER = """
[[account]]
id = "b-1"
county = "乙区"
unit = "乙区交通局"
platform = "抖音"
name = "乙区交通"
status = "关停"
"""

Write = Callable[[str], str]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    def write(text: str) -> str:
        path = tmp_path / "accounts.toml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def textcheck(*arguments: str) -> Result:
    return CliRunner().invoke(program, arguments)


def test_check_shows_what_was_read(written: Write) -> None:
    result = textcheck("register", "check", written(ONE + OTHER))
    assert result.exit_code == 0
    assert result.stdout == (
        "顺序  账号ID  县区  主办单位    账号              状态    来源\n"
        "1     a-1     甲县  甲县教育局  甲县教育（微信）  在运行  wechat_rss\n"
        "2     b-1     乙区  乙区交通局  乙区交通（抖音）  关停    无\n"
    )
    assert result.stderr == "共2个账号：在运行1个，关停1个\n"


def test_check_tells_of_running_accounts_that_cannot_be_scanned(written: Write) -> None:
    result = textcheck("register", "check", written(ONE + OTHER.replace("关停", "在运行")))
    assert result.stderr == "共2个账号：在运行2个；在运行的账号中1个没有来源，无法扫描\n"


def test_import_replaces_the_register(written: Write, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    textcheck("register", "import", written(ONE), "--store", url)
    result = textcheck("register", "import", written(OTHER), "--store", url)
    assert result.exit_code == 0
    assert "新增1个，不再登记1个\n" in result.stdout
    with closing(open_store(url)) as store, store.read() as connection:
        assert [account.id for account in read_accounts(connection)] == ["b-1"]


def test_import_takes_the_store_from_the_settings(written: Write, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    settings = tmp_path / "textcheck.toml"
    settings.write_text(f'[store]\nurl = "{url}"\n', encoding="utf-8")
    result = textcheck("register", "import", written(ONE), "--config", str(settings))
    assert result.exit_code == 0
    with closing(open_store(url)) as store, store.read() as connection:
        assert len(read_accounts(connection)) == 1


def test_a_wrong_register_changes_nothing(written: Write, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    textcheck("register", "import", written(ONE), "--store", url)
    result = textcheck("register", "import", written(ONE + ONE), "--store", url)
    assert result.exit_code == 2
    assert result.stderr.startswith("错误：")
    assert "重复" in result.stderr
    with closing(open_store(url)) as store, store.read() as connection:
        assert len(read_accounts(connection)) == 1
