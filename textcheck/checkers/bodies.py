"""Names of the country and of Party, state and military bodies with a slip in them."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from textcheck.checkers.slip import SURE, about_errors, at_most, finding_of
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.entry import EntryKind
from textcheck.lexicon.lexicon import Lexicon
from textcheck.matching.fuzzy import Edit
from textcheck.slips.fields import FIELDS, CutNames
from textcheck.slips.misnamed import Misnaming
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
_AHEAD = frozenset("的于从在由对向和与及经过据到把被将以是等让使请为")  # stand before any name
# Of 130 million characters of clean text ten have such a name, all but one by mistake.
_CONFIDENCE_OF_MISNAMED = 0.9
_FORMER = "原"
_DAYS = frozenset("日前天年月")  # 近日国家卫生健康委员会
_GOES_ON = {"部": frozenset("门队分属委"), "会": frozenset("议"), "局": frozenset("部势面")}


class BodyChecker:
    """
    ORG401: the name of a body with one character wrong, missing, extra, doubled or swapped.

    Or with its words in another order, doubled or left out, 和 where none stands, 总局 for 局.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rule."""
        return (DAMAGED_BODY,)

    @cached_property
    def _cut_names(self) -> CutNames:
        return CutNames(self._lexicon.tables.fixed)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each damaged name."""
        fields = list(self._of_fields(document))
        yield from fields
        for slip in self._lexicon.slips(document.text, EntryKind.BODY):
            if any(finding.span.overlaps(slip.span) for finding in fields):
                continue
            wrong = slip.span.of(document.text)
            if slip.edit is Edit.EXTRA and wrong.replace(_FORMER, "", 1) == slip.right:
                continue  # 解放军原总政治部
            extra = slip.edit is Edit.EXTRA and all(map(is_han, wrong))
            listed = self._beside(slip, document.text)
            between = listed > 1 and slip.edit is not Edit.MISSING  # 国家外专局 is another body
            sure = _SURE_OF_EXTRA if extra else _SURE_IN_LIST[1 if between else listed]
            finding = finding_of(slip, DAMAGED_BODY, document, sure)
            other = _may_be_another(slip, wrong, document.text[: slip.span.start][-1:])
            if other and not listed:
                finding = replace(finding, severity=min(finding.severity, Severity.ORDINARY))
            yield finding
        for misnaming, span in self._lexicon.misnamed(document.text):
            if not self._names_another(misnaming, span, document):
                yield _finding_of(misnaming, span, document)

    def _of_fields(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each name without its last character where no field can be meant."""
        text, last = document.text, -1
        for number, start, _ in self._lexicon.standing(text, FIELDS):
            bodies = (mention.span for mention in self._lexicon.mentions(text, EntryKind.BODY))
            meant = self._cut_names.meant(number, start, text, bodies, document.published_on)
            if meant is not None and start > last:  # 印发 and 印发《
                body, span = meant
                last = start
                slip = Slip(body, span, body.form, Edit.MISSING, _CONFIDENCE_OF_MISNAMED)
                yield finding_of(slip, DAMAGED_BODY, document)

    def _names_another(self, misnaming: Misnaming, span: Span, document: Document) -> bool:
        """Tell whether the name is a part of a longer word or name, or older than the body."""
        text, day, since = document.text, document.published_on, misnaming.body.since
        if text[span.end : span.end + 1] in _GOES_ON.get(text[span.end - 1], ()):
            return True
        if day is not None and since is not None and day < since:
            return True
        return any(
            mention.span.start <= span.start and span.end <= mention.span.end
            for mention in self._lexicon.mentions(text, EntryKind.BODY)
        )

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


def _finding_of(misnaming: Misnaming, span: Span, document: Document) -> Finding:
    body, wrong = misnaming.body, span.of(document.text)
    severity = at_most(misnaming.level, body.citation)
    before = document.text[: span.start][-1:]
    if is_han(before) and before not in _AHEAD | _DAYS:
        severity = min(severity, Severity.ORDINARY)  # of another country, or a longer name
    if about_errors(document, span):
        severity = Severity.HINT
    return Finding(
        rule=DAMAGED_BODY,
        span=span,
        severity=severity,
        confidence=_CONFIDENCE_OF_MISNAMED,
        message=f"{DAMAGED_BODY.title}：“{wrong}”{misnaming.what}，应为“{body.form}”",
        suggestions=(body.form,),
        basis=f"{DAMAGED_BODY.basis} {body.id}“{body.form}”（{body.citation.text}）",
    )


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
