"""Exact forms are found where a search by hand finds them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textcheck.matching import match
from textcheck.matching.match import Bank, ExactIndex
from textcheck.text.points import points_of

pytestmark = pytest.mark.usefixtures("_each_way")

ALPHABET = "甲乙丙𠮷𡈽"  # two of them beyond the basic plane
FORMS = st.lists(st.text(ALPHABET, min_size=1, max_size=9), max_size=8, unique=True)
TEXTS = st.text(ALPHABET, max_size=60)


def _by_hand(forms: list[str], text: str) -> list[tuple[int, int, int]]:
    found = [
        (number, start, start + len(form))
        for number, form in enumerate(forms)
        for start in range(len(text))
        if text.startswith(form, start)
    ]
    return sorted(found, key=lambda match: (match[2], match[1]))


@settings(deadline=None)  # other work on the machine is no fault
@given(FORMS, TEXTS)
def test_all_exact_forms_are_found_by_their_ends(forms: list[str], text: str) -> None:
    assert ExactIndex(forms).matches(text) == _by_hand(forms, text)


@settings(deadline=None)  # other work on the machine is no fault
@given(FORMS, TEXTS)
def test_a_long_text_is_looked_through_in_blocks(forms: list[str], text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(match, "_BLOCK", 7)
        assert ExactIndex(forms).matches(text) == _by_hand(forms, text)


def test_an_empty_form_stands_nowhere() -> None:
    assert ExactIndex(["", "甲"]).matches("乙甲") == [(1, 1, 2)]


def test_each_owner_gets_its_own_forms_by_its_own_numbers() -> None:
    bank = Bank({"one": ["湖海", "海共"], "other": ["海共", "共同"], "none": []})
    hits = bank.hits(points_of("湖海共同"))
    assert bank.owned("one", hits).tuples() == [(0, 0, 2), (1, 1, 3)]
    assert bank.owned("other", hits).tuples() == [(0, 1, 3), (1, 2, 4)]
    assert bank.owned("none", hits).tuples() == []
