"""
The tables of the lexicon: their columns, in order, and what each means to who keeps them.

The one place where a table is declared. A new one gets its reader, and with its line here the
commands that validate, export, import and layer tables know it, too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["DISABLE", "RULE", "TABLES", "Column", "Table"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and its meaning in the words of the guide."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """
    A table: one row an entry, the first column its key.

    `family` is the family of rules, or the rule, that a row's example_bad must set off; a row that
    has a column `code` names its own. `made_by` is the script that writes the table, "" for a
    table kept by hand.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    family: str = ""
    made_by: str = ""

    @property
    def file(self) -> str:
        """Return the name of its file."""
        return f"{self.name}.tsv"

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def key(self) -> str:
        """Return the column that names a row."""
        return self.columns[0].name


# What a column means wherever it stands; a table may say it more exactly.
_MEANINGS = {
    "id": "这一行的编号，永不改变，也不给别的行用；检查结果用它指明依据",
    "valid_from": "开始使用的第一天；空：早于所收新闻（2012年7月）",
    "valid_to": "不再使用的第一天；空：现在仍用",
    "level": "写错了有多严重：serious 严重，ordinary 一般，hint 提示",
    "source": "出处：“语料 日期 标题”、“facts:文件”，或 unverified（未核实，不报严重）",
    "example_bad": "一句应当报出问题的话",
    "example_good": "一句不应报出问题的话",
    "form": "规范写法，差一个字就报",
    "aliases": "其他规范写法，用 | 隔开",
    "variants": "相近而同样规范的写法，用 | 隔开，不报",
}


def _table(
    name: str, title: str, columns: str, /, *, family: str = "", made_by: str = "", **meanings: str
) -> Table:
    """Declare a table; `meanings` are those of its own columns."""
    told = {**_MEANINGS, **meanings}
    return Table(
        name, title, tuple(Column(column, told[column]) for column in columns.split()), family,
        made_by,
    )  # fmt: skip


_DECLARED = (
    _table(
        "allowed",
        "放行的写法",
        "form near reason",
        form="正确的写法，虽然与受保护的写法只差一两个字",
        near="它像哪一个受保护的写法",
        reason="为什么是对的；见于 N 篇：语料中的篇数",
    ),
    _table(
        "anniversaries",
        "周年",
        "id form aliases day source example_bad example_good",
        family="DAT605",
        form="“周年”前面的话，如“中国共产党成立”",
        day="事件发生的日期",
    ),
    _table(
        "bodies",
        "机构",
        "id form full_name level valid_from valid_to source example_bad example_good",
        family="ORG",
        form="机构名称，全称或规范的简称",
        full_name="正式全称",
    ),
    _table(
        "capacities",
        "身份",
        "id post acts sole source example_bad example_good",
        family="TTL",
        post="职务编号，见 posts 表",
        acts="表明以这一职务行事的词，用 | 隔开",
        sole="只有担任这一职务的人才做的事，用 | 隔开",
    ),
    _table(
        "caution",
        "慎用说法",
        "id code avoid instead before unless level valid_from valid_to source example_bad"
        " example_good",
        code="按哪一条规则报",
        avoid="不用的说法，用 | 隔开；花括号内任选其一：中港{两地,合作}",
        instead="改用的说法，用 | 隔开；与 avoid 个数相同则一一对应",
        before="紧挨在前面的字，须有其一，用 | 隔开；^ 表示行首；空：不限",
        unless="有其中一个词就不报，用 | 隔开：词 在句中，~词 在同一分句，^词 紧挨在前，"
        "词$ 紧跟在后；# 句中有启用当年或更早的年份（没有启用日期的，1949年以前）",
    ),
    _table(
        "clauses",
        "常用语句",
        "id form variants level source",
        family="FRM",
        made_by="scripts/mine_clauses.py",
    ),
    _table(
        "confused",
        "容易混淆的字",
        "id characters source example_bad example_good",
        family="WRD",
        characters="容易互相写错的字，用 | 隔开；常用词里的一个错成另一个就报，不必列出错误的写法",
    ),
    _table(
        "doctrines",
        "理论提法的各项",
        "id topic parts variants level valid_from valid_to source example_bad example_good",
        family="FRM",
        topic="提法的名称，如“四个意识”",
        parts="各项依次用 | 隔开，文中用顿号连接",
        variants="少一项或换了次序而同样可用的写法，用 | 隔开，不报",
    ),
    _table(
        "enumerations",
        "固定的列举",
        "id form variants level source",
        family="FRM",
        made_by="scripts/mine_enumerations.py",
        form="完整的列举，次序固定",
        variants="少一项或换了次序而同样可用的写法，用 | 隔开，不报",
    ),
    _table(
        "formulations",
        "固定表述",
        "id form variants level valid_from valid_to source example_bad example_good",
        family="FRM",
    ),
    _table(
        "frames",
        "固定表述的前后文",
        "id before form behind others level valid_from source",
        family="FRM308",
        made_by="scripts/mine_frames.py",
        before="紧挨在前面的字",
        form="中间应当写的词",
        behind="紧跟在后面的字；空：不论后面是什么",
        others="中间同样可写的词，用 | 隔开，不报；- 表示可以不写",
    ),
    _table(
        "heads",
        "机构负责人的职务",
        "id body wrong right_body right level source example_bad example_good",
        family="TTL",
        body="机构，用 | 隔开；@ 代表省市县区州旗盟",
        wrong="这些机构没有的职务，用 | 隔开",
        right_body="机构名称也要改时，正确的机构名称",
        right="这些机构的正确职务",
    ),
    _table(
        "idioms",
        "成语和固定词语",
        "id form variants source",
        family="WRD",
        made_by="scripts/mine_idioms.py",
    ),
    _table(
        "laws",
        "法律法规和文件",
        "id form kind valid_from valid_to replaced_by source end_source example_bad example_good",
        family="LAW",
        made_by="scripts/mine_laws.py",
        form="名称，书名号里的全称",
        kind="national：全国性法律法规；local：地方性法规；document：其他文件",
        valid_from="通过的日期；空：2012年7月以前，或不知道",
        valid_to="废止的日期；空：现行，或不知道",
        replaced_by="代替它的法律法规",
        end_source="废止的出处",
    ),
    _table(
        "meetings",
        "会议",
        "id form aliases owner opened closed source example_bad example_good",
        family="MTG",
        form="会议名称",
        owner="届次属于哪个机构",
        opened="开幕日期；经常召开的会议留空",
        closed="闭幕日期；经常召开的会议留空",
    ),
    _table(
        "offices",
        "任职",
        "id person post valid_from valid_to source end_source note",
        family="TTL",
        person="姓名，须在 persons 表中",
        post="职务编号，须在 posts 表中",
        valid_from="任职的第一天；note 写 first sighting 时是最早见到的一天",
        valid_to="不再任职的第一天；空：在任，或不知何时离任",
        end_source="离任的出处",
        note="first sighting：任职始于这一天或更早；last sighting 日期：最后见到在任的一天；"
        "end undated：离任日期只知不晚于 valid_to；removed：被查处或免职",
    ),
    _table(
        "owners",
        "动词与带数字的提法",
        "id form variants wrong level source",
        family="FRM304",
        made_by="scripts/mine_owners.py",
        form="动词和它最常带的提法：做到“两个维护”",
        variants="这个动词常带的其他提法，用 | 隔开",
        wrong="这个动词从不带的提法，用 | 隔开；后面紧接标点才报",
    ),
    _table(
        "peoples",
        "民族名称",
        "id kind form aliases wrong unless level valid_from valid_to source example_bad"
        " example_good",
        family="TER",
        kind="people：国家确认的民族，写错就报；former：改名前的旧称；short：不当的简称；"
        "group：不是单一民族的群体，称“人”不称“族”",
        form="规范的名称",
        aliases="其他规范的说法，用 | 隔开",
        wrong="不用的说法，用 | 隔开；people 行留空",
        unless="有其中一个词就不报 wrong 列的说法，写法同 caution 表",
        level="people 行写错了、其他行用了 wrong 列的说法有多严重：serious 严重，ordinary 一般，"
        "hint 提示",
        valid_from="这个名称确认、改用的第一天；空：不知道，或早于所收新闻（2012年7月）",
    ),
    _table(
        "persons",
        "人名",
        "id name level valid_from valid_to source",
        family="NAM",
        name="姓名",
        level="top 主要领导人，national 国家级，minister 部长和省级负责人及以下",
    ),
    _table(
        "posts",
        "职务",
        "id form aliases seats body valid_from valid_to source",
        family="TTL",
        form="职务名称，带机构，如“某市市长”",
        seats="1：同时只有一人；many：可有多人；日期：从这一天起任职表列出了全部任职人员",
        body="所属机构",
    ),
    _table(
        "protocol",
        "领导人排序",
        "id rank kind members valid_from valid_to source example_bad example_good",
        family="ORD",
        rank="1 至 9：同一名单里，数小的成员都在数大的成员之前；空：只管本行成员的先后",
        kind="fixed：名单须照这一顺序；other：另一种也对的顺序；strokes：按姓氏笔画，连写姓名时须照这一顺序；former：曾任领导人，只在四人以上的名单里看次序",
        members="姓名，依次用 | 隔开，须在 persons 表中",
    ),
    _table(
        "naming",
        "人名用字",
        "character surname given",
        made_by="scripts/build_naming.py",
        character="字",
        surname="多少人以它为姓",
        given="多少人名字里有它",
    ),
    _table(
        "quoted",
        "引号里的提法",
        "id form variants level source",
        family="FRM307",
        made_by="scripts/mine_quoted.py",
        form="引号里的固定提法",
        variants="引号里相近而同样规范的写法，用 | 隔开，不报",
    ),
    _table(
        "removed",
        "被查处的官员",
        "id person bodies bare valid_from source",
        person="姓名",
        bodies="从前任职的机构，用 | 隔开；姓名前的职务属于其中之一才报",
        bare="yes：单写姓名也知道是谁；空：姓名常见，带职务才报",
        valid_from="公开查处或免职的那一天",
    ),
    _table(
        "regions",
        "行政区划",
        "id form rank parent status source",
        family="GEO",
        made_by="scripts/mine_regions.py",
        rank="province：省级；prefecture：地级；county：县级",
        parent="上一级的名称；省直辖的县写省的名称",
        status="current：现有；former：已撤销或改名，只用来辨认，不据以报错",
    ),
    _table(
        "series",
        "届次会议的写法",
        "id series written others known_to apart source example_bad example_good",
        family="MTG",
        series="哪一种会议",
        written="写法，{term} 代表届，{number} 代表次",
        others="前面有这些词时是别的会议，用 | 隔开",
        known_to="到这一天为止开过的都在 meetings 表中；空：不一定",
        apart="前后两次至少隔多少天；空：说不准",
    ),
    _table(
        "shapes",
        "形近字",
        "character alike",
        made_by="scripts/build_shapes.py",
        character="字",
        alike="与它形近的字",
    ),
    _table(
        "sounds",
        "同音字",
        "syllable characters usual",
        made_by="scripts/build_sounds.py",
        syllable="音节，不分声调",
        characters="读这个音的字",
        usual="其中通常读这个音的字",
    ),
    _table(
        "watched",
        "常被写错的词",
        "id form source example_bad example_good",
        family="WRD",
        form="正确的词；其中一个字错成音近、形近的字就报，不必列出错误的写法",
    ),
    _table(
        "words",
        "错别字词",
        "id wrong right before after level source example_bad example_good",
        family="WRD",
        wrong="错误的写法，在现代公文中从来不对",
        right="正确的写法；空：删去",
        before="前面须紧挨着其中一个，用 | 隔开；^ 代表行首",
        after="后面须紧挨着其中一个，用 | 隔开",
    ),
)

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _DECLARED})
"""Every table by its name, in the order of their names."""

RULE = "rule"
"""What stands for a table where a whole rule is disabled."""

DISABLE = _table(
    "disable",
    "停用（只在省、单位的词库层中）",
    "id table reason expires",
    id="要停用的行的编号，或规则编号",
    table=f"那一行在哪个表；停用整条规则写 {RULE}",
    reason="为什么停用，不能空",
    expires="恢复使用的日期，不能空",
)
"""The table of a layer that says what is not to count."""
