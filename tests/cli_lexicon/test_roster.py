"""A roster of an invented city: its leaders are checked as the country's are."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from xlsxwriter import Workbook  # type: ignore[import-untyped] # no stubs published

Run = Callable[..., Result]

HEAD = ("序号", "姓 名", "单位", "现任职务", "任职时间", "免职时间", "来源/文件", "排序", "备注")
CITY = "云栖市人民政府"
ROSTER = (
    ("云栖市领导名单（内部）",),
    HEAD,
    (1, "顾远舟", "中共云栖市委员会", "书记", date(2019, 3, 1), "", "云委〔2019〕1号", 1, ""),
    (2, "沈怀瑾", CITY, "市长", "2019.4.2", "", "云人发〔2019〕2号", 2, ""),
    (3, "梁秋实", CITY, "副市长", "2019年5月", "", "云人发〔2019〕3号", 3, ""),
    (4, "罗一鸣", CITY, "市长", "2015-02-03", "2019-03-30", "云人发〔2019〕1号", "", "接受审查"),
    (5, "何静姝", "政协云栖市委员会", "主席", "2018", "", "云协〔2018〕1号", 4, ""),
    (),
)


def write(path: Path, lines: Sequence[Sequence[object]]) -> Path:
    with Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        book.add_worksheet("封面").write_string(0, 0, "内部资料")
        sheet = book.add_worksheet("名单")
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    return path


@pytest.fixture
def office(tables: Path, run: Run, tmp_path: Path) -> Path:
    """Return a layer with the roster of the city."""
    assert tables.is_dir()
    write(tmp_path / "名单.xlsx", ROSTER)
    ran = run("lexicon", "roster", "名单.xlsx", "--into", "office", "--apply")
    assert ran.exit_code == 0, ran.output
    return tmp_path / "office"


def test_a_roster_is_shown_before_it_is_written(tables: Path, run: Run, tmp_path: Path) -> None:
    assert tables.is_dir()
    write(tmp_path / "名单.xlsx", ROSTER)
    ran = run("lexicon", "roster", "名单.xlsx", "--into", "office")
    assert ran.exit_code == 0
    assert not (tmp_path / "office").exists()
    assert ran.stdout.count("persons 新增") == 5
    assert (
        "form 云栖市人民政府市长；aliases 云栖市市长|云栖市长；seats 1；body 云栖市人民政府"
        in ran.stdout
    )
    assert "form 中共云栖市委员会书记；aliases 中共云栖市委书记|云栖市委书记|" in ran.stdout
    assert "form 政协云栖市委员会主席；aliases 云栖市政协主席；" in ran.stdout
    assert "person 罗一鸣" in ran.stdout
    assert "members 顾远舟|沈怀瑾|梁秋实|何静姝；valid_from 2019-05-31" in ran.stdout
    assert ran.stderr == "共新增 15 行、修改 0 行、删除 0 行\n"


@pytest.mark.parametrize(
    ("text", "day", "code", "right"),
    [
        ("云栖市市长沈怀瑾主持会议。", "2019-12-01", "", ""),
        ("云栖市长沈怀谨主持会议。", "2019-12-01", "NAM101", "沈怀瑾"),
        ("云栖市委书纪顾远舟讲话。", "2019-12-01", "TTL201", "云栖市委书记"),
        ("云栖市市长罗一鸣主持会议。", "2018-12-01", "", ""),
        ("云栖市市长罗一鸣主持会议。", "2019-12-01", "TTL202", ""),
        ("原云栖市市长罗一鸣受审。", "2019-12-01", "", ""),
        ("云栖市市长梁秋实到场。", "2019-12-01", "TTL202", "云栖市副市长梁秋实"),
        ("云栖市人民政府副市长梁秋实到场。", "2019-12-01", "", ""),
        ("顾远舟、沈怀瑾、梁秋实出席。", "2019-12-01", "", ""),
        ("沈怀瑾、顾远舟、梁秋实出席。", "2019-12-01", "ORD251", "顾远舟、沈怀瑾"),
        ("云栖市政协主席何静姝出席。", "2019-12-01", "", ""),
    ],
)
def test_the_leaders_of_the_city_are_checked(  # noqa: PLR0913, PLR0917 # a row of the table
    office: Path, run: Run, text: str, day: str, code: str, right: str
) -> None:
    ran = run("check", "--text", text, "--published", day, "--lexicon", office)
    assert ran.stdout.count("严重") == bool(code), ran.stdout
    assert code in ran.stdout
    assert right in ran.stdout
    assert ("词库层 office" in ran.stdout) is bool(code)


def test_the_same_roster_again_changes_nothing(office: Path, run: Run) -> None:
    assert run("lexicon", "validate", "--lexicon", office).stdout == ""
    before = {path: path.read_bytes() for path in office.iterdir()}
    ran = run("lexicon", "roster", "名单.xlsx", "--into", "office", "--apply")
    assert (ran.exit_code, ran.stderr) == (0, "没有差别\n")
    assert {path: path.read_bytes() for path in office.iterdir()} == before


def test_a_change_of_office_is_a_change_of_two_rows(office: Path, run: Run, tmp_path: Path) -> None:
    assert office.is_dir()
    lines = [list(line) for line in ROSTER]
    lines[3][5] = "2020-02-01"
    lines[6] = [6, "苏见微", CITY, "市长", "2020-02-01", "", "", "", ""]
    write(tmp_path / "名单.xlsx", lines)
    ran = run("lexicon", "roster", "名单.xlsx", "--into", "office", "--apply")
    assert ran.exit_code == 0, ran.output
    assert "提示：1 行没有来源，最多报一般问题" in ran.stderr
    assert "提示：名单中没有了 何静姝（" in ran.stderr
    told = run("check", "--text", "云栖市市长沈怀瑾到场。", "--published", "2020-03-01",
               "--lexicon", "office").stdout  # fmt: skip
    assert "TTL202" in told


def test_two_in_one_seat_are_refused(tables: Path, run: Run, tmp_path: Path) -> None:
    assert tables.is_dir()
    lines = [list(line) for line in ROSTER]
    lines[5][5] = ""
    write(tmp_path / "名单.xlsx", lines)
    ran = run("lexicon", "roster", "名单.xlsx", "--into", "office", "--apply")
    assert ran.exit_code == 1
    assert "同时任“" in ran.stdout
    assert not (tmp_path / "office" / "offices.tsv").exists()


@pytest.mark.parametrize(
    ("row", "column", "value", "message"),
    [
        (2, 1, "顾远舟1", "工作表 名单 单元格 B3：不是姓名：“顾远舟1”"),
        (2, 3, "书记、主任", "单元格 D3：应写一个职务，兼任的另起一行：“书记、主任”"),
        (2, 3, "", "单元格 D3：应写一个职务"),
        (2, 4, "", "单元格 E3：不能为空"),
        (2, 4, "去年", "单元格 E3：日期应写作 2026-05-01 或 2026年5月，不是“去年”"),
        (2, 4, "2019-02-30", "单元格 E3：没有这一天：“2019-02-30”"),
        (2, 4, "2019.13", "单元格 E3：没有这一天：“2019.13”"),
        (2, 5, "2018-01-01", "单元格 F3：早于任职日期"),
        (2, 7, "第一", "单元格 H3：应为数字，不是“第一”"),
        (1, 1, "人", "中没有同时有“姓名”“职务”“任职日期”列的工作表"),
    ],
)
def test_a_fault_is_named_by_cell(  # noqa: PLR0913, PLR0917 # a row of the table
    tables: Path, run: Run, tmp_path: Path, row: int, column: int, value: str, message: str
) -> None:
    assert tables.is_dir()
    lines = [list(line) for line in ROSTER]
    lines[row][column] = value
    write(tmp_path / "名单.xlsx", lines)
    ran = run("lexicon", "roster", "名单.xlsx", "--into", "office", "--apply")
    assert ran.exit_code == 2
    assert message in ran.stderr
    assert not (tmp_path / "office").exists()


@pytest.mark.parametrize("body", [None, b"broken"])
def test_a_file_that_is_no_workbook_is_refused(
    tables: Path, run: Run, tmp_path: Path, body: bytes | None
) -> None:
    assert tables.is_dir()
    if body is not None:
        (tmp_path / "a.xlsx").write_bytes(body)
    ran = run("lexicon", "roster", "a.xlsx", "--into", "office")
    assert (ran.exit_code, "a.xlsx" in ran.stderr) == (2, True)


def test_an_empty_roster_is_refused(tables: Path, run: Run, tmp_path: Path) -> None:
    assert tables.is_dir()
    write(tmp_path / "a.xlsx", ROSTER[:2])
    ran = run("lexicon", "roster", "a.xlsx", "--into", "office")
    assert (ran.exit_code, ran.stderr) == (2, "错误：名单中没有人\n")
