"""Read the accounts and articles that corpus/demo/articles holds."""

import base64
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from demo_pages.marks import SEAM, Mark, as_published, marks

__all__ = ["CHINA", "DemoAccount", "DemoArticle", "Planted", "load_accounts"]

CHINA = timezone(timedelta(hours=8))
"""China has one zone and no summer time."""

_ARTICLE_KEYS = frozenset(
    {
        "key", "published_at", "kind", "title", "author", "digest", "text", "errors", "images",
        "source", "attachment", "attachment_text", "pinned", "edited", "original_account",
        "original_title", "original_text",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planted:
    """A planted error with its family, the kind of slip, and its severity; no reviewers = all."""

    mark: Mark
    family: str
    slip: str
    severity: str
    reviewers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """One article; `text` and `title` are as published, with seams. `extra` depends on the kind."""

    account_id: str
    key: str
    published_at: datetime
    kind: str
    title: str
    text: str
    planted: tuple[Planted, ...]
    extra: Mapping[str, Any]

    @property
    def number(self) -> int:
        """Return a number that is the article's own and never changes."""
        return int.from_bytes(self._digest()[:4])

    @property
    def token(self) -> str:
        """Return 22 characters of the alphabet that WeChat's short links use."""
        return base64.urlsafe_b64encode(self._digest())[:22].decode()

    @property
    def timestamp(self) -> int:
        """Return seconds since 1970."""
        return int(self.published_at.timestamp())

    @property
    def attached(self) -> list[str]:
        """Return the lines of the file that the article links to."""
        return as_published(str(self.extra.get("attachment_text", ""))).strip("\n").split("\n")

    @property
    def paragraphs(self) -> list[str]:
        """Return the lines of the text, as published, with seams."""
        return self.text.split("\n")

    @property
    def plain(self) -> str:
        """Return the text as a reader sees it."""
        return self.text.replace(SEAM, "")

    def _digest(self) -> bytes:
        return hashlib.sha256(f"{self.account_id}/{self.key}".encode()).digest()


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account, where it is read, and its articles, newest first."""

    register: Mapping[str, Any]
    source: Mapping[str, str]
    articles: tuple[DemoArticle, ...] = field(default=())

    @property
    def id(self) -> str:
        """Return the id that the register gives it."""
        return str(self.register["id"])

    @property
    def name(self) -> str:
        """Return the name without the platform."""
        return str(self.register["name"])


def load_accounts(folder: Path) -> list[DemoAccount]:
    """Read every account of the folder, in the order of the list. Raises ValueError on a slip."""
    accounts = [_account(path) for path in sorted(folder.glob("*.toml"))]
    return sorted(accounts, key=lambda account: int(account.register["list_order"]))


def _account(path: Path) -> DemoAccount:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    account_id = str(data["account"]["id"])
    if account_id != path.stem:
        raise ValueError(f"{path}: the account's id is {account_id}")
    articles = [_article(account_id, table, path) for table in data.get("article", [])]
    newest_first = sorted(articles, key=lambda article: article.published_at, reverse=True)
    source = {key: str(value) for key, value in data.get("source", {}).items()}
    return DemoAccount(data["account"], source, tuple(newest_first))


def _article(account_id: str, table: Mapping[str, Any], path: Path) -> DemoArticle:
    where = f"{path}: article {table.get('key')}"
    if unknown := sorted(table.keys() - _ARTICLE_KEYS):
        raise ValueError(f"{where}: unknown key {unknown[0]}")
    title, text = str(table.get("title", "")), str(table["text"]).strip("\n")
    attached = str(table.get("attachment_text", "")).strip("\n")
    found, errors = marks(f"{title}\n{text}\n{attached}"), table.get("errors", [])
    if len(found) != len(errors):
        raise ValueError(f"{where}: {len(found)} marks, {len(errors)} errors")
    planted = tuple(
        Planted(
            mark,
            error["class"],
            error["slip"],
            error["severity"],
            tuple(error.get("reviewers", ())),
        )
        for mark, error in zip(found, errors, strict=True)
    )
    return DemoArticle(
        account_id=account_id,
        key=str(table["key"]),
        published_at=table["published_at"].replace(tzinfo=CHINA),
        kind=str(table["kind"]),
        title=as_published(title),
        text=as_published(text),
        planted=planted,
        extra={key: table[key] for key in sorted(table) if key not in {"title", "text", "errors"}},
    )
