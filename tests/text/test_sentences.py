import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcheck.document import Span
from textcheck.text.sentences import sentence_around

TEXTS = st.text("甲乙 \t\r\n。！？!?；”’」』）)“（𠮷", max_size=40)


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        ("一。二三。四。", Span(3, 4), "二三。"),
        ("一。二三。四。", Span(0, 1), "一。"),
        ("一。二三。四", Span(5, 6), "四"),
        ("一。二三。四。", Span(1, 3), "一。二三。"),  # a place in two sentences
        ("他说：“一。”二。", Span(7, 8), "二。"),
        ("他说：“一。”二。", Span(4, 5), "他说：“一。”"),
        ("一！\n二三\n四", Span(3, 4), "二三\n"),
        ("一", Span(0, 1), "一"),
    ],
)
def test_the_sentence_around_a_place(text: str, place: Span, sentence: str) -> None:
    assert sentence_around(text, place).of(text) == sentence


@given(TEXTS.filter(bool), st.data())
def test_the_sentence_holds_the_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    place = Span(start, data.draw(st.integers(start + 1, len(text))))
    sentence = sentence_around(text, place)
    assert sentence.start <= place.start
    assert place.end <= sentence.end <= len(text)


@given(TEXTS, TEXTS.filter(bool), st.data())
def test_the_line_above_does_not_matter(above: str, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    alone = sentence_around(text, Span(start, start + 1)).of(text)
    moved = Span(start + len(above) + 1, start + len(above) + 2)
    assert sentence_around(f"{above}\n{text}", moved).of(f"{above}\n{text}") == alone
