from dataclasses import replace
from datetime import date

import pytest

from textcheck.edition import Edition, Quarter
from textcheck.errors import ConfigError
from textcheck.report.notice import examples_of, notice_paragraph, notice_text, repeat_sentences

AS_OF = date(2021, 6, 30)
OPENING = "截至2021年6月30日，全市在“全国政务新媒体信息报送系统”中登记在运行的政务新媒体4个，抽查"


@pytest.mark.parametrize(
    ("kept", "checked", "told"),
    [
        (0, None, "未发现不合格政务新媒体。"),
        (0, 3, "3个，未发现不合格政务新媒体。"),
        (1, None, "发现甲县“甲县教育”1个不合格政务新媒体，主要问题为存在严重表述错误。"),
        (
            3,
            4,
            "4个，发现甲县“甲县教育”、乙区“乙区发布”等3个不合格政务新媒体，主要问题为存在严重表述错误。",
        ),
    ],
)
def test_the_paragraph_counts(edition: Edition, kept: int, checked: int | None, told: str) -> None:
    changed = replace(edition, lines=edition.lines[:kept], checked=checked)
    assert notice_paragraph(changed, as_of=AS_OF) == OPENING + told


def test_the_most_frequent_problem_comes_first(edition: Edition) -> None:
    first, second, third = edition.lines
    lines = (
        replace(first, problems=("内容不更新",)),
        replace(second, problems=("严重表述错误", "内容不更新")),
        replace(third, problems=("互动功能不可用", "严重表述错误", "内容不更新")),
    )
    paragraph = notice_paragraph(replace(edition, lines=lines), as_of=AS_OF)
    assert paragraph.endswith("主要问题为存在内容不更新、严重表述错误、互动功能不可用。")


def test_three_examples_of_different_counties_unless_others_are_wanted(edition: Edition) -> None:
    lines = tuple(
        replace(edition.lines[0], account_id=f"x-{number}", county=f"{number // 2}县")
        for number in range(10)
    )
    many = replace(edition, lines=lines)
    assert [line.account_id for line in examples_of(many, [])] == ["x-0", "x-2", "x-4"]
    wanted = ["x-9", "x-1", "x-9", "x-3", "x-5"]
    assert [line.account_id for line in examples_of(many, wanted)] == ["x-9", "x-1", "x-3", "x-5"]


def test_an_unknown_example_is_named_with_the_known(edition: Edition) -> None:
    with pytest.raises(ConfigError, match="没有账号“x”；清单中的账号有：a-1、a-2、b-1"):
        examples_of(edition, ["a-1", "x"])
    with pytest.raises(ConfigError, match="清单为空"):
        notice_paragraph(replace(edition, lines=()), as_of=AS_OF, examples=["x"])


def test_repeat_offenders_share_a_sentence_by_problem(edition: Edition) -> None:
    before = replace(edition, quarter=Quarter(2021, 1))
    first, second, third = edition.lines
    now = replace(edition, lines=(first, replace(second, problems=("内容不更新",)), third))
    assert repeat_sentences(now, before) == [
        "“甲县教育”“乙区发布”连续两个季度因严重表述错误被通报为不合格政务新媒体。"
    ]
    assert repeat_sentences(now, None) == []


def test_the_text_has_a_paragraph_a_line(edition: Edition) -> None:
    before = replace(edition, quarter=Quarter(2021, 1), lines=edition.lines[:1])
    lines = notice_text(edition, before, as_of=AS_OF).split("\n")
    assert lines[0].startswith("截至")
    assert lines[1:] == ["“甲县教育”连续两个季度因严重表述错误被通报为不合格政务新媒体。", ""]
