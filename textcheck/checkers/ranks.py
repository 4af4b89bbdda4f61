"""Leaders with a rank beside the name that is another's: 李某主席 for the premier."""

from collections.abc import Iterator
from datetime import date

from textcheck.checkers.slip import about_errors, at_most
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.entry import EntryKind, Post
from textcheck.knowledge.offices import lasted_in
from textcheck.knowledge.protect import OF_ONE
from textcheck.lexicon.lexicon import Lexicon, Mention
from textcheck.lexicon.titled import longest_names, rank_beside
from textcheck.text.sentences import sentence_around
from textcheck.text.when import is_former, once_held, years

__all__ = ["RankChecker"]

WRONG_RANK = Rule("TTL206", Severity.SERIOUS, "姓名旁的职务称呼有误", "lexicons/offices.tsv")

_CONFIDENCE = 0.9  # where a title with a body stands there, that one is told
_CALLED = (*OF_ONE, "主席")
_MOST = 3  # suggestions
_FULL_NAME = 3  # characters: of two other people have the same


class RankChecker:
    """
    TTL206: a leader of the first rank is called by a rank of an office that is another's.

    Left alone are those who hold none, ranks that they held in a year that the sentence names, and
    ranks that tell nothing of one with a short name: any association has its 主席.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon and the leaders."""
        self._lexicon = lexicon
        self._top = frozenset(lexicon.tables.top)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rule."""
        return (WRONG_RANK,)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each leader with another's rank beside the name."""
        text, day = document.text, document.published_on
        if day is None:
            return
        for person in longest_names(self._lexicon.mentions(text, EntryKind.PERSON)):
            if person.entry.form not in self._top:
                continue
            place = rank_beside(text, person)
            if place is not None and not is_former(text, min(place.start, person.span.start)):
                yield from self._checked(document, person, place, day)

    def _checked(
        self, document: Document, person: Mention, place: Span, day: date
    ) -> Iterator[Finding]:
        text, name, rank = document.text, person.entry.form, place.of(document.text)
        own = [self._post(term.post) for term in self._lexicon.offices.terms_of(name, day)]
        if not any(post.single for post in own) or _told_by_titles(rank, own):
            return
        # What one is called by comes first.
        held = sorted(own, key=lambda post: not post.entry.form.endswith(_CALLED))
        telling = rank.endswith(OF_ONE) or len(name) >= _FULL_NAME
        if not telling or self._held_then(name, rank, text, person.span) or once_held(text, place):
            return
        span = Span(min(place.start, person.span.start), max(place.end, person.span.end))
        severity = at_most(Severity.SERIOUS, held[0].entry.citation)
        yield Finding(
            rule=WRONG_RANK,
            span=span,
            severity=Severity.HINT if about_errors(document, span) else severity,
            confidence=_CONFIDENCE,
            message=f"{WRONG_RANK.title}：{name}在{day}任{held[0].entry.form}，不是{rank}",
            suggestions=tuple(post.entry.form + name for post in held[:_MOST]),
            basis=f"{WRONG_RANK.basis}（{held[0].entry.citation.text}）",
        )

    def _post(self, post: str) -> Post:
        return self._lexicon.tables.posts[post]

    def _held_then(self, name: str, rank: str, text: str, person: Span) -> bool:
        """Tell whether a person had the rank in a year that the sentence names."""
        named = years(sentence_around(text, person).of(text))
        return any(
            _has(self._post(term.post), rank) and lasted_in(term, named)
            for term in self._lexicon.offices.all_of(name)
        )


def _told_by_titles(rank: str, own: list[Post]) -> bool:
    """Tell whether a rank is one's own, or but for 副, which TTL202 tells."""
    other = rank.removeprefix("副") if rank.startswith("副") else f"副{rank}"
    told = (rank, other) if rank.endswith(OF_ONE) else (rank,)
    return any(_has(post, one) for post in own for one in told)


def _has(post: Post, rank: str) -> bool:
    """Tell whether an office is called by a rank: 国务院副总理 is 副总理 and no 总理."""
    return any(form.endswith(rank) and not form.endswith(f"副{rank}") for form in post.forms)
