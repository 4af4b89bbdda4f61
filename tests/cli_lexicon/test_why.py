"""textcheck lexicon why: what matches, what was weighed, what was found."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


def test_a_text_is_explained(tables: Path, run: Run) -> None:
    assert tables.is_dir()
    ran = run("lexicon", "why", "作出布署，增强湖海共同体意织", "--published", "2020-03-01")
    assert ran.exit_code == 0
    lines = ran.stdout.splitlines()
    assert lines[:2] == ["按 2020-03-01 判断：", "报出："]
    assert lines[2].startswith("  一般 WRD801 作出【布署】，增强湖海共同体意织 把握 0.95；")
    assert lines[3].startswith("  严重 FRM301 作出布署，增强【湖海共同体意织】 把握 ")
    assert "  words w1 wrong 列“布署”；应为“部署”；facts:甲报.tsv" in lines
    near = lines[lines.index("与规范写法相近之处：") + 1]
    assert near.startswith("  “湖海共同体意织”近于“湖海共同体意识”（f2，错字）：通顺增益 ")
    assert near.endswith("算作误写")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("今天天气很好", "  没有问题"),
        ("四个水原", "  allowed 四个水原 form 列“四个水原”；地名"),
        ("江望舒新时代治水兴渔富民思想", "；2016-01-01 至 今；当天不适用；"),
    ],
)
def test_rows_that_are_right_or_do_not_hold_are_shown(
    tables: Path, run: Run, text: str, line: str
) -> None:
    assert tables.is_dir()
    ran = run("lexicon", "why", text, "--published", "2015-01-01")
    assert any(line in told for told in ran.stdout.splitlines()), ran.stdout


def test_a_layer_is_named(tables: Path, run: Run, tmp_path: Path) -> None:
    head = (tables / "words.tsv").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "words.tsv").write_text(
        f"{head}\nown\t渔业大县\t渔业强县\t\t\tordinary\t县办通知\t\t\n", encoding="utf-8"
    )
    ran = run("lexicon", "why", "渔业大县", "--lexicon", "office")
    assert "县办通知；词库层 office）" in ran.stdout
    assert "  words own wrong 列“渔业大县”；应为“渔业强县”；县办通知；词库层 office" in ran.stdout


@pytest.mark.parametrize("arguments", [("",), (" ",), ("甲", "--published", "2020"), ()])
def test_a_call_that_makes_no_sense_is_refused(
    tables: Path, run: Run, arguments: tuple[str, ...]
) -> None:
    assert tables.is_dir()
    assert run("lexicon", "why", *arguments).exit_code == 2
