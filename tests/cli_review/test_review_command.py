import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from textcheck.cli.main import program
from textcheck.config import CHINA
from textcheck.store.connect import Store
from textcheck.store.users import add_user
from textcheck.store.verdicts import verdicts_of
from textcheck.user import Role

Run = Callable[..., Result]


def lines(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [line.partition("  ")[2] for line in result.stdout.splitlines()]


SERIOUS = (
    "严重  FRM301  会议由【王某某】省长主持。  账号a（微信）  2026-05-01"
    "  https://example.gov.cn/a/1  共 2 处"
)
ORDINARY = (
    "一般  WRD801  工作【布署】到位。  账号a（微信）  2026-05-01"
    "  https://example.gov.cn/a/2  共 1 处"
)


@pytest.mark.usefixtures("store")
def test_issues_are_listed_one_a_line_worst_first(
    review: Run, fingerprints: dict[str, str]
) -> None:
    result = review("list")
    assert lines(result) == [f"待核  {SERIOUS}", f"待核  {ORDINARY}"]
    assert result.stdout.startswith(fingerprints["王某某"][:12])
    assert result.stderr == "共 2 个问题。最近一次扫描 2026-05-01-1。\n"


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("arguments", "found", "told"),
    [
        (["--severity", "ordinary"], [ORDINARY], "共 1 个问题。"),
        (["--severity", "hint"], [], "共 0 个问题。"),
        (["--state", "待核"], [SERIOUS, ORDINARY], "共 2 个问题。"),
        (["--state", "确认"], [], "共 0 个问题。"),
        (["--limit", "1"], [SERIOUS], "共 2 个问题，列出前 1 个。"),
        (["--limit", "2"], [SERIOUS, ORDINARY], "共 2 个问题。"),
    ],
)
def test_a_list_can_be_narrowed(
    review: Run, arguments: list[str], found: list[str], told: str
) -> None:
    result = review("list", *arguments)
    assert lines(result) == [f"待核  {line}" for line in found]
    assert result.stderr.startswith(told)


@pytest.mark.usefixtures("store")
def test_issues_can_be_listed_for_programs(review: Run, fingerprints: dict[str, str]) -> None:
    review("confirm", fingerprints["王某某"], "--reviewer", "审核员甲", "--note", "属实")
    serious, ordinary = map(json.loads, review("list", "--format", "jsonl").stdout.splitlines())
    assert serious["fingerprint"] == fingerprints["王某某"]
    assert (serious["state"], serious["severity"], serious["code"]) == (
        "复核中",
        "serious",
        "FRM301",
    )
    start = serious["quote_start"]
    assert serious["sentence"][start:].startswith(serious["quote"])
    assert [place["account_id"] for place in serious["occurrences"]] == ["a", "b"]
    (verdict,) = serious["verdicts"]
    assert (verdict["reviewer"], verdict["decision"], verdict["note"]) == (
        "审核员甲",
        "confirm",
        "属实",
    )
    assert ordinary["verdicts"] == []


@pytest.mark.usefixtures("store")
def test_two_reviewers_confirm_a_serious_issue(review: Run, fingerprints: dict[str, str]) -> None:
    fingerprint = fingerprints["王某某"][:8]
    first = review("confirm", fingerprint, "--reviewer", "审核员甲")
    assert lines(first) == [f"复核中 1/2  {SERIOUS}"]
    again = review("confirm", fingerprint, "--reviewer", "审核员甲")
    assert lines(again) == [f"复核中 1/2  {SERIOUS}"]
    assert "已经作过同样的决定" in again.stderr
    second = review("confirm", fingerprint, "--reviewer", "审核员乙")
    assert lines(second) == [f"确认 2/2  {SERIOUS}"]
    assert second.stderr == ""


@pytest.mark.usefixtures("store")
def test_one_reviewer_confirms_a_lesser_issue(review: Run, fingerprints: dict[str, str]) -> None:
    result = review("confirm", fingerprints["布署"], "--reviewer", "审核员甲")
    assert lines(result) == [f"确认  {ORDINARY}"]


@pytest.mark.usefixtures("store")
def test_reviewers_who_disagree_leave_an_issue_disputed(
    review: Run, fingerprints: dict[str, str]
) -> None:
    fingerprint = fingerprints["王某某"]
    review("confirm", fingerprint, "--reviewer", "审核员甲")
    result = review("dismiss", fingerprint, "--reviewer", "审核员乙", "--reason", "同名不同人")
    assert lines(result) == [f"存疑  {SERIOUS}"]


@pytest.mark.usefixtures("store")
def test_a_dismissal_for_one_account_leaves_the_other_to_be_decided(
    review: Run, fingerprints: dict[str, str]
) -> None:
    fingerprint = fingerprints["王某某"]
    dismiss = ["dismiss", fingerprint, "--reviewer", "审核员甲", "--reason", "引用或历史表述"]
    assert lines(review(*dismiss, "--scope", "account:b")) == [f"待核  {SERIOUS}"]
    assert lines(review(*dismiss, "--scope", "article:a/1")) == [f"排除  {SERIOUS}"]
    shown = review("show", fingerprint).stdout
    assert "出处：排除  账号b（微信）  2026-05-01  https://example.gov.cn/b/7  article:b/7" in shown
    assert "审核员甲  排除  account:b  引用或历史表述" in shown


@pytest.mark.usefixtures("store")
def test_all_about_an_issue_is_shown(review: Run, fingerprints: dict[str, str]) -> None:
    fingerprint = fingerprints["王某某"]
    review("confirm", fingerprint, "--reviewer", "审核员甲", "--note", "属实")
    shown = review("show", fingerprint[:8]).stdout.splitlines()
    assert shown[:9] == [
        f"编号：{fingerprint}",
        "状态：复核中 1/2",
        "级别：严重（FRM301，把握 0.90）",
        "原文：会议由【王某某】省长主持。",
        "问题：应为“李某某”",
        "建议：李某某 / （删去）",
        "依据：表第 1 行",
        "出处：复核中  账号a（微信）  2026-05-01  https://example.gov.cn/a/1  article:a/1",
        "出处：复核中  账号b（微信）  2026-05-01  https://example.gov.cn/b/7  article:b/7",
    ]
    assert shown[9].endswith("  审核员甲  确认  everywhere  属实")
    assert len(shown) == 10


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "123"], "不是问题编号"),
        (["show", "0123456789"], "没有编号为 0123456789 的问题"),
        (["confirm", "FP"], "缺少选项 --reviewer"),
        (["confirm", "FP", "--reviewer", " "], "缺少审核人"),
        (["dismiss", "FP", "--reviewer", "审核员甲"], "缺少选项 --reason"),
        (["dismiss", "FP", "--reviewer", "审核员甲", "--reason", "看着不像"], "--reason 的值不对"),
        (["dismiss", "FP", "--reviewer", "审核员甲", "--reason", "其他"], "必须填写备注"),
        (["confirm", "FP", "--reviewer", "审核员甲", "--scope", "account:c"], "中没有这个问题"),
        (["confirm", "FP", "--reviewer", "审核员甲", "--scope", "b"], "article:b/7、everywhere"),
        (["list", "--state", "未知"], "--state 的值不对"),
        (["list", "--limit", "0"], "--limit 的值不对"),
        (["apply", "没有这个文件.tsv"], "无法打开 没有这个文件.tsv"),
    ],
)
def test_a_wrong_command_is_refused_and_decides_nothing(
    review: Run,
    store: Store,
    fingerprints: dict[str, str],
    arguments: list[str],
    message: str,
) -> None:
    fingerprint = fingerprints["王某某"]
    result = review(*(fingerprint if word == "FP" else word for word in arguments))
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    with store.read() as connection:
        assert verdicts_of(connection, [fingerprint])[fingerprint] == []


def test_a_store_that_is_not_there_is_no_empty_list(review: Run, tmp_path: Path) -> None:
    result = review("list")
    assert result.exit_code == 2
    assert "office.db 不存在，请先运行 textcheck scan" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_settings_say_where_the_store_is_and_how_many_confirm(
    store: Store,  # noqa: ARG001 # fills the store that the settings name
    url: str,
    fingerprints: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = f'[store]\nurl = "{url}"\n[review]\nconfirmations = 3\n'
    (tmp_path / "textcheck.toml").write_text(settings, encoding="utf-8")
    confirm = ["review", "confirm", fingerprints["王某某"], "--reviewer"]
    named = ["--config", str(tmp_path / "textcheck.toml")]
    result = CliRunner().invoke(program, [*confirm, "审核员甲", *named])
    assert lines(result) == [f"复核中 1/3  {SERIOUS}"]
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(program, [*confirm, "审核员乙"])
    assert lines(result) == [f"复核中 2/3  {SERIOUS}"]


@pytest.mark.usefixtures("store")
def test_a_decision_is_taken_back(review: Run, fingerprints: dict[str, str]) -> None:
    fingerprint = fingerprints["王某某"]
    by = ["--reviewer", "审核员甲"]
    review("confirm", fingerprint, *by)
    assert lines(review("withdraw", fingerprint, *by, "--note", "看错了")) == [f"待核  {SERIOUS}"]
    assert "审核员甲  撤回  everywhere  看错了" in review("show", fingerprint).stdout


def test_where_there_are_users_a_reviewer_is_one_of_them(
    review: Run, store: Store, fingerprints: dict[str, str]
) -> None:
    with store.write() as connection:
        roles = [Role.READER]
        add_user(connection, "查阅者", "hash", roles, by="管理员", now=datetime.now(CHINA))
    for name, message in (("审核员甲", "没有叫“审核员甲”的用户"), ("查阅者", "没有复核的权限")):
        result = review("confirm", fingerprints["王某某"], "--reviewer", name)
        assert result.exit_code == 2
        assert message in result.stderr
