from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from xlsxwriter import Workbook  # type: ignore[import-untyped] # no stubs published

from textcheck.account import Account, Platform, SourceSpec, Status
from textcheck.errors import ConfigError
from textcheck.register import load_register, read_register

HEADER = ("账号ID", "县区", "主办单位", "平台", "账号名称")
ROW = ("wx-1", "甲县", "甲县教育局", "微信", "甲县教育")

TOML = """
[[account]]
id = "wx-1"
county = "甲县"
unit = "甲县教育局"
platform = "微信"
name = "甲县教育"
"""


def toml(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "accounts.toml"
    path.write_text(text, encoding="utf-8")
    return path


def sheet(tmp_path: Path, rows: Sequence[Sequence[object]], merged: str = "") -> Path:
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        if merged:
            page.merge_range(merged, rows[1][1])
    path = tmp_path / "登记表.xlsx"
    path.write_bytes(out.getvalue())
    return path


def test_toml_gives_every_field(tmp_path: Path) -> None:
    text = f"""{TOML}status = "关停"
list_order = 7
[[account.source]]
kind = "wechat_rss"
feed = "https://rss.example.gov.cn/1"
[[account.source]]
kind = "wechat_pages"
"""
    assert load_register(toml(tmp_path, text)) == [
        Account(
            id="wx-1",
            county="甲县",
            unit="甲县教育局",
            platform=Platform.WECHAT,
            name="甲县教育",
            status=Status.CLOSED,
            list_order=7,
            sources=(
                SourceSpec("wechat_rss", {"feed": "https://rss.example.gov.cn/1"}),
                SourceSpec("wechat_pages"),
            ),
        )
    ]


def test_order_is_the_place_in_the_file_and_state_running_unless_said(tmp_path: Path) -> None:
    accounts = load_register(toml(tmp_path, TOML + TOML.replace("wx-1", "wx-2")))
    assert [(account.list_order, account.status) for account in accounts] == [
        (1, Status.RUNNING),
        (2, Status.RUNNING),
    ]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "accounts.toml"
    path.write_text(TOML, encoding="utf-8-sig")
    assert load_register(path)[0].id == "wx-1"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "没有账号"),
        ("[[accounts]]\n", "不认识“accounts”；可用的有：account"),
        ("account = 3\n", "“account”：应写作 [[account]]"),
        ("account = [3]\n", "第1个账号：应写作 [[account]]"),
        ("[[account]\n", "不合 TOML 格式"),
        (TOML + 'nmae = "x"\n', "1 处错误：\n  第2行起第1个账号：不认识“nmae”"),
        (TOML.replace('"微信"', '"微博客"'), "第1个账号“platform”：不认识“微博客”；可用的有：微信"),
        (TOML + 'status = "停"\n', "“status”：不认识“停”；可用的有：在运行、关停、注销"),
        (TOML + "list_order = -1\n", "“list_order”：应为整数，不是“-1”"),
        (TOML + 'list_order = "1"\n', "“list_order”：应为整数，不是 '1'"),
        (TOML + "list_order = true\n", "“list_order”：应为整数，不是 True"),
        (TOML.replace('"甲县教育局"', "3"), "“unit”：应为字符串，不是 3"),
        (TOML.replace('"甲县教育局"', '" "'), "第1个账号“unit”：不能为空"),
        (TOML.replace('"甲县教育局"', '"甲\\u0000县"'), "“unit”：含有不可见字符"),
        (TOML.replace('name = "甲县教育"', ""), "第1个账号“name”：不能为空"),
        (TOML + "\n" + TOML, "第10行起第2个账号“id”：“wx-1”与"),
        (TOML + 'source = "x"\n', "“source”：应写作 [[account.source]]"),
        (TOML + "source = [1]\n", "第1个来源：应写作 [[account.source]]"),
        (TOML + '[[account.source]]\nfeed = "x"\n', "第1个来源“kind”：不能为空"),
        (TOML + '[[account.source]]\nkind = "a"\nuid = 7\n', "第1个来源“uid”：应为非空字符串"),
        (TOML + '[[account.source]]\nkind = ""\n', "第1个来源“kind”：应为非空字符串"),
    ],
)
def test_a_wrong_toml_names_the_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as refused:
        load_register(toml(tmp_path, text))
    assert message in str(refused.value)
    assert "accounts.toml" in str(refused.value)


def test_sheet_gives_every_field(tmp_path: Path) -> None:
    rows = [
        ("序号", *HEADER, "状态", "列表顺序", "来源类型", "feed", "uid", "来源.token"),
        (1, *ROW, "注销", 7, "wechat_rss", "https://rss.example.gov.cn/1", "", "t-1"),
    ]
    assert load_register(sheet(tmp_path, rows)) == [
        Account(
            id="wx-1",
            county="甲县",
            unit="甲县教育局",
            platform=Platform.WECHAT,
            name="甲县教育",
            status=Status.CANCELLED,
            list_order=7,
            sources=(
                SourceSpec("wechat_rss", {"feed": "https://rss.example.gov.cn/1", "token": "t-1"}),
            ),
        )
    ]


@pytest.mark.parametrize(
    "header",
    [
        ("id", "地区", "单位", "平台", "名称"),
        ("ID", "县（市、区）", "主办 单位", "平台类型", "政务新媒体"),
    ],
)
def test_headers_may_be_worded_otherwise(tmp_path: Path, header: tuple[str, ...]) -> None:
    assert load_register(sheet(tmp_path, [header, ROW]))[0].unit == "甲县教育局"


def test_the_export_of_the_national_system_is_read_as_it_is(tmp_path: Path) -> None:
    rows = [
        ("政务新媒体账号信息",),
        ("导出时间：2026-11-26",),
        (
            *("序号", "所属地区", "主管单位", "主办单位名称（全称）", "新媒体平台类型"),
            *("*账号名称", "账号ID（微信号）", "账号运行状态", "审核状态", "粉丝数"),
        ),
        (
            *(1, "甲省/乙市/丙县", "丙县县委", "丙县教育局", "微信公众号", "丙县教育", "bx-edu"),
            *("正常运行", "通过", 1200),
        ),
        (
            2,
            "甲省/乙市",
            "乙市政府",
            "乙市政府办",
            "新浪微博",
            "乙市发布",
            1001,
            "已关停",
            "通过",
            3,
        ),
        (3, "乙市", "乙市政府", "乙市政府办", "头条号", "乙市发布", "tt-1", "已注销", "", ""),
        ("合计：3",),
    ]
    read = read_register(sheet(tmp_path, rows))
    assert [
        (a.id, a.county, a.unit, a.platform, a.name, a.status, a.list_order) for a in read.accounts
    ] == [
        ("bx-edu", "丙县", "丙县教育局", Platform.WECHAT, "丙县教育", Status.RUNNING, 1),
        ("1001", "乙市", "乙市政府办", Platform.WEIBO, "乙市发布", Status.CLOSED, 2),
        ("tt-1", "乙市", "乙市政府办", Platform.TOUTIAO, "乙市发布", Status.CANCELLED, 3),
    ]
    [note] = read.notes
    assert note == (
        "没有用到的列：“主管单位”（工作表“Sheet1” C3）、“审核状态”（工作表“Sheet1” I3）、"
        "“粉丝数”（工作表“Sheet1” J3）"
    )
    assert not read.gives_sources


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_as_a_sheet(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "登记表.csv"
    text = f"{delimiter.join(HEADER)}\r\n{delimiter.join(ROW)}\r\n"
    path.write_bytes(text.encode(encoding))
    assert load_register(path) == load_register(sheet(tmp_path, [HEADER, ROW]))
    path.write_bytes((text + delimiter.join(("wx-2", "甲", "乙", "", ""))).encode(encoding))
    with pytest.raises(ConfigError, match="2 处错误：\n  D3“平台”：不能为空\n  E3“账号名称”"):
        load_register(path)


def test_every_sheet_with_a_header_is_read_and_others_are_told(tmp_path: Path) -> None:
    path = tmp_path / "登记表.xlsx"
    with Workbook(path) as book:
        book.add_worksheet("填表说明").write_row(0, 0, ["请逐项填写"])
        for name, row in (("微信", ROW), ("微博", ("wb-1", "甲县", "甲县教育局", "微博", "甲"))):
            page = book.add_worksheet(name)
            page.write_row(0, 0, HEADER)
            page.write_row(1, 0, row)
    read = read_register(path)
    assert [(account.id, account.list_order) for account in read.accounts] == [
        ("wx-1", 1),
        ("wb-1", 2),
    ]
    assert read.notes == ("工作表“填表说明”没有表头，没有读取",)


def test_several_sources_stand_in_columns_with_their_number(tmp_path: Path) -> None:
    header = (*HEADER, "来源1", "来源1.list", "来源2", "来源2.list", "来源2.name", "来源12")
    row = (*ROW, "trs", "https://a.example/", "recipe", "https://b.example/", "x", "sitemap")
    [account] = load_register(sheet(tmp_path, [header, row]))
    assert account.sources == (
        SourceSpec("trs", {"list": "https://a.example/"}),
        SourceSpec("recipe", {"list": "https://b.example/", "name": "x"}),
        SourceSpec("sitemap"),
    )


def test_a_sheet_without_sources_leaves_those_that_are_known(tmp_path: Path) -> None:
    known = Account("wx-1", "甲县", "局", Platform.WECHAT, "旧名", sources=(SourceSpec("x"),))
    plain = read_register(sheet(tmp_path, [HEADER, ROW, ("wx-2", *ROW[1:])]))
    assert [account.sources for account in plain.over([known])] == [(SourceSpec("x"),), ()]
    none = read_register(sheet(tmp_path, [(*HEADER, "来源"), (*ROW, "")]))
    assert [account.sources for account in none.over([known])] == [()]


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    rows = [HEADER, ("", *ROW[1:]), ("wx-2", "", *ROW[2:]), *[("x", "", "", "", "")] * 40]
    with pytest.raises(ConfigError) as refused:
        load_register(sheet(tmp_path, rows))
    lines = str(refused.value).split("\n")
    assert lines[0].endswith("有 201 处错误：")
    assert lines[1:3] == [
        "  工作表“Sheet1” A2“账号ID”：不能为空",
        "  工作表“Sheet1” B3“县区”：不能为空",
    ]
    assert len(lines) == 52
    assert lines[-1] == "  ……其余 151 处略"


def test_titles_blank_rows_blank_columns_and_merged_counties_are_understood(tmp_path: Path) -> None:
    rows = [HEADER, ROW, (2002, "", "甲县卫健局", "微博", "健康\n甲县")]
    merged = load_register(sheet(tmp_path, rows, merged="B2:B3"))
    assert [(a.id, a.county, a.name) for a in merged] == [
        ("wx-1", "甲县", "甲县教育"),
        ("2002", "甲县", "健康 甲县"),
    ]
    gap = [(*HEADER[:2], "", *HEADER[2:]), (*ROW[:2], "", *ROW[2:])]
    assert load_register(sheet(tmp_path, gap))[0].unit == "甲县教育局"
    titled = [("政务新媒体登记表",), (), HEADER, ROW, (), ("", "", "", "", "")]
    assert len(load_register(sheet(tmp_path, titled))) == 1


def test_kind_of_file_is_told_by_its_bytes(tmp_path: Path) -> None:
    renamed = tmp_path / "登记表.et"
    renamed.write_bytes(sheet(tmp_path, [HEADER, ROW]).read_bytes())
    assert load_register(renamed)[0].id == "wx-1"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "找不到表头"),
        ([HEADER], "没有账号"),
        ([("账号ID", "县区"), ROW], "前10行中找不到表头"),
        (
            [(*HEADER, "名称"), ROW],
            "工作表“Sheet1” F1“名称”：与“账号名称”都像是“账号名称”，请改名或删去其中一列",
        ),
        ([(*HEADER, "uid", "来源.uid"), ROW], "工作表“Sheet1” G1“来源.uid”：与前面的一列重复"),
        ([HEADER[1:], ROW[1:]], "工作表“Sheet1” 第1行表头：缺少“账号ID”列"),
        ([HEADER, ROW, ("wx-2", "甲县", "甲县教育局", "", "甲")], "D3“平台”：不能为空"),
        ([HEADER, ("wx-1", "甲县", "甲", "广播", "甲")], "D2“平台”：不认识“广播”；可用的有：微信"),
        ([HEADER, ROW, (), ROW], "A4“账号ID”：“wx-1”与工作表“Sheet1” A2“账号ID”重复"),
        ([(*HEADER, "顺序"), (*ROW, 1.5)], "F2“顺序”：应为整数，不是“1.5”"),
        ([(*HEADER, "状态"), (*ROW, "开")], "F2“状态”：不认识“开”；可用的有：在运行、关停、注销"),
        (
            [(*HEADER, "来源", "uid"), (*ROW, "", "9")],
            "G2“uid”：填了来源的设置，却没有写明是哪种来源",
        ),
        ([(*HEADER, "来源", "uid"), (*ROW, "weibo", "9\u200b")], "G2：含有不可见字符"),
        ([HEADER, (1234567890123456, *ROW[1:])], "A2“账号ID”：数字超过 15 位"),
    ],
)
def test_a_wrong_sheet_names_the_cell(
    tmp_path: Path, rows: list[tuple[object, ...]], message: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        load_register(sheet(tmp_path, rows))
    assert message in str(refused.value)
    assert "登记表.xlsx" in str(refused.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04broken", "不是可读的 xlsx 或 xls"),
        (b"\xd0\xcf\x11\xe0broken", "不是可读的 xlsx 或 xls"),
        ("[[account]] # 登记".encode("gb18030"), "不是 UTF-8 编码的 TOML"),
    ],
)
def test_an_unreadable_file_is_named(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "accounts"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match=message):
        load_register(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="找不到账号登记表"):
        load_register(tmp_path / "none.toml")
    with pytest.raises(ConfigError, match="无法读取"):
        load_register(tmp_path)
