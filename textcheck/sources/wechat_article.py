"""Fetch the article that a link to mp.weixin.qq.com leads to, whoever listed it."""

from urllib.parse import parse_qs, urlsplit

from textcheck.article import Article, ArticleState, Page, Reference
from textcheck.crawler.fetch import Fetcher
from textcheck.document import BlockKind
from textcheck.errors import CaptchaError, FormatChanged
from textcheck.readers.html import html_blocks
from textcheck.sources.answer import conditions, demand_ok, fragment
from textcheck.sources.attachments import with_attachments
from textcheck.sources.compose import compose
from textcheck.sources.wechat_page import WechatText, read_wechat

__all__ = ["CONTENT", "fetch_article", "is_article_link", "secure_link", "wechat_identity"]

CONTENT = "content"
"""The hint that holds the text of a feed."""

_HOST = "mp.weixin.qq.com"


async def fetch_article(fetcher: Fetcher, reference: Reference, files: Fetcher) -> Article:
    """
    Read the article's page; what that lacks is taken from the feed, and said so.

    `files` fetches what the text links to on other hosts.
    """
    content = reference.hint.get(CONTENT, "")
    if not is_article_link(reference.url):
        return _from_feed(reference, content)
    page = await fetcher.get(reference.url, headers=conditions(reference))
    demand_ok(page)
    try:
        text = read_wechat(page)
    except CaptchaError as error:
        fetcher.halt(reference.url, str(error))
        raise
    except FormatChanged:
        if not content:
            raise
        return _from_feed(reference, content, page)
    return await with_attachments(files, _article(reference, text, page, content))


def is_article_link(link: str) -> bool:
    """Tell whether a link leads to the platform's pages."""
    try:
        return urlsplit(link).hostname == _HOST
    except ValueError:
        return False


def wechat_identity(link: str) -> str:
    """
    Return biz:mid:idx of a long link, the last part of a short one, "" for any other.

    >>> wechat_identity("http://mp.weixin.qq.com/s?__biz=MzA==&mid=22&idx=1&sn=f#rd")
    'MzA==:22:1'
    >>> wechat_identity("https://mp.weixin.qq.com/s/JJyPUpHLM2bGvfk5FNvTUA")
    'JJyPUpHLM2bGvfk5FNvTUA'
    """
    if not is_article_link(link):
        return ""
    parts = urlsplit(link)
    query = parse_qs(parts.query)
    names = [query.get(name, [""])[0] for name in ("__biz", "mid", "idx")]
    if all(names):
        return ":".join(names)
    return parts.path.removeprefix("/s/").strip("/") if parts.path.startswith("/s/") else ""


def secure_link(link: str) -> str:
    """Return the link by https: the host answers http with a redirect to it only."""
    return link.replace(f"http://{_HOST}/", f"https://{_HOST}/", 1)


def _article(reference: Reference, text: WechatText, page: Page, content: str) -> Article:
    blocks, warnings = text.blocks, text.warnings
    if not text.body and content and (filled := _read(content, reference)):
        blocks = [*blocks, *filled]
        warnings += ("正文取自订阅源",)
    published_at = text.published_at or reference.published_at
    if text.published_at is None:
        warnings += ("文章页没有发布时间",)
    return Article(
        reference=reference,
        state=ArticleState.PARTIAL if text.partial else ArticleState.OK,
        document=compose(blocks, reference, published_at),
        title=text.title or reference.title,
        published_at=published_at,
        modified_at=text.modified_at,
        images_unread=text.images,
        attachments=text.files,
        warnings=warnings,
        pages=(page,),
        identity=text.identity,
    )


def _from_feed(reference: Reference, content: str, *pages: Page) -> Article:
    # The feed's text is all there is: it may be cut, so it never counts as read in full.
    if not content or not (blocks := _read(content, reference)):
        raise FormatChanged(f"{reference.url}：订阅源没有正文，链接也不是微信文章页")
    head = [(BlockKind.TITLE, reference.title)]
    return Article(
        reference=reference,
        state=ArticleState.PARTIAL,
        document=compose([*head, *blocks], reference, reference.published_at),
        title=reference.title,
        published_at=reference.published_at,
        warnings=("正文取自订阅源",),
        pages=pages,
    )


def _read(content: str, reference: Reference) -> list[tuple[BlockKind, str]]:
    return html_blocks(fragment(content, reference.url))
