from dataclasses import replace

import pytest

from textcheck.document import Document, Span
from textcheck.finding import FAMILIES, Finding, Rule, Severity

RULE = Rule("WRD801", Severity.ORDINARY, "错别字词", "lexicons/words.tsv")
FINDING = Finding(RULE, Span(2, 4), Severity.ORDINARY, 0.9, "错", ("部署",), "甲表")


def _fingerprint(text: str, span: Span, rule: Rule = RULE) -> str:
    return replace(FINDING, rule=rule, span=span).fingerprint(Document(text))


@pytest.mark.parametrize(
    "code", ["", "NAM", "NAM1", "NAM1011", "XXX101", "nam101", "NAM1０x", "NAMabc"]
)
def test_a_code_is_a_family_and_three_digits(code: str) -> None:
    with pytest.raises(ValueError, match="not a rule code"):
        replace(RULE, code=code)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_rule_knows_its_family(family: str) -> None:
    assert replace(RULE, code=f"{family}101").family == family


def test_severities_stand_in_order_and_have_names() -> None:
    assert sorted(Severity) == [Severity.HINT, Severity.ORDINARY, Severity.SERIOUS]
    assert [severity.label for severity in Severity] == ["提示", "一般", "严重"]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("上文。甲乙布署。", Span(5, 7)),  # moved by an edit elsewhere
        ("甲乙布署。下文。", Span(2, 4)),
        ("另一行\n  甲乙布署。", Span(8, 10)),  # indented
    ],
)
def test_the_same_sentence_elsewhere_is_the_same_issue(text: str, span: Span) -> None:
    assert _fingerprint(text, span) == _fingerprint("甲乙布署。", Span(2, 4))


def test_wide_letters_are_the_same_issue() -> None:
    assert _fingerprint("２０乙布署。", Span(3, 5)) == _fingerprint("20乙布署。", Span(3, 5))


@pytest.mark.parametrize(
    ("text", "span", "rule"),
    [
        ("甲丙布署。", Span(2, 4), RULE),  # another sentence
        ("甲乙布署。", Span(1, 4), RULE),  # another wrong form
        ("甲乙布署。", Span(2, 4), replace(RULE, code="FRM301")),  # another family
    ],
)
def test_another_sentence_form_or_family_is_another_issue(
    text: str, span: Span, rule: Rule
) -> None:
    assert _fingerprint(text, span, rule) != _fingerprint("甲乙布署。", Span(2, 4))


def test_rules_of_one_family_share_an_issue() -> None:
    other = replace(RULE, code="WRD802")
    assert _fingerprint("甲乙布署。", Span(2, 4), other) == _fingerprint("甲乙布署。", Span(2, 4))


def test_half_a_pair_has_a_fingerprint() -> None:
    assert len(_fingerprint("\ud800乙布署", Span(2, 4))) == 64


def test_the_fingerprint_is_a_contract() -> None:
    """Verdicts of years hang on it: whoever changes this line must migrate them."""
    assert (
        _fingerprint("甲乙布署。", Span(2, 4))
        == "de84c8bbc00695543a75aa64b9abb3a2291063ced23d68d659f8178b2de392c7"
    )
