"""What a source lists and what it fetches."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from textcheck.document import Document

__all__ = ["Article", "ArticleState", "Attachment", "Cursor", "Listing", "Page", "Reference"]


@dataclass(frozen=True, slots=True)
class Page:
    """An answer of a host, as it came. `headers` have lower-case names; `fetched_at` has a zone."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a listing goes on; "" is the newest end. Opaque to all but the source that made it."""

    value: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """
    One article that a source listed, not fetched yet.

    `native_id` is the platform's own identity (WeChat `biz:mid:idx` or the short
    id, Weibo `mid`, the canonical URL of a site's page), unique in the account. `hint`
    carries what the listing already knew and fetch needs, as strings; `validators` the headers
    by which the host tells whether the page changed since it was read.
    """

    account_id: str
    source: str
    native_id: str
    url: str
    title: str = ""
    published_at: datetime | None = None
    hint: Mapping[str, str] = field(default_factory=dict)
    validators: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """References, newest first; `cursor` is None at the end, `expected` the total if told."""

    references: tuple[Reference, ...]
    cursor: Cursor | None = None
    expected: int | None = None


class ArticleState(StrEnum):
    """How much of an article was read."""

    OK = "ok"
    PARTIAL = "partial"  # some text is known to be missing: never reported as clean
    DELETED = "deleted"
    VIOLATION = "violation"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Attachment:
    """
    A file that an article links to.

    `size` in bytes and `sha256` are None and "" where it was not fetched; `unread` says why its
    text was not read, "" where it was.
    """

    name: str
    url: str
    size: int | None = None
    sha256: str = ""
    unread: str = "没有下载"


@dataclass(frozen=True, slots=True)
class Article:
    """
    One article as read: text, times (with zone), and the raw pages behind it.

    `identity` is the platform's own, where the page tells it and the reference may not: two
    sources can list one article by different links.
    """

    reference: Reference
    state: ArticleState
    document: Document
    title: str
    published_at: datetime | None
    modified_at: datetime | None = None
    images_unread: int = 0
    attachments: tuple[Attachment, ...] = ()
    warnings: tuple[str, ...] = ()
    pages: tuple[Page, ...] = ()
    identity: str = ""
