from datetime import date

import pytest

from textcheck.lexicon.lexicon import Lexicon
from textcheck.lexicon.remedy import Mismatch, Remedies

DAY = date(2020, 5, 6)


@pytest.fixture
def remedies(lexicon: Lexicon) -> Remedies:
    tables = lexicon.tables
    return Remedies(lexicon.offices, tables.posts, tables.capacities)


def _mismatch(name: str, *wrong: str, day: date = DAY, said: str = "讲话") -> Mismatch:
    return Mismatch(day, name, wrong, wrong, said, ())


@pytest.mark.parametrize(
    ("mismatch", "expected", "why"),
    [
        (_mismatch("江望舒", "premier"), True, "out of office"),
        (_mismatch("周白", "premier"), False, "never was premier: the title is wrong"),
        (_mismatch("陆青禾", "lakes"), False, "in office, and never had this one"),
        (_mismatch("周白", "lakes"), False, "in office, the title is that of years ago"),
        (
            _mismatch("周白", "lakes", said="在湖泊委讲话"),
            True,
            "the sentence goes on about the body",
        ),
        (_mismatch("周白", "premier", "fishery"), True, "one wrong name explains two titles"),
        (_mismatch("陆青禾", "premier", day=date(2017, 5, 6)), False, "differs by 副 alone"),
    ],
)
def test_the_name_or_the_title_is_wrong(
    mismatch: Mismatch, *, expected: bool, why: str, remedies: Remedies
) -> None:
    assert remedies.name_is_wrong(mismatch, remedies.posts(mismatch)) is expected, why


def test_the_holder_of_all_titles_is_offered_where_all_holders_are_known(
    remedies: Remedies,
) -> None:
    assert remedies.holder(_mismatch("江望舒", "premier")) == "陆青禾"
    assert remedies.holder(_mismatch("江望舒", "premier", "lakes")) is None
    assert remedies.holder(_mismatch("江望舒", "vice-premier")) is None  # there may be more
