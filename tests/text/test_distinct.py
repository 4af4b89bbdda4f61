import numpy as np
import pytest

from textcheck.text.distinct import distinct


@pytest.mark.parametrize("numbers", [[3, 1, 3, 2, 1], [7], []])
def test_every_number_stands_once_in_order(numbers: list[int]) -> None:
    found = distinct(np.array(numbers, dtype=np.uint16))

    assert found.tolist() == sorted(set(numbers))
    assert found.dtype == np.uint16
