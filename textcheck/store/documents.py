"""Articles, the versions of their texts, and the answers those were read from."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import zstandard
from sqlalchemy import Connection, select, update

from textcheck.article import Article, ArticleState, Page, Reference
from textcheck.config import CHINA
from textcheck.document import Block, BlockKind, Document, Span
from textcheck.errors import StoreError
from textcheck.store.aliases import article_named, name_article
from textcheck.store.columns import storable
from textcheck.store.connect import Store
from textcheck.store.tables import articles, pages, raw, versions
from textcheck.store.upsert import insert_missing

__all__ = [
    "SavedVersion",
    "article_state",
    "load_document",
    "load_documents",
    "load_pages",
    "mark_article",
    "save_article",
    "save_page",
]


@dataclass(frozen=True, slots=True)
class SavedVersion:
    """Where an article's text lies, and whether the article and this text of it are new."""

    article_id: int
    version_id: int
    new_article: bool
    new_version: bool


def save_article(connection: Connection, article: Article) -> SavedVersion:
    """
    Save an article as read; the same text again makes no new version.

    The article's account must have been saved with the register.
    """
    reference, document = article.reference, article.document
    published_at = article.published_at or reference.published_at
    article_id, new_article = _save_row(
        connection,
        reference,
        {
            "state": article.state.value,
            "url": document.url or reference.url,
            "title": article.title or reference.title,
            "published_at": published_at,
        },
        article.identity,
    )
    published_on = document.published_on
    if published_on is None and published_at is not None:
        published_on = published_at.astimezone(CHINA).date()
    text = storable(document.text)
    row = {
        "article_id": article_id,
        "digest": Document(text).digest,
        "text": text,
        "blocks": [[item.kind.value, item.span.start, item.span.end] for item in document.blocks],
        "published_on": published_on,
        "modified_at": article.modified_at,
        "fetched_at": max((page.fetched_at for page in article.pages), default=None),
        "warnings": list(article.warnings),
        "images_unread": article.images_unread,
        "attachments": [asdict(item) for item in article.attachments],
        "check_error": "",
    }
    new_version = insert_missing(connection, versions, [row]) == 1
    this_text = (versions.c.article_id == article_id) & (versions.c.digest == row["digest"])
    version_id: int = connection.execute(select(versions.c.id).where(this_text)).scalar_one()
    if new_version:
        _save_pages(connection, version_id, article.pages)
    return SavedVersion(article_id, version_id, new_article, new_version)


def mark_article(connection: Connection, reference: Reference, state: ArticleState) -> None:
    """Set an article's state, e.g. deleted; what was read of it before is kept."""
    row = {"url": reference.url, "title": reference.title, "published_at": reference.published_at}
    _save_row(connection, reference, {"state": state.value}, "", **row)


def article_state(connection: Connection, reference: Reference) -> ArticleState | None:
    """Return how much of an article was read, None for an unknown one."""
    article_id = article_named(connection, reference.account_id, reference.native_id)
    state = connection.execute(
        select(articles.c.state).where(articles.c.id == article_id)
    ).scalar_one_or_none()
    return None if state is None else ArticleState(state)


def load_document(connection: Connection, version_id: int) -> Document:
    """Return a version as the checkers see it."""
    row = connection.execute(
        select(versions, articles.c.url, articles.c.account_id)
        .join(articles)
        .where(versions.c.id == version_id)
    ).one_or_none()
    if row is None:
        raise StoreError(f"数据库中没有文章版本 {version_id}")
    return Document(
        text=row.text,
        blocks=tuple(Block(BlockKind(kind), Span(start, end)) for kind, start, end in row.blocks),
        published_on=row.published_on,
        url=row.url,
        account=row.account_id,
    )


def load_documents(store: Store, versions: Iterable[int]) -> Iterator[Document]:
    """Yield the document of each version, read when it is asked for."""
    for version_id in versions:
        with store.read() as connection:
            yield load_document(connection, version_id)


def load_pages(connection: Connection, version_id: int) -> list[Page]:
    """Return the answers that a version was read from, as they came."""
    rows = connection.execute(
        select(pages, raw.c.body)
        .join(raw)
        .where(pages.c.version_id == version_id)
        .order_by(pages.c.ordinal)
    )
    unpack = zstandard.ZstdDecompressor().decompress
    return [
        Page(row.url, row.status, row.headers, unpack(row.body), row.fetched_at) for row in rows
    ]


def _save_row(
    connection: Connection,
    reference: Reference,
    seen: Mapping[str, Any],
    identity: str,
    **first: Any,  # noqa: ANN401 # columns
) -> tuple[int, bool]:
    """
    Set the columns seen of an article's row; a new one gets the columns first as well.

    An article that is known by either name is the same one.
    """
    account_id, names = reference.account_id, (reference.native_id, identity)
    key = {"account_id": account_id, "native_id": reference.native_id}
    article_id = article_named(connection, account_id, *names)
    new = article_id is None
    if article_id is None:
        insert_missing(connection, articles, [{**key, **first, **seen}])
        article_id = article_named(connection, account_id, reference.native_id)
        assert article_id is not None  # noqa: S101 # it was inserted above
    else:
        connection.execute(update(articles).where(articles.c.id == article_id).values(**seen))
    name_article(connection, account_id, article_id, *names)
    return article_id, new


def _save_pages(connection: Connection, version_id: int, answers: Sequence[Page]) -> None:
    for ordinal, page in enumerate(answers):
        save_page(connection, version_id, ordinal, page)


def save_page(connection: Connection, version_id: int, ordinal: int, page: Page) -> None:
    """Keep an answer of a version under a number; of the same bytes only one copy is kept."""
    sha256 = hashlib.sha256(page.body).hexdigest()
    known = connection.execute(select(raw.c.sha256).where(raw.c.sha256 == sha256)).first()
    if known is None:
        body = zstandard.ZstdCompressor().compress(page.body)
        insert_missing(connection, raw, [{"sha256": sha256, "body": body}])
    row = {
        "version_id": version_id,
        "ordinal": ordinal,
        "sha256": sha256,
        "url": page.url,
        "status": page.status,
        "headers": dict(page.headers),
        "fetched_at": page.fetched_at,
    }
    insert_missing(connection, pages, [row])
