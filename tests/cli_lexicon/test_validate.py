"""textcheck lexicon validate: what is wrong is named by file, line and column."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from click.testing import CliRunner, Result

from textcheck.cli.main import program

Run = Callable[..., Result]


def put(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_tables_of_the_program_have_no_problems() -> None:
    ran = CliRunner().invoke(program, ["lexicon", "validate"])
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, "", "词库检查：没有问题\n")


def test_tables_without_problems_pass(tables: Path, run: Run) -> None:
    assert tables.is_dir()
    ran = run("lexicon", "validate")
    told = "没有安装随程序的清样文本，这一项未检查\n词库检查：没有问题\n"
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, "", told)


def test_every_problem_is_a_line(tables: Path, run: Run) -> None:
    put(tables / "persons.tsv", "facts:甲报.tsv", "https://a.cn")
    put(tables / "words.tsv", "部署\t\t\tordinary\tfacts:甲报.tsv\t\t",
        "部署\t\t\tordinary\tfacts:甲报.tsv\t工作安排。\t作出布署。")  # fmt: skip
    ran = run("lexicon", "validate")
    assert ran.exit_code == 1
    source, good, bad = ran.stdout.splitlines()
    assert source == "persons.tsv 第3行 source 列：出处不能只是网址，应写明语料、日期、标题"
    assert good.startswith("words.tsv 第2行 example_good 列：“作出布署。”不应报问题，却报了WRD801 ")
    assert bad == "words.tsv 第2行 example_bad 列：“工作安排。”应报 WRD 类问题，没有报"
    assert ran.stderr.endswith("词库检查：3 个问题\n")


def test_a_table_that_cannot_be_read_is_a_problem_too(tables: Path, run: Run) -> None:
    put(tables / "words.tsv", "wrong", "wrongs")
    put(tables / "posts.tsv", "many", "two")
    ran = run("lexicon", "validate")
    assert ran.exit_code == 1
    (line,) = ran.stdout.splitlines()
    assert "words.tsv 表头应为 id、wrong、" in line
    put(tables / "words.tsv", "wrongs", "wrong")
    assert "seats 列应为 1、many 或一个日期" in run("lexicon", "validate").stdout


@pytest.mark.parametrize("packed", [False, True])
def test_the_gate_counts_flags_in_clean_text(
    tables: Path, run: Run, tmp_path: Path, *, packed: bool
) -> None:
    assert tables.is_dir()
    records = [
        {"text": "作出布署。", "date": "2018"},
        {"text": "", "title": "作出部署", "date": "2018-02"},
        {"text": "作出部署。", "published_on": "2018-02-03"},
    ]
    body = "\n".join(json.dumps(record) for record in records).encode()
    path = tmp_path / ("clean.jsonl.zst" if packed else "clean.jsonl")
    path.write_bytes(zstandard.ZstdCompressor().compress(body) if packed else body)
    ran = run("lexicon", "validate", "--clean", path)
    assert ran.exit_code == 1
    first, second = ran.stdout.splitlines()
    assert "一般问题每百万字" in first
    assert "，限 20" in first
    assert second == "    clean.jsonl" + ".zst" * packed + " 第1行 WRD801 作出【布署】。"
    assert "每百万字 严重 0.00、一般" in ran.stderr


def test_a_clean_file_passes(tables: Path, run: Run, tmp_path: Path) -> None:
    assert tables.is_dir()
    (tmp_path / "clean.txt").write_bytes("作出部署。".encode("gb18030") * 9)
    ran = run("lexicon", "validate", "--clean", "clean.txt")
    assert (ran.exit_code, ran.stdout) == (0, "")


@pytest.mark.parametrize(
    ("name", "body"),
    [("a.jsonl", b"[1]"), ("a.jsonl", b'{"text": "a", "date": "May"}'), ("a.jsonl", b"\xff\xfe"),
     ("a.jsonl.zst", b"no zst"), ("a.docx", b"no docx")],
)  # fmt: skip
def test_a_clean_file_that_cannot_be_read_ends_it(
    tables: Path, run: Run, tmp_path: Path, name: str, body: bytes
) -> None:
    assert tables.is_dir()
    (tmp_path / name).write_bytes(body)
    ran = run("lexicon", "validate", "--clean", name)
    assert ran.exit_code == 2
    assert ran.stderr.splitlines()[-1].startswith("错误：")


def test_what_is_disabled_is_said(tables: Path, run: Run, tmp_path: Path) -> None:
    assert tables.is_dir()
    office = tmp_path / "office"
    office.mkdir()
    (office / "disable.tsv").write_text(
        "id\ttable\treason\texpires\nw1\twords\t地名\t2099-01-01\n", encoding="utf-8"
    )
    ran = run("lexicon", "validate", "--lexicon", "office")
    assert ran.exit_code == 0
    assert "提示：按 disable.tsv 停用 1 项：words 表的 w1" in ran.stderr
    assert run("lexicon", "validate", "--lexicon", "none").exit_code == 2
