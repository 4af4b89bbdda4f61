"""An office's own rows over those of the program."""

import re
from datetime import date
from pathlib import Path

import pytest

from textcheck.checkers import build_checkers
from textcheck.data import data_dir
from textcheck.document import Document
from textcheck.errors import LexiconError
from textcheck.finding import Finding
from textcheck.knowledge.layers import Layers
from textcheck.knowledge.schema import DISABLE, TABLES
from textcheck.lexicon.load import load_lexicon
from textcheck.linter import check

TODAY = date(2020, 3, 1)


def put(folder: Path, name: str, *rows: str) -> None:
    """Write a table of a layer; the cells of a row are separated by tabs."""
    table = DISABLE if name == "disable" else TABLES[name]
    folder.mkdir(parents=True, exist_ok=True)
    lines = ("\t".join(table.names), *rows)
    (folder / table.file).write_text("\n".join(lines) + "\n", encoding="utf-8")


def found(layers: Layers, text: str) -> list[Finding]:
    lexicon = load_lexicon(layers, data_dir("models"))
    return check(Document(text, published_on=TODAY), build_checkers(lexicon))


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "office").mkdir()
    return tmp_path / "office"


@pytest.fixture
def province(tmp_path: Path) -> Path:
    (tmp_path / "province").mkdir()
    return tmp_path / "province"


def test_a_row_that_a_layer_adds_is_used_and_named(folder: Path, office: Path) -> None:
    put(office, "words", "own-1\t渔业大县\t渔业强县\t\t\tordinary\t县办通知\t\t")
    assert not found(Layers(folder), "建设渔业大县。")
    (finding,) = found(Layers(folder, (office,)), "建设渔业大县。")
    assert finding.suggestions == ("渔业强县",)
    assert "own-1（县办通知；词库层 office）" in finding.basis


def test_the_last_layer_holds(folder: Path, province: Path, office: Path) -> None:
    put(province, "words", "w1\t布署\t布设\t\t\tordinary\t省报\t\t")
    put(office, "words", "w1\t布署\t布置\t\t\tordinary\t市报\t\t")
    assert found(Layers(folder), "作出布署。")[0].suggestions == ("部署",)
    assert found(Layers(folder, (province,)), "作出布署。")[0].suggestions == ("布设",)
    assert found(Layers(folder, (province, office)), "作出布署。")[0].suggestions == ("布置",)
    assert found(Layers(folder, (office, province)), "作出布署。")[0].suggestions == ("布设",)


def test_what_a_layer_disables_is_silent_until_the_day_and_said(folder: Path, office: Path) -> None:
    put(office, "disable", "w1\twords\t本地老地名\t2020-04-01")
    before = Layers(folder, (office,), date(2020, 3, 31))
    after = Layers(folder, (office,), date(2020, 4, 1))
    assert not found(before, "作出布署。")
    assert before.notes == ("按 disable.tsv 停用 1 项：words 表的 w1",)
    assert found(after, "作出布署。")
    assert after.notes == (
        f"{office / 'disable.tsv'} 第2行 已到期（2020-04-01），words 表的 w1恢复使用",
    )
    assert before.digest() != after.digest()


def test_a_rule_can_be_disabled(folder: Path, office: Path) -> None:
    put(office, "disable", "WRD801\trule\t另有校对\t2020-04-01")
    layers = Layers(folder, (office,), TODAY)
    assert not found(layers, "作出布署。")
    assert layers.rules_off == {"WRD801"}
    codes = {rule.code for checker in build_checkers(load_lexicon(layers, data_dir("models")))
             for rule in checker.rules}  # fmt: skip
    assert "WRD801" in codes


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("w1\twords\t\t2020-04-01", "disable.tsv 第2行 reason 列不能为空"),
        ("w1\twords\t本地地名\t", "disable.tsv 第2行 expires 列不能为空"),
        ("w1\twords\t本地地名\t2020-4-1", "expires 列：日期应写作"),
        ("w1\tword\t本地地名\t2020-04-01", "table 列：不认识“word”；可用的有：rule、allowed"),
        ("w99\twords\t本地地名\t2020-04-01", "第2行：words.tsv 中没有“w99”"),
        ("WRD999\trule\t本地地名\t2020-04-01", "停用的规则 WRD999 不存在"),
    ],
)
def test_a_wrong_line_of_disable_is_named(
    folder: Path, office: Path, row: str, message: str
) -> None:
    put(office, "disable", row)
    with pytest.raises(LexiconError, match=re.escape(message)):
        found(Layers(folder, (office,), TODAY), "作出布署。")


def test_an_error_in_a_layer_names_its_file(folder: Path, office: Path) -> None:
    put(office, "words", "own-1\t渔业大县\t渔业强县\t\t\tgrave\t县办通知\t\t")
    where = re.escape(f"{office / 'words.tsv'} 第2行 level 列：不认识“grave”")
    with pytest.raises(LexiconError, match=where):
        found(Layers(folder, (office,)), "")


def test_a_folder_that_would_be_read_in_part_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="不是目录"):
        Layers(folder, (tmp_path / "none",))
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "word.tsv").write_text("", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"有不认识的表 word\.tsv；可用的有：.*words\.tsv"):
        Layers(folder, (tmp_path / "a",))
    (tmp_path / "b" / "c").mkdir(parents=True)
    (tmp_path / "c").mkdir()
    with pytest.raises(LexiconError, match="同名：c"):
        Layers(folder, (tmp_path / "b" / "c", tmp_path / "c"))


def test_the_digest_covers_every_layer(folder: Path, province: Path, office: Path) -> None:
    put(province, "words", "own-1\t渔业大县\t渔业强县\t\t\tordinary\t县办通知\t\t")
    seen = {
        Layers(folder).digest(),
        Layers(folder, (province,)).digest(),
        Layers(folder, (province, office)).digest(),
    }
    put(province, "words", "own-1\t渔业大县\t渔业强市\t\t\tordinary\t县办通知\t\t")
    seen.add(Layers(folder, (province,)).digest())
    assert len(seen) == 4


def test_layers_that_contradict_each_other_are_refused(
    folder: Path, province: Path, office: Path
) -> None:
    put(province, "formulations", "own-f\t渔业大县建设\t\tserious\t\t\t省报\t\t")
    put(office, "words", "own-w\t渔业大县建设\t渔业强县建设\t\t\tordinary\t县报\t\t")
    assert found(Layers(folder, (province,), TODAY), "推进渔业大县建射。")
    with pytest.raises(LexiconError) as caught:
        found(Layers(folder, (province, office), TODAY), "")
    assert str(caught.value) == (
        f"词库层互相矛盾：{office / 'words.tsv'} 第2行 wrong 列：“渔业大县建设”不能又错又对："
        f"{province / 'formulations.tsv'} 第2行 form 列说它是对的"
    )


def test_two_layers_cannot_fill_one_seat_twice(folder: Path, office: Path) -> None:
    put(office, "offices", "own\t周白\tpremier\t2019-01-01\t\t县报\t\t任命")
    with pytest.raises(LexiconError, match=r"offices\.tsv 第2行.*（offices\.tsv 第"):
        found(Layers(folder, (office,), TODAY), "")
