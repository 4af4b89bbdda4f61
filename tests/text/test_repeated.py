"""What is compiled finds the repetitions that NumPy finds."""

import random
from pathlib import Path

import pytest

from textcheck.text import native
from textcheck.text.joined import Joined
from textcheck.text.points import points_of
from textcheck.text.repeated import Repeated


@pytest.fixture(params=["libraries", "tmp_path"])
def repeated(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Repeated:
    """Return either way to look."""
    monkeypatch.setattr(native, "FOLDER", request.getfixturevalue(request.param))
    return Repeated()


def test_a_run_stands_again_some_characters_behind(repeated: Repeated) -> None:
    points = points_of("\n甲乙丙甲乙丙丁\n")
    assert repeated.runs(points, 3, 16) == [(1, 3, 3)]


def test_nothing_reaches_over_the_end_of_a_text(repeated: Repeated) -> None:
    joined = Joined(["甲乙丙", "丙乙甲", "甲乙丙丁，", "甲乙丙丁"])
    assert repeated.runs(points_of(joined.text), 3, 4) == []
    assert repeated.clauses(joined.text, "，", 4) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("甲乙丙丁，甲乙丙丁", [4]),
        ("戊甲乙丙丁，甲乙丙丁己，甲乙丙丁", [5, 11]),
        ("甲乙丙丁，甲乙丙", []),
        ("甲乙丙丁，甲乙丙，丁", []),
        ("甲乙丙丁，戊，甲乙丙丁", []),
    ],
)
def test_a_clause_begins_like_the_one_before(
    text: str, places: list[int], repeated: Repeated
) -> None:
    assert repeated.clauses(text, "，", 4) == places


def test_both_ways_find_the_same(
    libraries: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(6)  # noqa: S311 # a sample, no secret
    joined = Joined(["".join(dice.choices("甲乙丙，", k=size)) for size in range(1, 300)])
    found = []
    for folder in (libraries, tmp_path):
        monkeypatch.setattr(native, "FOLDER", folder)
        way = Repeated()
        runs = way.runs(points_of(joined.text), 3, 16)
        found.append((runs, way.clauses(joined.text, "，", 3)))
    assert found[0] == found[1]
    assert all(found[0])
