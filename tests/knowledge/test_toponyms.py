"""Short names of regions, and what may be one of them with a slip in it."""

import numpy as np
import pytest

from textcheck.knowledge.regions import Regions
from textcheck.knowledge.toponyms import Toponyms
from textcheck.matching.keys import Edit
from textcheck.slips.damaged import DamagedNames
from textcheck.slips.unseen import BEYOND, Unseen
from textcheck.text.points import points_of

REGIONS = Regions(
    [
        "reg-910000\t云泽省\tprovince\t\tcurrent\t甲报",
        "reg-910100\t望湖市\tprefecture\t云泽省\tcurrent\t甲报",
        "reg-910121\t青芦县\tcounty\t望湖市\tcurrent\t甲报",
        "reg-910122\t石滩水族自治县\tcounty\t望湖市\tcurrent\t甲报",
        "reg-910123\t浅县\tcounty\t望湖市\tcurrent\t甲报",
        "reg-910124-f\t旧渡县\tcounty\t望湖市\tformer\t甲报",
        "reg-910125-f\t浅石县\tcounty\t云泽省\tformer\t甲报",
        "reg-910125\t浅石县\tcounty\t望湖市\tcurrent\t甲报",
    ]
)


def near(text: str, *, strange: bool = True) -> set[tuple[str, str, Edit]]:
    """Return (writing, name, edit) where clean text has all triples of the text, or none."""
    text = f"\n前文{text}后文\n"
    size = len(text)
    before = np.arange(size + BEYOND + 1) * strange
    neither = np.full(size + 1, strange)
    unseen = Unseen(
        np.zeros(size + 2 * BEYOND, dtype=np.uint64),
        neither,
        before,
        np.zeros(size + 2 * BEYOND, dtype=np.bool_),
    )
    found = DamagedNames(Toponyms(REGIONS)).near(text, points_of(text), unseen)
    return {(one.span.of(text), one.name, one.edit) for one in found}


def test_names_of_three_to_five_characters_in_use_are_looked_for() -> None:
    assert set(Toponyms(REGIONS).names) == {"云泽省", "望湖市", "青芦县", "浅石县"}


def test_former_names_and_short_ones_of_peoples_are_right() -> None:
    assert {"旧渡县", "石滩县", "浅县"} <= Toponyms(REGIONS).known


def test_a_region_stands_behind_what_it_lies_in_full_or_short() -> None:
    assert Toponyms(REGIONS).above("青芦县") == {"望湖市", "望湖", "云泽省", "云泽"}


@pytest.mark.parametrize(
    ("text", "writing", "name", "edit"),
    [
        ("清芦县", "清芦县", "青芦县", Edit.WRONG),
        ("青芦现", "青芦现", "青芦县", Edit.WRONG),
        ("芦县", "芦县", "青芦县", Edit.MISSING),
        ("青县", "青县", "青芦县", Edit.MISSING),
        ("青的芦县", "青的芦县", "青芦县", Edit.EXTRA),
        ("青芦县县", "青芦县县", "青芦县", Edit.EXTRA),
        ("青青芦县", "青青芦县", "青芦县", Edit.EXTRA),
        ("芦青县", "芦青县", "青芦县", Edit.SWAPPED),
        ("青县芦", "青县芦", "青芦县", Edit.SWAPPED),
        ("浅县石", "浅县石", "浅石县", Edit.SWAPPED),  # 浅县 is a name by itself
    ],
)
def test_one_slip_is_seen(text: str, writing: str, name: str, edit: Edit) -> None:
    assert (writing, name, edit) in near(text)


@pytest.mark.parametrize(
    "text",
    [
        "青芦县",
        "旧渡县",  # a name of former times
        "石滩县",
        "浅县",
        "青芦两县",  # counts counties
        "青芦县委",
        "青芦县县委",  # 县委 goes with the name before it
        "望湖的市场",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert not {one for one in near(text) if one[1] in {"青芦县", "望湖市"}}


def test_nothing_is_looked_for_where_clean_text_has_every_triple() -> None:
    assert near("清芦县", strange=False) == set()
