"""Titles: slips in them, and offices that the person did not hold on the day."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from difflib import SequenceMatcher

from textcheck.checkers.slip import about_errors, at_most, finding_of
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.lexicon.entry import EntryKind, Post
from textcheck.lexicon.lexicon import Lexicon, Mention
from textcheck.lexicon.offices import Held
from textcheck.text.sentences import sentence_around

__all__ = ["TitleChecker"]

DAMAGED_TITLE = Rule("TTL201", Severity.SERIOUS, "领导人职务名称有误", "lexicons/posts.tsv")
NOT_IN_OFFICE = Rule("TTL202", Severity.SERIOUS, "所任职务与发布日期不符", "lexicons/offices.tsv")

_CONFIDENCE = 0.95
# Who left office so long ago, or before the tables begin, is named in history.
_HISTORY = timedelta(days=8 * 365)
_JOINTS = ("、", "兼", "，")
# Before a title: the text itself says that it speaks of another time.
_FORMER = re.compile(
    "(?:原|时任|前任|前|曾任|历任|候任|首任|第.{1,3}[任届]|当选|已故|拟任|卸任|担任|出任|接替|任命|选举|决定)$"
)
_YEAR = re.compile("(?:19|20)\\d\\d(?=年)")


class TitleChecker:
    """
    TTL201: a slip in a title; TTL202: a title that the person did not hold on the day.

    The day is the day of publication. Unknown is never an error, nor is a title after 原 or 时任,
    or in a sentence that names a year in which it was held.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return both rules."""
        return (DAMAGED_TITLE, NOT_IN_OFFICE)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each damaged title and each title not held."""
        for slip in self._lexicon.slips(document.text, EntryKind.POST):
            yield finding_of(slip, DAMAGED_TITLE, document)
        day = document.published_on
        if day is None:
            return
        for titles, person in self._titled(document.text):
            if _FORMER.search(
                document.text, max(0, titles[0].span.start - 4), titles[0].span.start
            ):
                continue
            named = frozenset(title.entry.id for title in titles)
            for title in titles:
                if not self._held_in_named_year(document, title, person):
                    yield from self._not_held(document, title, person, day, named)

    def _titled(self, text: str) -> Iterator[tuple[list[Mention], Mention]]:
        """Yield each person with the titles in front, first to last: 国务委员兼外交部长王毅."""
        mentions = self._lexicon.mentions(text)
        ending: dict[int, Mention] = {}
        for mention in mentions:
            if mention.entry.kind is EntryKind.POST:
                other = ending.get(mention.span.end)
                if other is None or mention.span.start < other.span.start:
                    ending[mention.span.end] = mention
        for person in _longest_names(mentions):
            titles: list[Mention] = []
            end = person.span.start
            while (title := ending.get(end)) is not None:
                titles.insert(0, title)
                end = title.span.start
                if text[end - 1 : end] in _JOINTS:
                    end -= 1
            if titles:
                yield titles, person

    def _not_held(
        self,
        document: Document,
        title: Mention,
        person: Mention,
        day: date,
        named: frozenset[str],
    ) -> Iterator[Finding]:
        """Yield the finding for a title; `named` are all posts that the text gives the person."""
        offices = self._lexicon.offices
        post = self._lexicon.tables.posts[title.entry.id]
        name = person.entry.form
        held = offices.held(name, post.entry.id, day)
        own = self._own_posts(post, name, day)
        deputy = bool(own) and _differs_by_deputy(own[0].entry.form, post.entry.form)
        if held is Held.HELD or (held is Held.UNKNOWN and not deputy):
            return
        span = Span(title.span.start, person.span.end)
        holder = offices.holder(post.entry.id, day)
        behind = document.text[title.span.end : span.end]
        # With one who held the post before the name is out of date, with another the title wrong.
        suggestions = [other.entry.form + behind for other in own if other.entry.id not in named][
            :1
        ]
        if holder is not None and title.span.end == person.span.start:
            stale = any(term.person == name for term in offices.terms_in(post.entry.id))
            suggestions.insert(
                0 if stale and not deputy else 1, title.span.of(document.text) + holder.person
            )
        citation = holder.citation if holder is not None else post.entry.citation
        confidence = _CONFIDENCE
        severity = at_most(Severity.SERIOUS, citation)
        last = offices.last_seen(name)
        long_ago = last is None or day - last > _HISTORY
        if long_ago or about_errors(document, span):
            severity = Severity.HINT
        now = f"，{day}担任该职务的是{holder.person}" if holder is not None else ""
        yield Finding(
            rule=NOT_IN_OFFICE,
            span=span,
            severity=severity,
            confidence=confidence,
            message=f"{NOT_IN_OFFICE.title}：{name}在{day}不任{title.entry.form}{now}",
            suggestions=tuple(suggestions),
            basis=f"{NOT_IN_OFFICE.basis}（{citation.text}）",
        )

    def _held_in_named_year(self, document: Document, title: Mention, person: Mention) -> bool:
        """Tell whether the sentence names a year in which the person did hold the title."""
        sentence = sentence_around(document.text, title.span).of(document.text)
        years = {int(year) for year in _YEAR.findall(sentence)}
        return any(
            term.person == person.entry.form
            and any(term.since.year <= year <= (term.until or date.max).year for year in years)
            for term in self._lexicon.offices.terms_in(title.entry.id)
        )

    def _own_posts(self, post: Post, name: str, day: date) -> list[Post]:
        """Return the posts that the person holds on the day, the likest to a given one first."""

        def unlikeness(held: Post) -> tuple[bool, float, str]:
            one, other = held.entry.form, post.entry.form
            ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
            return (not _differs_by_deputy(one, other), -ratio, held.entry.id)

        terms = self._lexicon.offices.terms_of(name, day)
        return sorted((self._lexicon.tables.posts[term.post] for term in terms), key=unlikeness)


def _longest_names(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the persons, of names that begin at one place the longest: 刘奇葆, not 刘奇."""
    found: dict[int, Mention] = {}
    for mention in mentions:
        if mention.entry.kind is EntryKind.PERSON:
            other = found.get(mention.span.start)
            if other is None or other.span.end < mention.span.end:
                found[mention.span.start] = mention
    return list(found.values())


def _differs_by_deputy(one: str, other: str) -> bool:
    return one != other and one.replace("副", "", 1) == other.replace("副", "", 1)
