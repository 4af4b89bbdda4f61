"""The text under check and the places in it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = [
    "Block",
    "BlockKind",
    "Document",
    "Span",
    "attachment_at",
    "attachment_line",
    "join_blocks",
]

_ATTACHMENT = "附件："


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points: text[start:end]."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse an empty or negative range."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the part of text that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share a code point."""
        return self.start < other.end and other.start < self.end


class BlockKind(StrEnum):
    """The role of a piece of an article."""

    TITLE = "title"
    AUTHOR = "author"
    DIGEST = "digest"
    BODY = "body"
    TABLE = "table"
    CAPTION = "caption"
    QUOTED = "quoted"  # somebody else's words: a reposted original
    ATTACHMENT = "attachment"
    UI = "ui"  # words of the platform, not of the account; never checked


@dataclass(frozen=True, slots=True)
class Block:
    """A span of the text with one role, usually a paragraph."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """
    One text as it was published.

    Blocks are in text order and do not overlap; a text without blocks is all
    body. `published_on` is a day in China, None for a draft.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    published_on: date | None = None
    url: str = ""
    account: str = ""

    @property
    def digest(self) -> str:
        """Name this exact text: sha256 of its UTF-8 bytes, in hex."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


def attachment_line(name: str) -> str:
    """Return the line of the program that stands above the text of an attachment."""
    return f"{_ATTACHMENT}{name}"


def attachment_at(document: Document, span: Span) -> str:
    """Return the name of the attachment that a span stands in, "" for the article itself."""
    name = ""
    for block in document.blocks:
        if block.span.start > span.start:
            break
        if block.kind is BlockKind.UI:
            line = block.span.of(document.text)
            name = line.removeprefix(_ATTACHMENT) if line.startswith(_ATTACHMENT) else ""
        elif block.kind is not BlockKind.ATTACHMENT:
            name = ""
    return name


def join_blocks(parts: Iterable[tuple[BlockKind, str]]) -> tuple[str, tuple[Block, ...]]:
    r"""
    Join parts by line feeds; return the text and a block for each part that is not empty.

    >>> join_blocks([(BlockKind.TITLE, "题"), (BlockKind.BODY, "文")])[0]
    '题\n文'
    """
    texts: list[str] = []
    blocks: list[Block] = []
    start = 0
    for kind, text in parts:
        if not text:
            continue
        texts.append(text)
        blocks.append(Block(kind, Span(start, start + len(text))))
        start += len(text) + 1
    return "\n".join(texts), tuple(blocks)
