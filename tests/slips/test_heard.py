"""Another word of the same sound in a form, as an input method offers it."""

import numpy as np
import pytest

from tests.marks import read_marks
from textcheck.knowledge.entry import EntryKind
from textcheck.lexicon.lexicon import Lexicon
from textcheck.matching.keys import Edit
from textcheck.matching.strings import Strings, packed
from textcheck.slips.heard import HeardIndex
from textcheck.text.points import points_of
from textcheck.text.sound import Sounds

SOUNDS = Sounds(
    {"hu": "湖胡和", "hai": "海还", "he": "和河", "tong": "同童", "ti": "体题", "zhong": "中种",
     "zi": "字自", "zhi": "之至", "yang": "央养", "fang": "防方", "huang": "黄"},
    {"hu": "湖胡", "hai": "海还", "he": "和河", "tong": "同童", "ti": "体题", "zhong": "中种",
     "zi": "字自", "zhi": "之至", "yang": "央养", "fang": "防方", "huang": "黄"},
)  # fmt: skip


def _hits(forms: list[str], text: str) -> list[tuple[int, int, int]]:
    index = HeardIndex(HeardIndex.arrays_of(forms, range(len(forms)), SOUNDS))
    strange = np.arange(len(text) + 3)  # every triple is
    return index.hits(points_of(text), Strings(packed(forms)), strange).tuples()


@pytest.mark.parametrize(
    ("form", "text", "place"),
    [
        ("中央湖海", "在种养湖海边", (1, 5)),
        ("中央湖海", "在中央湖海边", None),  # as it should be
        ("中央湖海", "在中养湖海边", None),  # one character: an edit like any other
        ("中央湖海", "在种养胡还边", None),  # nothing is left
        ("海中央和同体", "海种养和同体", (0, 6)),
        ("海中央和同体", "海中央胡童体", (0, 6)),  # 和 is read hu as well
        ("海中央和同体", "海中央河童体", (0, 6)),
        ("字字中央", "至至中央", (0, 4)),  # z and zh are confused
        ("海、中央", "还、种央", (0, 4)),
    ],
)
def test_a_word_that_sounds_like_the_right_one_is_found(
    form: str, text: str, place: tuple[int, int] | None
) -> None:
    assert _hits([form], text) == ([(0, *place)] if place else [])


def test_forms_that_sound_the_same_are_found_all() -> None:
    assert _hits(["中央湖海", "种养湖海"], "种央湖还") == [(0, 0, 4), (1, 0, 4)]


@pytest.mark.parametrize(
    "text",
    [
        "在【云泽人民呆婊大会→云泽人民代表大会】上",
        "【保持水清案律鱼肥→保持水清岸绿鱼肥】",
    ],
)
def test_it_is_told_with_the_whole_form_as_right(text: str, lexicon: Lexicon) -> None:
    marked = read_marks(text)
    (slip,) = (slip for kind in EntryKind for slip in lexicon.slips(marked.published, kind))
    (mark,) = marked.marks
    assert (slip.span, slip.right, slip.edit) == (mark.span, mark.right, Edit.WORD)


@pytest.mark.parametrize("text", ["四个岁园", "在云泽人民大会上"])
def test_what_reads_as_well_or_sounds_only_near_is_none(text: str, lexicon: Lexicon) -> None:
    slips = [slip for kind in EntryKind for slip in lexicon.slips(text, kind)]
    assert not [slip for slip in slips if slip.edit is Edit.WORD]
