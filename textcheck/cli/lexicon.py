"""textcheck lexicon: for those who keep the tables."""

import click

from textcheck.cli.exchange import export, import_
from textcheck.cli.proposals import proposals
from textcheck.cli.roster import roster
from textcheck.cli.validate import validate
from textcheck.cli.why import why

__all__ = ["lexicon"]


@click.group(help="维护词库：检查、查询、用表格修改、导入本地任职名单。")
def lexicon() -> None:
    """Hold the commands below."""


for command in (validate, why, export, import_, proposals, roster):
    lexicon.add_command(command)
