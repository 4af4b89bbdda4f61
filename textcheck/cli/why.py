"""textcheck lexicon why: what the tables say to a text."""

from collections.abc import Iterator
from pathlib import Path

import click

from textcheck.checkers import build_checkers
from textcheck.cli.day import parse_day
from textcheck.cli.settings import lexicon_option
from textcheck.cli.tools import default_layers, layers_named
from textcheck.data import cache_dirs, data_dir
from textcheck.document import Document
from textcheck.errors import ConfigError
from textcheck.finding import Finding
from textcheck.lexicon.load import load_lexicon
from textcheck.lexicon.why import Match, Weighed, matching_rows, weigh
from textcheck.linter import check
from textcheck.matching.fuzzy import Edit
from textcheck.report.terminal import excerpt, shown

__all__ = ["why"]

_MOST = 8
_EDITS = {Edit.WRONG: "错字", Edit.MISSING: "缺字", Edit.EXTRA: "多字", Edit.SWAPPED: "颠倒"}
# Of the evidence weighed, in the words of editors.
_EVIDENCE = {
    "bias": "起点", "gain": "改后更通顺", "gain below 6": "通顺增加不多",
    "gain above 10": "通顺增加很多", "least likely character": "最不通的字",
    "unseen": "原文字串少见", "length": "写法长", "same sound": "同音", "near sound": "近音",
    "like shape": "形近", "like sound and shape": "音形都近", "stranger": "音形都不近",
    "missing": "缺字", "extra": "多字", "doubled": "重字", "swapped": "颠倒", "edge": "在首尾",
    "alone": "只有姓名", "common": "普通人也可能叫", "covered": "被另一词覆盖",
    "covered within": "其中另有一词", "reads across": "与两边连成词", "function word": "虚词",
    "numeral": "数字", "blank": "空格", "letter": "字母", "mark": "标点", "rare": "生僻字",
    "quoted": "在引号中", "whole": "规范写法完整", "another character": "可换成别的字",
    "inside a word": "在词中间", "post": "职务", "body": "机构", "meeting": "会议",
    "clause": "语句", "covered, like": "被音形相近的另一词覆盖",
}  # fmt: skip


@click.command(
    help="""说明一段文字为什么报、为什么不报：命中词库的哪些行，与哪些规范写法相近，权衡了什么。"""
)
@click.argument("text", metavar="文字")
@click.option("--published", metavar="日期", help="按哪一天判断，如 2026-05-01。默认今天。")
@lexicon_option
def why(text: str, published: str | None, layers: tuple[Path, ...]) -> None:
    """Say what matches a text and what was weighed."""
    if not text.strip():
        raise ConfigError("没有文字")
    used = default_layers(layers_named(layers))
    day = used.today if published is None else parse_day(published)
    for note in used.notes:
        click.echo(f"提示：{note}", err=True)
    lexicon = load_lexicon(used, data_dir("models"), cache_dirs())
    document = Document(text, published_on=day)
    findings = check(document, build_checkers(lexicon))
    click.echo(f"按 {day} 判断：")
    for line in (
        *_section("报出", (_finding(one, document) for one in findings), "没有问题"),
        *_section("词库中与此相同的写法", map(_match, matching_rows(used, text, day)), "没有"),
        *_section("与规范写法相近之处", _near(weigh(lexicon, text)), "没有"),
    ):
        click.echo(shown(line))


def _section(title: str, lines: Iterator[str], nothing: str) -> Iterator[str]:
    told = list(lines) or [nothing]
    yield f"{title}："
    yield from (f"  {line}" for line in told)


def _finding(finding: Finding, document: Document) -> str:
    return (
        f"{finding.severity.label} {finding.rule.code} {excerpt(document.text, finding.span)} "
        f"把握 {finding.confidence:.2f}；{finding.message}；依据：{finding.basis}"
    )


def _match(match: Match) -> str:
    row, key = match.row, match.row[match.table.key]
    told = [f"{match.table.name} {key} {match.column} 列“{match.form}”"]
    if "right" in row.places:
        told.append(f"应为“{row['right']}”")
    if "valid_from" in row.places and (row["valid_from"] or row["valid_to"]):
        told.append(f"{row['valid_from']} 至 {row['valid_to'] or '今'}")
    if not match.holds:
        told.append("当天不适用")
    told += [row[column] for column in ("reason", "source") if column in row.places and row[column]]
    if row.layer:
        told.append(f"词库层 {row.layer}")
    return "；".join(told)


def _near(found: list[Weighed]) -> Iterator[str]:
    for one in found[:_MOST]:
        case = one.case
        entry = (case.part or case.protected.parts[0]).entry
        wrong = case.miss.span.of(case.text)
        spoken = "、".join(
            f"{_EVIDENCE.get(name, name)} {value:+.1f}" for name, value in one.spoken
        )
        yield (
            f"“{wrong}”近于“{case.form}”（{entry.id}，{_EDITS[case.miss.edit]}）："
            f"通顺增益 {case.gain.total:.1f}，把握 {one.confidence:.2f}"
            f"（{spoken}）；{one.reason or '算作误写'}"
        )
    if len(found) > _MOST:
        yield f"另有 {len(found) - _MOST} 处把握更小"
