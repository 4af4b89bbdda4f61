"""How much more probable a text becomes when a near miss is put right."""

import random
from pathlib import Path

import pytest

from textcheck.data import data_dir
from textcheck.document import Span
from textcheck.matching.keys import Edit
from textcheck.matching.misses import Misses, NearMiss
from textcheck.matching.strings import Strings, packed
from textcheck.slips.gain import Gain, gains
from textcheck.text import native
from textcheck.text.ngrams import Ngrams
from textcheck.text.points import points_of


@pytest.fixture(scope="module")
def ngrams(_each_way: None) -> Ngrams:
    return Ngrams(data_dir("models") / "ngrams" / "ngrams.bin")


CASES = [
    ("\n认真落实经济工作会义精神\n", "经济工作会议", NearMiss(0, Span(5, 11), Edit.WRONG, 5)),
    ("\n认真落实经济作会议精神\n", "经济工作会议", NearMiss(0, Span(5, 10), Edit.MISSING, 2)),
    ("\n认真落实经济工工作会议精神\n", "经济工作会议", NearMiss(0, Span(5, 12), Edit.EXTRA, 2)),
    ("\n经济作工会议\n", "经济工作会议", NearMiss(0, Span(1, 7), Edit.SWAPPED, 2)),
]


def _gains(text: str, form: str, misses: list[NearMiss], ngrams: Ngrams) -> list[Gain]:
    return list(gains(points_of(text), Misses.of(misses), Strings(packed([form])), ngrams))


@pytest.mark.parametrize(("text", "form", "miss"), CASES)
def test_putting_a_slip_right_gains(text: str, form: str, miss: NearMiss, ngrams: Ngrams) -> None:
    (gain,) = _gains(text, form, [miss], ngrams)
    assert gain.total > 5
    assert gain.unseen > 0
    assert gain.worst < -4


def test_putting_right_what_reads_well_gains_nothing(ngrams: Ngrams) -> None:
    miss = NearMiss(0, Span(3, 7), Edit.WRONG, 2)
    (gain,) = _gains("\n学习经济工作\n", "经济合作", [miss], ngrams)
    assert gain.total < 3
    assert gain.unseen == 0


def test_a_form_that_no_corpus_holds_is_known_once_begun(ngrams: Ngrams) -> None:
    text = "\n县长江望大讲话\n"
    (gain,) = _gains(text, "江望舒", [NearMiss(0, Span(3, 6), Edit.WRONG, 2)], ngrams)
    assert gain.total > 2


def test_each_miss_is_weighed_for_itself(ngrams: Ngrams) -> None:
    alone = [_gains(text, form, [miss], ngrams)[0] for text, form, miss in CASES]
    for (text, form, miss), one in zip(CASES, alone, strict=True):
        both = _gains(text, form, [miss, miss], ngrams)
        assert both == [one, one]


def test_both_ways_weigh_the_same(
    libraries: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = []
    for folder in (libraries, tmp_path):
        monkeypatch.setattr(native, "FOLDER", folder)
        ways.append(Ngrams(data_dir("models") / "ngrams" / "ngrams.bin"))
    text = points_of(f"\n{''.join(random.Random(4).choices(ways[0].common(60), k=4_000))}\n")  # noqa: S311 # a sample, no secret
    forms = ["经济工作会议", "一带一路", "国务院总理", "的是"]
    misses = Misses.of(
        [
            NearMiss(number, Span(start, start + len(form)), edit, site)
            for start in range(1, 3_990, 7)
            for number, form in enumerate(forms)
            for edit in (Edit.WRONG, Edit.MISSING, Edit.EXTRA, Edit.SWAPPED)
            for site in range(len(form) - (edit is Edit.SWAPPED))
        ]
    )
    fast, slow = (gains(text, misses, Strings(packed(forms)), one) for one in ways)
    assert (slow.totals == fast.totals).all()
    assert (slow.worst == fast.worst).all()
    assert (slow.unseen == fast.unseen).all()


def test_of_nothing_comes_nothing(ngrams: Ngrams) -> None:
    assert _gains("\n甲\n", "甲", [], ngrams) == []


@pytest.mark.parametrize("twice", ["", "一", "一一", "一一一"])
def test_where_a_character_stands_often_it_is_left_out_once(twice: str, ngrams: Ngrams) -> None:
    form = f"始终{twice}如一"
    text = f"\n他{form.replace('如', '如如')}地工作\n"
    site = form.index("如")
    places = [NearMiss(0, Span(2, 3 + len(form)), Edit.EXTRA, at) for at in (site, site + 1)]
    one, other = _gains(text, form, places, ngrams)
    assert one == other
    assert one.total > 0
