import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from textcheck.cli.main import program
from textcheck.finding import Severity
from textcheck.report.pdf import can_pdf
from textcheck.run import Coverage
from textcheck.store.connect import Store
from textcheck.store.queue import mark_listed

ACCOUNTS = [
    ("a-1", "甲县", "微信", "甲县教育", "在运行"),
    ("a-2", "甲县", "微博", "甲县城管", "在运行"),
    ("b-1", "乙区", "微信", "乙区发布", "在运行"),
    ("b-2", "乙区", "抖音", "乙区交通", "关停"),
]
SECOND = ["--quarter", "2021Q2", "--from", "2021-04-01", "--to", "2021-06-30"]
THIRD = ["--quarter", "2021Q3", "--from", "2021-07-01", "--to", "2021-09-30"]

Run = Callable[..., Result]


@pytest.fixture
def report(textcheck: Run, register: Callable[..., None]) -> Run:
    """Run `textcheck report` on a store with the register above."""
    register(ACCOUNTS)
    return lambda *arguments: textcheck("report", *arguments)


def test_a_preview_is_shown_marked_and_not_kept(
    report: Run, publish: Callable[..., str], tmp_path: Path
) -> None:
    publish("a-1", date(2021, 5, 1))
    result = report("list", *SECOND)
    assert result.exit_code == 0
    assert result.stdout == (
        "附件2（预览稿，未正式印发）\n"
        "2021年二季度抽查政府系统政务新媒体不合格清单\n"
        "序号  单位/部门  政务新媒体        存在问题      发布时间\n"
        "1     甲县       甲县教育（微信）  严重表述错误  2021.5.1\n"
        "注：以上数据采样时间2021年4月1日—2021年6月30日，包含已反馈的数据。\n"
        "\n"
        "截至2021年6月30日，全市在“全国政务新媒体信息报送系统”中登记在运行的政务新媒体3个，"
        "抽查发现甲县“甲县教育”1个不合格政务新媒体，主要问题为存在严重表述错误。\n"
    )
    out = tmp_path / "out"
    assert report("list", *SECOND, "--out", str(out)).exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == sorted(
        [
            "附件2-2021Q2-预览稿.xlsx",
            "附件2-2021Q2-预览稿.docx",
            *(["附件2-2021Q2-预览稿.pdf"] if can_pdf() else []),
            "清单.html",
            "通报段落.txt",
            "manifest.json",
        ]
    )
    assert "没有已定稿的2021年二季度清单" in report("show", "--quarter", "2021Q2").stderr


def test_a_list_without_rows_is_valid(report: Run, tmp_path: Path) -> None:
    result = report("list", *SECOND, "--issue", "--out", str(tmp_path), "--checked", "3")
    assert result.exit_code == 0
    assert "政务新媒体3个，抽查3个，未发现不合格政务新媒体。\n" in result.stdout
    assert "已定稿：2021年二季度清单第1版。" in result.stderr


def test_a_list_from_no_scan_says_so(report: Run) -> None:
    assert "没有扫描记录" in report("list", *SECOND).stderr


@pytest.mark.usefixtures("run_id")
def test_accounts_that_were_not_read_are_told_with_the_list(report: Run, store: Store) -> None:
    assert "没有读全" not in report("list", *SECOND).stderr
    with store.write() as connection:
        mark_listed(connection, "2021-07-19", Coverage("a-1"))
        mark_listed(connection, "2021-07-19", Coverage("b-1", error="拒绝访问"))
    told = report("list", *SECOND).stderr
    assert "最近一次扫描（2021-07-19）的 2 个账号中有 1 个没有读全" in told


def test_a_change_makes_the_next_edition_and_the_first_stays(
    report: Run, publish: Callable[..., str], tmp_path: Path
) -> None:
    publish("a-1", date(2021, 5, 1))
    report("list", *SECOND, "--issue", "--out", str(tmp_path))
    publish("b-1", date(2021, 5, 2))
    result = report("list", *SECOND, "--issue", "--out", str(tmp_path))
    assert "第2版" in result.stderr
    first = report("show", "--quarter", "2021Q2", "--number", "1")
    assert "附件2（第1版）" in first.stdout
    assert "乙区发布" not in first.stdout
    latest = report("show", "--quarter", "2021Q2", "--out", str(tmp_path / "again"))
    assert "附件2（第2版）" in latest.stdout
    assert "乙区发布" in latest.stdout
    for name in (
        "附件2-2021Q2-第2版.xlsx",
        "附件2-2021Q2-第2版.docx",
        "清单.html",
        "manifest.json",
    ):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / name).read_bytes()


def test_an_issued_name_outlives_a_rename(
    report: Run, register: Callable[..., None], publish: Callable[..., str], tmp_path: Path
) -> None:
    publish("a-1", date(2021, 5, 1))
    publish("a-1", date(2021, 8, 1))
    report("list", *SECOND, "--issue", "--out", str(tmp_path))
    register([("a-1", "甲县", "微信", "甲县教体", "在运行"), *ACCOUNTS[1:]])
    assert "甲县教育（微信）" in report("show", "--quarter", "2021Q2").stdout
    later = report("list", *THIRD).stdout
    assert "“甲县教体”连续两个季度因严重表述错误被通报为不合格政务新媒体。\n" in later


def test_a_previewed_quarter_makes_no_repeat_offender(
    report: Run, publish: Callable[..., str]
) -> None:
    publish("a-1", date(2021, 5, 1))
    publish("a-1", date(2021, 8, 1))
    report("list", *SECOND)
    assert "连续两个季度" not in report("list", *THIRD).stdout


def test_the_paragraph_names_the_wanted_accounts_on_the_wanted_day(
    report: Run, publish: Callable[..., str]
) -> None:
    for account_id in ("a-1", "a-2", "b-1"):
        publish(account_id, date(2021, 5, 1))
    wanted = ["--example", "b-1", "--example", "a-2", "--as-of", "2021-07-05"]
    result = report("list", *SECOND, *wanted)
    assert "截至2021年7月5日，" in result.stdout
    assert "发现乙区“乙区发布”、甲县“甲县城管”等3个不合格政务新媒体" in result.stdout


def test_the_manifest_names_the_runs_and_their_makers(
    report: Run, publish: Callable[..., str], run_id: str, tmp_path: Path
) -> None:
    publish("a-1", date(2021, 5, 1))
    report("list", *SECOND, "--issue", "--out", str(tmp_path))
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["runs"] == [
        {"id": run_id, "code": "0.1.0", "lexicon": "ab12", "model": "", "config": "cd34"}
    ]
    page = (tmp_path / "清单.html").read_text(encoding="utf-8")
    assert f"扫描 {run_id}：程序 0.1.0；词库 ab12；未启用模型；配置 cd34" in page


def test_a_confirmed_article_without_a_day_stops_the_list(
    report: Run, publish: Callable[..., str], tmp_path: Path
) -> None:
    publish("a-1", None, title="无日期的文章")
    result = report("list", *SECOND, "--issue", "--out", str(tmp_path / "out"))
    assert result.exit_code == 2
    assert "没有发布日期" in result.stderr
    assert "甲县教育（微信）《无日期的文章》https://mp.example.gov.cn/" in result.stderr
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_rendered_is_not_issued(report: Run, tmp_path: Path) -> None:
    result = report("list", *SECOND, "--issue", "--out", str(tmp_path), "--example", "a-1")
    assert result.exit_code == 2
    assert "清单中没有账号“a-1”" in result.stderr
    assert "没有已定稿" in report("show", "--quarter", "2021Q2").stderr


def test_a_place_that_cannot_be_written_is_named(report: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = report("list", *SECOND, "--out", str(tmp_path / "file"))
    assert result.exit_code == 2
    assert "无法写入" in result.stderr


def test_a_store_without_accounts_is_no_empty_list(textcheck: Run) -> None:
    result = textcheck("report", "list", *SECOND)
    assert result.exit_code == 2
    assert "数据库中没有账号" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--quarter", "2021Q5", *SECOND[2:]], "季度应写作 2021Q2 这样的形式，不是“2021Q5”"),
        (["--quarter", "二季度", *SECOND[2:]], "不是“二季度”"),
        (
            [*SECOND[:2], "--from", "2021-06-30", "--to", "2021-04-01"],
            "起止日期颠倒：2021-06-30 在 2021-04-01 之后",
        ),
        (
            [*SECOND[:2], "--from", "2020-04-01", "--to", "2020-06-30"],
            "采样时间 2020-04-01 至 2020-06-30 完全不在2021年二季度之内",
        ),
        ([*SECOND[:3], "2021-4-1", *SECOND[4:]], "--from：日期应写作"),
        ([*SECOND[:3], "2021-02-30", *SECOND[4:]], "--from：没有“2021-02-30”这一天"),
        ([*SECOND, "--as-of", "昨天"], "--as-of：日期应写作"),
        ([*SECOND, "--checked", "-1"], "--checked"),
        (SECOND[2:], "缺少选项 --quarter"),
        ([*SECOND, "--config", "none.toml"], "找不到配置文件 none.toml"),
    ],
)
def test_a_wrong_argument_is_named(textcheck: Run, arguments: list[str], message: str) -> None:
    result = textcheck("report", "list", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_the_page_lists_the_worst_first_then_by_account_and_day(
    report: Run, publish: Callable[..., str], tmp_path: Path
) -> None:
    publish("b-1", date(2021, 5, 1))
    publish("a-2", date(2021, 6, 1), confirmed_by=[])
    publish("a-1", date(2021, 6, 2))
    publish("a-1", date(2021, 5, 2))
    publish("a-1", date(2021, 5, 1), severity=Severity.ORDINARY)
    publish("a-1", date(2021, 7, 1))  # after the period
    publish("a-2", None, confirmed_by=[])
    publish("a-2", date(2021, 6, 3), confirmed_by=[], dismissed_by=["审核员甲"])
    report("list", *SECOND, "--out", str(tmp_path))
    page = (tmp_path / "清单.html").read_text(encoding="utf-8")
    links = re.findall(r'href="https://mp.example.gov.cn/s/([^"]+)"', page)
    assert links == [
        "a-1-2021-05-02-SERIOUS",
        "a-1-2021-06-02-SERIOUS",
        "b-1-2021-05-01-SERIOUS",
        "a-1-2021-05-01-ORDINARY",
        "a-2-None-SERIOUS",
        "a-2-2021-06-01-SERIOUS",
    ]


def test_a_list_is_issued_in_the_office_s_own_template(
    report: Run, publish: Callable[..., str], tmp_path: Path
) -> None:
    template, settings = tmp_path / "模板.docx", tmp_path / "textcheck.toml"
    made = CliRunner().invoke(program, ["report", "template", str(template), "--example"])
    assert "{{ 采样说明 }}  清单下方的注" in made.stdout
    kept = CliRunner().invoke(program, ["report", "template", str(template), "--example"])
    assert (kept.exit_code, "已存在，没有覆盖" in kept.stderr) == (2, True)
    document = docx.Document(str(template))
    document.add_paragraph("某市政务公开领导小组办公室")
    document.save(str(template))
    tried = CliRunner().invoke(program, ["report", "template", str(template)])
    assert "可以使用" in tried.stdout
    settings.write_text('[report]\ntemplate = "模板.docx"\n', encoding="utf-8")
    publish("a-1", date(2021, 5, 1))
    out = tmp_path / "out"
    report("list", *SECOND, "--issue", "--config", str(settings), "--out", str(out))
    written = out / "附件2-2021Q2-第1版.docx"
    assert docx.Document(str(written)).paragraphs[-1].text == "某市政务公开领导小组办公室"
    again = report("show", "--quarter", "2021Q2", "--out", str(tmp_path / "again"))
    assert again.exit_code == 0  # without the template: the file is the one that was issued
    assert (tmp_path / "again" / written.name).read_bytes() == written.read_bytes()
    template.write_bytes(b"x")
    broken = report("list", *SECOND, "--template", str(template))
    assert (broken.exit_code, "模板.docx：模板不是 docx 文件" in broken.stderr) == (2, True)
