"""Read an article page of a government site."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from lxml.html import HtmlElement

from textcheck.article import Article, ArticleState, Page, Reference
from textcheck.document import BlockKind
from textcheck.errors import FormatChanged
from textcheck.readers.html import html_blocks, inline_text
from textcheck.sources.answer import fragment, page_text
from textcheck.sources.attachments import NO_TEXT, linked_files
from textcheck.sources.compose import compose, without_repeats
from textcheck.sources.origin import OWN_NAMES, is_elsewhere
from textcheck.sources.selectors import select
from textcheck.sources.times import read_time

__all__ = [
    "BodyFinder",
    "hanweb_body",
    "read_site_page",
    "recipe_body",
    "site_body",
    "trs_body",
]

BodyFinder = Callable[[HtmlElement, str], list[HtmlElement]]
"""Find, by root and source, what holds the body; nothing where the page is not what it was."""

_TRS_BODIES = ("trs_editor", "trs_ueditor", "view")
_BODY_IDS = ("UCAP-CONTENT", "zoomcon")
_BODY_CLASSES = ("pages_content", "article-content", "article_content", "zw")
_PAGE_BREAK = "#PAGE_BREAK#"
_START = re.compile(r"<meta\s+name\s*=\s*[\"']?ContentStart[\"']?[^>]*>", re.IGNORECASE)
_END = re.compile(r"<meta\s+name\s*=\s*[\"']?ContentEnd[\"']?[^>]*>", re.IGNORECASE)
_APART = timedelta(days=1)
_PRINTED_TIME = re.compile(r"(?:发布时间|发布日期|时间|日期)\s*[:：]\s*(.{8,30})")
# A page title ends with the name of the site.
_SITE_TAIL = re.compile(r"\s*[-_|–—]+\s*[^-_|–—]*$")


def trs_body(root: HtmlElement, text: str) -> list[HtmlElement]:
    """Find the editor's own element, in the order of how surely it is the body."""
    del text
    return _outermost(root, _TRS_BODIES)


def _outermost(root: HtmlElement, classes: Iterable[str]) -> list[HtmlElement]:
    """Return what has the first class that there is, but not what lies in another such."""
    for name in classes:
        found = [
            element
            for element in root.iter("div", "section", "article", "td")
            if name in element.get("class", "").lower().split()
        ]
        if outer := [item for item in found if not any(up in found for up in item.iterancestors())]:
            return outer
    return []


def hanweb_body(root: HtmlElement, text: str) -> list[HtmlElement]:
    """Take what stands between ContentStart and ContentEnd, else the element #zoom."""
    start = _START.search(text)
    ends = list(_END.finditer(text, start.end())) if start else []
    if start and ends:
        # The marks need not be siblings, so the text is cut before it is parsed.
        return [fragment(f"<div>{text[start.end() : ends[-1].start()]}</div>", "正文")]
    zoom = root.find(".//*[@id='zoom']")
    return [] if zoom is None else [zoom]


def site_body(root: HtmlElement, text: str) -> list[HtmlElement]:
    """Find the body of a page whose maker is not known, by the marks of all that are."""
    if marked := list(root.iter("ucapcontent")):
        return marked
    for name in _BODY_IDS:
        if (found_one := root.find(f".//*[@id='{name}']")) is not None:
            return [found_one]
    if bodies := hanweb_body(root, text) or trs_body(root, text):
        return bodies
    return _outermost(root, _BODY_CLASSES)


def recipe_body(selector: str) -> BodyFinder:
    """Return what finds the body by the selector that the register gives."""
    return lambda root, _text: select(root, selector)


def read_site_page(reference: Reference, page: Page, find: BodyFinder) -> Article:
    """
    Read the page by its meta tags and the body that `find` finds.

    Raises FormatChanged where there is no body, or one without text, images and files.
    """
    text, warnings = page_text(page)
    root = fragment(text, page.url)
    bodies = find(root, text)
    if not bodies:
        raise FormatChanged(f"{page.url}：没有找到正文栏")
    meta = _metas(root)
    blocks = [
        (kind, line)
        for body in bodies
        for kind, whole in html_blocks(body)
        for line in whole.split(_PAGE_BREAK)
        if line.strip()
    ]
    # TRS sets `appendix` on the links to files, some of which stand below the body.
    links = [link for body in bodies for link in body.iter("a")]
    links += [link for link in root.iter("a") if link.get("appendix")]
    source = meta.get("contentsource", "")
    reposted = is_elsewhere(source, _own_names(meta, reference))
    if reposted:
        blocks = [(BlockKind.QUOTED, line) for _, line in blocks]
    files = tuple(linked_files(links, page.url, marked="appendix"))
    images = sum(len(body.findall(".//img")) for body in bodies)
    if not (blocks or images or files):
        raise FormatChanged(f"{page.url}：正文是空的")
    title = meta.get("articletitle") or _heading(root) or reference.title
    printed = read_time(meta.get("pubdate", "")) or _printed_time(root)
    listed = reference.published_at if reference.hint.get("list_time") else None
    published_at = listed or printed or reference.published_at
    notes = [*warnings, *([f"转载自：{source}"] if reposted else []), *_doubts(reference, printed)]
    if not blocks:
        notes.append(NO_TEXT)
    head = [(BlockKind.TITLE, title), (BlockKind.AUTHOR, meta.get("author", ""))]
    return Article(
        reference=reference,
        state=ArticleState.OK if blocks else ArticleState.PARTIAL,
        document=compose(without_repeats(head, blocks), reference, published_at),
        title=title,
        published_at=published_at,
        images_unread=images,
        attachments=files,
        warnings=tuple(notes),
        pages=(page,),
    )


def _own_names(meta: Mapping[str, str], reference: Reference) -> list[str]:
    """Return what the publisher is called: by the register, and by the site itself."""
    names = (reference.hint.get(OWN_NAMES, ""), meta.get("sitename", ""))
    return [name for name in names if name]


def _metas(root: HtmlElement) -> dict[str, str]:
    """Return the meta tags by lower-case name; the first that is not empty counts."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        value = " ".join(meta.get("content", "").split())
        if value:
            metas.setdefault(meta.get("name", "").strip().lower(), value)
    return metas


def _heading(root: HtmlElement) -> str:
    for heading in root.iter("h1"):
        if text := inline_text(heading):
            return text
    return _SITE_TAIL.sub("", " ".join(str(root.xpath("string(//head/title)")).split()))


def _printed_time(root: HtmlElement) -> datetime | None:
    for match in _PRINTED_TIME.finditer(inline_text(root)):
        if time := read_time(match[1]):
            return time
    return None


def _doubts(reference: Reference, printed: datetime | None) -> Iterator[str]:
    listed = reference.published_at
    if printed and listed and abs(printed.date() - listed.date()) > _APART:
        yield f"网页的发布时间（{printed:%Y-%m-%d}）与列表的（{listed:%Y-%m-%d}）不符"
    if printed is None:
        yield "网页没有发布时间，按列表的日期" if reference.published_at else "没有发布时间"
