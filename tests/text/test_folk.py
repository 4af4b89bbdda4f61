import pytest

from textcheck.document import Span
from textcheck.text.folk import is_of_ordinary_people


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("茶山村村民周白说", True),
        ("养殖户“周白", True),
        ("周白等三位同学", True),
        ("周白老师", True),
        ("总理周白说", False),
        ("周白看望村民", False),
    ],
)
def test_words_beside_a_name_tell_who_is_meant(text: str, *, expected: bool) -> None:
    start = text.index("周白")
    assert is_of_ordinary_people(text, Span(start, start + 2)) is expected
