"""What a damaged form weighs: by its entry, its source, its day and what the text says of it."""

import pytest

from tests.checkers.conftest import Check
from textcheck.finding import Severity

SERIOUS, ORDINARY, HINT = Severity.SERIOUS, Severity.ORDINARY, Severity.HINT


@pytest.mark.parametrize(
    ("text", "code", "severity"),
    [
        ("江望书总理强调", "NAM101", SERIOUS),
        ("江望书强调", "NAM101", HINT),  # out of office: perhaps somebody else's name
        ("江望舒舒强调", "NAM101", SERIOUS),  # nobody's name
        ("汪望舒强调", "NAM101", ORDINARY),  # another surname
        ("陆青何强调", "NAM101", SERIOUS),  # in office
        ("甲乙、陆青何、丙丁等", "NAM101", SERIOUS),
        ("甲乙、陆青何、陆青禾等", "NAM101", HINT),  # who stands in the list, too
        ("四个水园", "FRM301", ORDINARY),  # the level of the row
        ("统筹推进治水兴鱼", "FRM301", ORDINARY),  # no source, so never serious
        ("抓渔业必须先抓税", "FRM302", ORDINARY),
        ("渔业和湖泊事务管里委员会", "ORG401", ORDINARY),
        ("云泽人民代表大汇", "ORG401", SERIOUS),
        ("湖泊委主认", "TTL201", ORDINARY),
        ("渔业部部张", "TTL201", SERIOUS),
        ("云泽十届四中全汇", "MTG501", ORDINARY),
        ("云泽十界三中全会", "MTG501", SERIOUS),  # a clause of the same form takes nothing away
        ("布署", "WRD801", ORDINARY),
        ("帐户", "WRD801", HINT),
        ("峻工", "WRD801", ORDINARY),
    ],
)
def test_a_finding_is_as_severe_as_its_row_and_source(
    text: str, code: str, severity: Severity, run: Check
) -> None:
    assert [(finding.rule.code, finding.severity) for finding in run(text)] == [(code, severity)]


@pytest.mark.parametrize("wrong", ["江望书", "云泽人民代表大汇", "布署", "湖海共同体意思"])
@pytest.mark.parametrize(
    "text",
    [
        "稿件误写为“{}”。",
        "把它写成“{}”是不对的。",
        "“{}”→另一写法",
        "更正：上期的“{}”有误。",
        "“{}”应为“另一写法”。",
    ],
)
def test_what_a_text_about_errors_quotes_is_a_hint(text: str, wrong: str, run: Check) -> None:
    (finding,) = run(text.format(wrong))
    assert finding.severity is HINT


def test_only_the_same_sentence_speaks_about_errors(run: Check) -> None:
    (finding,) = run("本期有一处更正。云泽人民代表大汇开幕。")
    assert finding.severity is SERIOUS


@pytest.mark.parametrize(
    ("day", "found"),
    [("2014-12-31", []), ("2015-01-01", ["FRM301"]), (None, ["FRM301"])],
)
def test_a_formulation_is_not_held_against_an_older_text(
    day: str | None, found: list[str], run: Check
) -> None:
    text = "“三个湖泊”战略布据"
    codes = [finding.rule.code for finding in run(text, day)]
    assert [code for code in codes if code.startswith("FRM")] == found


def test_a_finding_says_what_is_wrong_and_on_what_it_rests(run: Check) -> None:
    (finding,) = run("江舒强调")
    assert finding.message == "领导人姓名有误：“江舒”缺字，应为“江望舒”"
    assert finding.suggestions == ("江望舒",)
    assert finding.basis == "lexicons/persons.tsv wangshu“江望舒”（甲报 2010-01-01）"


@pytest.mark.parametrize(
    "text",
    [
        "公布署名",  # 公布|署名
        "按装配图施工",  # the context is not there
        "他即然",
        "",
    ],
)
def test_a_known_misprint_needs_its_context_and_its_own_edges(text: str, run: Check) -> None:
    assert run(text) == []


def test_a_misprint_at_the_very_edges_is_found(run: Check) -> None:
    assert [finding.suggestions for finding in run("布署，你即然，按装了，布署")] == [
        ("部署",),
        ("既然",),
        ("安装",),
        ("部署",),
    ]
