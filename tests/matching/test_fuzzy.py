"""The index finds every single edit, and nothing else: compared with a search by hand."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textcheck.document import Span
from textcheck.matching.fuzzy import Edit, FuzzyIndex
from textcheck.matching.match import ExactIndex
from textcheck.matching.misses import NearMiss

pytestmark = pytest.mark.usefixtures("_each_way")

# Few characters, so that near misses abound and overlap; one of them beyond the basic plane.
ALPHABET = "甲乙丙丁𠮷"
FORMS = st.lists(st.text("甲乙丙丁", min_size=2, max_size=9), min_size=1, max_size=5, unique=True)
TEXTS = st.text(ALPHABET, max_size=40)


_SINGLE = tuple(edit for edit in Edit if edit not in {Edit.WORD, Edit.TWICE})


def _edited(form: str, edit: Edit, site: int, piece: str) -> str | None:
    """Return the form with that edit; `piece` is the text's character there."""
    if edit is Edit.WRONG:
        return None if piece == form[site] else form[:site] + piece + form[site + 1 :]
    inside = 0 < site < len(form) - (edit is Edit.MISSING)
    if edit is Edit.MISSING:
        return form[:site] + form[site + 1 :] if inside else None
    if edit is Edit.EXTRA:
        return form[:site] + piece + form[site:] if inside else None
    if site + 1 == len(form) or form[site] == form[site + 1]:
        return None
    return form[:site] + form[site + 1] + form[site] + form[site + 2 :]


def _by_hand(forms: list[str], text: str) -> Iterator[NearMiss]:
    for number, form in enumerate(forms):
        # Of two characters one wrong or missing says nothing.
        for edit in _SINGLE if len(form) > 2 else (Edit.EXTRA, Edit.SWAPPED):
            for start in range(len(text)):
                for site in range(len(form)):
                    damaged = _edited(form, edit, site, text[start + site : start + site + 1])
                    if damaged and text.startswith(damaged, start):
                        yield NearMiss(number, Span(start, start + len(damaged)), edit, site)


def _found(
    forms: list[str], text: str, lawful: list[tuple[int, int]] | None = None
) -> set[NearMiss]:
    misses = list(FuzzyIndex(forms).near_misses(text, lawful or []))
    assert len(misses) == len(set(misses)), "a near miss came twice"
    return set(misses)


@settings(deadline=None)  # other work on the machine is no fault
@given(FORMS, TEXTS)
def test_all_near_misses_are_found_and_no_others(forms: list[str], text: str) -> None:
    # Where no character is left for a wrong one, the search by hand takes "" for it.
    expected = {miss for miss in _by_hand(forms, text) if miss.span.end <= len(text)}
    expected = {miss for miss in expected if _length(forms[miss.form], miss.edit) == _size(miss)}
    assert _found(forms, text) == expected


def test_a_weak_form_is_found_swapped_or_with_a_character_too_many() -> None:
    text = "甲乙丁，甲丙，乙甲丙，甲乙乙丙"
    weak = FuzzyIndex(["甲乙丙"], {0}).near_misses(text, [])
    assert {miss.edit for miss in weak} == {Edit.SWAPPED, Edit.EXTRA}
    strong = FuzzyIndex(["甲乙丙"]).near_misses(text, [])
    assert {miss.edit for miss in strong} == set(_SINGLE)


def _length(form: str, edit: Edit) -> int:
    return len(form) + (edit is Edit.EXTRA) - (edit is Edit.MISSING)


def _size(miss: NearMiss) -> int:
    return miss.span.end - miss.span.start


@settings(deadline=None)  # other work on the machine is no fault
@given(
    st.sampled_from(
        ["湖海鱼", "云泽人民代表大会", "抓渔业就要先抓水", "水水岸岸", "渔业和湖泊事务管理"]
    ),
    st.sampled_from(_SINGLE),
    st.integers(0, 100),
    st.characters(categories=["Lo", "Nd", "Po"]),
    st.text(max_size=8),
    st.text(max_size=8),
)
def test_every_edit_is_found_in_any_context(  # noqa: PLR0913, PLR0917 # a property of all of them
    form: str, edit: Edit, at: int, piece: str, left: str, right: str
) -> None:
    site = at % len(form)
    damaged = _edited(form, edit, site, piece)
    if damaged is None:
        return
    span = Span(len(left), len(left) + len(damaged))
    misses = [miss for miss in _found([form], left + damaged + right) if miss.span == span]
    assert edit in {miss.edit for miss in misses}
    for miss in misses:  # the site may be another one of equal neighbours, never a false one
        assert _edited(form, miss.edit, miss.site, damaged[miss.site : miss.site + 1]) == damaged


@settings(deadline=None)  # other work on the machine is no fault
@given(FORMS, TEXTS, st.data())
def test_what_lies_in_a_lawful_form_is_right(
    forms: list[str], text: str, data: st.DataObject
) -> None:
    places = st.integers(0, len(text))
    lawful = [
        (min(pair), max(pair))
        for pair in data.draw(st.lists(st.tuples(places, places), max_size=4))
    ]
    misses = _found(forms, text, [pair for pair in lawful if pair[0] < pair[1]])
    for miss in misses:
        assert not any(start <= miss.span.start and miss.span.end <= end for start, end in lawful)
    assert misses <= _found(forms, text)
    assert _found(forms, text, [(0, len(text))] if text else []) == set()


@settings(deadline=None)  # other work on the machine is no fault
@given(FORMS, TEXTS, TEXTS, TEXTS)
def test_a_text_gives_the_same_alone_and_embedded(
    forms: list[str], before: str, text: str, behind: str
) -> None:
    low, high = len(before), len(before) + len(text)
    embedded = {
        NearMiss(miss.form, Span(miss.span.start - low, miss.span.end - low), miss.edit, miss.site)
        for miss in _found(forms, before + text + behind)
        if low <= miss.span.start and miss.span.end <= high
    }
    assert embedded == _found(forms, text)


@pytest.mark.parametrize("forms", [[], [""], ["甲"], ["丙丁"]])
def test_forms_too_short_say_nothing(forms: list[str]) -> None:
    assert _found(forms, "甲乙，丙乙，丁") == set()


@pytest.mark.parametrize("text", ["", "湖", "湖海", "\ud800", "𠮷"])
def test_texts_shorter_than_a_key_hold_nothing(text: str) -> None:
    assert _found(["湖海共同体"], text) == set()


def test_a_lone_surrogate_is_one_more_character() -> None:
    assert _found(["湖海共同体"], "\ud800湖海\udfff同体") == {
        NearMiss(0, Span(1, 6), Edit.WRONG, 2)
    }


def test_a_form_may_hold_a_character_beyond_the_basic_plane() -> None:
    assert _found(["湖海𠮷同体"], "湖海𡈽同体") == {NearMiss(0, Span(0, 5), Edit.WRONG, 2)}
    assert _found(["湖海𠮷同体"], "湖海𠮷同本") == {NearMiss(0, Span(0, 5), Edit.WRONG, 4)}


def test_exact_forms_are_found_even_where_they_overlap() -> None:
    index = ExactIndex(["湖海", "海共", "湖海共"])
    assert sorted(index.matches("𠮷湖海共")) == [(0, 1, 3), (1, 2, 4), (2, 1, 4)]


def test_no_forms_are_found_nowhere() -> None:
    assert ExactIndex([]).matches("湖海") == []
