"""What is wrong with rows: each fault is put into the small tables and must be named."""

from datetime import date
from pathlib import Path

import pytest

from textcheck.knowledge.layers import Layers
from textcheck.knowledge.problems import contradictions, row_problems

TODAY = date(2020, 3, 1)


def damage(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / f"{name}.tsv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def sources(folder: Path) -> Path:
    """Return the small tables with sources as the program's own must have them, in order."""
    for path in folder.glob("*.tsv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [
            "\t".join("facts:甲报.tsv" if cell.startswith("甲报") else cell for cell in cells)
            for cells in (line.split("\t") for line in lines)
        ]
        path.write_text("\n".join([rows[0], *sorted(rows[1:])]) + "\n", encoding="utf-8")
    return folder


def told(folder: Path) -> list[str]:
    layers = Layers(folder, (), TODAY)
    found = list(row_problems(layers)) or contradictions(layers)
    return [str(problem) for problem in found]


def test_tables_in_order_have_no_problems(sources: Path) -> None:
    assert told(sources) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("persons", "zhou-bai\t", "a-bai\t", "第7行 id 列：应按 id 排序：排在“yun”之后"),
        ("persons", "2010-01-01", "2010-1-1", "valid_from 列：日期应写作 2018-03-17"),
        ("persons", "facts:甲报.tsv", "http://a.cn/1", "source 列：出处不能只是网址"),
        ("persons", "facts:甲报.tsv", "甲报", "source 列：出处应为“语料 日期 标题”"),
        ("persons", "沈怀谷", "沈怀\u200b谷", "name 列：有看不见的字符"),
        ("persons", "阿里木·云", "阿里木‧云", "有全角字母数字或异体点号，应写作“阿里木·云”"),
        ("words", "峻工", "峻", "wrong 列：“峻”只有一个字，无法检查"),
        ("meetings", "2013-11-12", "2013-11-02", "closed 列：早于 opened"),
        ("offices", "2012-03-10\t2018-03-10", "2012-03-10\t2011-03-10", "列：早于 valid_from"),
        ("words", "部署\t", "部署\t\t\t", "words.tsv 第2行：有 11 列，应为 9 列"),
        ("words", "布署", "湖海共同体意识", "”不能又错又对：formulations.tsv"),
        ("caution", "东湖省", "四个水源", "”不能又错又对：formulations.tsv"),
        ("formulations", "四个水源", "湖泊安全", "form 列：与formulations.tsv 第"),
        ("words", "即然", "布署", ""),  # another context: no contradiction
        ("offices", "2018-03-10\t\tfacts", "2017-03-10\t\tfacts", "陆青禾与江望舒（offices.tsv"),
    ],
)  # fmt: skip
def test_a_fault_is_named(sources: Path, name: str, old: str, new: str, message: str) -> None:
    damage(sources, name, old, new)
    found = told(sources)
    if message:
        assert any(f"{name}.tsv" in line and message in line for line in found), found
    else:
        assert found == []


def test_a_hint_may_stand_in_what_is_lawful(sources: Path) -> None:
    damage(sources, "words", "帐户", "四个水源")
    assert told(sources) == []


def test_two_in_one_seat_may_be_explained(sources: Path) -> None:
    damage(sources, "offices", "2018-03-10\t\tfacts", "2017-03-10\t\tfacts")
    damage(sources, "offices", "任命;last sighting", "任命; overlap: 新旧交替；last sighting")
    assert told(sources) == []


def test_contradictory_layers_are_named_both(sources: Path, tmp_path: Path) -> None:
    office = tmp_path / "office"
    office.mkdir()
    (office / "words.tsv").write_text(
        (sources / "words.tsv").read_text(encoding="utf-8").splitlines()[0]
        + "\nown\t湖海共同体意识\t湖海意识\t\t\tordinary\t县办通知\t\t\n",
        encoding="utf-8",
    )
    layers = Layers(sources, (office,), TODAY)
    (line,) = [str(problem) for problem in contradictions(layers)]
    assert f"{office / 'words.tsv'} 第2行 wrong 列：“湖海共同体意识”不能又错又对：" in line
    assert "formulations.tsv 第" in line


def test_what_is_written_as_a_pattern_is_written_out(sources: Path) -> None:
    damage(sources, "caution", "东湖省", "四个{水源,水岸}")
    assert any("“四个水源”不能又错又对" in line for line in told(sources))
