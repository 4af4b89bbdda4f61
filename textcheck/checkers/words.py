"""Wrong words: known misprints, and idioms with a slip in them."""

from collections.abc import Iterator
from dataclasses import replace

from textcheck.checkers.slip import about_errors, at_most, finding_of
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.lexicon.entry import EntryKind
from textcheck.lexicon.fuzzy import Edit
from textcheck.lexicon.lexicon import Lexicon
from textcheck.text.fold import fold
from textcheck.text.words import dictionary_words

__all__ = ["WordChecker"]

KNOWN_MISPRINT = Rule("WRD801", Severity.ORDINARY, "错别字词", "lexicons/words.tsv")
DAMAGED_IDIOM = Rule("WRD802", Severity.ORDINARY, "成语或固定词语有误", "lexicons/idioms.tsv")

_CONFIDENCE = 0.95
_CONTEXT = 4
_SHORT = 4
# Of 16 findings in 3 million characters of news of 2023 between 0.5 and 0.9 one was a misprint, of
# those above with a look-alike or sound-alike two in three; the others were puns.
_DOUBTFUL, _SURE = 0.5, 0.7
_OPENING, _CLOSING = frozenset("“《「‘"), frozenset("”》」’")


class WordChecker:
    """
    WRD801: a misprint that the table holds: 布署 for 部署; not where other words make it up.

    WRD802: an idiom or set word with one character wrong, missing, extra or swapped: 走头无路.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return both rules."""
        return (KNOWN_MISPRINT, DAMAGED_IDIOM)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each known wrong word and each damaged idiom."""
        yield from self._idioms(document)
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

    def _idioms(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each damaged idiom, a hint where it may be meant so."""
        for slip in self._lexicon.slips(document.text, EntryKind.IDIOM):
            wrong = slip.span.of(document.text)
            if slip.confidence < _DOUBTFUL or _is_part(slip.edit, wrong, slip.right):
                continue
            finding = finding_of(slip, DAMAGED_IDIOM, document)
            sure = slip.confidence >= _SURE and self._likely(slip.edit, wrong, slip.right)
            if not sure or _is_title(document.text, slip.span):
                finding = replace(finding, severity=Severity.HINT)
            yield finding

    def _likely(self, edit: Edit, wrong: str, right: str) -> bool:
        """Tell whether a wrong character sounds or looks like the right one, as misprints do."""
        if edit is not Edit.WRONG:
            return edit is not Edit.MISSING or len(right) > _SHORT  # 大气观测 is no 气象观测
        tables = self._lexicon.tables
        (pair,) = [pair for pair in zip(wrong, right, strict=True) if pair[0] != pair[1]]
        return tables.sounds.near(*pair) or tables.shapes.alike(*pair)


def _is_part(edit: Edit, wrong: str, right: str) -> bool:
    """
    Tell whether a character is only missing or double at the edge: it may belong outside.

    好前景 is no damaged 美好前景, and 实实在在|在 no doubled 在.
    """
    return wrong in right if edit is Edit.MISSING else edit is Edit.EXTRA and right in wrong


def _is_title(text: str, span: Span) -> bool:
    """Tell whether a place stands in quotation marks by itself: a pun, the name of a song."""
    around = text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]
    return around[:1] in _OPENING or around[-1:] in _CLOSING


def _made_up_of_others(text: str, start: int, end: int) -> bool:
    """Tell whether a dictionary word crosses an edge of the place: 公布|署名 holds no 布署."""
    low = max(0, start - _CONTEXT)
    return any(
        low + word.start < edge < low + word.end
        for word in dictionary_words(text[low : end + _CONTEXT])
        for edge in (start, end)
    )
