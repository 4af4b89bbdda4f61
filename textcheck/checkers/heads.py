"""Titles that no body has: the head of a congress called 主席, of a procuratorate 院长."""

import re
from collections.abc import Iterator

from textcheck.checkers.slip import about_errors, at_most
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.heads import HEADS
from textcheck.lexicon.lexicon import Lexicon
from textcheck.text.fold import fold

__all__ = ["HeadChecker"]

WRONG_HEAD = Rule("TTL203", Severity.SERIOUS, "机构与职务称谓不相配", "lexicons/heads.tsv")

# In 100 million characters of news, reports and laws three such titles stand, all slips.
_CONFIDENCE = 0.95
# 江苏省政府主席 was right before 1949, and bodies had other heads for some time after.
_HISTORICAL = re.compile(
    "民国|国民政府|国民党(?!革命委员会)|苏维埃|革命根据地|抗战|抗日|红军|(?:18|19[0-7])\\d{1,2}年|[一二三四五六七]十年代"
)


class HeadChecker:
    """
    TTL203: a body with a head that it does not have: 县人大主任 for 县人大常委会主任.

    Any region's name may stand before it, 副 or 常务 before the rank. A hint in a paragraph about
    the time before 1980, when heads were called otherwise.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon
        self._heads = lexicon.tables.heads

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rule."""
        return (WRONG_HEAD,)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each title that its body does not have."""
        standing = self._lexicon.standing(document.text, HEADS)
        for head, span, right in self._heads.misnamed(fold(document.text), standing):
            level = at_most(head.level, head.citation)
            if about_errors(document, span) or _historical(document, span):
                level = Severity.HINT
            wrong = span.of(document.text)
            yield Finding(
                rule=WRONG_HEAD,
                span=span,
                severity=level,
                confidence=_CONFIDENCE,
                message=f"{WRONG_HEAD.title}：没有“{wrong}”这一职务，应为“{right}”",
                suggestions=(right,),
                basis=f"{WRONG_HEAD.basis} {head.id}（{head.citation.text}）",
            )


def _historical(document: Document, span: Span) -> bool:
    """Tell whether the paragraph speaks of a time when titles were others."""
    text = document.text
    start = 1 + text.rfind("\n", 0, span.start)
    end = text.find("\n", span.end)
    return _HISTORICAL.search(text, start, end if end >= 0 else len(text)) is not None
