import pytest

from textcheck.lexicon.lexicon import Lexicon
from textcheck.matching.fuzzy import Edit
from textcheck.slips.near_names import NearName


@pytest.mark.parametrize(
    ("writing", "near"),
    [
        ("江望书", NearName("江望舒", Edit.WRONG, 0)),
        ("江望蚤", NearName("江望舒", Edit.WRONG, 2)),
        ("江舒", NearName("江望舒", Edit.MISSING)),
        ("周白白", NearName("周白", Edit.EXTRA, doubled=True)),
        ("周一白", NearName("周白", Edit.EXTRA)),
        ("白周", NearName("周白", Edit.SWAPPED)),
    ],
)
def test_a_writing_one_slip_away_is_near(writing: str, near: NearName, lexicon: Lexicon) -> None:
    assert near in lexicon.names.of(writing)
    assert lexicon.names.near(writing)


@pytest.mark.parametrize(
    "writing",
    [
        "江望舒",  # a name itself
        "由周白",  # a word in front of a whole name
        "张三",
        "江",
        "，周白",
    ],
)
def test_what_is_no_slip_in_a_name_is_not_near(writing: str, lexicon: Lexicon) -> None:
    assert not lexicon.names.near(writing)


@pytest.mark.parametrize(
    ("writing", "name"), [("周。白", "周白"), ("周\n白", "周白"), ("周白。", ""), ("周一白", "")]
)
def test_a_mark_inside_breaks_a_name(writing: str, name: str, lexicon: Lexicon) -> None:
    assert lexicon.names.broken(writing) == name
