"""What the makers of errors do to a sentence, and what they leave alone."""

import random
from collections import Counter
from datetime import date

import pytest
from seed_errors import make_cases
from seeding.case import Case, Sentence
from seeding.ordinary import DateMaker
from seeding.slips import KINDS, Confusions, Slips

FORM = "云栖市人民政府办公厅"
DAY = date(2026, 3, 5)


def slips(seed: int = 1) -> Slips:
    confusions = Confusions({"市": "事式"}, {"栖": "七"}, {"人": "入"})
    return Slips(confusions, {"办公厅": ("班公亭",)}, random.Random(seed))  # noqa: S311 # test data


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        ("sound", {"云栖事人民政府办公厅", "云栖式人民政府办公厅"}),
        ("near", {"云七市人民政府办公厅"}),
        ("shape", {"云栖市入民政府办公厅"}),
        ("word", {"云栖市人民政府班公亭"}),
    ],
)
def test_what_is_confusable_decides_the_slip(kind: str, made: set[str]) -> None:
    assert {slips(seed).slip(FORM, kind) for seed in range(40)} == made


@pytest.mark.parametrize(
    ("kind", "longer"),
    [("missing", -1), ("extra", 1), ("doubled", 1), ("swapped", 0), ("split", 1)],
)
def test_how_long_the_slip_is(kind: str, longer: int) -> None:
    for seed in range(40):
        made = slips(seed).slip(FORM, kind)
        assert made is not None
        assert made != FORM
        assert len(made) == len(FORM) + longer


def test_a_short_form_takes_no_two_slips() -> None:
    assert slips().slip("云栖市", "two") is None
    assert slips().slip(FORM, "two") is not None


def test_every_kind_is_made() -> None:
    assert all(any(slips(seed).slip(FORM, kind) for seed in range(9)) for kind in KINDS)


class Twice:
    """Puts 错 before every sentence; one kind does not apply."""

    kinds = ("one", "two", "never")

    def make(self, kind: str, sentence: Sentence) -> Case | None:
        """Return the case."""
        return None if kind == "never" else Case.put("some", kind, sentence, 0, 0, "错")


def test_kinds_get_equal_shares_and_a_sentence_serves_once() -> None:
    pool = [Sentence(DAY, f"第{number}句。") for number in range(9)]
    used = {"第0句。"}
    cases = make_cases(Twice(), pool, used, 6)
    assert Counter(case.kind for case in cases) == {"one": 3, "two": 3}
    assert len({case.text for case in cases}) == 6
    assert all(case.text[case.end :] in used for case in cases)


def test_a_case_is_mended_by_what_stood_there() -> None:
    text = "会议于3月3日在云栖市召开。"
    maker = DateMaker.__new__(DateMaker)
    maker._rng = random.Random(1)  # noqa: S311, SLF001 # the ground is not needed for dates
    for kind in maker.kinds:
        case = maker.make(kind, Sentence(DAY, text))
        assert case is not None
        assert (case.text[: case.start] + case.right + case.text[case.end :]).replace(
            "（星期二）", ""
        ) == text
