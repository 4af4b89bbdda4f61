"""A family of which an office has switched some rules off."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from textcheck.checkers.base import Checker
from textcheck.document import Document
from textcheck.errors import LexiconError
from textcheck.finding import Finding, Rule

__all__ = ["WithoutRules", "without"]


@dataclass(frozen=True, slots=True)
class WithoutRules:
    """A checker that keeps silent on the rules of these codes; it still says that it has them."""

    checker: Checker
    off: Collection[str]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return all rules of the family."""
        return self.checker.rules

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield what the other rules find."""
        return (
            finding for finding in self.checker.check(document) if finding.rule.code not in self.off
        )


def without(checkers: Iterable[Checker], off: Collection[str]) -> Sequence[Checker]:
    """Return the checkers, those wrapped that have a rule of these codes; refuse unknown codes."""
    checkers = tuple(checkers)
    codes = {rule.code for checker in checkers for rule in checker.rules}
    if unknown := sorted(set(off) - codes):
        raise LexiconError(
            f"disable.tsv 停用的规则 {unknown[0]} 不存在；现有规则：{'、'.join(sorted(codes))}"
        )
    return tuple(
        WithoutRules(checker, off) if any(rule.code in off for rule in checker.rules) else checker
        for checker in checkers
    )
