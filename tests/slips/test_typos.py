import pytest

from textcheck.data import data_dir
from textcheck.lexicon.load import load_lexicon
from textcheck.slips.typos import TypoFinder


@pytest.fixture(scope="module")
def finder() -> TypoFinder:
    return load_lexicon(data_dir("lexicons"), data_dir("models")).typos


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("全县召开防迅工作会议。", "防迅", "防汛"),
        ("我们向灾区人民捐曾物资。", "捐曾", "捐赠"),
        ("２０２６年深入基层开站走访。", "开站", "开展"),
        ("𠮷庆村的经挤平稳运行。", "经挤", "经济"),
        # A pair that clean text has not is enough where a triple is unknown too.
        ("他摸了摸大姆指。", "大姆指", "大拇指"),
        ("生态补偿可以追朔到十年以前。", "追朔到", "追溯到"),
        # The dictionary has 幅射: a word that clean text has not does not count.
        ("幅射源", "幅射源", "辐射源"),
        # A word of one character.
        ("他递交叻入党申请书。", "叻", "了"),
        # Rare characters have one number: of 国洎 clean text has nothing.
        ("建设国洎科技创新中心。", "国洎", "国际"),
    ],
)
def test_a_character_that_fits_nowhere_is_guessed(
    text: str, wrong: str, right: str, finder: TypoFinder
) -> None:
    (typo,) = finder.typos(text)
    assert (typo.span.of(text), typo.right) == (wrong, right)
    assert 0.3 <= typo.confidence <= 1


@pytest.mark.parametrize(
    "text",
    ["", "防", "防汛", "全县召开防汛工作会议。", "力箭二号遥一火箭", "ABC 123 。。。", "𠮷𠮷𠮷"],
)
def test_what_clean_text_has_is_left_alone(text: str, finder: TypoFinder) -> None:
    assert finder.typos(text) == []


def test_what_is_like_a_character_sounds_or_looks_so_and_is_another(finder: TypoFinder) -> None:
    like = finder.alike.like("汛")
    assert {"讯", "迅"} <= like
    assert "汛" not in like
    assert finder.alike.like("A") == frozenset()
