import pytest

from textcheck.data import data_dir
from textcheck.lexicon.load import read_tables
from textcheck.text.shape import Shapes


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return read_tables(data_dir("lexicons"), data_dir("models")).shapes


@pytest.mark.parametrize(
    "pair",
    [
        "崇祟",
        "祟崇",
        "已己",
        "竣峻",
        "懒赖",
        "坐座",
        "末未",
        "闷门",
        "浦埔",
        "市巿",
        "市布",
        "辛幸",
        "彰漳",
    ],
)
def test_look_alikes_are_known_in_either_order(pair: str, shapes: Shapes) -> None:
    assert shapes.alike(*pair)


@pytest.mark.parametrize("pair", ["大大", "国家", "原院", "江水", "A八", "，。", "龘龙"])
def test_others_do_not_look_alike(pair: str, shapes: Shapes) -> None:
    assert not shapes.alike(*pair)


def test_a_pair_that_stands_once_is_known_from_both_sides() -> None:
    shapes = Shapes.of({"崇": "祟"})

    assert shapes.others == {"崇": "祟", "祟": "崇"}
    assert shapes.alike("祟", "崇")


def test_all_look_alikes_of_a_character_are_given(shapes: Shapes) -> None:
    assert all(shapes.alike("崇", other) for other in shapes.like("崇"))
    assert "祟" in shapes.like("崇")
    assert "崇" in shapes.like("祟")
    assert shapes.like("A") == frozenset()
