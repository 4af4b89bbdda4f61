"""Read the page of a WeChat article."""

import html
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from textcheck.article import ArticleState, Attachment, Page
from textcheck.document import BlockKind
from textcheck.errors import BlockedError, CaptchaError, FormatChanged, GoneError
from textcheck.readers.html import html_blocks, inline_text
from textcheck.sources.answer import fragment, page_root
from textcheck.sources.attachments import linked_files
from textcheck.sources.compose import without_repeats
from textcheck.sources.times import from_seconds, read_time
from textcheck.sources.wechat_script import ScriptValues, js_string, script_values

__all__ = ["WechatText", "read_wechat"]

Blocks = list[tuple[BlockKind, str]]

_CAPTCHA = "/mp/wappoc_appmsgcaptcha"
_WALLS = ("环境异常", "完成验证后即可继续访问", "去验证")
_CLIENT_ONLY = "请在微信客户端打开链接"
_GONE = (
    ("该内容已被发布者删除", ArticleState.DELETED),
    ("The content has been deleted by the author", ArticleState.DELETED),
    ("此内容因违规无法查看", ArticleState.VIOLATION),
    ("该内容暂时无法查看", ArticleState.UNAVAILABLE),
    ("此内容发送失败无法查看", ArticleState.UNAVAILABLE),
)
_MEDIA = {"5": "视频", "6": "音乐", "7": "音频"}
_IMAGES, _SHORT_TEXT, _NOTICES = "8", "10", frozenset({"11", "17"})


@dataclass(frozen=True, slots=True)
class WechatText:
    """What a page holds; `partial` tells that some of its text could not be read."""

    title: str
    head: Blocks
    body: Blocks
    published_at: datetime | None
    modified_at: datetime | None
    images: int
    files: tuple[Attachment, ...]
    warnings: tuple[str, ...]
    partial: bool
    identity: str

    @property
    def blocks(self) -> Blocks:
        """Return all blocks in order, none twice."""
        return without_repeats(self.head, self.body)


@dataclass(frozen=True, slots=True)
class _Body:
    blocks: Blocks
    images: int = 0
    warnings: tuple[str, ...] = ()
    partial: bool = False


def read_wechat(page: Page) -> WechatText:
    """
    Read the page, whatever its item_show_type.

    Raises BlockedError for a captcha, GoneError for a withdrawn article, FormatChanged for
    a page of neither kind or without any text.
    """
    root, doubts = page_root(page)
    # An article may quote the words of a wall, so the frame of an article is looked for first.
    if _CAPTCHA in page.url or root.find(".//*[@id='js_article']") is None:
        _refuse(root, page)
    values = script_values("\n".join(str(text) for text in root.xpath("//script/text()")))
    kind = values.first("item_show_type") or "0"
    body = _body(root, values, kind, page.url)
    title = _title(root, values, kind)
    if not body.blocks and not body.images and not (title and body.partial):
        raise FormatChanged(f"{page.url}：没有找到正文（类型 {kind}）")
    warnings, partial = [*doubts, *body.warnings], body.partial
    if not body.blocks and body.images:
        warnings.append("正文只有图片，文字未读")
        partial = True
    if values.first("is_pay_subscribe") == "1" or _has_class(root, "pay__tag"):
        warnings.append("付费文章，只读到试读部分")
        partial = True
    first_line = body.blocks[0][1] if body.blocks else ""
    return WechatText(
        title=title or first_line,
        head=_head(root, values, kind, title),
        body=body.blocks,
        published_at=from_seconds(values.first("ct", "ori_create_time"))
        or read_time(values.first("create_time")),
        modified_at=from_seconds(values.first("modify_time")),
        images=body.images,
        files=_files(root, page.url),
        warnings=tuple(warnings),
        partial=partial,
        identity=_identity(values),
    )


def _files(root: HtmlElement, url: str) -> tuple[Attachment, ...]:
    """Return the files that the text links to, on whatever host they lie."""
    content = _by_id(root, "js_content")
    return () if content is None else tuple(linked_files(content.iter("a"), url))


def _identity(values: ScriptValues) -> str:
    """Return biz:mid:idx as long links have it, "" where the page does not tell all three."""
    parts = (values.first("biz", "bizuin"), values.first("mid"), values.first("idx"))
    return ":".join(parts) if all(parts) else ""


def _refuse(root: HtmlElement, page: Page) -> None:
    text = "".join(inline_text(root).split())
    titles = root.xpath("string(//title)")
    if _CAPTCHA in page.url or any(wall in f"{titles}{text}" for wall in _WALLS):
        raise CaptchaError(f"{page.url}：微信要求验证")
    if _CLIENT_ONLY in f"{titles}{text}":
        raise BlockedError(f"{page.url}：只能在微信客户端中打开")
    for words, state in _GONE:
        if "".join(words.split()) in text:
            raise GoneError(f"{page.url}：{words}", state.value)
    raise FormatChanged(f"{page.url}：不是微信文章页")


def _title(root: HtmlElement, values: ScriptValues, kind: str) -> str:
    if kind == _SHORT_TEXT and values.fields.get("text_page_info.is_user_title") != "1":
        return ""  # the platform puts the whole text there
    heading = _by_id(root, "activity-name")
    title = inline_text(heading) if heading is not None else ""
    title = title or html.unescape(values.fields.get("title", ""))
    title = title or js_string(_meta(root, "og:title"))
    return " ".join(title.split())


def _head(root: HtmlElement, values: ScriptValues, kind: str, title: str) -> Blocks:
    author = _by_id(root, "js_author_name_text")
    shared = _by_id(root, "original_panel_title")
    written = html.unescape(values.fields.get("author", ""))
    digest = "" if kind == _SHORT_TEXT else js_string(_meta(root, "description"))
    return [
        (BlockKind.TITLE, title),
        (BlockKind.AUTHOR, inline_text(author) if author is not None else written.strip()),
        (BlockKind.DIGEST, " ".join(digest.split())),
        (BlockKind.QUOTED, inline_text(shared) if shared is not None else ""),
    ]


def _body(root: HtmlElement, values: ScriptValues, kind: str, url: str) -> _Body:
    if kind in _MEDIA:
        # #js_content is a frame for sharing here; its text is scripts and hints.
        return _Body(_described(root, values), 0, (f"{_MEDIA[kind]}内容未读",), partial=True)
    if kind == _IMAGES:
        return _Body(_lines(values.fields.get("content_noencode", ""), url), values.pictures)
    if kind == _SHORT_TEXT:
        info = "text_page_info."
        text = values.first(f"{info}content_noencode", f"{info}content", "content_noencode")
        return _Body(_lines(text, url), values.pictures)
    if kind in _NOTICES:
        if blocks := _lines(values.fields.get("content_noencode", ""), url):
            return _Body(blocks)
        return _Body(_described(root, values), 0, ("只读到摘要",), partial=True)
    return _article(root, values, kind, url)


def _article(root: HtmlElement, values: ScriptValues, kind: str, url: str) -> _Body:
    content = _by_id(root, "js_content")
    warnings: tuple[str, ...] = () if kind == "0" else (f"未知的文章类型 {kind}",)
    if content is not None:
        blocks = html_blocks(content)
        images = len(content.xpath(".//img[@data-src or @src]"))
        if media := len(
            content.xpath(".//mpvoice | .//iframe[@data-mpvid] | .//mp-common-mpaudio")
        ):
            warnings += (f"{media} 段音视频未读",)
        if blocks or images:
            return _Body(blocks, images, warnings)
    encoded = values.fields.get("content_noencode", "")
    inner = fragment(encoded, url) if encoded.strip() else None
    blocks = html_blocks(inner) if inner is not None else []
    images = len(inner.xpath(".//img")) if inner is not None else 0
    shared = values.variables.get("_copyright_stat") == "2"
    if not shared and _by_id(root, "js_share_source") is None:
        return _Body(blocks, images, warnings)
    if not blocks:
        return _Body([], images, (*warnings, "转载页没有正文"), partial=True)
    return _Body([(BlockKind.QUOTED, text) for _, text in blocks], images, warnings)


def _described(root: HtmlElement, values: ScriptValues) -> Blocks:
    text = html.unescape(values.fields.get("desc", "")) or js_string(_meta(root, "description"))
    return [(BlockKind.BODY, line.strip()) for line in text.splitlines() if line.strip()]


def _lines(text: str, url: str) -> Blocks:
    """Read a short message: HTML whose line feeds count."""
    return html_blocks(fragment(text.replace("\n", "<br>"), url)) if text.strip() else []


def _by_id(root: HtmlElement, name: str) -> HtmlElement | None:
    return root.find(f".//*[@id='{name}']")


def _has_class(root: HtmlElement, name: str) -> bool:
    return bool(root.xpath(f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"))


def _meta(root: HtmlElement, name: str) -> str:
    return str(root.xpath(f"string(//meta[@property='{name}' or @name='{name}']/@content)"))
