"""Formulations with another word in the place of one, or none: 自由、平等、公平、法治."""

from collections.abc import Iterator

from textcheck.checkers.slip import about_errors, at_most
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.frames import FRAMES, Frame
from textcheck.lexicon.lexicon import Lexicon
from textcheck.text.fold import fold
from textcheck.text.works import in_title

__all__ = ["FrameChecker"]

ANOTHER_WORD = Rule("FRM308", Severity.SERIOUS, "固定表述用词有误", "lexicons/frames.tsv")

# Where a rule that knows the slip is surer, that one tells it.
_CONFIDENCE = 0.6


class FrameChecker:
    """
    FRM308: between words that no clean text parts, a formulation has another word, or lacks one.

    Such a word need not look or sound like the right one: it is misremembered, 开发 for 开放. What
    clean texts write there, too, and titles in 《》 are left alone.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon and the table."""
        self._lexicon = lexicon
        self._frames = lexicon.tables.frames

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rule."""
        return (ANOTHER_WORD,)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each word that does not belong there, at one place the first."""
        text, end = fold(document.text), 0
        standing = sorted(self._lexicon.standing(document.text, FRAMES), key=lambda one: one[1])
        for row, span in self._frames.lapses(text, standing, document.published_on):
            if span.start >= end and not in_title(text, span):
                end = span.end
                yield _finding(document, row, span)


def _finding(document: Document, row: Frame, span: Span) -> Finding:
    severity = at_most(row.level, row.citation)
    wrong = span.of(document.text)
    return Finding(
        rule=ANOTHER_WORD,
        span=span,
        severity=Severity.HINT if about_errors(document, span) else severity,
        confidence=_CONFIDENCE,
        message=f"{ANOTHER_WORD.title}：“{wrong}”应为“{row.whole}”",
        suggestions=(row.whole,),
        basis=f"{ANOTHER_WORD.basis} {row.id}（{row.citation.text}）",
    )
