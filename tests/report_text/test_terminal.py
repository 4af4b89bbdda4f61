import pytest

from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.report.place import Place
from textcheck.report.terminal import Tally, excerpt, finding_line, shown

RULE = Rule("WRD801", Severity.ORDINARY, "错别字词", "words.tsv")


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("甲“乙”𠮷①…", "甲“乙”𠮷①…"),
        ("甲\t乙\r\n丙\u2028丁", "甲 乙  丙 丁"),
        ("\x1b]0;题\x07", "⟨U+001B⟩]0;题⟨U+0007⟩"),
        ("甲\u200b乙\u202e丙\ufeff", "甲⟨U+200B⟩乙⟨U+202E⟩丙⟨U+FEFF⟩"),
        ("\udcff", "⟨U+DCFF⟩"),
    ],
)
def test_what_acts_or_hides_is_made_visible(text: str, visible: str) -> None:
    assert shown(text) == visible


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("布署", 0, "【布署】"),
        ("前句。会议布署工作。后句。", 5, "会议【布署】工作。"),
        ("上段\n\u3000\u3000会议布署工作\n下段", 7, "会议【布署】工作"),
        ("一" * 18 + "布署" + "二" * 18, 18, "一" * 18 + "【布署】" + "二" * 18),
        ("一" * 19 + "布署" + "二" * 19, 19, "…" + "一" * 18 + "【布署】" + "二" * 18 + "…"),
        ("一" * 400 + "布署" + "二" * 400, 400, "…" + "一" * 18 + "【布署】" + "二" * 18 + "…"),
    ],
)
def test_the_hit_stands_in_brackets_within_its_sentence(
    text: str, start: int, expected: str
) -> None:
    assert excerpt(text, Span(start, start + 2)) == expected


def test_a_hit_across_lines_stays_on_one_line() -> None:
    assert excerpt("会议布\n署工作", Span(2, 5)) == "会议【布 署】工作"


@pytest.mark.parametrize(
    ("suggestions", "offer"),
    [
        (("部署",), "→部署；有误；依据：words.tsv"),
        (("部署", "布置"), "→部署 / 布置；有误；依据：words.tsv"),
        (("",), "→（删去）；有误；依据：words.tsv"),
        ((), "有误；依据：words.tsv"),
    ],
)
def test_a_line_says_where_how_bad_what_and_why(suggestions: tuple[str, ...], offer: str) -> None:
    finding = Finding(RULE, Span(2, 4), Severity.ORDINARY, 1.0, "有误", suggestions, "words.tsv")
    place = Place(1, 3, by_line=True, utf16=2)

    line = finding_line("甲\x1b.txt", place, finding, Document("会议布署。"))

    assert line == f"甲⟨U+001B⟩.txt:1:3  一般  WRD801  会议【布署】。  {offer}"


def test_the_summary_counts_what_was_read_and_looked_for() -> None:
    finding = Finding(RULE, Span(0, 1), Severity.SERIOUS, 1.0, "", (), "")
    tally = Tally()
    tally.add(Document("一二 三\u3000\n"), [finding, finding])
    tally.unread += 1

    assert tally.summary("未启用模型；词库日期 2026-01-02", "个文件", Severity.ORDINARY) == (
        "检查 1 个文件、3 字：严重 2 处、一般 0 处；未检查 1 个；未启用模型；词库日期 2026-01-02"
    )
