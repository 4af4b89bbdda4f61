"""Every saved page gives the article, or the error, that the table beside it names."""

import asyncio
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from textcheck import errors
from textcheck.article import Article, Page, Reference
from textcheck.config import CHINA, Config
from textcheck.document import BlockKind
from textcheck.sources import build_sources

PAGES = Path(__file__).resolve().parents[1] / "pages"
TABLES = sorted(PAGES.glob("*/*.toml"))
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KINDS = {"wechat": "wechat_rss", "trs": "trs", "hanweb": "hanweb"}


@dataclass(frozen=True)
class OnePage:
    """Answers everything with one page, and files with one that nobody reads."""

    page: Page

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Page:
        """Return the page, or a file."""
        del headers
        is_file = url.rpartition(".")[2] in {"doc", "pdf"}
        return replace(self.page, url=url, body=OLD_WORD) if is_file else self.page

    async def post(
        self, url: str, *, body: Mapping[str, str] | bytes, headers: Mapping[str, str] | None = None
    ) -> Page:
        """Fail: no article is asked for by POST."""
        raise AssertionError(url, body, headers)

    def halt(self, url: str, reason: str) -> None:
        """Know of no other page."""


def read(path: Path, table: Mapping[str, Any]) -> Article:
    page = Page(
        url=table["url"],
        status=200,
        headers={"content-type": table.get("content_type", "text/html; charset=UTF-8")},
        body=path.with_suffix(".html").read_bytes(),
        fetched_at=datetime(2026, 11, 20, 8, 0, tzinfo=CHINA),
    )
    source = build_sources(OnePage(page), Config())[KINDS[path.parent.name]]
    return asyncio.run(source.fetch(Reference("acc-1", source.name, "1", table["url"])))


def cases(*, broken: bool) -> list[Any]:
    tables = [(path, tomllib.loads(path.read_text(encoding="utf-8"))) for path in TABLES]
    return [
        pytest.param(path, table, id=f"{path.parent.name}-{path.stem}")
        for path, table in tables
        if ("error" in table) is broken
    ]


@pytest.mark.parametrize(("path", "table"), cases(broken=False))
def test_page_gives_its_article(path: Path, table: Mapping[str, Any]) -> None:
    article = read(path, table)
    document = article.document
    parts = [(block.kind, block.span.of(document.text)) for block in document.blocks]
    assert article.title == table["title"]
    assert article.published_at == table["published"]
    assert article.modified_at == table.get("modified")
    assert document.published_on == table["published"].date()
    assert (document.url, document.account) == (table["url"], "acc-1")
    assert article.state == table["state"]
    assert article.images_unread == table.get("images", 0)
    assert [kind.value for kind, _ in parts] == table["kinds"]
    assert [item.name for item in article.attachments] == table.get("attachments", [])
    texts = [text for kind, text in parts if kind in {BlockKind.BODY, BlockKind.QUOTED}]
    if "first" in table:
        # Before a shared article's text stands its title.
        shared = path.parent.name == "wechat" and "quoted" in table["kinds"]
        first = 1 if shared else 0
        assert (texts[first], texts[-1]) == (table["first"], table["last"])
    assert [words for words in table.get("present", []) if words not in document.text] == []
    assert [words for words in table.get("absent", []) if words in document.text] == []
    assert len(article.warnings) == len(table.get("warnings", []))
    for warning, words in zip(article.warnings, table.get("warnings", []), strict=True):
        assert words in warning
    assert [page.body for page in article.pages] == [path.with_suffix(".html").read_bytes()]


@pytest.mark.parametrize(("path", "table"), cases(broken=True))
def test_page_without_an_article_is_its_error(path: Path, table: Mapping[str, Any]) -> None:
    with pytest.raises(errors.FetchError, match=table["message"]) as caught:
        read(path, table)
    assert type(caught.value) is getattr(errors, table["error"])
    assert getattr(caught.value, "state", None) == table.get("gone")
