"""What should stand in a run of doubtful characters is chosen for all of them together."""

from pathlib import Path

import numpy as np
import pytest

from textcheck.document import Span
from textcheck.model.evidence import Alike, Weigher
from textcheck.model.rewrite import Rewrite, Spoken, likeliest

Row = tuple[int, str | None, float, float]  # size, what should stand there, gain, naming


def rewrites(*rows: tuple[int, *Row]) -> list[Rewrite]:
    """Return rewrites, each given by its place and a row."""
    return [
        Rewrite(Span(at, at + size), right, Spoken(gain, named))
        for at, size, right, gain, named in rows
    ]


@pytest.mark.parametrize(
    ("found", "chosen"),
    [
        pytest.param(
            [(3, 1, "决", 1.8, -1.0), (4, 1, None, 0.0, -9.0), (3, 2, "决定", 19.6, -0.1)],
            ["决定"],
            id="two as a word gain more than each by itself",
        ),
        pytest.param(
            [(0, 1, "工", 12.0, -0.1), (1, 1, "作", 11.0, -0.1), (0, 2, "功做", 14.0, -6.0)],
            ["工", "作"],
            id="each by itself gains more than a word",
        ),
        pytest.param(
            [(0, 1, "师", 17.0, -0.1), (1, 1, None, 0.0, -4.0)],
            ["师"],
            id="beside what was put right nothing stands out any more",
        ),
        pytest.param(
            [(0, 1, None, 0.0, -4.0), (1, 1, None, 0.0, -4.0)],
            [None, None],
            id="nothing good is known: each is told by itself",
        ),
        pytest.param(
            [
                (5, 1, "市", 4.0, -0.1), (6, 1, None, 0.0, -9.0), (7, 1, "管", 3.0, -0.5),
                (5, 2, "市场", 23.0, -0.1), (6, 2, "厂监", 9.0, -3.0),
            ],
            ["市场", "管"],
            id="words do not overlap",
        ),
        pytest.param([(2, 1, "中", 9.0, -0.1)], ["中"], id="one alone"),
    ],
)  # fmt: skip
def test_a_run_is_rewritten_as_is_worth_most(
    found: list[tuple[int, *Row]], chosen: list[str | None]
) -> None:
    assert [one.right for one in likeliest(rewrites(*found))] == chosen


def test_characters_are_alike_by_sound_or_by_the_tables(language: Path) -> None:
    weigher = Weigher(language, compiled=False)

    def likeness(written: str, *meant: str) -> list[int]:
        codes = weigher.language.alphabet.codes
        rows = np.stack([codes(one) for one in meant])
        return list(map(int, weigher.likeness(codes(written), rows)))

    assert likeness("工", "功", "工", "中") == [Alike.SOUND, Alike.NOT, Alike.NOT]
    assert likeness("忠", "中") == [Alike.SOMEHOW]  # no syllable is known of them
    # The least like counts, of those that change.
    assert likeness("工忠", "功忠", "功中", "工中", "中中") == [
        Alike.SOUND, Alike.SOMEHOW, Alike.SOMEHOW, Alike.NOT
    ]  # fmt: skip
    assert likeness("", "中") == [Alike.NOT]
