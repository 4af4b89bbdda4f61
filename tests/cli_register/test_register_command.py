from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from textcheck.cli.main import program
from textcheck.cli.tools import LexiconVersion, Tools
from textcheck.store.accounts import read_accounts, save_register
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


# No lexicon is read where a command is given what to check with.
TOOLS = Tools((), LexiconVersion("", date(2026, 11, 1)), date(2026, 11, 2))


def textcheck(*arguments: str) -> Result:
    return CliRunner().invoke(program, arguments, obj=TOOLS)


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
    assert "新增 1 个，" in result.stdout
    assert "不再登记  a-1  甲县教育（微信）  甲县\n" in result.stdout
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


NATIONAL = """序号,地区,主办单位,平台,账号名称,账号ID,状态
1,甲县,甲县教育体育局,微信公众号,甲县教体,a-1,正常
2,乙区,乙区交通局,抖音,乙区交通,b-1,已注销
"""


def test_an_import_tells_what_changes_and_keeps_the_sources(written: Write, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    textcheck("register", "import", written(ONE), "--store", url)
    told = (
        "更名、其他修改  a-1  甲县教体（微信）  甲县  名称：甲县教育 → 甲县教体；"
        "主办单位：甲县教育局 → 甲县教育体育局\n"
        "新增  b-1  乙区交通（抖音）  乙区\n"
        "共2个账号：在运行1个，注销1个\n"
        "新增 1 个，更名 1 个，状态变更 0 个，其他修改 1 个，不再登记 0 个，不变 0 个"
    )
    trial = textcheck("register", "import", written(NATIONAL), "--store", url, "--dry-run")
    assert trial.stdout == f"{told}（没有导入，去掉 --dry-run 后导入）\n"
    result = textcheck("register", "import", written(NATIONAL), "--store", url)
    assert result.stdout == f"{told}\n"
    with closing(open_store(url)) as store, store.read() as connection:
        [first, second] = read_accounts(connection)
    assert [spec.kind for spec in first.sources] == ["wechat_rss"]
    assert (second.id, second.sources) == ("b-1", ())


def test_a_trial_import_makes_no_database(written: Write, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    result = textcheck("register", "import", written(ONE), "--store", url, "--dry-run")
    assert result.exit_code == 0
    assert result.stdout.startswith("新增  a-1  甲县教育（微信）  甲县\n")
    assert not (tmp_path / "office.db").exists()


def test_what_is_exported_changes_nothing_when_it_is_imported(
    written: Write, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    textcheck("register", "import", written(ONE + OTHER), "--store", url)
    out = str(tmp_path / "导出.xlsx")
    assert textcheck("register", "export", out, "--store", url).exit_code == 0
    result = textcheck("register", "import", out, "--store", url)
    assert result.stdout == (
        "共2个账号：在运行1个，关停1个\n"
        "新增 0 个，更名 0 个，状态变更 0 个，其他修改 0 个，不再登记 0 个，不变 2 个\n"
    )


def test_there_must_be_something_to_export(written: Write, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    out = str(tmp_path / "导出.xlsx")
    assert "不存在" in textcheck("register", "export", out, "--store", url).stderr
    textcheck("register", "import", written(ONE), "--store", url)
    missing = textcheck("register", "export", str(tmp_path / "无" / "a.xlsx"), "--store", url)
    assert "无法写入" in missing.stderr
    with closing(open_store(url)) as store, store.write() as connection:
        save_register(connection, [])
    assert "没有登记的账号" in textcheck("register", "export", out, "--store", url).stderr


def test_a_new_id_for_a_known_account_is_told(written: Write, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    textcheck("register", "import", written(ONE), "--store", url)
    result = textcheck("register", "import", written(ONE.replace("a-1", "a-2")), "--store", url)
    assert "提示：甲县教育（微信） 的账号ID由 a-1 变为 a-2" in result.stderr


def test_a_scan_without_a_file_reads_the_imported_register(
    written: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    (tmp_path / "空").mkdir()
    monkeypatch.chdir(tmp_path / "空")
    refused = textcheck("scan", "--dry-run", "--store", url)
    assert refused.exit_code == 2
    assert "没有账号登记表：请用 --register 指明文件" in refused.stderr
    textcheck("register", "import", written(ONE + OTHER), "--store", url)
    plan = textcheck("scan", "--dry-run", "--store", url)
    assert "要读 1 个账号" in plan.stdout
    assert "  a-1  甲县教育（微信）  wechat_rss\n" in plan.stdout
    # A sheet that does not say how accounts are read has nothing against what is known.
    plan = textcheck(*("scan", "--dry-run", "--store", url, "--register", written(NATIONAL)))
    assert "  a-1  甲县教体（微信）  wechat_rss\n" in plan.stdout
