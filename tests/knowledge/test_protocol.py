from datetime import date

import pytest

from textcheck.knowledge.entry import Citation
from textcheck.knowledge.protocol import Order, Protocol

DAY = date(2020, 5, 6)


def _order(key: str, rank: int | None, kind: str, members: str) -> Order:
    places = {name: place for place, name in enumerate(members.split())}
    return Order(key, rank, kind, places, None, None, Citation("甲报"))


PROTOCOL = Protocol(
    (
        _order("first", 1, "fixed", "甲 乙 丙"),
        _order("strokes", 2, "strokes", "丁 戊 己 庚"),
        _order("office", None, "other", "庚 丁"),
        _order("deputies", 6, "fixed", "甲 庚 戊 辛 壬"),
        _order("former", 3, "former", "子 丑"),
    )
)


@pytest.mark.parametrize(
    ("names", "right", "why"),
    [
        ("甲 乙 丙", "", "right"),
        ("乙 甲 丙", "甲 乙 丙", "the first rank"),
        ("丁 甲", "甲 丁", "a lower rank in front"),
        ("戊 丁 己", "丁 戊 己", "by strokes"),
        ("庚 丁", "", "as the offices have it"),
        ("庚 戊", "", "as the deputies stand"),
        ("己 庚 丁 戊", "丁 戊 己 庚", "no row has all so, though some pairs"),
        ("壬 辛 丁", "丁 辛 壬", "a whole list is mended"),
        ("甲 子 乙", "", "three people: history"),
        ("甲 乙 子 丙", "甲 乙 丙 子", "who was in office comes after who is"),
        ("甲 某 乙", "", "strangers count for nothing"),
    ],
)
def test_a_list_is_held_against_the_rows(names: str, right: str, why: str) -> None:
    breach = PROTOCOL.breach(names.split(), DAY)
    found = " ".join(sorted(breach.right, key=breach.right.__getitem__)) if breach else ""
    assert found == right, why


@pytest.mark.parametrize(
    ("names", "wrong"), [("戊 丁", False), ("辛 丁", False), ("丁 甲", True), ("壬 辛", True)]
)
def test_between_titles_only_the_first_rank_and_each_body_count(names: str, *, wrong: bool) -> None:
    assert (PROTOCOL.breach(names.split(), DAY, loose=True) is not None) is wrong
