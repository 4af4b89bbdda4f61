"""Slips put into clean text, and what is said of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcheck.training.corrupt import KINDS, Confusions, Corruptor, Damaged

TEXT = "会议强调，要坚持以人民为中心的发展思想，加强基层治理，推动工作落实。"
CONFUSIONS = Confusions(
    same_sound=dict.fromkeys(TEXT, "的地得"),
    near_sound=dict.fromkeys(TEXT, "人仁认"),
    shape=dict.fromkeys(TEXT, "日目白"),
    words={"工作": ["公做"], "会议": ["汇意"]},
    any="的了在是",
)


def mended(damaged: Damaged) -> str:
    """Return what the damaged text says that it should be."""
    mended = []
    swapped = False
    for at, character in enumerate(damaged.text):
        if swapped:
            swapped = False
            continue
        if damaged.swap[at]:
            mended.append(damaged.text[at + 1] + character)
            swapped = True
        elif not damaged.extra[at]:
            mended.append(damaged.before[at] + (damaged.replace[at] or character))
    return "".join(mended)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_damages_and_tells_what_was_there(kind: str) -> None:
    corruptor = Corruptor(CONFUSIONS, seed=5)
    corruptor.only(kind)
    spared = [False] * len(TEXT)
    made = [corruptor.damaged(TEXT, 1, spared=spared) for _ in range(60)]
    assert all(mended(damaged) == TEXT for damaged in made)
    assert sum("".join(damaged.text) != TEXT for damaged in made) > len(made) / 2


@given(st.integers(0, 10**6), st.integers(0, 12))
def test_what_is_told_gives_the_text_back(seed: int, slips: int) -> None:
    damaged = Corruptor(CONFUSIONS, seed).damaged(TEXT, slips, spared=[False] * len(TEXT))
    assert mended(damaged) == TEXT
    sizes = {len(damaged.text), len(damaged.replace), len(damaged.extra), len(damaged.before)}
    assert sizes == {len(damaged.swap)}


def test_the_same_seed_gives_the_same_slips() -> None:
    spared = [False] * len(TEXT)
    one, other = (Corruptor(CONFUSIONS, 7).damaged(TEXT, 3, spared=spared) for _ in range(2))
    assert one == other


def test_what_is_spared_stays() -> None:
    spared = [character in "人民基层治理" for character in TEXT]
    for seed in range(80):
        damaged = Corruptor(CONFUSIONS, seed).damaged(TEXT, 4, spared=spared)
        assert "基层治理" in "".join(damaged.text)


def test_signs_and_letters_are_never_touched() -> None:
    text = "ABC，123。"
    damaged = Corruptor(CONFUSIONS, 1).damaged(text, 5, spared=[False] * len(text))
    assert damaged == Damaged.of(text)


def test_a_third_of_the_slips_fall_on_fixed_wordings() -> None:
    likely = [TEXT.index("中心")]
    hits = 0
    for seed in range(300):
        damaged = Corruptor(CONFUSIONS, seed).damaged(
            TEXT, 1, spared=[False] * len(TEXT), likely=likely
        )
        hits += "为中心的" not in "".join(damaged.text)
    assert hits > 300 / 4
