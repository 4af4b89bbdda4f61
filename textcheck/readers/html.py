"""From HTML to blocks of text."""

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from textcheck.document import BlockKind, Document, join_blocks
from textcheck.errors import ReadError
from textcheck.readers.decode import decode_page, whole_characters

__all__ = ["html_blocks", "inline_text", "parse_html", "read_html"]

# What a reader does not see as text. An svg shows only its text and foreignObject, which
# editors of WeChat articles fill with whole paragraphs; so the svg stays and these go.
_UNSEEN_TAGS = """
    head script style noscript template iframe object select textarea button rp rt
    defs desc metadata title
"""
# Where a line ends. All other elements run on within the line, as in a browser.
_BREAK_TAGS = """
    address article aside blockquote body br caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer foreignobject form h1 h2 h3 h4 h5 h6 header hr html legend
    li main menu nav ol optgroup p pre section summary table tbody td text tfoot th thead tr ul
    video audio
"""
_UNSEEN = frozenset(_UNSEEN_TAGS.split())
_BREAKS = frozenset(_BREAK_TAGS.split())
_CAPTIONS = frozenset({"caption", "figcaption"})
_CELLS = frozenset({"td", "th"})
_SPACE = re.compile(r"[ \t\r\f\n]+")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
# A cell with more lines is the frame of a page, not data.
_CELL_LINES = 5


def parse_html(text: str) -> HtmlElement:
    """
    Return the root of a page.

    Raises ReadError where there is no element at all or the nesting is too deep to be read
    in full: the parser would drop the rest without a word.
    """
    # Without huge_tree all text after 256 open elements is lost; with it, after 2048.
    parser = HTMLParser(huge_tree=True)
    text = whole_characters(_DECLARATION.sub("", text)).replace("\0", "\ufffd")
    try:
        root = document_fromstring(text, parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        # A ValueError is what a declaration that never ends is answered with.
        raise ReadError("网页是空的或不是网页") from error
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise ReadError("网页嵌套过深，无法完整读取")
    return root


def html_blocks(root: HtmlElement) -> list[tuple[BlockKind, str]]:
    r"""
    Return the visible text under root, a block a line.

    Style is not looked at: WeChat hides its own body until a script runs. White space is one
    space; none where a line of the source ends beside a Chinese character. Zero-width
    characters stay, since they are part of what was published. The alt text of images is
    left out: it is a file name more often than words.

    >>> page = "<p>甲<b>乙</b><br>丙</p><table><tr><td>丁<td>戊</table>"
    >>> [text for _, text in html_blocks(parse_html(page))]
    ['甲乙', '丙', '丁\t戊']
    """
    writer = _Writer()
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            if element.tag in _UNSEEN:
                walk.skip_subtree()
                continue
            writer.open(str(element.tag))
            writer.write(element.text)
            continue
        if event == "end" and element.tag not in _UNSEEN:
            writer.close(str(element.tag))
        if element is not root:
            writer.write(element.tail)
    writer.flush()
    return writer.blocks


def inline_text(root: HtmlElement) -> str:
    """Return the visible text under root as one line."""
    return " ".join(text.replace("\t", " ") for _, text in html_blocks(root))


def read_html(body: bytes) -> Document:
    """
    Read a page of no known kind: its title, then all text of its body.

    Raises ReadError where it holds no text.
    """
    text, _ = decode_page(body)
    root = parse_html(text)
    title = " ".join("".join(root.xpath("string(//title[not(ancestor::svg)])")).split())
    blocks = html_blocks(root)
    same = (BlockKind.BODY, title)
    if same in blocks:
        blocks.remove(same)
    if not blocks and not title:
        raise ReadError("网页中没有文字")
    joined, placed = join_blocks([(BlockKind.TITLE, title), *blocks])
    return Document(joined, placed)


@dataclass(slots=True)
class _Row:
    cells: list[int] = field(default_factory=list)
    nests: bool = False


@dataclass(slots=True)
class _Writer:
    # Collects text into lines, lines into blocks, and the lines of a row into one block.
    blocks: list[tuple[BlockKind, str]] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    captions: int = 0
    verbatim: int = 0

    def write(self, text: str | None) -> None:
        if not text:
            return
        if not self.verbatim:
            self.line.append(text)
            return
        first, *others = text.split("\n")
        self.line.append(first)
        for other in others:
            self.flush()
            self.line.append(other)

    def flush(self) -> None:
        line = _collapse("".join(self.line))
        self.line.clear()
        if line.strip(_INVISIBLE):
            self.blocks.append((BlockKind.CAPTION if self.captions else BlockKind.BODY, line))

    def open(self, tag: str) -> None:
        if tag in _BREAKS:
            self.flush()
        if tag in _CAPTIONS:
            self.captions += 1
        elif tag == "pre":
            self.verbatim += 1
        elif tag == "table" and self.rows:
            self.rows[-1].nests = True
        elif tag == "tr":
            self.rows.append(_Row())
        elif tag in _CELLS and self.rows:
            self.rows[-1].cells.append(len(self.blocks))

    def close(self, tag: str) -> None:
        if tag in _BREAKS:
            self.flush()
        if tag in _CAPTIONS:
            self.captions -= 1
        elif tag == "pre":
            self.verbatim -= 1
        elif tag == "tr" and self.rows:
            self._end_row(self.rows.pop())

    def _end_row(self, row: _Row) -> None:
        ends = [*row.cells[1:], len(self.blocks)]
        cells = [
            [text for _, text in self.blocks[start:end]]
            for start, end in zip(row.cells, ends, strict=False)
        ]
        longest = max(map(len, cells), default=0)
        alone = len(cells) == 1 and longest > 1
        if row.nests or alone or not 0 < longest <= _CELL_LINES:
            return
        joined = "\t".join("\n".join(cell) for cell in cells).strip("\t")
        self.blocks[row.cells[0] :] = [(BlockKind.TABLE, joined)]


def _collapse(line: str) -> str:
    return _SPACE.sub(_space, line).strip()


def _space(match: re.Match[str]) -> str:
    # A line of the source that ends within a sentence is no space to the author; it would
    # split a word in two and hide a slip in it.
    if "\n" in match.group():
        before = match.string[match.start() - 1 : match.start()]
        after = match.string[match.end() : match.end() + 1]
        if _is_wide(before) or _is_wide(after):
            return ""
    return " "


def _is_wide(char: str) -> bool:
    return char >= "\u2e80"
