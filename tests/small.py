"""A lexicon of a few invented rows a table, written to a folder."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from textcheck.data import data_dir

__all__ = ["TABLES", "write_tables"]

TABLES: Mapping[str, tuple[str, ...]] = {
    "persons.tsv": (
        "id name level valid_from valid_to source",
        "wangshu 江望舒 top 2010-01-01 - 甲报 2010-01-01",
        "qinghe 陆青禾 top 2010-01-01 - 甲报 2010-01-01",
        "zhou-bai 周白 top 2010-01-01 - 甲报 2010-01-01",
        "huaigu 沈怀谷 minister 2010-01-01 - 甲报 2010-01-01",
        "huai 沈怀 minister - - unverified",
        "zhou-bai-2 周百 minister - - 甲报 2012-01-01",
        "yun 阿里木·云 minister - - 甲报 2012-01-01",
    ),
    "posts.tsv": (
        "id form aliases seats body valid_from valid_to source",
        "premier 云泽院总理 云泽国云泽院总理 1 云泽院 - - 甲报 2012-01-01",
        "vice-premier 云泽院副总理 - many 云泽院 - - 甲报 2012-01-01",
        "fishery 渔业部部长 渔业部长 1 渔业部 - - 甲报 2012-01-01",
        "lakes 湖泊委主任 - 1 湖泊委 - - unverified",
        "warden 护湖委员 - 2015-01-01 云泽院 - - 甲报 2012-01-01",
    ),
    "offices.tsv": (
        "id person post valid_from valid_to source end_source note",
        "t1 江望舒 premier 2012-03-10 2018-03-10 甲报 甲报 -",
        "t2 陆青禾 premier 2018-03-10 - 甲报 - 任命;last＿sighting＿2020-03-01",
        "t3 陆青禾 vice-premier 2012-03-10 2018-03-10 甲报 甲报 -",
        "t4 沈怀谷 fishery 2014-05-01 - 甲报 - first＿sighting;last＿sighting＿2016-05-01",
        "t5 周白 lakes 2015-01-01 2017-01-01 甲报 甲报 -",
        "t6 周白 vice-premier 2017-01-01 - 甲报 - last＿sighting＿2020-03-01",
        "t7 阿里木·云 fishery 2010-01-01 2014-05-01 甲报 甲报 first＿sighting",
    ),
    "capacities.tsv": (
        "id post acts sole source example_bad example_good",
        "k1 premier 接见 国书 甲报 - -",
        "k2 fishery 禁渔|放流 - 甲报 - -",
    ),
    "anniversaries.tsv": (
        "id form aliases day source example_bad example_good",
        "a1 云泽市成立 云泽建市 1950-10-01 甲报 - -",
    ),
    "caution.tsv": (
        (
            "id code avoid instead before unless level valid_from valid_to source"
            " example_bad example_good"
        ),
        "ca1 TER901 东湖省|东湖国 东湖自治区 - 历史|旧称 serious - - 甲报",
        "ca2 VUL951 呔的 - - - ordinary - - unverified",
        "ca3 FRM304 “三个湖泊”战略 “三个湖泊”倡议 - - ordinary 2018-05-14 - 甲报",
    ),
    "heads.tsv": (
        "id body wrong right_body right level source example_bad example_good",
        "h1 湖泊院 主席|委员长 - 院长 serious 甲报 - -",
        "h2 @湖会 湖长 @湖管会 主任 ordinary unverified - -",
    ),
    "laws.tsv": (
        "id form kind valid_from valid_to replaced_by source end_source example_bad example_good",
        "l1 云泽国湖泊保护条例 national 2015-01-01 - - 甲报 - - -",
        "l2 云泽国渔业法 national - 2018-01-01 云泽国渔业保护法 甲报 甲报 - -",
        "l3 云泽国渔业保护法 national 2017-05-01 - - unverified - - -",
    ),
    "doctrines.tsv": (
        "id topic parts variants level valid_from valid_to source example_bad example_good",
        "d1 四湖 知湖|爱湖|护湖|兴湖 知湖、护湖、兴湖 serious 2015-01-01 2021-01-01 甲报 - -",
    ),
    "enumerations.tsv": (
        "id form variants level source",
        "e1 守好湖泊、河流、湿地家园 守好河流、湿地家园 serious 甲报",
        "e2 水清、岸绿、鱼肥、人和 - ordinary unverified",
        "e3 增强“湖泊意识”、坚定“湖泊自信” - serious unverified",
    ),
    "frames.tsv": (
        "id before form behind others level valid_from source",
        "fr1 湖边的 青草 和芦苇 水草|花 serious 2015-01-01 甲报",
    ),
    "quoted.tsv": (
        "id form variants level source",
        "q1 一湖一策 一湾一策 serious 甲报",
    ),
    "owners.tsv": (
        "id form variants wrong level source",
        "ow1 守护“四个湖泊” - 守护“三个湖泊” serious 甲报",
    ),
    "regions.tsv": (
        "id form rank parent status source",
        "reg-910000 云泽省 province - current 甲报",
        "reg-920000 山岭省 province - current 甲报",
        "reg-910100 望湖市 prefecture 云泽省 current 甲报",
        "reg-910101 芦苇渡县 county 望湖市 current 甲报",
        "reg-920101-f 芦苇渡县 county 山岭省 former 甲报",
    ),
    "formulations.tsv": (
        "id form variants level valid_from valid_to source example_bad example_good",
        "f1 “三个湖泊”战略布局 三个湖泊战略布局 serious 2015-01-01 - 甲报 - -",
        "f2 湖海共同体意识 - serious - - 甲报 - -",
        "f3 四个水源 - ordinary - - 甲报 - -",
        "f4 江望舒新时代治水兴渔富民思想 - serious 2016-01-01 - 甲报 - -",
        "f5 统筹推进治水兴渔 - serious - - unverified - -",
        "f6 干净的湖边的家园 - serious - - 甲报 - -",
        "f7 依法治国爱湖护湖 - serious - - 甲报 - -",
        "f8 治水兴渔 - ordinary - - 甲报 - -",
        "f9 建设清洁美丽湖泊 - ordinary - - 甲报 - -",
        "f11 湖的自我净化能力 - serious - - 甲报 - -",
        "f10 湖泊安全 - ordinary - - 甲报 - -",
    ),
    "bodies.tsv": (
        "id form full_name level valid_from valid_to source example_bad example_good",
        "b1 云泽人民代表大会 云泽人民代表大会 serious - - 甲报 - -",
        "b2 渔业和湖泊事务管理委员会 渔业和湖泊事务管理委员会 ordinary - - 甲报 - -",
    ),
    "meetings.tsv": (
        "id form aliases owner opened closed source example_bad example_good",
        "m1 云泽十届三中全会 党的云泽十届三中全会 云泽 2013-11-09 2013-11-12 甲报 - -",
        "m2 云泽经济工作会议 - 云泽 - - 甲报 - -",
        "m3 云泽十届四中全会 - 云泽 2014-10-20 2014-10-23 unverified - -",
        "m4 十四届湖会一次会议 第十四届湖泊大会第一次会议 湖会 2018-03-05 2018-03-12 甲报 - -",
        "m5 十四届湖会二次会议 - 湖会 2019-03-05 2019-03-12 甲报 - -",
        "m6 十四届湖会三次会议 - 湖会 2020-03-05 2020-03-12 甲报 - -",
        "m7 十五届湖会一次会议 - 湖会 2021-03-05 2021-03-12 甲报 - -",
    ),
    "peoples.tsv": (
        (
            "id kind form aliases wrong unless level valid_from valid_to source"
            " example_bad example_good"
        ),
        "pp1 people 云泽族 云胞 - - serious - - 甲报 - -",
        "pp2 people 湖族 - - - serious - - 甲报 - -",
        "pp3 former 湖族 - 湖夷族 旧称 ordinary 1985-01-01 - unverified - -",
    ),
    "protocol.tsv": (
        "id rank kind members valid_from valid_to source example_bad example_good",
        "p1 1 fixed 陆青禾|江望舒 2018-03-10 - 甲报 - -",
        "p2 2 fixed 周白|沈怀谷|阿里木·云 2018-03-10 - 甲报 - -",
        "p3 2 other 沈怀谷|周白 2019-01-01 - 甲报 - -",
        "p4 1 fixed 江望舒|陆青禾 2012-03-10 2018-03-10 unverified - -",
    ),
    "removed.tsv": (
        "id person bodies bare valid_from source",
        "r1 高湖平 云泽院|渔业部 yes 2016-05-06 甲报",
        "r2 郑江 湖泊委 - 2016-05-06 unverified",
    ),
    "series.tsv": (
        "id series written others known_to apart source example_bad example_good",
        "s1 湖会 {term}届湖会{number}次会议 山岭 2021-06-30 - 甲报 - -",
        "s2 湖会 第{term}届湖泊大会第{number}次会议 - - 300 甲报 - -",
        "s3 湖会 湖会{term}大和{term}届历次会议 - - - 甲报 - -",
    ),
    "clauses.tsv": (
        "id form variants level source",
        "c1 保持水清岸绿鱼肥 - ordinary 甲报",
        "c2 抓渔业必须先抓水 抓渔业就要先抓水 ordinary 甲报",
        "c3 云泽十届三中全会 - ordinary 甲报",
    ),
    "idioms.tsv": (
        "id form variants source",
        "i1 走投无路 - 甲报",
        "i2 水到渠成 水到渠通 unverified",
    ),
    "allowed.tsv": ("form near reason", "四个水原 四个水源 地名"),
    "watched.tsv": (
        "id form source example_bad example_good",
        "shake 震撼 甲报 2012-01-01 写的是：震憾。 写的是：震撼。",
    ),
    "confused.tsv": (
        "id characters source example_bad example_good",
        "cfd-0001 准|淮 甲报 2012-01-01 写的是：淮确。 写的是：准确。",
    ),
    "words.tsv": (
        "id wrong right before after level source example_bad example_good",
        "w1 布署 部署 - - ordinary 甲报 - -",
        "w2 按装 安装 - 了|路灯 ordinary 甲报 - -",
        "w3 即然 既然 你|我 - ordinary 甲报 - -",
        "w6 截止 截至 ^|， 7 hint 甲报 - -",
        "w4 帐户 账户 - - hint 甲报 - -",
        "w5 峻工 竣工 - - serious unverified - -",
    ),
}
"""Cells are separated by a space, - is an empty cell, ＿ a space in a cell."""


def write_tables(folder: Path) -> Path:
    """Write the tables with the real sounds and shapes; return the folder."""
    folder.mkdir(parents=True)
    for name, lines in TABLES.items():
        rows = ["\t".join(_cell(cell) for cell in line.split()) for line in _whole(lines)]
        (folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    for name in ("naming.tsv", "shapes.tsv", "sounds.tsv"):
        shutil.copy(data_dir("lexicons") / name, folder / name)
    (folder / "meta.toml").write_text("day = 2020-05-06\n", encoding="utf-8")
    return folder


def _whole(lines: tuple[str, ...]) -> list[str]:
    """Join the words of a source: 甲报 2010-01-01 is one cell."""
    return [line.replace("甲报 2", "甲报＿2") for line in lines]


def _cell(cell: str) -> str:
    return "" if cell == "-" else cell.replace("＿", " ")
