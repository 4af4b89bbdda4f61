"""Make the article of a post, with the headline article that it may carry."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from textcheck.article import Article, ArticleState, Page, Reference
from textcheck.crawler.fetch import Fetcher
from textcheck.document import BlockKind
from textcheck.errors import BlockedError, FetchError, FormatChanged, GoneError
from textcheck.readers.html import html_blocks
from textcheck.sources.answer import demand_ok, fragment, json_object
from textcheck.sources.compose import compose, excerpt
from textcheck.sources.weibo_post import Post, read_post

__all__ = ["Found", "fetch_post", "read_headline", "title_of", "weibo_article"]

_HEADLINE = "https://card.weibo.com/article/m/aj/detail"
_TITLE_LENGTH = 30

Blocks = list[tuple[BlockKind, str]]


@dataclass(slots=True)
class Found:
    """The text of a post as far as it was read, what could not be read, and the answers."""

    lines: list[str]
    quoted: list[str]
    headline: Blocks = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)


async def fetch_post(
    fetcher: Fetcher,
    reference: Reference,
    lines_of: Callable[[str], list[str]],
    ask_whole: Callable[[Post], Awaitable[tuple[Page, str]]],
) -> Article:
    """
    Read a post out of the list that it came with; only what the list cuts off is asked for.

    `lines_of` gives the lines of a text as the source writes it; `ask_whole` gets the whole of a
    long text. Raises GoneError where the post is said to be gone, FormatChanged where the list has
    no text of it; what else hinders the whole text leaves the article partial.
    """
    try:
        post = read_post(json.loads(reference.hint["mblog"]))
    except (KeyError, ValueError) as error:
        raise FormatChanged(f"{reference.url}：列表中没有这条微博的内容") from error
    found = Found(lines_of(post.text), lines_of(post.quoted))
    if post.cut:
        try:
            page, whole = await ask_whole(post)
            found.lines = lines_of(whole)
            found.pages.append(page)
        except GoneError:
            raise
        except FetchError as error:
            found.unread.append(f"长微博只读到开头：{error}")
    await _find_more(fetcher, post, found)
    return weibo_article(reference, post, found)


async def _find_more(fetcher: Fetcher, post: Post, found: Found) -> None:
    """Read the headline article of a post that has one."""
    if not post.article and not post.article_id:
        return
    if not post.article_id:
        found.unread.append(f"头条文章未读：{post.article}")
        return
    try:
        page = await fetcher.get(f"{_HEADLINE}?{urlencode({'id': post.article_id})}")
        found.headline = read_headline(page)
        found.pages.append(page)
    except FetchError as error:
        found.unread.append(f"头条文章未读：{post.article}（{error}）")


def read_headline(page: Page) -> Blocks:
    """Return title and text of a headline article; raises BlockedError for a login page."""
    demand_ok(page)
    answer = json_object(page)
    told = answer.get("data")
    if str(answer.get("code")) != "100000" or not isinstance(told, dict):
        raise BlockedError(f"{page.url}：返回 {answer.get('code')}，没有文章")
    content = str(told.get("content") or "")
    blocks = html_blocks(fragment(content, page.url)) if content.strip() else []
    if not blocks:
        raise FormatChanged(f"{page.url}：文章没有正文")
    title = " ".join(str(told.get("title") or "").split())
    return [(BlockKind.TITLE, title), *blocks] if title else blocks


def weibo_article(reference: Reference, post: Post, found: Found) -> Article:
    """Return the article; raises FormatChanged where nothing at all was read."""
    role = BlockKind.UI if post.quoted_gone else BlockKind.QUOTED
    notes = list(found.unread)
    if post.quoted_cut:
        notes.append("被转发的长微博只读到开头")
    if reference.published_at is None:
        notes.append("无法识别发布时间")
    empty = not (found.lines or found.quoted or found.headline)
    if empty:
        if not post.images:
            raise FormatChanged(f"{reference.url}：微博没有文字")
        notes.append("正文只有图片，文字未读")
    blocks = [(BlockKind.BODY, line) for line in found.lines]
    blocks += [*found.headline, *((role, line) for line in found.quoted)]
    edited_at = reference.hint.get("edited_at")
    return Article(
        reference=reference,
        state=ArticleState.PARTIAL if found.unread or empty else ArticleState.OK,
        document=compose(blocks, reference, reference.published_at),
        title=title_of(found.lines) or reference.title,
        published_at=reference.published_at,
        modified_at=datetime.fromisoformat(edited_at) if edited_at else None,
        images_unread=post.images,
        warnings=tuple(notes),
        pages=(*excerpt(reference), *found.pages),
    )


def title_of(lines: list[str]) -> str:
    """Return what stands for the title that a post does not have."""
    return lines[0][:_TITLE_LENGTH] if lines else ""
