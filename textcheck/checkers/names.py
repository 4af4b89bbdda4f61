"""Leaders' names with a character wrong, missing, extra or swapped."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from textcheck.checkers.slip import about_errors, at_most, finding_of
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.entry import Entry, EntryKind
from textcheck.lexicon.lexicon import Lexicon, Mention
from textcheck.lexicon.meant import Meant
from textcheck.lexicon.titled import longest_names
from textcheck.matching.fuzzy import Edit
from textcheck.slips.gaps import gaps
from textcheck.slips.near_names import NearName
from textcheck.slips.slips import Slip
from textcheck.text.folk import is_of_ordinary_people
from textcheck.text.han import is_han, is_rare
from textcheck.text.places import places_of
from textcheck.text.sentences import sentence_around

__all__ = ["NameChecker"]

MISSPELT_NAME = Rule("NAM101", Severity.SERIOUS, "领导人姓名有误", "lexicons/persons.tsv")

_FULL_NAME = 3
_VERBS = ("学习",)
# What only follows a leader's name: 学习|近|平时 has none.
_AFTER_NAME = (
    "总书记", "主席", "同志", "新时代", "关于", "谈治国", "法治思想", "强军思想", "经济思想",
    "生态文明思想", "外交思想", "文化思想", "著作", "重要", "系列", "讲话",
)  # fmt: skip
# With these 学 is a word, and the name behind it whole: 大学|…, 同学|….
_END_WITH_STUDY = frozenset("大中小同科文理医数哲教美化史放开留求自升复")
_CLEAR = 0.9
_LISTS = "、"
_PLACES = ("村", "镇", "乡", "庄", "屯", "寨")  # 丁家薛祥村
# In 34 million characters of news what stands in a leader's place is a name of nobody else's.
_TOLD = 0.97
_BEYOND_DOUBT, _GAIN_OF_NAME = 0.99, 17.0


class NameChecker:
    """
    NAM101: a leader's name with one character wrong, missing, extra, doubled or swapped.

    A name of the first rank is found by itself, any other with its title, rank or neighbours:
    an ordinary person may have a name that is one character away from a minister's. Without
    title or rank beside it only a name of three characters, of a founder or of a leader in
    office, is serious. A verb may end in the surname and swallow it: 学习 before a name that begins
    with 习.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon
        fixed = lexicon.tables.fixed
        self._people = {entry.form: entry for entry in fixed if entry.kind is EntryKind.PERSON}
        self._given = frozenset("".join(name[1:] for name in self._people))
        self._meant = Meant(lexicon)
        # A surname that ends the verb before it is easily written once: 学习 and the name.
        self._swallowed = [
            (verb + name[1:], verb, name)
            for verb in _VERBS
            for name in lexicon.tables.top
            if verb.endswith(name[0])
        ]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rule."""
        return (MISSPELT_NAME,)

    def look_through(self, documents: Sequence[Document]) -> None:
        """Let the lexicon look through all of them: the first to ask does it for all checkers."""
        self._lexicon.look_through([document.text for document in documents])

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each damaged name."""
        told = list(self._told_by_place(document))
        yield from told
        for slip in self._lexicon.slips(document.text, EntryKind.PERSON):
            if any(finding.span.overlaps(slip.span) for finding in told):
                continue
            if slip.alone and _is_somebody_else(document.text, slip.span):
                continue
            found = self._of_title(slip, document)
            finding = finding_of(found, MISSPELT_NAME, document)
            yield replace(finding, severity=min(finding.severity, self._limit(found, document)))
        yield from self._surnames_swallowed(document)

    def _limit(self, slip: Slip, document: Document) -> Severity:
        """Return how grave a slip can be at its place."""
        text = document.text
        if slip.alone and _is_listed(slip, text) and slip.right in _sentence(slip, text):
            return Severity.HINT  # who stands in the list is not meant a second time
        most = self._most(slip, document) if slip.alone else Severity.SERIOUS
        if not self._may_be_anybody(slip, document):
            return most
        again = text.count(slip.span.of(text)) > 1 and slip.right not in text
        introduced = slip.alone and slip.free and again and not slip.nobody
        return Severity.HINT if introduced else min(most, Severity.ORDINARY)

    def _of_title(self, slip: Slip, document: Document) -> Slip:
        """Return the slip with the name of the one near it who holds the title in front."""
        text, day, start = document.text, document.published_on, slip.span.start
        if slip.alone or day is None:
            return slip
        titles = self._lexicon.mentions(text, EntryKind.POST)
        posts = {title.entry.id for title in titles if title.span.end == start}
        offices = self._lexicon.offices
        holders = {
            near.name
            for near in self._lexicon.names.of(slip.span.of(text))
            if any(term.post in posts for term in offices.terms_of(near.name, day))
        }
        if len(holders) != 1 or slip.right in holders:
            return slip
        (name,) = holders
        return replace(slip, right=name, entry=self._people[name])

    def _told_by_place(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each name that acts, or stands in a list, as only a leader's does."""
        text, day = document.text, document.published_on
        if day is None:
            return
        for span in self._lexicon.actors(text):
            near = self._meant.actor(text, span, day)
            if near is not None and not is_of_ordinary_people(text, span):
                yield self._told(document, span, near, self._people[near.name])
        # Asked for together with the titles, which the next checkers ask for.
        found = self._lexicon.mentions(text, EntryKind.PERSON, EntryKind.POST)
        titles = [one for one in found if one.entry.kind is EntryKind.POST]
        mentions = longest_names(found)
        ranked = [one for one in mentions if self._is_ranked(one.entry.form, day)]
        for one in ranked:
            yield from self._written_again(document, one, titles)
        names = sorted(one.span for one in ranked)
        for span in gaps(text, names) if len(names) > 1 else ():
            near = self._meant.listed(text, span, day)
            if near is not None:
                yield self._told(document, span, near, self._people[near.name])

    def _written_again(
        self, document: Document, one: Mention, titles: Sequence[Mention]
    ) -> Iterator[Finding]:
        """Yield a finding where a leader's name stands twice, or the given name behind it."""
        name, end = one.entry.form, one.span.end
        full = len(name) >= _FULL_NAME
        written = (name, name[1:]) if full else (name,)  # 李某某调 goes on with 强调
        again = next((part for part in written if document.text.startswith(part, end)), "")
        # In a list without marks two of the same name of two characters may follow each other.
        if again and (full or any(title.span.end == one.span.start for title in titles)):
            span = Span(one.span.start, end + len(again))
            yield self._told(document, span, NearName(name, Edit.EXTRA), one.entry)

    def _is_ranked(self, name: str, day: date) -> bool:
        return self._lexicon.tables.protocol.ranked(name, day)

    def _told(self, document: Document, span: Span, near: NearName, entry: Entry) -> Finding:
        slip = Slip(entry, span, near.name, near.edit, _TOLD)
        return finding_of(slip, MISSPELT_NAME, document, sure=0.0)

    def _surnames_swallowed(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each verb that ends in the surname of the leader named behind it."""
        text = document.text
        for written, verb, name in self._swallowed:
            for start in places_of(written, text):
                span = Span(start, start + len(written))
                verb_alone = not start or text[start - 1] not in _END_WITH_STUDY
                if verb_alone and text.startswith(_AFTER_NAME, span.end):
                    yield self._swallowed_in(document, span, verb + name, name)

    def _swallowed_in(self, document: Document, span: Span, right: str, name: str) -> Finding:
        entry = self._people[name]
        severity = at_most(entry.level, entry.citation)
        wrong = span.of(document.text)
        return Finding(
            rule=MISSPELT_NAME,
            span=span,
            severity=Severity.HINT if about_errors(document, span) else severity,
            confidence=_CLEAR,
            message=f"{MISSPELT_NAME.title}：“{wrong}”少字，应为“{right}”",
            suggestions=(right,),
            basis=f"{MISSPELT_NAME.basis} {entry.id}（{entry.citation.text}）",
        )

    def _may_be_anybody(self, slip: Slip, document: Document) -> bool:
        """
        Tell whether a name without title or list in front may be an ordinary person's.

        With the surname and an unlike character that is one of given names, or near the name of
        one who is not in office on the day, or written so twice and the leader's nowhere.
        """
        text, start, day = document.text, slip.span.start, document.published_on
        offices, wrong = self._lexicon.offices, slip.span.of(text)
        if _is_split(slip, text):
            return False
        titles = self._lexicon.mentions(text, EntryKind.POST)
        if text[start - 1 : start] == "、" or any(title.span.end == start for title in titles):
            return False
        behind = {title.entry.id for title in titles if title.span.start == slip.span.end}
        if day is not None and any(one.post in behind for one in offices.terms_of(slip.right, day)):
            return False  # who is 总书记 is named in front of it
        if day is not None and _is_ranked(slip) and offices.terms_of(slip.right, day):
            return False
        strange = slip.free and slip.edit is Edit.WRONG
        if strange and wrong[0] == slip.right[0] and self._given.issuperset(wrong[1:]):
            return True
        if day is not None and slip.free and offices.known(slip.right):
            gone = not offices.terms_of(slip.right, day) and not _is_his_alone(slip, wrong)
            return gone or (text.count(wrong) > 1 and slip.right not in text)
        return text.count(wrong) > 1 and slip.right not in text

    def _most(self, slip: Slip, document: Document) -> Severity:
        """Return how grave a slip in a name without title can be: others have names, too."""
        name, day = slip.right, document.published_on
        offices = self._lexicon.offices
        # Of the founders no office is known; who left office is named in history and in print.
        at_hand = day is None or bool(offices.terms_of(name, day)) or not offices.known(name)
        if day is None and name not in self._lexicon.tables.top:
            return Severity.ORDINARY  # of a minister, and perhaps long ago
        if slip.listed and day is not None and offices.terms_of(name, day):
            return Severity.SERIOUS
        if slip.nobody and (at_hand or len(name) >= _FULL_NAME):
            return Severity.SERIOUS
        same_surname = document.text[slip.span.start] == name[0]
        if (slip.edit is Edit.SWAPPED or _is_split(slip, document.text)) and _is_unheard_of(slip):
            return Severity.SERIOUS  # who left office, too
        if len(name) >= _FULL_NAME:
            if at_hand:
                # Of a founder's name every second stranger in clean text is somebody's own.
                doubtful = slip.free and not offices.known(name)
                return Severity.ORDINARY if doubtful else Severity.SERIOUS
            # 王怡 and 李茜 are names; with another surname or a character more they are not.
            likely = slip.edit is Edit.WRONG and same_surname
            return Severity.HINT if likely else Severity.ORDINARY
        if slip.edit is Edit.SWAPPED and at_hand:
            return Severity.SERIOUS  # 强李 is no name
        # Doubled or with a rare character it is hardly anybody's: none in 80 million characters.
        odd = slip.edit is Edit.EXTRA or any(map(is_rare, slip.span.of(document.text)))
        if odd and at_hand and not slip.free and slip.confidence > _CLEAR:
            return Severity.SERIOUS
        if slip.edit is Edit.EXTRA or not same_surname:
            return Severity.ORDINARY
        return Severity.ORDINARY if slip.confidence > _CLEAR and not slip.free else Severity.HINT


def _is_listed(slip: Slip, text: str) -> bool:
    return slip.listed or _LISTS in (
        text[slip.span.start - 1 : slip.span.start],
        text[slip.span.end :][:1],
    )


def _sentence(slip: Slip, text: str) -> str:
    return sentence_around(text, slip.span).of(text)


def _is_ranked(slip: Slip) -> bool:
    """Tell whether a name of three with a rank behind it is one that no text has: 习信某主席."""
    return _is_unheard_of(slip) and not slip.alone


def _is_split(slip: Slip, text: str) -> bool:
    """Tell whether a mark stands inside a name: 李，某某."""
    return slip.edit is Edit.EXTRA and not all(map(is_han, slip.span.of(text)))


def _is_unheard_of(slip: Slip) -> bool:
    """Tell whether no text has what a sure slip makes of a name of three."""
    sure = slip.confidence >= _BEYOND_DOUBT and slip.gain >= _GAIN_OF_NAME and slip.unseen == 1
    return sure and len(slip.right) == _FULL_NAME


def _is_his_alone(slip: Slip, wrong: str) -> bool:
    """Tell whether nobody can have a name, but for a leader of that surname: 胡铂某."""
    same_surname = wrong[0] == slip.right[0] and len(wrong) == _FULL_NAME
    return same_surname and slip.nobody and slip.unfit and slip.confidence > _CLEAR


def _is_somebody_else(text: str, span: Span) -> bool:
    """Tell whether the words beside a name say that it is a villager's, or a village's."""
    return text.startswith(_PLACES, span.end) or is_of_ordinary_people(text, span)
