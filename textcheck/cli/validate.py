"""textcheck lexicon: for those who keep the tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from textcheck.checkers import build_checkers
from textcheck.checkers.base import Checker
from textcheck.cli.clean import clean_texts, own_clean_texts
from textcheck.cli.settings import lexicon_option
from textcheck.cli.tools import default_layers, layers_named
from textcheck.data import data_dir
from textcheck.document import Document
from textcheck.errors import LexiconError
from textcheck.finding import Severity
from textcheck.knowledge.layers import Layers
from textcheck.knowledge.problems import Problem, contradictions, row_problems
from textcheck.lexicon.load import load_lexicon
from textcheck.linter import check
from textcheck.report.terminal import excerpt, shown
from textcheck.trial import CleanText, row_trials, try_rows

__all__ = ["WRONG", "Checked", "problems_of", "validate"]

WRONG = 1
"""The exit status where the tables were read and are wrong."""

_Texts = Iterable[tuple[str, Document]]
# In a million characters of clean text at most so many; in the program's own clean texts none.
_LIMITS = {Severity.SERIOUS: 2.0, Severity.ORDINARY: 20.0, Severity.HINT: 300.0}


@dataclass(frozen=True, slots=True)
class Checked:
    """The checkers over tables that can be read, None where they cannot, and what is wrong."""

    checkers: tuple[Checker, ...] | None
    problems: list[Problem]


def problems_of(layers: Layers) -> Checked:
    """Return all that is wrong with the rows of layers, examples and right writings tried."""
    problems = list(row_problems(layers))
    try:
        problems += contradictions(layers)
        checkers = build_checkers(load_lexicon(layers, data_dir("models")))
    except LexiconError as error:
        if not problems:
            problems.append(Problem("", str(error)))
        return Checked(None, problems)
    problems += try_rows(row_trials(layers), checkers)
    return Checked(checkers, problems)


@click.command(
    help="""检查词库：列、日期、出处、互相矛盾的行；规范写法和 example_good 不应报问题，
    example_bad 应由该行报出；清样文本上的误报不超过限度。

    退出状态：0 没有问题；1 有问题；2 命令有误，或文件读不了。"""
)
@lexicon_option
@click.option(
    "--clean",
    "clean",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="文件",
    help="另用这些没有错误的文本试检（txt、docx、jsonl、jsonl.zst）。可重复。",
)
@click.pass_context
def validate(ctx: click.Context, /, **given: Any) -> None:  # noqa: ANN401 # the options above
    """Check the tables and say what is wrong with them."""
    layers = default_layers(layers_named(given["layers"]))
    for note in layers.notes:
        click.echo(f"提示：{note}", err=True)
    found = problems_of(layers)
    lines = [str(problem) for problem in found.problems]
    if found.checkers is not None:
        lines += _own_gate(found.checkers)
        for path in given["clean"]:
            lines += _gate(path, clean_texts(path, layers.today), found.checkers)
    for line in lines:
        click.echo(shown(line))
    click.echo(f"词库检查：{len(lines)} 个问题" if lines else "词库检查：没有问题", err=True)
    ctx.exit(WRONG if lines else 0)


def _own_gate(checkers: Sequence[Checker]) -> Iterator[str]:
    """Yield every flag in the program's own clean texts that is more than a hint."""
    flags = _flags(own_clean_texts(), checkers)
    if not flags.characters:
        click.echo("没有安装随程序的清样文本，这一项未检查", err=True)
    for name, document, finding in flags.loud:
        yield f"清样文本 {name}：误报 {finding.rule.code} {excerpt(document.text, finding.span)}"


def _gate(path: Path, texts: _Texts, checkers: Sequence[Checker]) -> Iterator[str]:
    """Yield what is flagged too often in a file, with the places."""
    flags = _flags(texts, checkers)
    rates = "、".join(f"{level.label} {flags.per_million(level):.2f}" for level in _LIMITS)
    click.echo(f"{path}：{flags.characters} 字，每百万字 {rates}", err=True)
    for level, limit in _LIMITS.items():
        if flags.per_million(level) <= limit:
            continue
        rate = f"每百万字 {flags.per_million(level):.2f} 处，限 {limit:g}"
        yield f"清样文本 {path}：{level.label}问题{rate}"
        for name, document, finding in flags.loud:
            if finding.severity is level:
                yield f"    {name} {finding.rule.code} {excerpt(document.text, finding.span)}"


def _flags(texts: _Texts, checkers: Sequence[Checker]) -> CleanText:
    flags = CleanText()
    for name, document in texts:
        flags.add(name, document, check(document, checkers))
    return flags
