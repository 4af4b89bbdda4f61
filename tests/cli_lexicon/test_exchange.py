"""Tables to a workbook and back: the same again makes no difference, a fault is named by cell."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from python_calamine import load_workbook
from xlsxwriter import Workbook  # type: ignore[import-untyped] # no stubs published

from textcheck.knowledge.schema import TABLES

Run = Callable[..., Result]
WORDS = TABLES["words"].names


def write(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """Write a workbook as an editor would: with numbers and days where they look like it."""
    with Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name)
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
    return path


def rows(path: Path, name: str) -> list[list[object]]:
    return [list(line) for line in load_workbook(path).get_sheet_by_name(name).to_python()]


@pytest.fixture
def workbook(tables: Path, run: Run, tmp_path: Path) -> Path:
    assert tables.is_dir()
    assert run("lexicon", "export", "--xlsx", "all.xlsx").exit_code == 0
    return tmp_path / "all.xlsx"


def test_a_workbook_has_a_sheet_a_table_and_one_that_explains(workbook: Path) -> None:
    names = load_workbook(workbook).sheet_names
    by_hand = [table.name for table in TABLES.values() if not table.made_by]
    assert names == ["说明", *by_hand]
    told = {(row[0], row[2]) for row in rows(workbook, "说明")}
    assert all((name, column) in told for name in by_hand for column in TABLES[name].names)
    assert rows(workbook, "persons")[1][:4] == ["huai", "沈怀", "minister", ""]


def test_what_was_exported_comes_back_the_same(workbook: Path, run: Run) -> None:
    ran = run("lexicon", "import", workbook, "--apply")
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, "", "没有差别\n")


def test_tables_named_are_exported(tables: Path, run: Run, tmp_path: Path) -> None:
    assert tables.is_dir()
    assert run("lexicon", "export", "--xlsx", "two.xlsx", "sounds", "words").exit_code == 0
    assert load_workbook(tmp_path / "two.xlsx").sheet_names == ["说明", "sounds", "words"]
    assert run("lexicon", "import", "two.xlsx").stderr == "没有差别\n"
    ran = run("lexicon", "export", "--xlsx", "two.xlsx", "word")
    assert (ran.exit_code, ran.stderr.startswith("错误：没有名为 word 的表；可用的有：")) == (
        2,
        True,
    )
    assert run("lexicon", "export", "--xlsx", "no/two.xlsx").exit_code == 2


def test_changes_are_told_and_written_only_when_asked(
    workbook: Path, tables: Path, run: Run, tmp_path: Path
) -> None:
    before = {path.name: path.read_bytes() for path in tables.glob("*.tsv")}
    words = rows(workbook, "words")
    words[1][2] = "布置"
    del words[2]
    words.append(["w7", "水位长", "水位涨", "", "", "ordinary", "facts:甲报.tsv", "水位长了。", ""])
    path = write(tmp_path / "new.xlsx", {"words": words})

    told = (
        "words 修改 w1：right “部署”→“布置”\n"
        "words 删除 w2：wrong 按装；right 安装；after 了|路灯；"
        "level ordinary；source facts:甲报.tsv\n"
        "words 新增 w7：wrong 水位长；right 水位涨；level ordinary；source facts:甲报.tsv；"
        "example_bad 水位长了。\n"
    )
    ran = run("lexicon", "import", path)
    assert (ran.exit_code, ran.stdout) == (0, told)
    assert ran.stderr == "共新增 1 行、修改 1 行、删除 1 行\n"
    assert {path.name: path.read_bytes() for path in tables.glob("*.tsv")} == before

    ran = run("lexicon", "import", path, "--apply")
    assert (ran.exit_code, ran.stdout) == (0, told)
    after = {path.name: path.read_bytes() for path in tables.glob("*.tsv")}
    assert {name for name in after if after[name] != before[name]} == {"words.tsv"}
    old, new = (text["words.tsv"].decode().splitlines() for text in (before, after))
    assert [line for line in new if line not in old] == [
        "w1\t布署\t布置\t\t\tordinary\tfacts:甲报.tsv\t\t",
        "w7\t水位长\t水位涨\t\t\tordinary\tfacts:甲报.tsv\t水位长了。\t",
    ]
    assert new == sorted(new, key=lambda line: (line != new[0], line))
    assert [path.name for path in tables.iterdir() if path.name.startswith("tmp")] == []


def test_what_would_be_wrong_is_not_written(
    workbook: Path, tables: Path, run: Run, tmp_path: Path
) -> None:
    before = (tables / "words.tsv").read_bytes()
    words = rows(workbook, "words")
    words[1][1] = "湖海共同体意识"
    ran = run("lexicon", "import", write(tmp_path / "new.xlsx", {"words": words}), "--apply")
    assert ran.exit_code == 1
    assert "“湖海共同体意识”不能又错又对：formulations.tsv" in ran.stdout
    assert ran.stderr.endswith("个问题，没有写入\n")
    assert (tables / "words.tsv").read_bytes() == before


def test_lines_that_do_not_change_stay_as_they_are(
    workbook: Path, tables: Path, run: Run, tmp_path: Path
) -> None:
    path = tables / "words.tsv"
    body = path.read_bytes().replace(b"\n", b"\r\n").replace(b"\t\t\r\n", b"\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + body)
    words = rows(workbook, "words")
    words[1][2] = "布置"
    ran = run("lexicon", "import", write(tmp_path / "new.xlsx", {"words": words}), "--apply")
    assert ran.exit_code == 0
    changed = body.replace("w1\t布署\t部署\t\t\tordinary\tfacts:甲报.tsv".encode(),
                           "w1\t布署\t布置\t\t\tordinary\tfacts:甲报.tsv\t\t".encode())  # fmt: skip
    assert path.read_bytes() == b"\xef\xbb\xbf" + changed


def test_days_and_numbers_of_a_spreadsheet_are_text_again(
    workbook: Path, run: Run, tmp_path: Path
) -> None:
    posts, persons = rows(workbook, "posts"), rows(workbook, "persons")
    for line in posts:
        line[3] = 1 if line[3] == "1" else line[3]
    for line in persons[1:]:
        line[3] = date.fromisoformat(str(line[3])) if line[3] else ""
    path = write(tmp_path / "new.xlsx", {"posts": posts, "persons": persons})
    assert run("lexicon", "import", path).stderr == "没有差别\n"


@pytest.mark.parametrize(
    ("sheets", "message"),
    [
        ({"word": [["id"]]}, "工作表 word：没有名为 word 的表；可用的有："),
        ({"words": [["id", "wrong"]]}, "工作表 words 第1行：表头应为 id、wrong、right、"),
        ({"words": []}, "工作表 words 第1行：表头应为 id、wrong、right、"),
        ({"words": [WORDS, ["w1", "a\nb"]]}, "工作表 words 单元格 B2：不能有换行或制表符"),
        ({"words": [WORDS, ["w1"], ["w1"]]}, "工作表 words 单元格 A3：“w1”与第2行重复"),
        ({"words": [WORDS, ["", "甲"]]}, "工作表 words 单元格 A2：id 不能为空"),
        ({"words": [WORDS, ["w1", True]]}, "工作表 words 单元格 B2：应为文字，不是 True"),
        ({"说明": [["表"]]}, "中没有词库的表"),
    ],
)
def test_a_fault_in_a_sheet_is_named_by_cell(
    tables: Path, run: Run, tmp_path: Path, sheets: dict[str, list[list[object]]], message: str
) -> None:
    assert tables.is_dir()
    ran = run("lexicon", "import", write(tmp_path / "new.xlsx", sheets))
    assert ran.exit_code == 2
    assert message in ran.stderr


@pytest.mark.parametrize("body", [None, b"", b"PK\x03\x04 broken", "姓名\t职务".encode("gb18030")])
def test_a_file_that_is_no_workbook_is_refused(
    tables: Path, run: Run, tmp_path: Path, body: bytes | None
) -> None:
    assert tables.is_dir()
    if body is not None:
        (tmp_path / "new.xlsx").write_bytes(body)
    ran = run("lexicon", "import", "new.xlsx")
    assert ran.exit_code == 2
    assert "new.xlsx" in ran.stderr


def test_a_layer_is_exported_and_written_by_itself(tables: Path, run: Run, tmp_path: Path) -> None:
    office = tmp_path / "office"
    office.mkdir()
    assert run("lexicon", "export", "--xlsx", "own.xlsx", "--layer", "office").exit_code == 0
    sheets = {name: rows(tmp_path / "own.xlsx", name) for name in ("words", "disable")}
    sheets["words"].append(["own1", "渔业大县", "渔业强县", "", "", "ordinary", "县办通知", "", ""])
    sheets["disable"].append(["w1", "words", "本地地名", "2099-01-01"])
    write(tmp_path / "own.xlsx", sheets)
    before = {path: path.read_bytes() for path in tables.glob("*")}
    ran = run("lexicon", "import", "own.xlsx", "--layer", "office", "--apply")
    assert ran.exit_code == 0, ran.output
    assert {path: path.read_bytes() for path in tables.glob("*")} == before
    assert (office / "words.tsv").read_text(encoding="utf-8").splitlines() == [
        "\t".join(WORDS),
        "own1\t渔业大县\t渔业强县\t\t\tordinary\t县办通知\t\t",
    ]
    ran = run("check", "--text", "建设渔业大县，作出布署。", "--lexicon", "office")
    assert ran.stdout.count("WRD801") == 1


def test_changes_of_the_program_go_into_a_layer_where_it_cannot_be_written(
    workbook: Path, tables: Path, run: Run, tmp_path: Path
) -> None:
    words = rows(workbook, "words")
    words[1][2] = "布置"
    path = write(tmp_path / "new.xlsx", {"words": words})
    ran = run("lexicon", "import", path, "--into", "office", "--apply")
    assert ran.exit_code == 0, ran.output
    assert (tmp_path / "office" / "words.tsv").read_text(encoding="utf-8").splitlines()[1:] == [
        "w1\t布署\t布置\t\t\tordinary\tfacts:甲报.tsv\t\t"
    ]
    assert "部署" in (tables / "words.tsv").read_text(encoding="utf-8")
    del words[3]
    ran = run("lexicon", "import", write(path, {"words": words}), "--into", "office", "--apply")
    assert ran.exit_code == 2
    assert "词库层不能删除它" in ran.stderr
    assert run("lexicon", "import", path, "--into", "a", "--layer", "b").exit_code == 2
