import pytest

from textcheck.knowledge.entry import Citation
from textcheck.knowledge.laws import Law, Laws, Written, line_of
from textcheck.matching.edits import Change, changes_between

FORMS = (
    "中华人民共和国湖泊保护条例",
    "云泽市渔船安全生产管理规定",
    "关于加强湖泊治理的意见",
    "水法",
)
CITATION = Citation("facts:list.tsv")
LAWS = Laws(
    [line_of(Law(form, form, "document", None, None, "", CITATION, CITATION)) for form in FORMS]
)


@pytest.mark.parametrize(
    ("title", "core"),
    [
        ("中华人民共和国湖泊保护条例", "湖泊保护条例"),
        ("国务院办公厅关于加强湖泊治理的意见", "加强湖泊治理的意见"),
        ("湖泊保护条例（修订草案）", "湖泊保护条例"),
        ("关于适用〈水法〉的解释(试行)", "适用水法的解释"),
        ("湖泊 保护条例", "湖泊保护条例"),
    ],
)
def test_lawful_writings_of_a_title_have_one_core(title: str, core: str) -> None:
    written = Written.of(title)
    assert written.core == core
    assert "".join(title[place] for place in written.at) == core


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("湖泊保护条列", FORMS[0]),  # wrong
        ("湖泊保条例", FORMS[0]),  # missing
        ("湖泊湖保护条例", FORMS[0]),  # extra
        ("湖保泊护条例", FORMS[0]),  # swapped in the middle
        ("中华人共和国湖泊保护条例", FORMS[0]),  # in front
        ("中华人民共和湖国泊保护条例", FORMS[0]),  # over the end of the front
        ("云泽市鱼船安全生产管理规订", FORMS[1]),  # two
        ("关与加强湖泊治理的意见", FORMS[2]),
    ],
)
def test_a_title_with_slips_is_near_the_right_one(title: str, form: str) -> None:
    written = Written.of(title)
    assert LAWS.of(written) == []
    assert {near.law.form for near in LAWS.near(written)} == {form}


@pytest.mark.parametrize("title", ["湖泊年鉴", "山林志", "法", "云泽市渔港规定", ""])
def test_another_title_is_near_none(title: str) -> None:
    assert LAWS.near(Written.of(title)) == []


@pytest.mark.parametrize(
    ("text", "right", "most", "changes"),
    [
        ("甲乙丙", "甲乙丙", 1, ()),
        ("甲丁丙", "甲乙丙", 1, (Change(1, 2, "乙"),)),
        ("甲丙", "甲乙丙", 1, (Change(1, 1, "乙"),)),
        ("甲乙丁丙", "甲乙丙", 1, (Change(2, 3, ""),)),
        ("乙甲丙", "甲乙丙", 1, (Change(0, 2, "甲乙"),)),
        ("甲丁丙戊", "甲乙丙己", 1, None),
        ("甲丁丙戊", "甲乙丙己", 2, (Change(1, 2, "乙"), Change(3, 4, "己"))),
        ("", "甲", 1, (Change(0, 0, "甲"),)),
    ],
)
def test_the_fewest_changes_are_found(
    text: str, right: str, most: int, changes: tuple[Change, ...] | None
) -> None:
    assert changes_between(text, right, most) == changes
