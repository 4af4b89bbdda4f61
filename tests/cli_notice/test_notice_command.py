"""The way of a notice on the command line: made, sent, answered."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from click.testing import Result
from replay import Replay

from tests.notify.conftest import ROBOTS, Robots, said

Run = Callable[..., Result]

SHOWN = """\
关于2026年二季度政务新媒体抽查发现问题的整改通知

甲县某部门：

2026年二季度政务新媒体抽查发现，你单位主办的 1 个账号不合格（清单第1版）。\
请逐条核对整改，举一反三，于2099年7月31日前书面反馈整改情况。
甲县发布（微信）：严重表述错误（2026.5.6）
1．《某单位召开会议》（2026.5.6，https://mp.example.gov.cn/s/a-2026-05-06-SERIOUS）：\
a于2026-05-06发文，要求以实干推动【高质量发屏】。建议改为“高质量发展”。
"""
LOOKED = "复查：《某单位召开会议》a于2026-05-06发文，要求以实干推动【高质量发屏】。  尚未复查\n"


@pytest.fixture
def made(issued: Callable[[], None], notice: Run) -> Run:
    """Make the notices of the list, to be answered in a far future."""
    del issued
    ran = notice("make", "--quarter", "2026Q2", "--due", "2099-07-31")
    assert ran.exit_code == 0, ran.output
    return notice


def settings(tmp_path: Path, replay: Replay) -> None:
    reroute = "\n".join(f'"{key}" = "{value}"' for key, value in replay.reroute().items())
    (tmp_path / "textcheck.toml").write_text(
        '[notify.wecom]\n"*" = "env:ROBOT"\n[notify.feishu]\n"甲县某部门" = "env:ROBOT_A"\n'
        f"[crawler]\npace = 0.0\n[crawler.reroute]\n{reroute}\n",
        encoding="utf-8",
    )


def test_a_notice_is_made_for_each_unit_once(issued: Callable[[], None], notice: Run) -> None:
    ran = notice("make", "--quarter", "2026Q2", "--due", "2099-07-31")
    assert ran.stdout == "1  甲县某部门  1 个账号\n2  乙区某部门  1 个账号\n"
    assert ran.stderr == "生成通知 2 份，2099-07-31 前反馈。\n"
    again = notice("make", "--quarter", "2026Q2", "--due", "2099-08-31")
    assert again.stdout == ""
    assert again.stderr == (
        "生成通知 0 份，2099-08-31 前反馈；2 个单位与上次内容相同，没有另出。\n"
    )
    issued()
    assert notice("list").stdout == (
        "1  2026Q2 第1版  甲县某部门  反馈 0/1（2099-07-31 前）  没有发送\n"
        "2  2026Q2 第1版  乙区某部门  反馈 0/1（2099-07-31 前）  没有发送\n"
    )
    ran = notice("make", "--quarter", "2026Q3")
    assert (ran.exit_code, ran.stderr) == (2, "错误：没有已定稿的2026年三季度清单\n")


def test_a_notice_is_shown_and_written(made: Run, tmp_path: Path) -> None:
    ran = made("show", "1", "--out", str(tmp_path / "out"))
    assert ran.stdout == SHOWN + LOOKED
    data = (tmp_path / "out" / "整改通知-1.docx").read_bytes()
    paper = docx.Document(BytesIO(data))
    words = [paragraph.text for paragraph in paper.paragraphs]
    assert words[:2] == [SHOWN.splitlines()[0], "甲县某部门："]
    assert words[2:-1] == SHOWN.splitlines()[4:]
    made("show", "1", "--out", str(tmp_path / "again"))
    assert (tmp_path / "again" / "整改通知-1.docx").read_bytes() == data
    ran = made("show", "9")
    assert (ran.exit_code, ran.stderr) == (2, "错误：没有编号为 9 的整改通知\n")


def test_answers_are_entered_and_kept(made: Run) -> None:
    told = ("--account", "a", "--by", "审核员甲")
    assert (
        made("reply", "1", *told, "--words", "正在核实。").stdout == "已登记通知 1 中 a 的反馈。\n"
    )
    assert made("reply", "1", *told, "--words", "已改。", "--fixed-on", "2024-07-22").exit_code == 0
    assert made("show", "1").stdout == SHOWN + LOOKED + (
        "反馈：甲县发布（微信）  正在核实。\n反馈：甲县发布（微信）  2024-07-22 已整改，已改。\n"
    )
    assert "甲县某部门  反馈 1/1" in made("list", "--quarter", "2026Q2").stdout
    for arguments, message in (
        (("--account", "b", "--words", "已改"), "通知中没有账号“b”；通知中的账号有：a"),
        (("--account", "a", "--words", " "), "缺少反馈的内容"),
        (("--account", "a", "--words", "x", "--fixed-on", "2999-01-01"), "还没有到"),
    ):
        ran = made("reply", "1", "--by", "审核员甲", *arguments)
        assert ran.exit_code == 2
        assert message in ran.stderr


def test_an_answer_that_does_not_come_is_overdue(issued: Callable[[], None], notice: Run) -> None:
    del issued
    notice("make", "--quarter", "2026Q2", "--due", "2020-06-30")
    assert "反馈 0/1（2020-06-30 前，逾期）" in notice("list").stdout


def test_notices_are_sent_once_and_what_failed_again(
    made: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert made("send").stderr == (
        "提示：甲县某部门 没有发送渠道，请在 [notify] 中设置\n"
        "提示：乙区某部门 没有发送渠道，请在 [notify] 中设置\n"
        "没有要发的通知。\n"
    )
    monkeypatch.setenv("ROBOT", ROBOTS["wecom"])
    monkeypatch.setenv("ROBOT_A", f"{ROBOTS['feishu']} secret")
    robots = Robots(answers=[said({"errcode": 45009, "errmsg": "api freq out of limit"})])
    hosts = {address.split("/")[2]: robots for address in ROBOTS.values()}
    with Replay(tmp_path, hosts=hosts) as replay:
        settings(tmp_path, replay)
        assert made("send", "--dry-run").stdout == (
            "wecom:*：甲县某部门、乙区某部门\nfeishu:甲县某部门：甲县某部门\n"
        )
        ran = made("send")
        assert ran.stdout == (
            "wecom:* 未发出（甲县某部门、乙区某部门）：企业微信返回 45009"
            "（api freq out of limit）：发送过于频繁，下次运行再试\n"
            "feishu:甲县某部门 已发出（甲县某部门）\n"
        )
        assert ran.exit_code == 2
        ran = made("send")
        assert (ran.exit_code, ran.stdout) == (0, "wecom:* 已发出（甲县某部门、乙区某部门）\n")
        ran = made("send")
        assert (ran.exit_code, ran.stderr) == (0, "没有要发的通知。\n")
    assert len(robots.asked) == 3
    assert "wecom:* 已发出" in made("list").stdout


def test_the_list_changes_and_only_whom_it_touches_is_told(
    made: Run, issued: Callable[[], None], publish: Callable[..., str]
) -> None:
    publish("b", date(2026, 6, 1))
    issued()
    assert made("make", "--quarter", "2026Q2").stdout == "3  乙区某部门  1 个账号\n"
    assert "（2026.5.8、2026.6.1）" in made("show", "3").stdout
    for number in ("1", "2"):  # they were told by the second edition
        assert made("make", "--quarter", "2026Q2", "--number", number).stdout == ""
