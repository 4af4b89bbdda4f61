"""Which proposals of the models become findings, and how bad they are."""

from collections.abc import Callable

import pytest

from textcheck.checkers.learned import LearnedChecker
from textcheck.document import Document, Span
from textcheck.finding import Finding, Severity
from textcheck.lexicon.lexicon import Lexicon
from textcheck.model.proposals import Kind, Proposal
from textcheck.model.thresholds import Threshold

THRESHOLDS = {kind: Threshold(0.9, 0.5, (0.0, 1.0), (0.0, 1.0)) for kind in Kind}
Propose = Callable[..., list[Finding]]


class Fixed:
    """Proposes the same for every text."""

    def __init__(self, *proposals: Proposal) -> None:
        """Keep the proposals."""
        self._proposals = proposals

    def begin(self, _text: str) -> None:
        """Do nothing: they are there."""

    def proposals(self, _text: str, _article: str = "", /) -> list[Proposal]:
        """Return them."""
        return list(self._proposals)


@pytest.fixture
def propose(lexicon: Lexicon) -> Propose:
    """Return a function that proposes to write right for wrong in a text."""

    def run(
        text: str, wrong: str, right: str | None, *, kind: Kind = Kind.WRONG, score: float = 0.95
    ) -> list[Finding]:
        start = text.index(wrong)
        proposal = Proposal(kind, Span(start, start + len(wrong)), right, score, 5.0)
        return list(LearnedChecker(lexicon, Fixed(proposal), THRESHOLDS).check(Document(text)))

    return run


@pytest.mark.parametrize(
    ("kind", "change", "message"),
    [
        (Kind.WRONG, ("汇", "会"), "MDL001 疑似错字：“汇”，疑应为“会”"),
        (Kind.EXTRA, ("汇", ""), "MDL002 疑似多字：“汇”，疑应删去"),
        (Kind.MISSING, ("汇", "大汇"), "MDL003 疑似缺字：“汇”前疑缺“大”"),
        (Kind.SWAPPED, ("汇议", "议汇"), "MDL004 疑似字序颠倒：“汇议”，疑应为“议汇”"),
    ],
)
def test_each_kind_is_a_rule(
    propose: Propose, kind: Kind, change: tuple[str, str], message: str
) -> None:
    (finding,) = propose("今天召开汇议。", *change, kind=kind)
    assert f"{finding.rule.code} {finding.message}" == message
    assert finding.suggestions == change[1:]
    assert finding.severity is Severity.ORDINARY


@pytest.mark.parametrize(
    ("signals", "made_by"), [((), "models/language"), ((0.9, 0.5), "models/detector")]
)
def test_a_finding_names_the_model_that_spoke(
    lexicon: Lexicon, signals: tuple[float, ...], made_by: str
) -> None:
    proposal = Proposal(Kind.WRONG, Span(4, 5), "会", 0.95, 5.0, signals)
    (finding,) = LearnedChecker(lexicon, Fixed(proposal), THRESHOLDS).check(
        Document("今天召开汇议。")
    )
    assert finding.basis == f"{made_by} 得分 0.95"


def test_what_becomes_a_grave_form_of_the_lexicon_is_serious(propose: Propose) -> None:
    (finding,) = propose("提高湖的自我争化能力。", "争", "净")
    assert finding.severity is Severity.SERIOUS


@pytest.mark.parametrize(
    ("score", "severities"),
    [(0.95, [Severity.ORDINARY]), (0.7, [Severity.HINT]), (0.3, [])],
)
def test_the_score_tells_how_bad_it_is(
    propose: Propose, score: float, severities: list[Severity]
) -> None:
    found = propose("今天召开汇议。", "汇", "会", score=score)
    assert [finding.severity for finding in found] == severities
    assert [finding.confidence for finding in found] == [score] * len(found)


def test_without_a_better_character_it_is_a_hint_without_suggestion(propose: Propose) -> None:
    (finding,) = propose("今天召开汇议。", "汇", None)
    assert finding.severity is Severity.HINT
    assert finding.suggestions == ()
    assert finding.message == "疑似错字：“汇”"


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("江望舒出席会议。", "望", "忘"),  # a leader's name
        ("村民王小明出席会议。", "小", "晓"),  # anybody's name
        ("云泽院总理江忘舒出席。", "忘", "望"),  # would write a leader's name
        ("增长二成左右。", "二", "三"),  # a number
        ("数家企业参加。", "数", "两"),  # likewise
        ("实施三期工程。", "三", "山"),  # a number is not taken for a slip
        ("他说“汇议”很好。", "汇", "会"),  # a short quotation
        ("《汇议》出版。", "汇", "会"),  # the title of a work
    ],
)
def test_what_is_protected_is_not_touched(
    propose: Propose, text: str, wrong: str, right: str
) -> None:
    assert propose(text, wrong, right) == []


@pytest.mark.parametrize(("kind", "right"), [(Kind.MISSING, "二企"), (Kind.EXTRA, "")])
def test_no_number_is_put_in_or_left_out(propose: Propose, kind: Kind, right: str) -> None:
    wrong = "企" if right else "两"
    assert propose("表彰两家企业。", wrong, right, kind=kind) == []


@pytest.mark.parametrize(
    ("text", "gap", "missing", "told"),
    [
        ("要保湖泊安全。", 2, "障", True),  # before a form of the lexicon
        ("要保障湖泊安全。", 4, "的", False),  # inside of it
        ("立足中智慧。", 3, "国", True),  # before what jieba takes for a name
        ("村民王小明到会。", 4, "大", False),  # inside of it
        ("探索土一级开发。", 3, "地", True),  # before a number
    ],
)
def test_what_is_missing_before_a_form_does_not_change_it(
    propose: Propose, text: str, gap: int, missing: str, *, told: bool
) -> None:
    found = propose(text, text[gap], missing + text[gap], kind=Kind.MISSING)
    assert bool(found) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("要保障湖湖泊安全。", True),  # the one before the form may go
        ("要保障湖泊安全。", False),
    ],
)
def test_of_two_alike_that_which_is_of_no_form_is_too_many(
    lexicon: Lexicon, text: str, *, told: bool
) -> None:
    at = text.index("湖泊")
    fixed = Fixed(Proposal(Kind.EXTRA, Span(at, at + 1), "", 0.95, 9.0))
    assert bool([*LearnedChecker(lexicon, fixed, THRESHOLDS).check(Document(text))]) is told


def test_a_number_may_be_meant(propose: Propose) -> None:
    (finding,) = propose("医院达到耳级甲等水平。", "耳", "二")
    assert finding.suggestions == ("二",)


@pytest.mark.parametrize(("gain", "told"), [(25.0, True), (15.0, False)])
def test_what_is_quoted_may_be_a_word_gone_wrong(
    lexicon: Lexicon, gain: float, *, told: bool
) -> None:
    fixed = Fixed(Proposal(Kind.WRONG, Span(4, 5), "好", 0.95, gain))
    document = Document("建设“四号农村路”。")
    assert bool([*LearnedChecker(lexicon, fixed, THRESHOLDS).check(document)]) is told


@pytest.mark.parametrize(
    ("right", "gain", "told"),
    [
        ("日", 20.0, True),
        ("日", 10.0, False),  # too little is gained
        ("千", 20.0, False),  # another number
    ],
)
def test_what_looks_like_a_number_may_be_meant_for_none(
    lexicon: Lexicon, right: str, gain: float, *, told: bool
) -> None:
    fixed = Fixed(Proposal(Kind.WRONG, Span(6, 7), right, 0.95, gain))
    document = Document("条例自1月1百施行。")
    assert bool([*LearnedChecker(lexicon, fixed, THRESHOLDS).check(document)]) is told


@pytest.mark.parametrize(
    ("text", "right", "gain", "told"),
    [
        ("自觉卫护学生权益。", "维", 20.0, True),  # jieba takes 卫护 for a name
        ("自觉卫护学生权益。", "维", 10.0, False),  # too little is gained
        ("自觉卫护学生权益。", "钱", 20.0, False),  # a name as before
        ("村民卫小明出席会议。", "在", 20.0, False),  # no word
    ],
)
def test_what_looks_like_a_name_may_be_a_word_gone_wrong(
    lexicon: Lexicon, text: str, right: str, gain: float, *, told: bool
) -> None:
    start = text.index("卫")
    fixed = Fixed(Proposal(Kind.WRONG, Span(start, start + 1), right, 0.95, gain))
    assert bool([*LearnedChecker(lexicon, fixed, THRESHOLDS).check(Document(text))]) is told


def test_a_text_about_errors_has_only_hints(propose: Propose) -> None:
    (finding,) = propose("不要把会议误写为汇议。", "汇", "会")
    assert finding.severity is Severity.HINT
