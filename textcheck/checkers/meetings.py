"""Names of the Party's and the state's meetings: slips, and meetings not held yet."""

import re
from collections.abc import Iterator

from textcheck.checkers.slip import about_errors, at_most, finding_of
from textcheck.document import Document
from textcheck.finding import Finding, Rule, Severity
from textcheck.lexicon.entry import EntryKind
from textcheck.lexicon.lexicon import Lexicon

__all__ = ["MeetingChecker"]

DAMAGED_MEETING = Rule("MTG501", Severity.SERIOUS, "会议名称有误", "lexicons/meetings.tsv")
NOT_YET_HELD = Rule("MTG502", Severity.SERIOUS, "会议尚未召开", "lexicons/meetings.tsv")

# What a text says only of a meeting that was held.
_HELD = re.compile("精神|闭幕|胜利闭幕|召开以来|(?:审议)?通过(?:了|的)|(?:会议)?公报")
_CONFIDENCE = 0.9


class MeetingChecker:
    """
    MTG501: the name of a meeting with a slip; MTG502: a meeting spoken of as held before it was.

    Another number is another meeting: that of a province, of another party, of another year.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon and the meetings by entry."""
        self._lexicon = lexicon
        self._meetings = {meeting.entry.id: meeting for meeting in lexicon.tables.meetings}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return both rules."""
        return (DAMAGED_MEETING, NOT_YET_HELD)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each damaged name and each meeting not held yet."""
        for slip in self._lexicon.slips(document.text, EntryKind.MEETING):
            yield finding_of(slip, DAMAGED_MEETING, document)
        yield from self._not_yet_held(document)

    def _not_yet_held(self, document: Document) -> Iterator[Finding]:
        day = document.published_on
        if day is None:
            return
        for mention in self._lexicon.mentions(document.text):
            meeting = self._meetings.get(mention.entry.id)
            if meeting is None or meeting.opened is None or day >= meeting.opened:
                continue
            if not _HELD.match(document.text, mention.span.end):
                continue
            if about_errors(document, mention.span):
                continue
            yield Finding(
                rule=NOT_YET_HELD,
                span=mention.span,
                severity=at_most(Severity.SERIOUS, meeting.entry.citation),
                confidence=_CONFIDENCE,
                message=f"{NOT_YET_HELD.title}：{meeting.entry.form}于{meeting.opened}召开，晚于发布日期",
                suggestions=(),
                basis=f"{NOT_YET_HELD.basis} {meeting.entry.id}（{meeting.entry.citation.text}）",
            )
