"""The files that an article links to: listed with size and digest, read where they can be."""

import asyncio
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml.html import HtmlElement

from textcheck.article import Article, ArticleState, Attachment, Page
from textcheck.crawler.fetch import Fetcher
from textcheck.document import BlockKind, Document, attachment_line
from textcheck.errors import FetchError, ForeignFile, ReadError
from textcheck.readers.files import FileKind, file_kind, read_file
from textcheck.readers.html import inline_text
from textcheck.sources.answer import demand_ok
from textcheck.sources.compose import compose
from textcheck.sources.links import join_link

__all__ = ["NO_TEXT", "linked_files", "with_attachments"]

NO_TEXT = "正文只有图片或附件，文字未读"
"""The note on an article whose page holds no text."""

_FILE = re.compile(r"\.(?:docx?|wps|xlsx?|et|pptx?|dps|pdf|ofd|zip|rar|7z|txt|csv)$", re.IGNORECASE)
_DISPOSITION = re.compile(r"filename\*?=(?:UTF-8'')?[\"']?([^\"';]+)", re.IGNORECASE)
# A notice has a handful; a page with more is a list of files, and each costs a request.
_MOST_FILES = 20
# A longer one is a yearbook: half a minute of the learned stage.
_MOST_CHARACTERS = 300_000


@dataclass(slots=True)
class _Read:
    """What came of an article's files; `lacking` tells that a text is missing that could be had."""

    listed: list[Attachment] = field(default_factory=list)
    blocks: list[tuple[BlockKind, str]] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    lacking: bool = False

    def note(self, attachment: Attachment, reason: str, *, lacking: bool) -> None:
        """List a file and why it was not read, or not in full."""
        self.listed.append(replace(attachment, unread=reason))
        self.lacking = self.lacking or lacking


def linked_files(
    links: Iterable[HtmlElement], url: str, *, marked: str = ""
) -> Iterator[Attachment]:
    """Yield the files among links, each once; one with the attribute `marked` is a file anyway."""
    seen = set()
    for link in links:
        target = join_link(url, link.get("href", ""))
        if target is None or target in seen:
            continue
        if (marked and link.get(marked) == "true") or _names_file(target):
            seen.add(target)
            yield Attachment(inline_text(link) or link.get("title", "") or target, target)


def _names_file(url: str) -> bool:
    """Tell whether the address, or a parameter of it as in Hanweb's downfile.jsp, is a file's."""
    parts = urlsplit(url)
    return any(map(_FILE.search, (parts.path, *(value for _, value in parse_qsl(parts.query)))))


async def with_attachments(fetcher: Fetcher, article: Article) -> Article:
    """
    Fetch the files that an article links to, and add the text of those that can be read.

    A file of a kind that is not read is noted; one that could not be fetched or is broken
    leaves the article partial.
    """
    if not article.attachments:
        return article
    read = _Read()
    for attachment in article.attachments:
        await _take(fetcher, attachment, read)
    unread = [f"附件“{item.name}”未读：{item.unread}" for item in read.listed if item.unread]
    warnings = article.warnings
    state = article.state
    if read.blocks and NO_TEXT in warnings and not article.images_unread:
        warnings = tuple(note for note in warnings if note != NO_TEXT)
        state = ArticleState.OK
    return replace(
        article,
        state=ArticleState.PARTIAL if read.lacking else state,
        document=_extended(article, read.blocks),
        attachments=tuple(read.listed),
        warnings=(*warnings, *unread),
        pages=(*article.pages, *read.pages),
    )


async def _take(fetcher: Fetcher, attachment: Attachment, read: _Read) -> None:
    """Read one file; whatever goes wrong is a reason why it was not."""
    if len(read.listed) >= _MOST_FILES:
        read.note(attachment, f"一篇文章至多读 {_MOST_FILES} 个附件", lacking=True)
        return
    try:
        page = await fetcher.get(attachment.url)
        demand_ok(page)
    except FetchError as error:
        read.note(attachment, str(error), lacking=True)
        return
    digest = hashlib.sha256(page.body).hexdigest()
    fetched = replace(attachment, size=len(page.body), sha256=digest)
    try:
        document = await asyncio.to_thread(_document, attachment, page)
    except ReadError as error:
        read.note(fetched, str(error), lacking=not isinstance(error, ForeignFile))
        return
    text = document.text[:_MOST_CHARACTERS]
    read.blocks.append((BlockKind.UI, attachment_line(attachment.name)))
    read.blocks += [(BlockKind.ATTACHMENT, line) for line in text.split("\n") if line.strip()]
    read.pages.append(page)
    cut = len(text) < len(document.text)
    reason = f"只读了前 {_MOST_CHARACTERS // 10_000} 万字" if cut else ""
    read.note(fetched, reason, lacking=cut)


def _document(attachment: Attachment, page: Page) -> Document:
    name = _file_name(attachment, page)
    if file_kind(name, page.body) is FileKind.HTML:
        raise ReadError("下载到的是网页，不是文件")
    return read_file(name, page.body)


def _file_name(attachment: Attachment, page: Page) -> str:
    """Return what the file is called where it is called anything: by the host, link, or address."""
    told = _DISPOSITION.search(page.headers.get("content-disposition", ""))
    parts = urlsplit(attachment.url)
    path, asked = unquote(parts.path), [value for _, value in parse_qsl(parts.query)]
    names = (unquote(told[1]) if told else "", path, attachment.name, *asked)
    return next((name for name in names if _FILE.search(name)), path)


def _extended(article: Article, blocks: list[tuple[BlockKind, str]]) -> Document:
    """Return the document with the blocks behind its own."""
    document = article.document
    own = [(block.kind, block.span.of(document.text)) for block in document.blocks]
    return compose([*own, *blocks], article.reference, article.published_at)
