import hashlib
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcheck.document import Block, BlockKind, Document, Span, join_blocks


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (0, 0), (2, 1)])
def test_a_span_is_neither_empty_nor_negative(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (Span(0, 2), Span(1, 3), True),
        (Span(0, 4), Span(1, 2), True),
        (Span(0, 2), Span(2, 3), False),  # half-open: they only touch
        (Span(0, 1), Span(5, 6), False),
    ],
)
def test_spans_overlap_where_they_share_a_character(
    one: Span, other: Span, *, overlap: bool
) -> None:
    assert one.overlaps(other) is overlap
    assert other.overlaps(one) is overlap


def test_a_span_counts_code_points() -> None:
    assert Span(1, 3).of("𠮷布署") == "布署"


def test_a_document_never_changes() -> None:
    document = Document("甲")
    with pytest.raises(FrozenInstanceError):
        document.text = "乙"  # type: ignore[misc] # that is what must fail


def test_the_digest_names_the_exact_text() -> None:
    assert Document("甲").digest == hashlib.sha256("甲".encode()).hexdigest()
    assert Document("甲").digest != Document("甲 ").digest
    assert len(Document("\ud800").digest) == 64  # half a pair is a text too


PARTS = st.lists(st.tuples(st.sampled_from(BlockKind), st.text("甲乙\n𠮷", max_size=5)))


@given(PARTS)
def test_joined_blocks_give_their_parts_back(parts: list[tuple[BlockKind, str]]) -> None:
    text, blocks = join_blocks(parts)
    kept = [(kind, part) for kind, part in parts if part]
    assert [(block.kind, block.span.of(text)) for block in blocks] == kept
    assert text == "\n".join(part for _, part in kept)


def test_blocks_stand_in_order() -> None:
    text, blocks = join_blocks(
        [(BlockKind.TITLE, "题"), (BlockKind.UI, ""), (BlockKind.BODY, "文")]
    )
    assert text == "题\n文"
    assert blocks == (Block(BlockKind.TITLE, Span(0, 1)), Block(BlockKind.BODY, Span(2, 3)))
