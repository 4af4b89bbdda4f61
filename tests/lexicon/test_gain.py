"""How much more probable a text becomes when a near miss is put right."""

import pytest

from textcheck.data import data_dir
from textcheck.document import Span
from textcheck.lexicon.fuzzy import Edit, NearMiss
from textcheck.lexicon.gain import gains
from textcheck.text.ngrams import Ngrams


@pytest.fixture(scope="module")
def ngrams() -> Ngrams:
    return Ngrams(data_dir("models") / "ngrams" / "ngrams.bin")


CASES = [
    ("\n认真落实经济工作会义精神\n", "经济工作会议", NearMiss(0, Span(5, 11), Edit.WRONG, 5)),
    ("\n认真落实经济作会议精神\n", "经济工作会议", NearMiss(0, Span(5, 10), Edit.MISSING, 2)),
    ("\n认真落实经济工工作会议精神\n", "经济工作会议", NearMiss(0, Span(5, 12), Edit.EXTRA, 2)),
    ("\n经济作工会议\n", "经济工作会议", NearMiss(0, Span(1, 7), Edit.SWAPPED, 2)),
]


@pytest.mark.parametrize(("text", "form", "miss"), CASES)
def test_putting_a_slip_right_gains(text: str, form: str, miss: NearMiss, ngrams: Ngrams) -> None:
    (gain,) = gains(text, [miss], {0: form}, ngrams)
    assert gain.total > 5
    assert gain.unseen > 0
    assert gain.worst < -4


def test_putting_right_what_reads_well_gains_nothing(ngrams: Ngrams) -> None:
    miss = NearMiss(0, Span(3, 7), Edit.WRONG, 2)
    (gain,) = gains("\n学习经济工作\n", [miss], {0: "经济合作"}, ngrams)
    assert gain.total < 3
    assert gain.unseen == 0


def test_a_form_that_no_corpus_holds_is_known_once_begun(ngrams: Ngrams) -> None:
    text = "\n县长江望大讲话\n"
    (gain,) = gains(text, [NearMiss(0, Span(3, 6), Edit.WRONG, 2)], {0: "江望舒"}, ngrams)
    assert gain.total > 2


def test_each_miss_is_weighed_for_itself(ngrams: Ngrams) -> None:
    alone = [gains(text, [miss], {0: form}, ngrams)[0] for text, form, miss in CASES]
    for (text, form, miss), one in zip(CASES, alone, strict=True):
        both = gains(text, [miss, miss], {0: form}, ngrams)
        assert both == [one, one]


def test_of_nothing_comes_nothing(ngrams: Ngrams) -> None:
    assert gains("\n甲\n", [], {}, ngrams) == []
