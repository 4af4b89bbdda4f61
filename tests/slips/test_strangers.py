import pytest

from textcheck.data import data_dir
from textcheck.lexicon.load import load_lexicon
from textcheck.slips.strangers import StrangerFinder


@pytest.fixture(scope="module")
def finder() -> StrangerFinder:
    return load_lexicon(data_dir("lexicons"), data_dir("models")).strangers


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("全年完成各项重点仼务。", "仼务", "任务"),
        ("各有关单位要积极蔘加活动。", "蔘加", "参加"),
        ("𠮷庆村完成了重点仼务", "仼务", "任务"),
        # Clean text has none of the triples but one: the same sound makes up for it.
        ("他挑了一块滿意的石头。", "滿意", "满意"),
    ],
)
def test_a_hardly_known_character_stands_for_a_common_one(
    text: str, wrong: str, right: str, finder: StrangerFinder
) -> None:
    (typo,) = finder.strangers(text)
    assert (typo.span.of(text), typo.right) == (wrong, right)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "仼",
        "全年完成各项重点任务。",
        "螳螂捕蝉。",  # rare, but clean text has it
        "李鋐明出席会议。",
        "仼务重，仼务急，仼务多。",  # what a text has so often is a name
    ],
)
def test_what_is_known_and_what_is_a_name_is_left_alone(text: str, finder: StrangerFinder) -> None:
    assert finder.strangers(text) == []
