"""The order in which a filter is filled."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from textcheck.training.fuse import peeled


@given(st.integers(0, 1000), st.integers(1, 200))
def test_every_key_has_a_cell_that_later_keys_leave_alone(seed: int, keys: int) -> None:
    rng = np.random.default_rng(seed)
    cells = 3 * keys + 10
    places = np.stack([rng.choice(cells, 3, replace=False) for _ in range(keys)]).T
    rounds = peeled(places, cells)
    if rounds is None:
        return
    order = np.concatenate([numbers for numbers, _ in rounds])
    free = np.concatenate([own for _, own in rounds])
    assert sorted(order.tolist()) == list(range(keys))
    for at, (key, own) in enumerate(zip(order, free, strict=True)):
        assert own in places[:, key]
        assert own not in places[:, order[at + 1 :]]


def test_keys_with_the_same_cells_cannot_be_told_apart() -> None:
    assert peeled(np.array([[0, 0], [1, 1], [2, 2]]), 9) is None
