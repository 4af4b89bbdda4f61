"""Names of the country and of Party, state and military bodies with a slip in them."""

from collections.abc import Iterator
from dataclasses import replace

from textcheck.checkers.slip import SURE, finding_of
from textcheck.document import Document
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.entry import EntryKind
from textcheck.lexicon.lexicon import Lexicon
from textcheck.matching.fuzzy import Edit
from textcheck.slips.slips import Slip
from textcheck.text.han import is_han, is_rare

__all__ = ["BodyChecker"]

DAMAGED_BODY = Rule("ORG401", Severity.SERIOUS, "国家和机构名称有误", "lexicons/bodies.tsv")

_SHORT, _LONG, _AND = 4, 8, "、"
# In 18 million characters of news one body that lacks a character is surer than this and none
# (中国侨|网); one with a Han character too many always is a misprint.
_SURE_OF_MISSING, _SURE_OF_EXTRA = 0.55, 0.2
# 司法部、然资源部、生态环境部: beside a body hardly anything else is meant, between two nothing.
_SURE_IN_LIST = (SURE, 0.3, 0.1)
# In 39 million characters no character that fits nowhere is as sure, but at the end: 生态环境|亦.
_SURE_OF_UNFIT, _SURE_OF_LONG, _SURE_OF_MINISTRY = 0.9, 0.7, 0.85
# Nor does any text go on as one does that is sure and gains so much.
_BEYOND_DOUBT, _GAIN_OF_STRANGE = 0.95, 14.0
_AHEAD = frozenset("的于从在由对向和与及经据到把被将以是等让使请为")  # stand before any name


class BodyChecker:
    """ORG401: the name of a body with one character wrong, missing, extra, doubled or swapped."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rule."""
        return (DAMAGED_BODY,)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each damaged name."""
        for slip in self._lexicon.slips(document.text, EntryKind.BODY):
            wrong = slip.span.of(document.text)
            extra = slip.edit is Edit.EXTRA and all(map(is_han, wrong))
            listed = self._beside(slip, document.text)
            between = listed > 1 and slip.edit is not Edit.MISSING  # 国家外专局 is another body
            sure = _SURE_OF_EXTRA if extra else _SURE_IN_LIST[1 if between else listed]
            finding = finding_of(slip, DAMAGED_BODY, document, sure)
            other = _may_be_another(slip, wrong, document.text[: slip.span.start][-1:])
            if other and not listed:
                finding = replace(finding, severity=min(finding.severity, Severity.ORDINARY))
            yield finding

    def _beside(self, slip: Slip, text: str) -> int:
        """Return how many bodies stand beside the place in a list, so that one is meant here."""
        start, end = slip.span.start, slip.span.end
        marked = text[start - 1 : start] == _AND, text[end : end + 1] == _AND
        if not any(marked) or len(slip.right) < _SHORT or slip.right.startswith(slip.span.of(text)):
            return 0
        spans = [mention.span for mention in self._lexicon.mentions(text, EntryKind.BODY)]
        ahead = marked[0] and any(span.end == start - 1 for span in spans)
        behind = marked[1] and any(span.start == end + 1 for span in spans)
        return ahead + behind


def _may_be_another(slip: Slip, wrong: str, before: str) -> bool:
    """
    Tell whether a short name may be that of another body: 中国曲协, 法中委员会.

    Of the slips in bodies that 80 million characters of clean text seem to have, half are these.
    """
    if slip.acting:
        return False
    if slip.edit is Edit.MISSING:
        cut = wrong[:2] != slip.right[:2] and is_han(before) and before not in _AHEAD
        sure = _SURE_OF_LONG if len(slip.right) >= _LONG else _SURE_OF_UNFIT
        if cut and (len(slip.right) <= _SHORT + 1 or slip.confidence < sure):
            return True  # 法|中委员会
        if slip.right.startswith(wrong):
            return slip.confidence < _SURE_OF_UNFIT
        within = wrong[0] == slip.right[0] and wrong[-1] == slip.right[-1]
        return slip.confidence < (SURE if within else _SURE_OF_MISSING)
    strange = slip.free and slip.edit is Edit.WRONG
    if not strange or len(slip.right) > _SHORT + 1 or any(map(is_rare, wrong)):
        return False
    if slip.unseen == 1 and slip.gain >= _GAIN_OF_STRANGE and slip.confidence >= _BEYOND_DOUBT:
        return False  # 全国政男
    if len(slip.right) > _SHORT and slip.right.endswith("部") and slip.right.endswith(wrong[1:]):
        return slip.confidence < _SURE_OF_MINISTRY  # 生能环境部
    return not slip.unfit or slip.confidence < _SURE_OF_UNFIT or wrong[-1] != slip.right[-1]
