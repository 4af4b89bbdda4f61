"""Tools whose findings never change, whatever the lexicons say."""

from collections.abc import Iterator
from datetime import date

import pytest

from textcheck.cli.tools import LexiconVersion, Tools
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity

TABLE = {
    "张叁": (Rule("NAM101", Severity.SERIOUS, "领导人姓名有误", "persons.tsv"), ("张三",)),
    "布署": (Rule("WRD801", Severity.ORDINARY, "错别字词", "words.tsv"), ("部署", "布置")),
    "了了": (Rule("REP702", Severity.HINT, "虚词重复", "同一虚词前后相连出现两次"), ("",)),
}


class TableChecker:
    """Finds the keys of a table."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rules of the table."""
        return tuple(rule for rule, _ in TABLE.values())

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding wherever a key stands."""
        for wrong, (rule, right) in TABLE.items():
            start = document.text.find(wrong)
            while start >= 0:
                yield Finding(
                    rule=rule,
                    span=Span(start, start + len(wrong)),
                    severity=rule.severity,
                    confidence=0.98765,
                    message=f"{rule.title}：“{wrong}”（{document.published_on}）",
                    suggestions=right,
                    basis=rule.basis,
                )
                start = document.text.find(wrong, start + 1)


@pytest.fixture(scope="session")
def tools() -> Tools:
    return Tools(
        checkers=(TableChecker(),),
        lexicon=LexiconVersion("0" * 64, date(2026, 4, 20)),
        today=date(2026, 5, 1),
    )
