from hypothesis import given
from hypothesis import strategies as st

from textcheck.text.joined import Joined

TEXTS = st.lists(st.text("甲乙\n２\uffff", max_size=4), max_size=5)


@given(TEXTS)
def test_each_text_stands_folded_where_it_is_said_to(texts: list[str]) -> None:
    joined = Joined(texts)
    parts = [joined.text[start:end] for start, end in zip(joined.starts, joined.ends, strict=True)]
    assert parts == [text.replace("２", "2") for text in texts]


@given(TEXTS)
def test_every_place_of_a_text_belongs_to_it(texts: list[str]) -> None:
    joined = Joined(texts)
    for number, (start, end) in enumerate(zip(joined.starts, joined.ends, strict=True)):
        assert joined.text[start - 1] == joined.text[end] == "\n"
        for place in range(start - 1, end):
            assert joined.number(place) == number


def test_nothing_joined_is_a_text_without_characters() -> None:
    assert Joined([]).text.strip() == ""
