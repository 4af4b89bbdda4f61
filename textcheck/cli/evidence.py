"""textcheck evidence: write out what serious findings rest on, and verify it."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from textcheck.article import Page
from textcheck.cli.settings import config_option, read_settings, store_option
from textcheck.cli.written import replace_files
from textcheck.config import CHINA
from textcheck.errors import ConfigError
from textcheck.report.warc import broken_records, warc_of
from textcheck.store.connect import open_store
from textcheck.store.evidence import Kept, broken_bodies, serious_versions
from textcheck.store.screenshots import SCREENSHOT

__all__ = ["evidence"]

BROKEN, NOTHING = 1, 2
_FILE = click.Path(path_type=Path)


@click.group(help="严重问题的证据：导出原始网页、正文和摘要，核验是否完好。")
def evidence() -> None:
    """Hold the commands below."""


@evidence.command(
    help="""把有严重问题的文章的证据写到目录中，文件以内容的摘要命名，已有的不重写。

    每篇三个文件：.warc.gz 请求和应答，.txt 正文，.json 出处、时间（世界时和北京时间）和摘要；
    扫描时截了图的，另有 .png。"""
)
@click.argument("folder", type=_FILE, metavar="目录")
@click.option("--account", "account_id", metavar="账号ID", help="只导出这个账号的。")
@config_option
@store_option
def export(
    folder: Path, account_id: str | None, config_path: Path | None, store_url: str | None
) -> None:
    """Write the evidence of every version with something serious in it."""
    url = store_url or read_settings(config_path).store.url
    with closing(open_store(url, create=False)) as store, store.read() as connection:
        kept = serious_versions(connection, account_id)
    new = sum(_write(folder, item) for item in kept)
    click.echo(f"有严重问题的文章 {len(kept)} 篇，新写出 {new} 篇（{folder}）")


@evidence.command(
    help="""核验导出的目录；不给目录时核验数据库中保存的应答。

    退出状态：0 全部完好；1 有不符的；2 没有可核验的。"""
)
@click.argument("folder", type=_FILE, required=False, metavar="[目录]")
@config_option
@store_option
@click.pass_context
def verify(
    ctx: click.Context, folder: Path | None, config_path: Path | None, store_url: str | None
) -> None:
    """Tell what is not as it was."""
    if folder is None:
        url = store_url or read_settings(config_path).store.url
        with closing(open_store(url, create=False)) as store, store.read() as connection:
            broken = broken_bodies(connection)
        what = "数据库中的应答"
    else:
        records = sorted(folder.glob("*/*.json"))
        if not records:
            click.echo(f"目录 {folder} 中没有证据", err=True)
            ctx.exit(NOTHING)
        broken = [line for record in records for line in _broken(record)]
        what = f"证据 {len(records)} 篇"
    for line in broken:
        click.echo(f"不符  {line}")
    click.echo(f"{what}：{'全部完好' if not broken else f'{len(broken)} 处不符'}")
    ctx.exit(BROKEN if broken else 0)


def _write(folder: Path, kept: Kept) -> bool:
    warc, text = warc_of(kept.pages), kept.text.encode()
    record = _record(kept, warc, text)
    name = hashlib.sha256(
        f"{record['text_sha256']}{kept.url}{kept.fetched_at}".encode()
    ).hexdigest()
    stem = folder / name[:2] / name
    if stem.with_suffix(".json").exists():
        return False
    shots = [page.body for page in kept.pages if SCREENSHOT in page.headers]
    told = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    # The record last: what has none was not finished.
    files = {
        stem.with_suffix(".warc.gz"): warc,
        stem.with_suffix(".txt"): text,
        **{stem.with_suffix(".png"): shot for shot in shots},
        stem.with_suffix(".json"): told.encode(),
    }
    try:
        stem.parent.mkdir(parents=True, exist_ok=True)
        replace_files(files)
    except OSError as error:
        raise ConfigError(f"无法写入 {folder}：{error}") from error
    return True


def _record(kept: Kept, warc: bytes, text: bytes) -> dict[str, Any]:
    return {
        "account_id": kept.account_id,
        "account": kept.account,
        "native_id": kept.native_id,
        "url": kept.url,
        "title": kept.title,
        "published_at": _time(kept.published_at, china=True),
        "fetched_at_utc": _time(kept.fetched_at, china=False),
        "fetched_at_china": _time(kept.fetched_at, china=True),
        "text_sha256": hashlib.sha256(text).hexdigest(),
        "warc_sha256": hashlib.sha256(warc).hexdigest(),
        "attachments": [dict(item) for item in kept.attachments],
        "screenshot": _screenshot(kept.pages),
        "answers": [
            {"url": page.url, "sha256": hashlib.sha256(page.body).hexdigest()}
            for page in kept.pages
        ],
    }


def _screenshot(pages: Sequence[Page]) -> dict[str, Any] | None:
    for page in pages:
        if SCREENSHOT in page.headers:
            digest = hashlib.sha256(page.body).hexdigest()
            return {"sha256": digest, "taken_at_china": _time(page.fetched_at, china=True)}
    return None


def _time(at: datetime | None, *, china: bool) -> str | None:
    return at.astimezone(CHINA if china else UTC).isoformat(timespec="seconds") if at else None


def _broken(path: Path) -> Iterator[str]:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        text, warc = (
            path.with_suffix(".txt").read_bytes(),
            path.with_suffix(".warc.gz").read_bytes(),
        )
        told = (record["text_sha256"], record["warc_sha256"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield f"{path.name}：{error}"
        return
    if picture := record.get("screenshot"):
        file = path.with_suffix(".png")
        body = file.read_bytes() if file.is_file() else b""
        if hashlib.sha256(body).hexdigest() != picture.get("sha256"):
            yield f"{path.stem} 的截图（{record.get('url')}）"
    if hashlib.sha256(text).hexdigest() != told[0]:
        yield f"{path.stem} 的正文（{record.get('url')}）"
    if hashlib.sha256(warc).hexdigest() != told[1]:
        yield f"{path.stem} 的 WARC（{record.get('url')}）"
    for url in broken_records(warc):
        yield f"{path.stem} 中的应答（{url}）"
