import pytest

from textcheck.data import data_dir
from textcheck.lexicon.load import load_lexicon
from textcheck.slips.swaps import SwapFinder


@pytest.fixture(scope="module")
def finder() -> SwapFinder:
    return load_lexicon(data_dir("lexicons"), data_dir("models")).swaps


@pytest.mark.parametrize(
    ("text", "wrong", "right", "moved"),
    [
        ("全市实现统一理受、闭环办理。", "理受", "受理", "理受"),
        ("满足人民群众精文神化需求。", "精文神化", "精神文化", "文神"),
        ("理受申请", "理受", "受理", "理受"),
        ("𠮷庆村统一理受申请", "理受", "受理", "理受"),
    ],
)
def test_neighbours_that_stand_only_the_other_way_round_are_exchanged(
    text: str, wrong: str, right: str, moved: str, finder: SwapFinder
) -> None:
    (swap,) = finder.swaps(text)
    assert (swap.span.of(text), swap.right, swap.moved) == (wrong, right, moved)
    assert 0.1 <= swap.confidence <= 1


@pytest.mark.parametrize(
    "text", ["", "受", "全市统一受理申请。", "𠮷𠮷", "ABC 123。", "常常常常", "受，理"]
)
def test_what_clean_text_has_or_says_nothing_of_is_left_alone(
    text: str, finder: SwapFinder
) -> None:
    assert finder.swaps(text) == []


def test_places_of_exchanges_are_those_of_the_text(finder: SwapFinder) -> None:
    text = "全市实现统一理受、闭环办理。"
    (exchange,) = finder.exchanges(text)
    assert (exchange.place, exchange.start) == (6, 6)
