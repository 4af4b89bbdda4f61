"""What the models find that no list holds: characters wrong, too many, missing, swapped."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Protocol

from textcheck.checkers.slip import about_errors
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.entry import EntryKind
from textcheck.lexicon.lexicon import Lexicon, Mention
from textcheck.model.proposals import Kind, Proposal
from textcheck.model.thresholds import Threshold
from textcheck.slips.case import NUMERALS
from textcheck.text.fold import fold
from textcheck.text.sentences import sentence_around
from textcheck.text.words import dictionary_words, tagged_words

__all__ = ["LearnedChecker", "Proposer"]

_JUDGE, _DETECTOR = "models/language", "models/detector"
_BASIS = f"{_JUDGE}、{_DETECTOR}"
WRONG = Rule("MDL001", Severity.ORDINARY, "疑似错字", _BASIS)
EXTRA = Rule("MDL002", Severity.ORDINARY, "疑似多字", _BASIS)
MISSING = Rule("MDL003", Severity.ORDINARY, "疑似缺字", _BASIS)
SWAPPED = Rule("MDL004", Severity.ORDINARY, "疑似字序颠倒", _BASIS)

_RULES = {
    Kind.WRONG: WRONG,
    Kind.EXTRA: EXTRA,
    Kind.MISSING: MISSING,
    Kind.SWAPPED: SWAPPED,
    Kind.WORDS: SWAPPED,
}
_PEOPLE = frozenset({"nr", "nrt", "nrfg"})  # as the tagger of jieba calls names
_OF_PEOPLE = frozenset({EntryKind.PERSON, EntryKind.POST})
_DIGITS = frozenset("零〇一二三四五六七八九十百千万两")
# Of what jieba takes for names many are words gone wrong: 卫护, 康震. What gains so much by
# becoming a word is no name, and no number by becoming none.
_SURE = 15.0  # nats
# Coined words stand in quotation marks, “海石杯”, and names that one writer invents. Of what gains
# 20 nats and is found one of twenty false alarms is there, and one of thirty slips.
_SURE_IN_QUOTES = 20.0
_OPENING, _CLOSING = "“‘《〈「『", "”’》〉」』"
_QUOTED = 12  # characters of a name or a saying in quotation marks; a longer quotation is a text


class Proposer(Protocol):
    """What proposes: textcheck.model.proofread.Proofreader."""

    def begin(self, text: str) -> None:
        """Begin to read a text whose proposals are asked later."""
        ...

    def proposals(self, text: str, article: str = "", /) -> list[Proposal]:
        """
        Return what is likely wrong in a text, in text order; spans do not overlap.

        `article` is what the text is a part of, if it is not the whole.
        """
        ...


class LearnedChecker:
    """
    MDL001 to MDL004: a character that is likely wrong, too many, missing, or swapped with the next.

    The lexicon has the last word: what it holds to be right is not touched; nor are names, numbers,
    titles of works and short quotations, but where much is gained; a name or a title is never
    proposed. Serious is only what becomes a grave form of the lexicon when it is put right.
    """

    def __init__(
        self, lexicon: Lexicon, proposer: Proposer, thresholds: Mapping[Kind, Threshold]
    ) -> None:
        """Keep the lexicon, the models, and what is told of their scores."""
        self._lexicon = lexicon
        self._proposer = proposer
        self._thresholds = thresholds

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return all rules."""
        return tuple(dict.fromkeys(_RULES.values()))

    def look_through(self, documents: Sequence[Document]) -> None:
        """Have the first document read while the rules are at it, with all that is loaded first."""
        self._proposer.begin(fold(documents[0].text) if documents else "")

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each proposal that is likely enough and that the lexicon allows."""
        for proposal in self._proposer.proposals(fold(document.text)):
            threshold = self._thresholds[proposal.kind]
            # The score first: most proposals are too unlikely to ask the lexicon about.
            if proposal.score >= threshold.hint and self._allows(document.text, proposal):
                yield self._finding(document, proposal, threshold)

    def allowed(self, text: str, article: str = "") -> Iterator[Proposal]:
        """
        Yield the proposals for a text, however unlikely, that touch nothing that is right.

        `article` is what the text is a part of, if it is not the whole.
        """
        found = self._proposer.proposals(fold(text), fold(article))
        return (one for one in found if self._allows(text, one))

    def _allows(self, text: str, proposal: Proposal) -> bool:
        folded = fold(text)
        return not (
            _is_number(folded, proposal)
            or (proposal.gain < _SURE_IN_QUOTES and _is_quoted(folded, proposal.span))
            or self._is_lawful(folded, proposal)
            or self._is_name(folded, proposal)
        )

    def _is_lawful(self, text: str, proposal: Proposal) -> bool:
        """Tell whether a proposal would change a form that the lexicon holds to be right."""
        if proposal.kind is Kind.MISSING:  # what stands before a form does not change it
            return self._lexicon.is_lawful_across(text, proposal.span.start)
        if proposal.kind is Kind.EXTRA:
            return all(map(partial(self._lexicon.is_lawful, text), _alike(text, proposal.span)))
        return self._lexicon.is_lawful(text, proposal.span)

    def _is_name(self, text: str, proposal: Proposal) -> bool:
        """Tell whether a proposal touches somebody's name, or would write a name or a title."""
        sentence = sentence_around(text, proposal.span)
        if _changes_name(sentence, text, proposal) and not _is_sure(sentence, text, proposal):
            return True
        return any(
            mention.entry.kind in _OF_PEOPLE for mention in self._made(sentence, text, proposal)
        )

    def _made(self, sentence: Span, text: str, proposal: Proposal) -> Sequence[Mention]:
        """Return the forms of the lexicon that a sentence has where a proposal is taken."""
        mended, start, end = _mended(sentence, text, proposal)
        return [
            mention
            for mention in self._lexicon.mentions(mended)
            if mention.span.start < end and start < mention.span.end
        ]

    def _finding(self, document: Document, proposal: Proposal, threshold: Threshold) -> Finding:
        rule, made_by = _RULES[proposal.kind], _DETECTOR if proposal.signals else _JUDGE
        wrong = proposal.span.of(document.text)
        told = "" if proposal.right is None else _told(proposal, wrong)
        severity = Severity.HINT
        if proposal.score >= threshold.ordinary and proposal.right is not None:
            severity = self._severity(document, proposal)
        return Finding(
            rule=rule,
            span=proposal.span,
            severity=severity,
            confidence=threshold.confidence(proposal.score),
            message=f"{rule.title}：“{wrong}”{told}",
            suggestions=() if proposal.right is None else (proposal.right,),
            basis=f"{made_by} 得分 {proposal.score:.2f}",
        )

    def _severity(self, document: Document, proposal: Proposal) -> Severity:
        """Return how bad it is: serious only where a grave form of the lexicon was meant."""
        if about_errors(document, proposal.span):
            return Severity.HINT
        text = fold(document.text)
        sentence = sentence_around(text, proposal.span)
        grave = any(
            mention.entry.level is Severity.SERIOUS and mention.entry.citation.verified
            for mention in self._made(sentence, text, proposal)
        )
        return Severity.SERIOUS if grave else Severity.ORDINARY


def _mended(sentence: Span, text: str, proposal: Proposal) -> tuple[str, int, int]:
    """Return a sentence in which a proposal is taken, and the place of what was written."""
    right, span = proposal.right or "", proposal.span
    start = span.start - sentence.start
    mended = text[sentence.start : span.start] + right + text[span.end : sentence.end]
    return mended, start, start + max(1, len(right))


def _names_in(sentence: str) -> Iterator[Span]:
    """Yield what jieba takes for the names of people."""
    return (word for word, tag in tagged_words(sentence) if tag in _PEOPLE)


def _changes_name(sentence: Span, text: str, proposal: Proposal) -> bool:
    """Tell whether a proposal would change what jieba takes for somebody's name."""
    low, high = proposal.span.start - sentence.start, proposal.span.end - sentence.start
    if proposal.kind is Kind.MISSING:
        # What stands before a name does not change it: 中国智慧, where 智慧 is taken for one.
        return any(name.start < low < name.end for name in _names_in(sentence.of(text)))
    return any(name.start < high and low < name.end for name in _names_in(sentence.of(text)))


def _is_sure(sentence: Span, text: str, proposal: Proposal) -> bool:
    """Tell whether what looks like a name gains much by becoming a word that is none."""
    if proposal.gain < _SURE or not proposal.right:
        return False
    mended, start, end = _mended(sentence, text, proposal)
    if any(name.start < end and start < name.end for name in _names_in(mended)):
        return False
    return any(
        len(word) > 1 and word.start < end and start < word.stop
        for word in dictionary_words(mended)
    )


def _told(proposal: Proposal, wrong: str) -> str:
    if proposal.kind is Kind.EXTRA:
        return "，疑应删去"
    if proposal.kind is Kind.MISSING:
        return f"前疑缺“{(proposal.right or '').removesuffix(wrong)}”"
    return f"，疑应为“{proposal.right}”"


def _is_number(text: str, proposal: Proposal) -> bool:
    """
    Tell whether a number would become another: nobody can tell 二 from 三 by the words.

    A character that is none may well be meant for one, 耳级 for 二级; one that is, for another that
    is none where much is gained, 1月1百 for 1月1日.
    """
    old, new = proposal.span.of(text), proposal.right or ""
    if proposal.kind is Kind.SWAPPED:
        return False
    if proposal.kind is Kind.MISSING:
        return bool({*new.removesuffix(old)} & NUMERALS)
    if proposal.kind is not Kind.WRONG:
        return bool({*old, *new} & NUMERALS)
    changed = [pair for pair in zip(old, new, strict=False) if len({*pair}) > 1]
    sure = proposal.gain >= _SURE
    return any((one in _DIGITS and not sure) or {one, other} <= NUMERALS for one, other in changed)


def _alike(text: str, span: Span) -> list[Span]:
    """
    Return the places without which the text would be the same, that one among them.

    >>> [place.start for place in _alike("到乡乡村", Span(2, 3))]
    [1, 2]
    """
    size = span.end - span.start
    first = last = span.start
    while first > 0 and text[first - 1] == text[first - 1 + size]:
        first -= 1
    while last + size < len(text) and text[last] == text[last + size]:
        last += 1
    return [Span(at, at + size) for at in range(first, last + 1)]


def _is_quoted(text: str, span: Span) -> bool:
    """Tell whether a place lies in a short quotation or a title of a work."""
    before = text[max(0, span.start - _QUOTED) : span.start]
    behind = text[span.end : span.end + _QUOTED]
    opened = max(map(before.rfind, _OPENING))
    closed = min((at for mark in _CLOSING if (at := behind.find(mark)) >= 0), default=-1)
    return opened > max(map(before.rfind, _CLOSING)) and closed >= 0
