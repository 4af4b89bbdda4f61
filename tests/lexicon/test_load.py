"""A wrong table is refused with its file, line and column in Chinese."""

import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from textcheck.data import data_dir
from textcheck.errors import LexiconError
from textcheck.finding import Severity
from textcheck.knowledge.entry import EntryKind
from textcheck.lexicon.load import load_lexicon, read_tables
from textcheck.text.fold import fold
from textcheck.text.ngrams import MAGIC

# File, what stands there, what is put in its place, what the message must say.
DAMAGED = [
    ("persons.tsv", "id\tname", "id\tnamen", "persons.tsv 表头应为 id、name、"),
    ("persons.tsv", "qinghe\t", "\t", "persons.tsv 第3行 id 列不能为空"),
    ("persons.tsv", "qinghe\t", "wangshu\t", "persons.tsv 第3行：id “wangshu”重复"),
    ("persons.tsv", "陆青禾", "", "persons.tsv 第3行 name 列不能为空"),
    ("persons.tsv", "江望舒\ttop", "江望舒\thigh", "persons.tsv 第2行 level 列：不认识“high”"),
    (
        "persons.tsv",
        "江望舒\ttop\t2010-01-01",
        "江望舒\ttop\t2010-1-1",
        "第2行 valid_from 列：日期",
    ),
    (
        "persons.tsv",
        "江望舒\ttop\t2010-01-01",
        "江望舒\ttop\t20100101",
        "第2行 valid_from 列：日期",
    ),
    (
        "persons.tsv",
        "江望舒\ttop\t2010-01-01",
        "江望舒\ttop\t2010-02-30",
        "第2行 valid_from 列：日期",
    ),
    ("persons.tsv", "甲报 2012-01-01", "", "persons.tsv 第7行 source 列不能为空"),
    ("persons.tsv", "unverified", "unverified\t\t多", "persons.tsv 第6行：有 8 列，应为 6 列"),
    ("posts.tsv", "many", "two", "posts.tsv 第3行 seats 列应为 1、many 或一个日期，不是“two”"),
    ("posts.tsv", "云泽院副总理", "", "posts.tsv 第3行 form 列不能为空"),
    ("offices.tsv", "江望舒", "江望书", "offices.tsv 第2行 person 列：persons.tsv 中没有“江望书”"),
    ("offices.tsv", "江望舒\tpremier", "江望舒\tking", "第2行 post 列：posts.tsv 中没有“king”"),
    ("offices.tsv", "premier\t2012-03-10", "premier\t", "offices.tsv 第2行 valid_from 列不能为空"),
    ("offices.tsv", "\t2018-03-10", "\t2011-03-10", "offices.tsv 第2行 valid_to 早于 valid_from"),
    ("offices.tsv", "sighting 2016-05-01", "sighting 2016-05-32", "第5行 note 列：没有这一天"),
    ("formulations.tsv", "ordinary", "", "formulations.tsv 第4行 level 列：不认识“”"),
    ("bodies.tsv", "serious", "grave", "可用的有：serious、ordinary、hint"),
    ("meetings.tsv", "2013-11-12", "", "meetings.tsv 第2行 opened、closed 列应为先后两个日期"),
    ("meetings.tsv", "2013-11-12", "2013-11-08", "第2行 opened、closed 列应为先后两个日期"),
    ("clauses.tsv", "抓渔业必须先抓水", "", "clauses.tsv 第3行 form 列不能为空"),
    ("allowed.tsv", "四个水原", "", "allowed.tsv 第2行 form 列不能为空"),
    ("words.tsv", "布署\t部署", "布署\t布署", "words.tsv 第2行 wrong 与 right 相同：“布署”"),
    ("words.tsv", "布署\t部署", "\t部署", "words.tsv 第2行 wrong 列不能为空"),
    ("protocol.tsv", "陆青禾|江", "陆青河|江", "members 列：persons.tsv 中没有“陆青河”"),
    ("protocol.tsv", "陆青禾|江望舒", "陆青禾|陆青禾", "members 列：应有姓名，且不重复"),
    ("protocol.tsv", "p1\t1", "p1\t0", "rank 列：不认识“0”"),
    ("laws.tsv", "national\t2015-01-01", "law\t2015-01-01", "laws.tsv 第2行 kind 列：不认识“law”"),
    ("laws.tsv", "\t\t2018-01-01", "\t2018-02-01\t2018-01-01", "第3行 valid_to 早于 valid_from"),
    ("doctrines.tsv", "知湖|爱湖|护湖|兴湖", "知湖", "parts 列：应有两项或更多"),
    ("removed.tsv", "yes", "maybe", "bare 列：不认识“maybe”"),
    ("removed.tsv", "2016-05-06", "", "valid_from、bodies 列不能为空"),
    ("regions.tsv", "prefecture", "city", "regions.tsv 第4行 rank 列：不认识“city”"),
    ("regions.tsv", "former", "old", "regions.tsv 第6行 status 列：不认识“old”"),
    (
        "sounds.tsv",
        "syllable",
        "sound",
        "sounds.tsv 表头应为 syllable、characters、usual，现在是 sound、",
    ),
    ("meta.toml", "day", "days", "应写明词库日期"),
    ("meta.toml", "2020-05-06", "2020", "day 应为日期，不是 2020"),
    ("meta.toml", "2020-05-06", "2020-05-06T08:00:00", "day 应为日期"),
    ("meta.toml", "= 2020", "2020", "应写明词库日期"),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), DAMAGED)
def test_a_wrong_cell_is_named(folder: Path, name: str, old: str, new: str, message: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LexiconError, match=re.escape(message)):
        load_lexicon(folder, data_dir("models"))


def _remove(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _in_gb18030(path: Path) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030") + "甲".encode("gb18030"))


def _as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (_remove, "词库缺少文件 words.tsv"),
        (_empty, "words.tsv 表头应为 id、wrong、.*，现在是 空文件"),
        (_in_gb18030, "词库文件 words.tsv 不是 UTF-8 编码"),
        (_as_folder, "无法读取词库文件 .*words.tsv"),
    ],
)
def test_a_table_that_cannot_be_read_is_named(
    folder: Path, damage: Callable[[Path], None], message: str
) -> None:
    damage(folder / "words.tsv")
    with pytest.raises(LexiconError, match=message):
        load_lexicon(folder, data_dir("models"))


@pytest.mark.parametrize("damage", [_remove, _empty, _in_gb18030])
def test_the_day_must_be_given(folder: Path, damage: Callable[[Path], None]) -> None:
    damage(folder / "meta.toml")
    with pytest.raises(LexiconError, match="应写明词库日期"):
        load_lexicon(folder, data_dir("models"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "No such file"),
        (b"no table", "not a table of n-grams"),
        (MAGIC + b"\1" + b"\0" * 47, "bytes expected"),
        (b"", "mmap"),
    ],
)
def test_broken_counts_are_named(
    folder: Path, tmp_path: Path, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / "ngrams").mkdir()
        (tmp_path / "ngrams" / "ngrams.bin").write_bytes(content)
    with pytest.raises(LexiconError, match=message) as caught:
        load_lexicon(folder, tmp_path)
    assert "无法读取字串统计" in str(caught.value)
    assert "ngrams.bin" in str(caught.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("rare\t", "scarce\t"), "多出或缺少.*rare.*scarce"),
        (lambda text: text.replace("\nrare", "\nseldom\t0\t0\nrare"), "多出或缺少.*seldom"),
        (lambda text: text.replace("bias\t", "bias\tmuch", 1), "应为数字"),
    ],
)
def test_broken_weights_are_named(
    folder: Path, tmp_path: Path, change: Callable[[str], str], message: str
) -> None:
    models = tmp_path / "models"
    shutil.copytree(data_dir("models"), models)
    weights = models / "slips" / "weights.tsv"
    weights.write_text(change(weights.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        load_lexicon(folder, models)


def test_what_editors_and_systems_do_to_a_table_does_no_harm(folder: Path) -> None:
    before = read_tables(folder, data_dir("models"))
    path = folder / "persons.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = [
        line.rstrip("\t").replace("\t", " \t ") if line != lines[0] else line for line in lines
    ]
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    after = read_tables(folder, data_dir("models"))
    assert after.entries == before.entries
    assert after.digest != before.digest


def test_a_separator_of_lines_in_a_cell_stays_there(folder: Path) -> None:
    path = folder / "clauses.tsv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("甲报", "甲\u2028报"), encoding="utf-8"
    )
    clauses = [
        entry
        for entry in read_tables(folder, data_dir("models")).entries
        if entry.kind is EntryKind.CLAUSE
    ]
    assert "甲\u2028报" in {entry.citation.text for entry in clauses}


def test_the_digest_names_the_content_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    models = data_dir("models")
    first = load_lexicon(folder, models)
    copy = tmp_path / "elsewhere"
    shutil.copytree(folder, copy)
    os.utime(copy / "words.tsv", (0, 0))
    (copy / "notes.txt").write_text("not a table", encoding="utf-8")
    assert load_lexicon(copy, models).digest == first.digest
    for name in ("words.tsv", "meta.toml"):
        path = copy / name
        path.write_text(
            path.read_text(encoding="utf-8") + "\n#"[: name == "meta.toml"], encoding="utf-8"
        )
    assert load_lexicon(copy, models).digest != first.digest


def test_a_row_becomes_an_entry(folder: Path) -> None:
    tables = read_tables(folder, data_dir("models"))
    assert tables.day == date(2020, 5, 6)
    assert tables.top == ("江望舒", "陆青禾", "周白")
    entries = {entry.id: entry for entry in tables.entries}
    assert entries["f1"].variants == ("三个湖泊战略布局",)
    assert entries["f1"].since == date(2015, 1, 1)
    assert entries["f1"].until is None
    assert entries["f3"].level is Severity.ORDINARY
    assert not entries["f5"].citation.verified
    assert entries["m1"].kind is EntryKind.MEETING
    assert tables.posts["premier"].forms == ("云泽院总理", "云泽国云泽院总理")
    assert tables.posts["premier"].single
    assert not tables.posts["vice-premier"].single
    assert tables.meetings[0].forms == (
        "云泽十届三中全会",
        "党的云泽十届三中全会",
    )
    terms = {term.id: term for term in tables.terms}
    assert terms["t4"].seen_on == date(2016, 5, 1)
    assert not terms["t4"].exact
    assert terms["t2"].exact
    assert terms["t1"].seen_on is None
    words = {word.id: word for word in tables.words}
    assert words["w2"].after == ("了", "路灯")
    assert words["w3"].before == ("你", "我")


def test_every_form_that_is_shipped_can_be_met_in_a_folded_text() -> None:
    tables = read_tables(data_dir("lexicons"), data_dir("models"))
    forms = [form for entry in tables.entries for form in (entry.form, *entry.variants)]
    forms += [form for post in tables.posts.values() for form in post.forms]
    forms += [word.wrong for word in tables.words]
    assert [form for form in forms if fold(form) != form] == []
