"""Markdown: the file's own text, with what a reader of the page does not see marked as such."""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import StateInline, autolink, backtick, html_inline, image, link
from markdown_it.token import Token

from textcheck.document import Block, BlockKind, Document, Span

__all__ = ["read_markdown"]

_LINE_END = re.compile(r"\r\n?|\n")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
# The first line must look like a setting: a page may also begin with a rule (---) and prose.
_FRONT_MATTER = re.compile(
    r"(?P<mark>---|\+\+\+)[ \t]*(?:\r\n?|\n)(?=[\w.\-]+[ \t]*[:=])"
    r"(?:[^\r\n]*(?:\r\n?|\n))*?(?P=mark)[ \t]*(?=[\r\n]|\Z)"
)
_TAG = re.compile(
    r"(?is)<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|</?[a-z][^>]*>|<[!?][^>]*>"
)
_URL = re.compile(r"(?i)https?://[!-~]+")

_Rule = Callable[[StateInline, bool], bool]
_Kinds = list[BlockKind | None]
_UI = BlockKind.UI


def read_markdown(text: str) -> Document:
    """
    Return the file's text unchanged, with blocks.

    Headings are TITLE, block quotes QUOTED, tables TABLE, other prose BODY. Code, tags, link
    targets, front matter and lines that only steer the layout are UI, which is never checked.
    """
    lines = _lines(text)
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else 0
    kinds: _Kinds = [_UI] * start + [None] * (len(text) - start)
    # Blank lines in place of the front matter keep the parser's line numbers ours.
    source = "\n" * len(_LINE_END.findall(text, 0, start)) + text[start:]
    plain = text.replace("\0", "\ufffd")  # as the parser has it, at the same places
    env: dict[str, Any] = {}
    covered: set[int] = set()
    for kind, token in _leaves(_PARSER.parse(source, env)):
        first, last = token.map or (0, 0)
        covered.update(range(first, last))
        if token.type == "inline":
            _paint_inline(kinds, plain, lines[first:last], (kind, token, env))
        elif lines[first:last]:
            raw = Span(lines[first].start, lines[last - 1].end)
            _paint_raw(kinds, text, raw, fenced=token.type == "fence")
    for number, line in enumerate(lines):
        if number not in covered and line.of(text).strip():
            kinds[line.start : line.end] = [_UI] * (line.end - line.start)
    return Document(text, tuple(_blocks(text, kinds)))


def _lines(text: str) -> list[Span]:
    return [Span(match.start(), match.end()) for match in _LINE.finditer(text) if match.group()]


def _leaves(tokens: list[Token]) -> Iterator[tuple[BlockKind, Token]]:
    """Yield the tokens that hold text, each with the kind of the block around it."""
    around: list[str] = []
    for token in tokens:
        if token.nesting > 0:
            around.append(token.type)
        elif token.nesting < 0:
            around.pop()
        elif token.type in {"inline", "fence", "html_block"}:
            yield _kind(around), token


def _kind(around: list[str]) -> BlockKind:
    if "blockquote_open" in around:
        return BlockKind.QUOTED
    if "table_open" in around:
        return BlockKind.TABLE
    return BlockKind.TITLE if "heading_open" in around else BlockKind.BODY


def _paint_raw(kinds: _Kinds, text: str, span: Span, *, fenced: bool) -> None:
    """Mark a fence as unseen; of raw HTML only the tags, for its words are on the page."""
    if fenced:
        kinds[span.start : span.end] = [_UI] * (span.end - span.start)
        return
    kinds[span.start : span.end] = [BlockKind.BODY] * (span.end - span.start)
    for tag in _TAG.finditer(text, span.start, span.end):
        kinds[tag.start() : tag.end()] = [_UI] * len(tag.group())


def _paint_inline(
    kinds: _Kinds, text: str, lines: list[Span], leaf: tuple[BlockKind, Token, dict[str, Any]]
) -> None:
    """
    Paint the text of one paragraph, heading or cell.

    The parser hands out the lines of a paragraph without their marks and indents: each is found
    again in its line. One that is not (a cell with an escaped bar) stays without a block and
    is checked whole.
    """
    kind, token, env = leaf
    content = token.content
    painted: _Kinds = [kind] * len(content)
    for span in _unseen(content, env):
        painted[span.start : span.end] = [_UI] * (span.end - span.start)
    begin = 0
    for line, part in zip(lines, content.split("\n"), strict=False):
        words = part.strip(" \t")
        place = _place(kinds, text, line, words)
        if words and place >= 0:
            offset = begin + part.index(words)
            kinds[place : place + len(words)] = painted[offset : offset + len(words)]
        begin += len(part) + 1


def _place(kinds: _Kinds, text: str, line: Span, words: str) -> int:
    """Find words in line behind what is painted of it already: cells of a row come in order."""
    start = line.end
    while start > line.start and kinds[start - 1] is None:
        start -= 1
    return text.find(words, start, line.end)


def _unseen(content: str, env: dict[str, Any]) -> Iterator[Span]:
    """Yield the parts of a paragraph that are markup: code, tags, targets of links, addresses."""
    places: list[Span] = []
    own = {"references": env.get("references", {}), "content": content, "places": places}
    _PARSER.inline.parse(content, _PARSER, own, [])
    yield from places
    for match in _URL.finditer(content):
        yield Span(match.start(), match.end())


def _recording(rule: _Rule) -> _Rule:
    """Return a rule of the parser that also notes which part of its match is not prose."""

    def recorded(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 # the parser's interface
        start, known = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        # An image's description is parsed on its own, with offsets of its own.
        if not silent and len(state.tokens) > known and state.src == state.env["content"]:
            state.env["places"].append(Span(_prose_end(state, start, rule), state.pos))
        return True

    return recorded


def _prose_end(state: StateInline, start: int, rule: _Rule) -> int:
    if rule is link:
        return parseLinkLabel(state, start, disableNested=True)
    return parseLinkLabel(state, start + 1) if rule is image else start


def _blocks(text: str, kinds: _Kinds) -> Iterator[Block]:
    start = 0
    for kind, run in groupby(kinds):
        end = start + sum(1 for _ in run)
        if kind is not None and text[start:end].strip():
            yield Block(kind, Span(start, end))
        start = end


def _parser() -> MarkdownIt:
    # Authors indent the first line of a paragraph by spaces: that is prose, so no indented code.
    parser = MarkdownIt("commonmark").enable("table").disable(["code"])
    parser.core.ruler.disable("inline")  # done here, paragraph by paragraph
    rules: dict[str, _Rule] = {
        "autolink": autolink,
        "backticks": backtick,
        "html_inline": html_inline,
        "image": image,
        "link": link,
    }
    for name, rule in rules.items():
        parser.inline.ruler.at(name, _recording(rule))
    return parser


_PARSER = _parser()
