"""The real sources read every page of the demonstration in full, from the replay server."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from build_demo import LOGIN, identity
from demo_pages.articles import DemoAccount, DemoArticle, load_accounts
from replay import Replay

from textcheck.account import Account
from textcheck.article import Article, ArticleState, Cursor, Reference
from textcheck.config import Config, CrawlerConfig
from textcheck.crawler.client import Client
from textcheck.document import BlockKind
from textcheck.errors import GoneError
from textcheck.register import load_register
from textcheck.sources import Source, build_sources

DEMO = Path(__file__).resolve().parents[2] / "corpus" / "demo"
ACCOUNTS = [account for account in load_accounts(DEMO / "articles") if account.source]
REGISTER = {account.id: account for account in load_register(DEMO / "accounts.toml")}


@pytest.fixture(scope="module")
def replay() -> Iterator[Replay]:
    with pytest.MonkeyPatch.context() as patch, Replay(DEMO / "pages") as server:
        patch.setenv(LOGIN, "demo")
        yield server


async def _read(account: Account, replay: Replay) -> dict[str, Article | GoneError]:
    config = CrawlerConfig(pace=0.0, reroute=replay.reroute())
    async with Client(config) as client:
        source = build_sources(client, Config(crawler=config))[account.sources[0].kind]
        references: dict[str, Reference] = {}
        async for listing in source.list(account, Cursor()):
            references |= {item.native_id: item for item in listing.references}
        return {
            native_id: await _fetch(source, reference)
            for native_id, reference in references.items()
        }


async def _fetch(source: Source, reference: Reference) -> Article | GoneError:
    try:
        return await source.fetch(reference)
    except GoneError as error:
        return error


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.id)
def test_an_account_is_read_in_full(account: DemoAccount, replay: Replay) -> None:
    found = asyncio.run(_read(REGISTER[account.id], replay))
    wanted = {identity(account, article): article for article in account.articles}
    assert found.keys() == wanted.keys()
    for native_id, article in wanted.items():
        result = found[native_id]
        if article.kind == "deleted":
            assert isinstance(result, GoneError)
            continue
        assert isinstance(result, Article)
        assert result.state is ArticleState.OK
        assert result.published_at == article.published_at
        assert _unread(article, result) == []


def _unread(article: DemoArticle, result: Article) -> list[str]:
    """Return the lines and cells that are not in what was read; a link is shown as its label."""
    pieces = [article.title]
    for line in article.plain.split("\n"):
        if line.startswith("|"):
            pieces += [cell.strip() for cell in line.strip("|").split("|")]
        else:
            pieces.append(line.removeprefix("# ").removeprefix("图：").partition(" http")[0])
    return [piece for piece in pieces if piece not in result.document.text]


def test_a_reposted_text_is_somebody_elses(replay: Replay) -> None:
    account = next(account for account in ACCOUNTS if account.id == "wx-0002")
    article = next(article for article in account.articles if article.kind == "repost")
    result = asyncio.run(_read(REGISTER[account.id], replay))[identity(account, article)]
    assert isinstance(result, Article)
    text = result.document.text
    quoted = [block for block in result.document.blocks if block.kind is BlockKind.QUOTED]
    assert article.paragraphs[0] in [block.span.of(text) for block in quoted]
