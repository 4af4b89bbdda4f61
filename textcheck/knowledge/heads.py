"""The grammar of offices: which body has which head, so that no pair needs a row of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textcheck.document import Span
from textcheck.errors import LexiconError
from textcheck.finding import Severity
from textcheck.knowledge.entry import Citation
from textcheck.knowledge.layers import Layers, read_rows
from textcheck.knowledge.table import Row

__all__ = ["HEADS", "Head", "Heads", "read_heads"]

HEADS = "heads"
"""The owner of the titles that no body has."""

_ANY_REGION = "@"
_REGIONS = "省市县区州旗盟"
_RANKS_BEFORE = ("", "副", "常务副", "代", "代理")
# 主席团, 主任委员, 书记处, 委员长会议 and 市长热线 are other words.
_OTHER_WORDS = (
    "团",
    "令",
    "台",
    "委员",
    "会议",
    "处",
    "期",
    "医",
    "级",
    "助理",
    "热线",
    "信箱",
    "质量",
)


@dataclass(frozen=True, slots=True)
class Head:
    """Bodies and the words that never name their head; `right` does. @ is any region's rank."""

    id: str
    bodies: tuple[str, ...]
    wrong: tuple[str, ...]
    right_body: str
    right: str
    level: Severity
    citation: Citation

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield (wrong, right): 县人大副主任, 县人大常委会副主任."""
        for body in self.bodies:
            for region in _REGIONS if body.startswith(_ANY_REGION) else ("",):
                name = body.replace(_ANY_REGION, region)
                mended = self.right_body.replace(_ANY_REGION, region) or name
                for rank in _RANKS_BEFORE:
                    for wrong in self.wrong:
                        yield f"{name}{rank}{wrong}", f"{mended}{rank}{self.right}"


class Heads:
    """All rows, ready to be looked for."""

    def __init__(self, rows: Iterable[Head]) -> None:
        """Spell out the pairs; of two rows with one wrong title the first holds."""
        self._pairs: dict[str, tuple[Head, str]] = {}
        for row in rows:
            for wrong, right in row.pairs():
                self._pairs.setdefault(wrong, (row, right))
        self.forms = tuple(self._pairs)

    def misnamed(
        self, text: str, matches: Iterable[tuple[int, int, int]]
    ) -> Iterator[tuple[Head, Span, str]]:
        """
        Yield the row of each wrong title found in a text, its place and the right one.

        A match is the number of one of `forms`, a start and an end.
        """
        for number, start, end in matches:
            if not text.startswith(_OTHER_WORDS, end):
                row, right = self._pairs[self.forms[number]]
                yield row, Span(start, end), right


def read_heads(layers: Layers) -> Heads:
    """Read heads.tsv; raise LexiconError naming file, line and column."""
    return Heads(_head(row) for row in read_rows(layers, "heads"))


def _head(row: Row) -> Head:
    bodies, wrong, right = row.several("body"), row.several("wrong"), row.required("right")
    if not bodies or not wrong:
        raise LexiconError(f"{row.where} body、wrong 列不能为空")
    if right in wrong and not row["right_body"]:
        raise LexiconError(f"{row.where} wrong 列不能有 right 列的“{right}”")
    return Head(
        row["id"], bodies, wrong, row["right_body"], right, row.level("level"),
        row.citation("source"),
    )  # fmt: skip
