import pytest

from textcheck.text.sound import Sounds

SOUNDS = Sounds(
    {
        "zhong": "中种重", "zong": "宗重", "chong": "重", "cong": "从", "shi": "是石", "si": "四",
        "nan": "南", "lan": "兰", "ran": "然", "fu": "福", "hu": "湖", "zhang": "张", "zan": "赞",
        "jing": "京", "jin": "金", "sheng": "声", "sen": "森", "guo": "国",
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "same", "near"),
    [
        ("中", "种", True, True),
        ("重", "从", False, True),  # 重 is chong too
        ("中", "宗", False, True),
        ("重", "宗", True, True),  # one shared reading is enough
        ("是", "四", False, True),
        ("南", "兰", False, True),
        ("然", "南", False, True),
        ("福", "湖", False, True),
        ("张", "赞", False, True),
        ("京", "金", False, True),
        ("声", "森", False, True),
        ("中", "国", False, False),
        ("国", "国", True, True),
        ("国", "囯", False, False),  # not in the table: sounds like nothing
        ("囯", "囯", False, False),
    ],
)
def test_which_characters_sound_alike(one: str, other: str, *, same: bool, near: bool) -> None:
    assert SOUNDS.same(one, other) is same
    assert SOUNDS.same(other, one) is same
    assert SOUNDS.near(one, other) is near
    assert SOUNDS.near(other, one) is near


def test_all_sound_alikes_of_a_character_are_given() -> None:
    assert SOUNDS.alike("重") == frozenset("中种重宗")
    assert SOUNDS.alike("囯") == frozenset()
