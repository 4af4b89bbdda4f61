from collections.abc import Iterator, Sequence

import pytest

from textcheck.document import BlockKind, Document, Span, join_blocks
from textcheck.finding import Finding, Rule, Severity
from textcheck.linter import check, check_all


class FindsEach:
    """Finds every place where a word stands."""

    def __init__(self, code: str, word: str, severity: Severity) -> None:
        """Keep the word."""
        self._rule = Rule(code, severity, "题", "据")
        self._word = word

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the one rule."""
        return (self._rule,)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield the places from the last to the first: the order must not matter."""
        start = document.text.rfind(self._word)
        while start >= 0:
            span = Span(start, start + len(self._word))
            yield Finding(self._rule, span, self._rule.severity, 0.9, "", (), "据")
            start = document.text.rfind(self._word, 0, start)


CHECKERS = (
    FindsEach("WRD801", "乙", Severity.ORDINARY),
    FindsEach("NAM101", "甲乙", Severity.SERIOUS),
)


def _found(document: Document) -> list[tuple[str, int]]:
    return [(finding.rule.code, finding.span.start) for finding in check(document, CHECKERS)]


def test_findings_come_in_text_order_one_a_place() -> None:
    assert _found(Document("乙甲乙乙")) == [("WRD801", 0), ("NAM101", 1), ("WRD801", 3)]


def test_no_checkers_find_nothing() -> None:
    assert check(Document("甲乙"), ()) == []


def test_the_words_of_the_platform_are_not_checked() -> None:
    text, blocks = join_blocks(
        [(BlockKind.UI, "乙"), (BlockKind.BODY, "乙"), (BlockKind.UI, "甲乙")]
    )
    assert _found(Document(text, blocks)) == [("WRD801", 2)]


@pytest.mark.parametrize("kind", [kind for kind in BlockKind if kind is not BlockKind.UI])
def test_every_other_block_is_checked(kind: BlockKind) -> None:
    text, blocks = join_blocks([(kind, "甲乙")])
    assert _found(Document(text, blocks)) == [("NAM101", 0)]


def test_a_finding_that_reaches_into_the_platform_is_left_out() -> None:
    text, blocks = join_blocks([(BlockKind.BODY, "甲"), (BlockKind.UI, "乙")])
    finder = FindsEach("NAM101", "甲\n乙", Severity.SERIOUS)
    assert check(Document(text, blocks), (finder,)) == []


class SeesAhead(FindsEach):
    """Notes what it was shown."""

    def __init__(self) -> None:
        """Look for one word."""
        super().__init__("WRD801", "乙", Severity.ORDINARY)
        self.seen: list[list[int]] = []

    def look_through(self, documents: Sequence[Document]) -> None:
        """Note the lengths."""
        self.seen.append([len(document.text) for document in documents])


def test_of_several_documents_the_same_is_found_as_of_each() -> None:
    documents = [Document("甲乙"), Document(""), Document("乙乙")]
    assert list(check_all(documents, CHECKERS)) == [check(one, CHECKERS) for one in documents]


def test_checkers_see_short_documents_together_and_long_ones_alone() -> None:
    checker = SeesAhead()
    texts = ("甲" * 50_000, "乙", "乙", "甲" * 130_000, "乙")
    found = list(check_all((Document(text) for text in texts), [checker]))
    assert checker.seen == [[50_000, 1, 1], [130_000], [1]]
    assert [len(of_text) for of_text in found] == [0, 1, 1, 0, 1]
