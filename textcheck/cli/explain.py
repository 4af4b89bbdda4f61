"""textcheck explain: what a rule finds, and on what it rests."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from textcheck.cli.settings import lexicon_option
from textcheck.cli.tools import default_layers, tools_of
from textcheck.errors import ConfigError
from textcheck.finding import FAMILIES, Rule
from textcheck.lexicon.layers import read_rows
from textcheck.lexicon.schema import DISABLE, RULE, TABLES

__all__ = ["EXPLANATIONS", "explain"]

_BY_PLACE = "（具体一处把握不足、属于引述的降低，把握大而在标题、首段、领导讲话等处的升一级）"
_TABLE = re.compile(r"lexicons/(\w+)\.tsv")

# For editors; the checkers' own docstrings speak to developers.
EXPLANATIONS = {
    "NAM101": """\
领导人姓名写错、漏写、多写、重复一个字，或前后两个字颠倒，如把“江望舒”写成“江望抒”。
主要领导人的姓名直接检查；其他人的姓名与普通人只差一个字并不稀奇，所以只有同时出现职务、
级别或并列的其他领导人时才检查。""",
    "TTL201": """\
领导人职务名称写错、漏写、多写、重复一个字，或前后两个字颠倒，如把“省委书记”写成“省委书纪”。""",
    "TTL202": """\
文中的职务，该人在发布当天并不担任。按发布日期而不是今天判断，如三月离任的省长，五月的文章仍写“省长”：旧文章写当时的职务不算错。
任职情况查不到的不报；前面有“原”“时任”等字，或同一句写明了其任职的年份，也不报。
离任多年的人（八年以上）多半是在叙述历史，只作提示。""",
    "TTL203": """\
机构没有这样的职务：人大常委会的负责人是主任，不是主席；检察院是检察长，不是院长；自治区没有省长。
前面可以有任何地名，职务前可以有“副”“常务副”“代”。讲一九八〇年以前的句子只作提示。""",
    "TTL204": """\
一人身兼数职，文中的事却只能以另一职务去做：接受国书、同外国元首通电话的是国家主席，不是军委主席。
看姓名后面的话；话里没有这样的事，或列出了另一职务的，不报。""",
    "TTL205": """\
已被查处（审查调查、开除党籍、判刑）的官员，在此后发布的文章里仍写作在任，或引用其讲话、称其为同志。
讲案件本身的文字、前面有“原”“时任”的、写明当年年份的不报；姓名前的职务属于别的机构的是同名的人，也不报。
只写姓名时，只查单凭姓名就知道是谁的人。""",
    "ORD251": """\
同一份名单里领导人的先后与发布当天的排序不符：常委在前，各机构内按选举或公布的次序。
词库里另有一种顺序（如政治局委员按姓氏笔画、民主党派按党派次序）的不报；写明“按姓氏笔画”“分别”“先后”的、
已不在任的人、不同句子里的人不管。只有两个常见姓名、又没有职务的，可能是普通人，也不报。""",
    "FRM301": """\
固定表述写错、漏写、多写、重复一个字，或前后两个字颠倒。
规范的不同写法列在词库中，不报；发布时还没有提出的表述，不用来衡量旧文章。""",
    "FRM303": """\
引号里的提法与一个带数字的固定提法只差一字，又紧挨着另一个固定提法：增强“四个意思”、坚定“四个自信”。
单独出现的“四个意思”可能是别的话，不报。""",
    "FRM302": """\
公文中逐字沿用的语句有一个字写错、漏写、多写、重复，或前后两个字颠倒，如把“筑牢思想防线”写成“铸牢思想防线”。""",
    "FRM305": """\
公文中按固定次序逐项列举的话少了一项，或相邻两项颠倒，如“打好蓝天、净土、碧水保卫战”。
只报规范文本里几乎没有的写法；只引用其中几项、后面还有别的项的，不报。""",
    "FRM306": """\
一字之差把意思写反：把“牢记使命”写成“忘记使命”，把“坚决贯彻”写成“坚决违背”。
引文、书名和批评这种现象的句子不报。""",
    "ORG401": """\
国家名称，或党、政、军机构的名称写错、漏写、多写、重复一个字，或前后两个字颠倒，如把“检察院”写成“检查院”。""",
    "ORG402": """\
机构改革后仍用改革前的名称，如2018年机构改革之后的“国土资源部”。写“原”“时任”“当年”等、写改革本身、写改革以前年份的
句子不报，发布日期在改革以前的不报。""",
    "MTG501": """\
会议名称写错、漏写、多写、重复一个字，或前后两个字颠倒，如把“四中全会”写成“四种全会”。
届次只对中央和全国的会议检查：各省的代表大会另有届次。""",
    "MTG503": """\
全国性会议的届次有误：没有开过这一届、这一次的会（十四届全国人大七次会议），数字不成数（二一十届），
缺届数或次数，前后届次不一致（党的十二大和二十届历次全会）；或者把正在开的会写成了多年前的会。
只看中央全会、全国人大、全国政协、中央纪委的届次；地方和其他党派、团体的会议不管。""",
    "MTG502": """\
文章发布时会议还没有召开，文中却写了它的“精神”“公报”“闭幕”等只有开过才会有的内容。""",
    "LAW601": """\
书名号里的法律、法规、党内法规或文件名称写错、漏写、多写、重复一个字，或前后两个字颠倒；长的名称可以有两处。
词库里有的名称、略去“中华人民共和国”“关于”和发文机关的写法、“（试行）”“（草案）”等说明，都不算错。
另一地方、另一届次、另一年份的同类文件，以及书、报刊、影视剧的名称，不报。""",
    "LAW602": """\
发布时已经废止的法律法规，被写成办事的依据（根据、依照《……》的规定）。
句中有“原”“当时”“废止”等字或过去的年份，以及讲判决、讲修订的，不报。""",
    "LAW603": """\
法律法规已经由内容相同的新法代替，名称改了，文中仍以旧的名称作为依据，如执业医师法已改为医师法。
不报的情形同 LAW602。""",
    "LAW604": """\
文中说某部法律法规已经施行、公布，而它在发布日期以后才通过。讲草案、立法、审议的不报。""",
    "DAT601": """\
日历上没有的日期，如 2 月 30 日、13 月；或年份比发布日期晚五十年以上的完整日期，
如把 2021.6.6 写成 2121.6.6。农历日期不检查。""",
    "DAT602": """\
星期与前面的日期对不上。没有写年份的，按离发布日期一百天以内的那一天算；算不准的不报。""",
    "DAT603": """\
起止日期颠倒：结束早于开始，如“2026年5月3日至5月1日”。没有写年份、跨年的起止（11月至3月）不报。""",
    "DAT604": """\
晚于发布日期的日子写成已经发生（召开了、印发了）；写作“将召开”的不报。""",
    "DAT605": """\
“今年是……N周年”与该事件的年份对不上，如2026年写某地“建市60周年”而该市1965年设立；没有写“今年是”或年份的不报。""",
    "REP701": """\
同一词语前后相连写了两遍，或在并列成分中写了两遍，如“政府文件、政府文件”；整个分句写了两遍也报。
“研究研究”“一件事一件事”“落实落实再落实”这类可以重叠的说法不报，或只作提示。""",
    "REP702": """\
“的”“了”“是”“在”等虚词连写了两遍；“目的的确”这样分属两个词的不报。""",
    "TER901": """\
涉及领土主权和香港、澳门、台湾的错误说法，如不加引号的“台独”、把外国人起的名字用于我国岛屿、自治区名称写错。
引用（加了引号）、书名、讲历史和转述外方说法的句子不报。""",
    "TER902": """\
民族、宗教的简称、误称和不敬的说法，如把民族支系写成民族。属于别的词、书名、引文和讲历史的句子不报。""",
    "TER903": """\
列举国家时列入了香港、澳门或台湾，末尾只写“国家”，应为“国家和地区”。""",
    "VUL951": """\
粗俗用语和网络脏语。引文、书名和别的词里的字不报。""",
    "VUL952": """\
对残疾人、务工人员等的歧视性称呼。俗语、书名、引文不报；多数只作提示。""",
    "WRD804": """\
新华社等列为慎用的说法：过时的国名、绝对化的医药用语等；多数只作提示。""",
    "FRM304": """\
固定提法与后面的词搭配错误，如“五位一体”的是总体布局，“四个全面”的是战略布局。""",
    "WRD801": """\
词库中已知的错别字词，如把“部署”写成“布署”。凑巧由前后两个词拼成的不报。""",
    "WRD803": """\
清样文本中几乎从不这样用的字，换成一个音近或形近的字就成了常用词，如把“防汛”写成“防讯”。
只凭字串统计判断，没有逐条出处，请核对原意；把握不大的只作提示。""",
    "MDL001": """\
模型认为这里很可能有错字：换成音近、形近的字，句子会通顺得多。没有逐条出处，请核对原意。
姓名、数字、书名和短引语不查，词库认为正确的写法不动；改好后成为重要固定表述的列为严重。""",
    "MDL002": """\
模型认为这里很可能多了一个字，或重复了一个字。""",
    "MDL003": """\
模型认为这个字前面很可能缺了一个字。""",
    "MDL004": """\
模型认为相邻两个字很可能写颠倒了。""",
    "WRD802": """\
成语、俗语或固定词语写错、漏写、多写一个字，或前后两个字颠倒，如把“走投无路”写成“走头无路”。
通行的不同写法列在词库中，不报。""",
}


@click.command(help="说明一条规则：找什么、级别、依据。不写规则编号则列出全部规则。")
@click.argument("code", required=False, metavar="[规则编号]")
@lexicon_option
@click.pass_context
def explain(ctx: click.Context, /, code: str | None, layers: tuple[Path, ...]) -> None:
    """Print one rule, or the list of all."""
    checkers = tools_of(ctx, layers).checkers
    rules = {rule.code: rule for checker in checkers for rule in checker.rules}
    if code is None:
        for rule in sorted(rules.values(), key=lambda rule: rule.code):
            click.echo(f"{rule.code}  {rule.severity.label}  {rule.title}")
        return
    if code.upper() not in rules:
        raise ConfigError(f"没有规则 {code}；现有规则：{'、'.join(sorted(rules))}")
    click.echo(_page(rules[code.upper()]))


def _page(rule: Rule) -> str:
    lines = [
        f"{rule.code}  {rule.title}",
        f"类别：{FAMILIES[rule.family]}",
        f"级别：{rule.severity.label}{_BY_PLACE}",
        f"依据：{rule.basis}",
    ]
    if rule.code in EXPLANATIONS:
        lines += ["", EXPLANATIONS[rule.code], "", *_of_table(rule)]
    off = f"{rule.code}、{RULE}、理由、恢复使用的日期"
    lines += [f"停用：在省、单位词库层的 {DISABLE.file} 中写一行：{off}"]
    return "\n".join(lines)


def _of_table(rule: Rule) -> Iterator[str]:
    """Yield which table a rule rests on, and the example of its first row that has one."""
    named = _TABLE.fullmatch(rule.basis)
    if named is None or named[1] not in TABLES:
        return
    table = TABLES[named[1]]
    yield f"词库：{table.name} 表（{table.title}），修改见 docs/lexicons.zh.md"
    if "example_bad" not in table.names:
        return
    for row in read_rows(default_layers(), table.name):
        ours = "code" not in row.places or row["code"] == rule.code
        if ours and row["example_bad"] and row["example_good"]:
            yield f"例：错“{row['example_bad']}”  对“{row['example_good']}”"
            return
