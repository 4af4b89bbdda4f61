"""textcheck notice: tell units what was found, and note what they answer."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import click

from textcheck.cli.day import now_in_china, parse_day
from textcheck.cli.desk import Desk, at_desk
from textcheck.cli.written import write_files
from textcheck.crawler.client import Client
from textcheck.edition import Quarter
from textcheck.errors import ConfigError
from textcheck.notice import Delivery, DeliveryState, Notice, Reply, is_overdue
from textcheck.notify.channels import Channel, channels_of, demand_known
from textcheck.notify.sending import Sent, due_on, latest, send_due
from textcheck.report.notice_pdf import notice_pdf
from textcheck.report.pdf import can_pdf
from textcheck.report.terminal import shown
from textcheck.report.unit_notice import draft_notices, notice_docx, notice_text
from textcheck.store.accounts import read_accounts
from textcheck.store.editions import COMMAND_LINE, read_edition
from textcheck.store.looks import looks_at
from textcheck.store.notices import (
    add_reply,
    deliveries_of,
    keep_notices,
    list_notices,
    read_notice,
    replies_to,
)
from textcheck.store.users import reviewer_named

__all__ = ["notice"]

_FILE = click.Path(path_type=Path)
_NOT_SENT = 2


@click.group(
    help="""把定稿的清单按单位发出整改通知，登记各单位的反馈。

    通知按 [notify] 中的设置由邮件、企业微信、钉钉、飞书或网络接口发出。"""
)
def notice() -> None:
    """Hold the commands below."""


@notice.command(help="按已定稿的清单给每个单位生成一份通知。与本季度上次内容相同的不再生成。")
@click.option("--quarter", required=True, metavar="季度", help="季度，如 2021Q2。")
@click.option("--number", type=click.IntRange(min=1), metavar="版次", help="第几版，默认最新一版。")
@click.option("--due", metavar="日期", help="反馈的期限，默认按 [notify] days，从今天算起。")
@at_desk
def make(desk: Desk, quarter: str, number: int | None, due: str | None) -> None:
    """Make the notices of an edition."""
    asked, now = Quarter.parse(quarter), now_in_china()
    due_on = parse_day(due) if due else now.date() + timedelta(days=desk.config.notify.days)
    with desk.store.write() as connection:
        edition = read_edition(connection, asked, number)
        if edition is None:
            raise ConfigError(f"没有已定稿的{asked.label}清单{f'第{number}版' if number else ''}")
        drafts = draft_notices(
            connection,
            edition,
            confirmations=desk.confirmations,
            due_on=due_on,
            now=now,
        )
        made = keep_notices(connection, drafts, COMMAND_LINE)
    for item in made:
        click.echo(f"{item.id}  {shown(item.unit)}  {len(item.lines)} 个账号")
    same = len(drafts) - len(made)
    click.echo(
        f"生成通知 {len(made)} 份，{due_on} 前反馈"
        f"{f'；{same} 个单位与上次内容相同，没有另出' if same else ''}。",
        err=True,
    )


@notice.command("list", help="列出通知：编号、清单、单位、账号数、期限、反馈、发送。")
@click.option("--quarter", metavar="季度", help="只列这个季度。")
@at_desk
def list_(desk: Desk, quarter: str | None) -> None:
    """List the notices."""
    with desk.store.read() as connection:
        notices = list_notices(connection, Quarter.parse(quarter) if quarter else None)
        ids = [item.id for item in notices]
        answers, fared = replies_to(connection, ids), deliveries_of(connection, ids)
    today = now_in_china().date()
    for item in notices:
        click.echo(_line(item, answers[item.id], fared[item.id], today))


@notice.command(help="显示一份通知和反馈；加 --out 写成 docx 和 pdf。")
@click.argument("notice_id", type=click.IntRange(min=1), metavar="编号")
@click.option("--out", type=_FILE, metavar="目录", help="文件写到哪里。")
@at_desk
def show(desk: Desk, notice_id: int, out: Path | None) -> None:
    """Show one notice."""
    with desk.store.read() as connection:
        item = read_notice(connection, notice_id)
        answers = replies_to(connection, [notice_id])[notice_id]
        fared = deliveries_of(connection, [notice_id])[notice_id]
        looks = looks_at(connection, [item], desk.confirmations, now_in_china().date())
    click.echo(notice_text(item), nl=False)
    for flaw in item.flaws:
        click.echo(shown(f"复查：《{flaw.title}》{flaw.marked}  {looks.of_flaw(flaw)}"))
    for line in item.lines:
        if look := looks.of_line(line):
            click.echo(shown(f"复查：{line.account}  {look}"))
    labels = {line.account_id: line.account for line in item.lines}
    for reply in answers:
        fixed = f"{reply.fixed_on} 已整改，" if reply.fixed_on else ""
        click.echo(f"反馈：{shown(labels[reply.account_id])}  {fixed}{shown(reply.words)}")
    for delivery in fared:
        click.echo(f"发送：{shown(_fared(delivery))}")
    if out is not None:
        papers = {f"整改通知-{item.id}.docx": notice_docx(item)}
        if can_pdf():
            papers[f"整改通知-{item.id}.pdf"] = notice_pdf(item)
        write_files(out, papers)


@notice.command(
    help="""发出还没有发出的通知：每个渠道一次运行只发一条。同一份通知在一个渠道只发一次。

    退出状态：0 全部发出，2 有没发出的（下次运行再发），或不能确定是否发出的。"""
)
@click.option("--dry-run", is_flag=True, help="只列出要发什么，不发送，不改动。")
@click.option("--again", is_flag=True, help="不能确定是否发出的也再发一次，对方可能收到两次。")
@at_desk
def send(desk: Desk, *, dry_run: bool, again: bool) -> None:
    """Send what is due."""
    with desk.store.read() as connection:
        notices = latest(list_notices(connection))
        fared = deliveries_of(connection, [item.id for item in notices])
        accounts = read_accounts(connection)
    channels = channels_of(desk.config.notify, now_in_china)
    demand_known(channels, accounts)
    for item in notices:
        if not any(channel.reaches(item) for channel in channels):
            click.echo(f"提示：{shown(item.unit)} 没有发送渠道，请在 [notify] 中设置", err=True)
    if dry_run:
        for line in _plan(channels, notices, fared, again=again):
            click.echo(line)
        return
    outcomes = asyncio.run(_run(desk, channels, again=again))
    for outcome in outcomes:
        click.echo(_outcome(outcome))
    if not outcomes:
        click.echo("没有要发的通知。", err=True)
    if any(outcome.state is not DeliveryState.SENT for outcome in outcomes):
        click.get_current_context().exit(_NOT_SENT)


async def _run(desk: Desk, channels: Sequence[Channel], *, again: bool) -> list[Sent]:
    # A message that was taken without an answer would arrive twice if it were sent once more.
    async with Client(replace(desk.config.crawler, retries=0)) as client:
        return await send_due(
            desk.store, channels, client, by=COMMAND_LINE, now=now_in_china, unsure_again=again
        )


@notice.command(help="登记一个账号的反馈。可以多次登记，都保留。")
@click.argument("notice_id", type=click.IntRange(min=1), metavar="编号")
@click.option("--account", "account_id", required=True, metavar="账号ID", help="哪个账号。")
@click.option("--words", required=True, metavar="文字", help="反馈的内容。")
@click.option("--fixed-on", metavar="日期", help="反馈中说的整改日期。")
@click.option("--by", required=True, metavar="姓名", help="登记人。")
@at_desk
def reply(desk: Desk, notice_id: int, fixed_on: str | None, by: str, **given: str) -> None:
    """Enter an answer."""
    day = parse_day(fixed_on) if fixed_on else None
    with desk.store.write() as connection:
        answer = Reply(
            notice_id=notice_id,
            account_id=given["account_id"],
            words=given["words"],
            fixed_on=day,
            entered_at=now_in_china(),
            entered_by=reviewer_named(connection, by).name,
        )
        add_reply(connection, answer)
    click.echo(f"已登记通知 {notice_id} 中 {shown(answer.account_id)} 的反馈。")


def _line(item: Notice, answers: Sequence[Reply], fared: Sequence[Delivery], today: date) -> str:
    answered = len({answer.account_id for answer in answers})
    late = "，逾期" if is_overdue(item, answers, today) else ""
    sent = "；".join(map(_fared, fared)) or "没有发送"
    return shown(
        f"{item.id}  {item.quarter} 第{item.number}版  {item.unit}  "
        f"反馈 {answered}/{len(item.lines)}（{item.due_on} 前{late}）  {sent}"
    )


def _fared(delivery: Delivery) -> str:
    error = f"（{delivery.error}）" if delivery.error else ""
    return f"{delivery.channel} {delivery.state.label}{error}"


def _plan(
    channels: Sequence[Channel],
    notices: Sequence[Notice],
    fared: Mapping[int, list[Delivery]],
    *,
    again: bool,
) -> Iterator[str]:
    states = [DeliveryState.FAILED] + [DeliveryState.UNSURE] * again
    for channel in channels:
        if mine := due_on(channel, notices, fared, states):
            yield shown(f"{channel.name}：{'、'.join(item.unit for item in mine)}")


def _outcome(outcome: Sent) -> str:
    error = f"：{outcome.error}" if outcome.error else ""
    units = "、".join(item.unit for item in outcome.notices)
    return shown(f"{outcome.channel.name} {outcome.state.label}（{units}）{error}")
