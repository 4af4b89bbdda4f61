"""Titles: slips in them, and offices that the person did not hold on the day."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from textcheck.checkers.slip import about_errors, at_most, finding_of
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.entry import EntryKind, Post
from textcheck.knowledge.offices import Held, lasted_in
from textcheck.knowledge.protect import OF_ONE
from textcheck.lexicon.lexicon import Lexicon, Mention
from textcheck.lexicon.remedy import Mismatch, Remedies
from textcheck.lexicon.titled import (
    Titled,
    deputy_or_head,
    differs_by_deputy,
    longest_names,
    rank_beside,
    titled,
)
from textcheck.slips.slips import Slip
from textcheck.text.sentences import sentence_around
from textcheck.text.when import is_former, once_held, tells_today, years

__all__ = ["TitleChecker"]

DAMAGED_TITLE = Rule("TTL201", Severity.SERIOUS, "领导人职务名称有误", "lexicons/posts.tsv")
WRONG_CAPACITY = Rule("TTL204", Severity.SERIOUS, "职务身份不当", "lexicons/capacities.tsv")
NOT_IN_OFFICE = Rule("TTL202", Severity.SERIOUS, "所任职务与发布日期不符", "lexicons/offices.tsv")

_CONFIDENCE = 0.95
_DEPUTY_CONFIDENCE = 0.99  # surer than a slip: 外交副部长 is not 外交部长 with a character too many
# Who left office so long ago, or before the tables begin, is named in history.
_HISTORY = timedelta(days=8 * 365)
_SETTLED = timedelta(days=7)  # a new minister is named by the old title for a few days
_REACH = 40


@dataclass(frozen=True, slots=True)
class _Claim:
    """What the text says of a person: a title on the day, beside other titles."""

    document: Document
    day: date
    title: Mention
    person: Mention
    named: Collection[str]

    @property
    def name(self) -> str:
        return self.person.entry.form

    @property
    def span(self) -> Span:
        return Span(self.title.span.start, self.person.span.end)

    @property
    def behind(self) -> str:
        """Return what stands between the title and the end of the name, the name included."""
        return self.document.text[self.title.span.end : self.person.span.end]


class TitleChecker:
    """
    TTL201: a slip in a title; TTL202: a title that the person did not hold on the day.

    The day is the day of publication. Unknown is never an error, nor is a title after 原 or 时任,
    or in a sentence that names a year in which it was held.
    TTL204: one who holds two offices acts in the other one: a head of state receives credentials.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon
        tables = lexicon.tables
        self._remedies = Remedies(lexicon.offices, tables.posts, tables.capacities)
        posts = lexicon.tables.posts.values()
        self._by_form = {form: post for post in posts for form in post.forms}
        self._by_deputies = {post.entry.id: tuple(deputy_or_head(post)) for post in posts}
        self._last_two = frozenset(
            wrong[-2:] for variants in self._by_deputies.values() for wrong, _ in variants
        )

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rules."""
        return (DAMAGED_TITLE, NOT_IN_OFFICE, WRONG_CAPACITY)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each damaged title and each title not held."""
        untrue = list(self._not_true(document))
        yield from untrue
        for slip in self._lexicon.slips(document.text, EntryKind.POST):
            holder = self._before_holder(slip, document)
            # 外交副部长 for 外交部长 is no 外交部副部长 with a character too few.
            if not holder and any(finding.span.overlaps(slip.span) for finding in untrue):
                continue
            sure = replace(slip, confidence=max(slip.confidence, _CONFIDENCE)) if holder else slip
            yield finding_of(sure, DAMAGED_TITLE, document)

    def _not_true(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each title that the person behind it does not hold on the day."""
        day = document.published_on
        if day is None:
            return
        mentions = self._lexicon.mentions(document.text, EntryKind.PERSON, EntryKind.POST)
        for person in longest_names(mentions):
            yield from self._deputies(document, person, day)
        people = list(titled(document.text, mentions))
        elsewhere = _named_twice(people)
        for one in people:
            if not is_former(document.text, one.titles[0].span.start):
                yield from self._untrue(document, one, day, elsewhere)

    def _before_holder(self, slip: Slip, document: Document) -> bool:
        """Tell whether the name of one who holds the right title on the day stands behind it."""
        day, start = document.published_on, slip.span.end
        return day is not None and any(
            document.text.startswith(term.person, start)
            for term in self._lexicon.offices.terms_in(slip.entry.id, day)
        )

    def _untrue(
        self, document: Document, one: Titled, day: date, elsewhere: dict[str, list[str]]
    ) -> Iterator[Finding]:
        """Yield a finding for each title in front of a person that is not held, or stands twice."""
        named = [title.entry.id for title in one.titles]
        others = elsewhere.get(one.person.entry.form, [])
        claims = [_Claim(document, day, title, one.person, named) for title in one.titles]
        doubtful = []
        for number, claim in enumerate(claims):
            if claim.title.entry.id in named[:number]:
                yield from self._named_again(claim)
            elif not (self._in_office(claim) or self._was_in_office(claim)):
                doubtful.append(claim)
        yield from self._not_held(doubtful, others)
        if claims[-1] in doubtful:
            yield from self._capacity(claims[-1])

    def _in_office(self, claim: _Claim) -> bool:
        """Tell whether a title is held by somebody who acts in no other capacity."""
        post = claim.title.entry.id
        held = self._lexicon.offices.held(claim.name, post, claim.day)
        return held is Held.HELD and not self._lexicon.tables.capacities.knows(post)

    def _was_in_office(self, claim: _Claim) -> bool:
        post = self._lexicon.tables.posts[claim.title.entry.id]
        text, span = claim.document.text, claim.title.span
        if self._held_in_named_year(claim.document, span, post, claim.name):
            return True
        once = any(
            term.person == claim.name for term in self._lexicon.offices.terms_in(post.entry.id)
        )
        return once and once_held(text, span)

    def _deputies(self, document: Document, person: Mention, day: date) -> Iterator[Finding]:
        """Yield a finding where 副 is left out of a person's title, or put into it."""
        text, start = document.text, person.span.start
        titled = text[start - 2 : start] in self._last_two
        # Of ten names eight have nothing beside them that could be a rank.
        if not titled and rank_beside(text, person) is None:
            return
        ranks: list[Post] = []
        for term in self._lexicon.offices.terms_of(person.entry.form, day):
            post = self._lexicon.tables.posts[term.post]
            if text.endswith(post.forms, 0, start):
                return
            leaving = term.until is not None and day >= term.until
            if not leaving and (day >= term.since + _SETTLED or not term.exact):
                ranks.append(post)
        for post in ranks if titled else ():
            for wrong, right in self._by_deputies[post.entry.id]:
                at = start - len(wrong)
                if not text.endswith(wrong, 0, start) or is_former(text, at):
                    continue
                if self._acts_otherwise(document, person, post):
                    break
                span = Span(at, person.span.end)
                if (
                    _begins_with_another(wrong, post, ranks)
                    or right in text[max(0, at - _REACH) : at]
                    or self._was(document, span, wrong)
                ):
                    continue  # named already, so that another office is meant; or at another time
                name = person.entry.form
                yield self._by_deputy(document, span, post, name, right + name)
                return
        yield from self._bare_rank(document, person, ranks)

    def _was(self, document: Document, span: Span, title: str) -> bool:
        """Tell whether the sentence names a year in which the person did hold a title."""
        post, name = self._by_form.get(title), span.of(document.text).removeprefix(title)
        return post is not None and self._held_in_named_year(document, span, post, name)

    def _acts_otherwise(self, document: Document, person: Mention, post: Post) -> bool:
        """Tell whether the words behind the name speak of other offices than this one."""
        acts = self._lexicon.tables.capacities.of(_said(document, person))
        return bool(acts) and post.entry.id not in acts and self._knows(post)

    def _knows(self, post: Post) -> bool:
        return self._lexicon.tables.capacities.knows(post.entry.id)

    def _bare_rank(
        self, document: Document, person: Mention, posts: list[Post]
    ) -> Iterator[Finding]:
        """Yield a finding for 丁某总理 and 总理丁某, where 丁某 is 副总理."""
        place = rank_beside(document.text, person)
        if place is None or is_former(document.text, min(place.start, person.span.start)):
            return
        rank = place.of(document.text)
        forms = [(form, post) for post in posts for form in post.forms]
        if any(form.endswith(rank) and not form.endswith(f"副{rank}") for form, _ in forms):
            return
        right = rank.removeprefix("副") if rank.startswith("副") else f"副{rank}"
        post = next((post for form, post in forms if form.endswith(right)), None)
        if post is None or (rank.startswith("副") and not rank.endswith(OF_ONE)):
            return
        name = person.entry.form
        span = Span(min(place.start, person.span.start), max(place.end, person.span.end))
        mended = right + name if place.start < person.span.start else name + right
        finding = self._by_deputy(document, span, post, name, mended)
        if rank.endswith(OF_ONE):
            yield finding

    def _by_deputy(
        self, document: Document, span: Span, post: Post, name: str, mended: str
    ) -> Finding:
        severity = at_most(Severity.SERIOUS, post.entry.citation)
        if about_errors(document, span):
            severity = Severity.HINT
        wrong, day = span.of(document.text).removesuffix(name), document.published_on
        meant = self._by_form.get(wrong)
        holder = self._lexicon.offices.holder(meant.entry.id, day) if meant and day else None
        others = (wrong + holder.person,) if holder is not None else ()
        return Finding(
            rule=NOT_IN_OFFICE,
            span=span,
            severity=severity,
            confidence=_DEPUTY_CONFIDENCE,
            message=f"{NOT_IN_OFFICE.title}：{name}当时任{post.entry.form}，应为“{mended}”",
            suggestions=(mended, *others),
            basis=f"{NOT_IN_OFFICE.basis}（{post.entry.citation.text}）",
        )

    def _named_again(self, claim: _Claim) -> Iterator[Finding]:
        """Yield a finding where one title stands twice in front of a name, for another one."""
        own = self._remedies.posts(_mismatch([claim], []))
        if own and claim.title.span.end == claim.person.span.start:
            yield Finding(
                rule=NOT_IN_OFFICE,
                span=claim.span,
                severity=Severity.SERIOUS,
                confidence=_CONFIDENCE,
                message=f"{NOT_IN_OFFICE.title}：{claim.title.entry.form}在{claim.name}前写了两遍",
                suggestions=tuple(post.entry.form + claim.behind for post in own[:1]),
                basis=f"{NOT_IN_OFFICE.basis}（{claim.title.entry.citation.text}）",
            )

    def _not_held(self, claims: list[_Claim], elsewhere: Collection[str]) -> Iterator[Finding]:
        """Yield one finding for the titles of a person that are not held."""
        wrong = [claim for claim in claims if self._denied(claim, elsewhere)]
        if not wrong:
            return
        claim = wrong[0]
        post = self._lexicon.tables.posts[claim.title.entry.id]
        holder = self._lexicon.offices.holder(post.entry.id, claim.day)
        citation = holder.citation if holder is not None else post.entry.citation
        severity = at_most(Severity.SERIOUS, citation)
        if self._tells_history(claim) or about_errors(claim.document, claim.span):
            severity = Severity.HINT
        now = f"，{claim.day}担任该职务的是{holder.person}" if holder is not None else ""
        what = f"{claim.name}在{claim.day}不任{claim.title.entry.form}{now}"
        yield Finding(
            rule=NOT_IN_OFFICE,
            span=claim.span,
            severity=severity,
            confidence=_CONFIDENCE,
            message=f"{NOT_IN_OFFICE.title}：{what}",
            suggestions=self._suggestions(wrong, elsewhere),
            basis=f"{NOT_IN_OFFICE.basis}（{citation.text}）",
        )

    def _denied(self, claim: _Claim, elsewhere: Collection[str]) -> bool:
        """Tell whether a title is not held, or is one of the person's but for 副."""
        post = self._lexicon.tables.posts[claim.title.entry.id]
        held = self._lexicon.offices.held(claim.name, post.entry.id, claim.day)
        if held is not Held.UNKNOWN:
            return held is Held.NOT_HELD
        own = self._remedies.posts(_mismatch([claim], elsewhere))
        return bool(own) and differs_by_deputy(own[0].entry.form, post.entry.form)

    def _suggestions(self, wrong: list[_Claim], elsewhere: Collection[str]) -> tuple[str, ...]:
        """Return the other title and the other name, the more probable first."""
        claim, mismatch = wrong[0], _mismatch(wrong, elsewhere)
        own = self._remedies.posts(mismatch)
        alone = len(wrong) < len(claim.named) or len(wrong) == 1
        mended = [_instead(post, claim if alone else wrong[-1]) for post in own[:1]]
        holder = self._remedies.holder(mismatch)
        if holder is None:
            return tuple(mended)
        row = claim.span.of(claim.document.text).removesuffix(claim.name) + holder
        first = self._remedies.name_is_wrong(mismatch, own)
        return (row, *mended) if first else (*mended, row)

    def _tells_history(self, claim: _Claim) -> bool:
        """Tell whether a person left office long ago, and the sentence is not about today."""
        last = self._lexicon.offices.last_seen(claim.name)
        if last is None:
            return True
        long_ago = claim.day - last > _HISTORY
        return long_ago and not tells_today(claim.document.text, claim.span, last.year)

    def _capacity(self, claim: _Claim) -> Iterator[Finding]:
        """Yield a finding for the last title of a person who acts in another office."""
        offices, capacities = self._lexicon.offices, self._lexicon.tables.capacities
        title = claim.title
        if not capacities.knows(title.entry.id):
            return
        said = _said(claim.document, claim.person)
        meant = capacities.solely(said)
        own = {term.post for term in offices.terms_of(claim.name, claim.day)}
        acts = capacities.of(said)
        if meant is None or meant.post in claim.named or title.entry.id in acts:
            return
        if not {meant.post, title.entry.id} <= own:
            return
        right = self._lexicon.tables.posts[meant.post].entry.form
        level = Severity.HINT if about_errors(claim.document, claim.span) else Severity.SERIOUS
        yield Finding(
            rule=WRONG_CAPACITY,
            span=claim.span,
            severity=at_most(level, meant.citation),
            confidence=_CONFIDENCE,
            message=f"{WRONG_CAPACITY.title}：此处应以{right}身份，不是{title.entry.form}",
            suggestions=(right + claim.behind,),
            basis=f"{WRONG_CAPACITY.basis} {meant.id}（{meant.citation.text}）",
        )

    def _held_in_named_year(self, document: Document, span: Span, post: Post, name: str) -> bool:
        """Tell whether the sentence names a year in which the person did hold the post."""
        named = years(sentence_around(document.text, span).of(document.text))
        return any(
            term.person == name and lasted_in(term, named)
            for term in self._lexicon.offices.terms_in(post.entry.id)
        )


def _said(document: Document, person: Mention) -> str:
    """Return the words behind the name, to the end of the sentence."""
    start = person.span.end
    end = sentence_around(document.text, person.span).end
    return document.text[start : min(end, start + _REACH)]


def _mismatch(wrong: list[_Claim], elsewhere: Collection[str]) -> Mismatch:
    claim = wrong[0]
    return Mismatch(
        day=claim.day,
        name=claim.name,
        named=tuple(claim.named),
        wrong=tuple(one.title.entry.id for one in wrong),
        said=_said(claim.document, claim.person),
        elsewhere=elsewhere,
    )


def _instead(post: Post, claim: _Claim) -> str:
    """Return a title with the name, the rank between them left out if the title has it."""
    between, form = claim.behind.removesuffix(claim.name), post.entry.form
    if between and form.endswith(between.lstrip("兼、，")):
        return form + claim.name
    return form + between + claim.name


def _named_twice(people: list[Titled]) -> dict[str, list[str]]:
    """Return by name the posts that the text gives a person whom it names several times."""
    found: dict[str, list[str]] = {}
    for one in people:
        named = found.setdefault(one.person.entry.form, [])
        named.extend(title.entry.id for title in one.titles)
    return found


def _begins_with_another(title: str, post: Post, held: Collection[Post]) -> bool:
    """Tell whether a title begins with another that the person holds: 省委书记、省长."""
    return any(
        title.startswith(form) for other in held if other is not post for form in other.forms
    )
