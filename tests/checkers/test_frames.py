import pytest

from tests.checkers.conftest import Check
from textcheck.finding import Severity


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("种好湖边的红花和芦苇。", "湖边的红花和芦苇"),
        ("种好湖边的和芦苇。", "湖边的和芦苇"),  # none at all
        ("种好湖边的青草和芦苇。", None),
        ("种好湖边的水草和芦苇。", None),  # as lawful
        ("种好湖边的小青草和芦苇。", None),  # the word, and more
        ("种好湖边的红花绿叶和芦苇。", None),  # more than another word
        ("种好湖边的红花，和芦苇。", None),  # two clauses
        ("《种好湖边的红花和芦苇》出版。", None),
        ("种好湖边的红花。", None),
    ],
)
def test_what_stands_around_a_word_tells_which_it_is(
    text: str, wrong: str | None, run: Check
) -> None:
    found = [finding.span.of(text) for finding in run(text) if finding.rule.code == "FRM308"]
    assert found == ([wrong] if wrong else [])


def test_a_formulation_is_not_held_against_a_text_from_before_it(run: Check) -> None:
    assert run("种好湖边的红花和芦苇。", "2014-12-31") == []


def test_a_text_about_errors_quotes_them(run: Check) -> None:
    (finding,) = run("湖边的红花和芦苇应改为湖边的青草和芦苇。")
    assert finding.severity is Severity.HINT
