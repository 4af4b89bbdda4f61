import re

import pytest

from textcheck.document import Span
from textcheck.slips.gaps import gaps


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲一、丙丁、甲二出席", ["丙丁"]),
        ("甲一丙丁甲二出席", ["丙丁"]),
        ("甲一、丙丁甲二出席", []),  # a mark on one side: a word of its own
        ("。丙丁、甲一、甲二出席", ["丙丁"]),
        ("甲一、甲二、丙丁出席", ["丙丁"]),
        ("甲一、甲二出席", []),
        ("甲一会见了来访的客人，甲二在座", []),
    ],
)
def test_what_stands_among_names_is_found(text: str, found: list[str]) -> None:
    names = [Span(*match.span()) for match in re.finditer("甲[一二]", text)]
    assert [span.of(text) for span in gaps(text, names)] == found
