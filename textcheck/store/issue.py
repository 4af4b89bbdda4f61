"""What a reviewer decides, and where it stands, as read from the store."""

from dataclasses import dataclass
from datetime import date

from textcheck.finding import Severity
from textcheck.review import Standing, State, Verdict, reaching, standing, together

__all__ = ["Issue", "Occurrence"]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place of an issue: the account that published it, the article, the span in the text."""

    fingerprint: str
    account_id: str
    account: str  # as the list prints it: 名称（微信）
    county: str
    unit: str
    native_id: str
    url: str
    title: str
    published_on: date | None
    version_id: int
    digest: str  # of the text that was read
    ordinal: int
    start: int
    end: int
    severity: Severity
    run_id: str
    gone: bool  # found no more since the lexicon changed


@dataclass(frozen=True, slots=True)
class Issue:
    """
    What a reviewer decides: a wrong form in a sentence, wherever it stands.

    `sentence[quote_start:]` begins with `quote`. Occurrences are in list order of their
    accounts, then by day; verdicts are oldest first.
    """

    fingerprint: str
    rule_code: str
    severity: Severity
    confidence: float
    message: str
    basis: str
    suggestions: tuple[str, ...]
    quote: str
    sentence: str
    quote_start: int
    occurrences: tuple[Occurrence, ...]
    verdicts: tuple[Verdict, ...]

    def standing_of(self, occurrence: Occurrence) -> Standing:
        """Return where one occurrence stands, after the verdicts that reach it."""
        reached = reaching(self.verdicts, occurrence.account_id, occurrence.native_id)
        return standing(reached, occurrence.severity, self.rule_code)

    def state_of(self, occurrence: Occurrence, confirmations: int) -> State:
        """Return the state of one occurrence where the office asks for so many reviewers."""
        return self.standing_of(occurrence).state(confirmations)

    @property
    def standing(self) -> Standing:
        """Return where the issue stands, with all its occurrences."""
        return together(map(self.standing_of, self.occurrences))

    def state(self, confirmations: int) -> State:
        """Return the issue's state where the office asks for so many reviewers."""
        return self.standing.state(confirmations)

    @property
    def marked(self) -> str:
        """Return the sentence with the quote in 【】."""
        end = self.quote_start + len(self.quote)
        return f"{self.sentence[: self.quote_start]}【{self.quote}】{self.sentence[end:]}"
