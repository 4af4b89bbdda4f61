import pytest

from tests.checkers.conftest import Check
from textcheck.checkers.repeats import RepeatChecker
from textcheck.document import Document
from textcheck.lexicon.lexicon import Lexicon


@pytest.mark.parametrize(
    ("text", "both", "once"),
    [
        ("政府文件、政府文件", "政府文件、政府文件", "政府文件"),
        ("政府文件、政府文件栏目", "政府文件、政府文件", "政府文件"),
        ("包括茶叶、竹笋、竹笋、蜂蜜", "竹笋、竹笋", "竹笋"),
        ("（竹笋、竹笋）", "竹笋、竹笋", "竹笋"),
        ("主体责任主体责任", "主体责任主体责任", "主体责任"),
        ("压实主体责任主体责任。", "主体责任主体责任", "主体责任"),
        ("加强管理加强管理加强管理", "加强管理加强管理", "加强管理"),
        ("加强管理" * 4, "加强管理" * 4, "加强管理" * 2),  # the longest at a place
        (
            "巩固拓展脱贫攻坚成果同乡村振兴巩固拓展脱贫攻坚成果同乡村振兴",
            "巩固拓展脱贫攻坚成果同乡村振兴巩固拓展脱贫攻坚成果同乡村振兴",
            "巩固拓展脱贫攻坚成果同乡村振兴",
        ),
    ],
)
def test_a_phrase_that_stands_twice_is_found(text: str, both: str, once: str, run: Check) -> None:
    (finding,) = run(text)
    assert (finding.rule.code, finding.span.of(text)) == ("REP701", both)
    assert finding.suggestions == (once,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "研究研究",
        "一个一个",
        "哈哈哈哈哈哈",
        "高高兴兴",
        "竹笋、竹笋干",
        "鲜竹笋、竹笋",
        "竹笋，竹笋",
        "竹、竹、竹",
        "2020年2020年",
        "ABCABC",
        "竹笋\n竹笋",
        "、、、、",
        "你是你，我是我，他是他",
    ],
)
def test_what_may_stand_twice_is_left_alone(text: str, run: Check) -> None:
    assert run(text) == []


@pytest.mark.parametrize("word", list("的了是在和与及对将被把从向以为于"))
def test_a_function_word_that_stands_twice_is_found(word: str, lexicon: Lexicon) -> None:
    text = f"，{word}{word}，"
    (finding,) = RepeatChecker(lexicon).check(Document(text))
    assert (finding.rule.code, finding.span.of(text)) == ("REP702", word * 2)
    assert finding.suggestions == (word,)


@pytest.mark.parametrize("text", ["目的的确定", "为了了解", "不了了之", "对对联", "以为为官"])
def test_two_words_that_meet_are_left_alone(text: str, run: Check) -> None:
    assert run(text) == []
