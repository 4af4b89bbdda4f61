"""Put the blocks of an article together, and the references of a list."""

from collections.abc import Iterable
from datetime import datetime

from textcheck.article import Page, Reference
from textcheck.config import CHINA
from textcheck.document import BlockKind, Document, join_blocks
from textcheck.readers.decode import whole_characters

__all__ = ["SEEN", "compose", "excerpt", "kept_at", "newest_first", "without_repeats"]

SEEN = "fetched_at"
"""The hint that says when an article was last seen in a list that its text came with."""

# What a hint may hold of an article, and its form.
_PARTS = {
    "item": "application/json; charset=utf-8",
    "mblog": "application/json; charset=utf-8",
    "html": "text/html; charset=utf-8",
}


def compose(
    blocks: Iterable[tuple[BlockKind, str]], reference: Reference, published_at: datetime | None
) -> Document:
    """Return the document of an article; its day is the day in China."""
    text, placed = join_blocks((kind, whole_characters(text)) for kind, text in blocks)
    day = published_at.astimezone(CHINA).date() if published_at else None
    return Document(text, placed, day, reference.url, reference.account_id)


def without_repeats(
    head: list[tuple[BlockKind, str]], body: list[tuple[BlockKind, str]]
) -> list[tuple[BlockKind, str]]:
    """
    Join head and body, with nothing twice: an error in it would be found twice.

    WeChat makes the digest from the first sentences of the body, and many sites repeat
    the title above it.
    """
    text = "".join("".join(part.split()) for _, part in body)
    kept = [
        (kind, part)
        for kind, part in head
        if kind is not BlockKind.DIGEST or "".join(part.split()).rstrip(".…") not in text
    ]
    titles = {part for kind, part in kept if kind is BlockKind.TITLE}
    return kept + [(kind, part) for kind, part in body if part not in titles]


def newest_first(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Return the references by time, those without one first."""
    unknown = datetime.max.replace(tzinfo=CHINA)  # first, so that no cut-off by date drops it
    return tuple(sorted(references, key=lambda item: item.published_at or unknown, reverse=True))


def kept_at(page: Page) -> dict[str, str]:
    """Return what a reference's hint keeps of the list that its text came with."""
    return {"from": page.url, SEEN: page.fetched_at.isoformat()}


def excerpt(reference: Reference) -> tuple[Page, ...]:
    """
    Return an article's own part of the list that it was read from, as evidence.

    The whole answer holds others' texts; the header names where this was cut out.
    """
    hint = reference.hint
    name = next((name for name in _PARTS if name in hint), "")
    if SEEN not in hint or not name:
        return ()
    headers = {"content-type": _PARTS[name], "x-textcheck-excerpt": "1"}
    body = hint[name].encode("utf-8", "surrogatepass")
    at = datetime.fromisoformat(hint[SEEN])
    return (Page(hint["from"], 200, headers, body, at),)
