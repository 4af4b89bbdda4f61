"""What is compiled finds what NumPy finds, in texts longer than it looks through at once."""

import random
from pathlib import Path

import numpy as np
import pytest

from textcheck.matching.fuzzy import FuzzyIndex, Near
from textcheck.matching.match import ExactIndex
from textcheck.text import native

_LONG = 7_000
_FOLDERS = ("libraries", "tmp_path")


def _random(size: int, seed: int) -> str:
    return "".join(random.Random(seed).choices("甲乙丙丁戊己庚辛壬癸𠮷", k=size))  # noqa: S311 # a sample, no secret


@pytest.fixture(params=[0, 1_000])
def found(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[Near, list[tuple[int, int, int]]]]:
    """Return what each way finds; with 1,000 forms there are more suspects than characters."""
    strange = np.arange(_LONG + 3, dtype=np.int64)  # every triple is
    text = _random(_LONG, 1)
    forms = sorted({_random(3 + seed % 6, 2 + seed) for seed in range(request.param)})
    ways = []
    for name in _FOLDERS:
        monkeypatch.setattr(native, "FOLDER", request.getfixturevalue(name))
        hits = ExactIndex(forms).matches(text)
        lawful = np.array([hit[1:] for hit in hits], dtype=np.int64).reshape(-1, 2)
        index = FuzzyIndex(forms, long=range(len(forms)))
        ways.append((index.near(text, lawful, strange), hits))
    return ways


def test_both_ways_find_the_same(found: list[tuple[Near, list[tuple[int, int, int]]]]) -> None:
    (near, hits), (plain, plain_hits) = found
    assert hits == plain_hits
    assert len(near.once) == len(plain.once)
    assert set(near.once) == set(plain.once)
    assert near.twice.tolist() == plain.twice.tolist()


def test_a_library_that_lacks_the_function_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, libraries: Path
) -> None:
    monkeypatch.setattr(native, "FOLDER", libraries)
    assert native.load_library(Path("keyed.c"), "textcheck_nothing") is None
    (tmp_path / "keyed.so").write_bytes(b"not a library")
    monkeypatch.setattr(native, "FOLDER", tmp_path)
    assert native.load_library(Path("keyed.c"), "textcheck_find") is None


def test_an_array_with_gaps_has_no_address() -> None:
    with pytest.raises(ValueError, match="gaps"):
        native.address(np.arange(8)[::2])
