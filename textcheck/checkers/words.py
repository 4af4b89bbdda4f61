"""Known wrong words."""

from collections.abc import Iterator

from textcheck.checkers.slip import about_errors, at_most
from textcheck.document import Document
from textcheck.finding import Finding, Rule, Severity
from textcheck.lexicon.lexicon import Lexicon
from textcheck.text.fold import fold
from textcheck.text.words import dictionary_words

__all__ = ["WordChecker"]

KNOWN_MISPRINT = Rule("WRD801", Severity.ORDINARY, "错别字词", "lexicons/words.tsv")

_CONFIDENCE = 0.95
_CONTEXT = 4


class WordChecker:
    """WRD801: a misprint that the table holds: 布署 for 部署; not where other words make it up."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rule."""
        return (KNOWN_MISPRINT,)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each known wrong word."""
        folded = fold(document.text)
        for word, span in self._lexicon.misspelt(document.text):
            if _made_up_of_others(folded, span.start, span.end):
                continue
            severity = at_most(word.level, word.citation)
            if about_errors(document, span):
                severity = Severity.HINT
            yield Finding(
                rule=KNOWN_MISPRINT,
                span=span,
                severity=severity,
                confidence=_CONFIDENCE,
                message=f"{KNOWN_MISPRINT.title}：“{word.wrong}”应为“{word.right}”",
                suggestions=(word.right,),
                basis=f"{KNOWN_MISPRINT.basis} {word.id}（{word.citation.text}）",
            )


def _made_up_of_others(text: str, start: int, end: int) -> bool:
    """Tell whether a dictionary word crosses an edge of the place: 公布|署名 holds no 布署."""
    low = max(0, start - _CONTEXT)
    return any(
        low + word.start < edge < low + word.end
        for word in dictionary_words(text[low : end + _CONTEXT])
        for edge in (start, end)
    )
