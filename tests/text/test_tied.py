import numpy as np

from textcheck.data import data_dir
from textcheck.text.ngrams import Ngrams
from textcheck.text.tied import Tied

NGRAMS = Ngrams(data_dir("models") / "ngrams" / "ngrams.bin")
TIED = Tied([("希", "", "望"), ("路", "铁公", ""), ("望", "希", "")], NGRAMS)


def test_what_is_tied_to_a_neighbour_is_tried_at_each_place() -> None:
    codes = NGRAMS.codes("希冠很高路")
    places, numbers = TIED.between(codes, np.array([1, 3]))
    found = [
        (place, NGRAMS.character(number)) for place, number in zip(places, numbers, strict=True)
    ]
    assert found == [(1, "望"), (3, "铁"), (3, "公")]


def test_where_nothing_is_tied_nothing_is_tried() -> None:
    places, numbers = TIED.between(NGRAMS.codes("很高很"), np.array([1]))
    assert (len(places), len(numbers)) == (0, 0)
