"""Which leader in office a writing near several names is meant for."""

import re
from collections.abc import Iterable
from datetime import date

from textcheck.document import Span
from textcheck.knowledge.protect import RANKS
from textcheck.lexicon.lexicon import Lexicon
from textcheck.matching.fuzzy import Edit
from textcheck.slips.actors import RANKS_END, acts_at
from textcheck.slips.near_names import NearName
from textcheck.text.han import is_rare
from textcheck.text.lines import hard_wrapped
from textcheck.text.sentences import sentence_around
from textcheck.text.words import dictionary_words

__all__ = ["Meant"]

# Words of one character beside names and verbs: 正 of 他正在 is no given name.
_WORDS = frozenset(
    "他她它我你这那并也与同在向是对将以应当就又等和从但而或都且因由为比于之所其仍已还被把让使正刚再要会能可说着了过不"
)
# 韩方, 乌军: whose statements news quote, and 张某.
_SIDES = frozenset("方媒军共国队警府院党某族总")
_PARTICLES = frozenset("在同对向与就还")
_AROUND = 6
_STRANGER = 2
_COMRADE = "同志"
_APPOINTED = ("任", "不再", "兼", "挂职", "担任", "为", "提名")
# What leaders speak of: in 9 million characters of general news, one sentence at a time, two people
# of another name were then taken for a leader.
_STATE = re.compile(
    "中国|我国|人民代表大会|人民民主|中方|两国|各国|双边|外交|访[^，。]{1,3}期间|国家|全国|中央|国务院|总书记|主席|人大|政协|全会|代表团"
    "|政府工作报告|十[三四五六]五|五年规划|高质量|新时代|一带一路|改革|关系|会谈|会见|强调|指出，要"
    "|中[美俄英法德日韩欧非]|联组会|民主党派|工商联|首相|总统|听取[^，。]{2,24}汇报"
)
# What news tells of leaders only.
_LEADS = (
    "勉励", "详细了解", "饶有兴致", "亲切", "在听取", "主持召开", "接见", "看望慰问", "乘专机",
    "同当地", "首先来到", "还了解", "还考察", "还察看", "还看望", "还会见", "还出席",
)  # fmt: skip
_CAME = ("等陪同", "等出席", "等参加", "等领导")
_MEETS = re.compile("[同与][^，。；、]{1,20}?(?:会谈|会见|会晤|通电话)")  # 同某某举行会谈
_SHORT = 2
_JOINTS = "、和兼"
_SAYS = ("说，", "说：")


class Meant:
    """Tells who was meant, from the day's offices, the rest of the text and the slip itself."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon
        self._names = lexicon.names
        self._order = {name: place for place, name in enumerate(lexicon.tables.top)}

    def actor(self, text: str, span: Span, day: date) -> NearName | None:
        """Return the leader meant by one who acts, None where it may be another person or none."""
        wrong = span.of(text)
        if broken := self._names.broken(wrong):
            known = self._in_office(broken, day) and broken in self._order
            wrapped = "\n" in wrong and hard_wrapped(text)
            return NearName(broken, Edit.EXTRA) if known and not wrapped else None
        likely = [near for near in self._names.of(wrong) if self._in_office(near.name, day)]
        if text.endswith(RANKS_END, 0, span.start):
            return self._of_rank(likely, text, span, day)  # 副处长某某 may be anybody
        if doubled := [near for near in likely if near.doubled]:
            return self._best(doubled, text)
        side = len(wrong) == _SHORT and wrong[-1] in _SIDES
        if not side and (his := [near for near in likely if self._is_only_his(wrong, near)]):
            return self._best(his, text)
        # Who is named several times has been introduced, or is called so.
        if side or text.count(wrong) > 1 or self._is_text(text, span):
            return None
        if text.startswith(_COMRADE, span.end):
            if text.startswith(_APPOINTED, span.end + len(_COMRADE)):
                return None
            likely = [near for near in likely if near.edit is not Edit.MISSING]
        strange = self._may_be_unlike(text, span)
        fitting = (
            near
            for near in likely
            if _fits(wrong, near, strange=strange and self._is_clear(near.name, day))
        )
        near = self._best(fitting, text)
        return near if near is not None and self._is_meant(near, text, span, day) else None

    def _of_rank(
        self, likely: Iterable[NearName], text: str, span: Span, day: date
    ) -> NearName | None:
        """
        Return who holds a post of the rank in front, of a body that the sentence names before it.

        商务部部长王文 is one of three characters cut short. Of a name of two a character may be
        unlike only where nobody is called so.
        """
        before = text[sentence_around(text, span).start : span.start]
        wrong, posts = span.of(text), self._lexicon.tables.posts
        strange = self._may_be_unlike(text, span)
        if wrong in self._names or _goes_on(text, span):
            return None
        holders = [
            near
            for near in likely
            if _fits(wrong, near, strange=strange or len(near.name) > _SHORT)
            and any(
                _is_named(form, before)
                for term in self._lexicon.offices.terms_of(near.name, day)
                for form in posts[term.post].forms
            )
        ]
        return self._best(holders, text)

    def _is_meant(self, near: NearName, text: str, span: Span, day: date) -> bool:
        """
        Tell whether a sentence means a leader, if it is cut out of its article.

        Then it may name anybody without introducing him.
        """
        wrong = span.of(text)
        clear = near.unlike < _STRANGER or wrong[0] != near.name[0] or len(wrong) > _SHORT
        if near.name in text or (clear and self._is_nobody(wrong)):
            return True
        somebody = near.edit is Edit.WRONG and not self._is_clear(near.name, day)
        return _of_state(text, span) and not somebody

    def listed(self, text: str, span: Span, day: date) -> NearName | None:
        """Return the leader meant beside others of a list, if it can be nobody else."""
        wrong = span.of(text)
        marked = text[span.start - 1 : span.start] == "、"
        if wrong in self._names or (marked and self._is_text(text, span)):
            return None
        strange = self._may_be_unlike(text, span)
        ranked = (near for near in self._names.of(wrong) if self._is_ranked(near.name, day))
        # A leader who stands in the list is not meant a second time: 王文x、王文y.
        listed = sentence_around(text, span).of(text)
        ranked = (near for near in ranked if near.name not in listed)
        return self._best((near for near in ranked if _fits(wrong, near, strange=strange)), text)

    def _is_only_his(self, wrong: str, near: NearName) -> bool:
        """Tell whether a writing has what hardly anybody is called by but a leader: 习某."""
        kept = wrong[0] == near.name[0] and self._lexicon.tables.naming.is_seldom(wrong[0])
        return kept and near.edit is Edit.MISSING and near.name in self._order

    def _is_clear(self, name: str, day: date) -> bool:
        """Tell whether so much is left of a name with any character wrong that it is his."""
        return len(name) > _SHORT or self._is_ranked(name, day)

    def _is_ranked(self, name: str, day: date) -> bool:
        return self._lexicon.tables.protocol.ranked(name, day)

    def _in_office(self, name: str, day: date) -> bool:
        return bool(self._lexicon.offices.terms_of(name, day))

    def _is_text(self, text: str, span: Span) -> bool:
        """Tell whether the dictionary, or a form that is right, has the place or a part of it."""
        low = max(0, span.start - _AROUND)
        for word in dictionary_words(text[low : span.end + _AROUND], low):
            over = word.start < span.end < word.stop
            # 某整|表示 is not 某|整表示, but 来华访问 is a word.
            over &= word.start <= span.start or not self._is_act(text, span.end)
            across = word.start < span.start < word.stop or over
            exact = word == range(span.start, span.end)
            # Of three characters it is a name: 李大强 is in the dictionary.
            if across or (exact and len(word) == _SHORT):
                return True
        # Of three characters two may be somebody's name: 李中 in 李中强.
        short = span.end - span.start == _SHORT
        return short and self._lexicon.is_lawful_across(text, span.start + 1)

    @staticmethod
    def _is_act(text: str, place: int) -> bool:
        """Tell whether a verb of what leaders do stands there as a word of its own."""
        if text.startswith(_SAYS, place):
            return True
        verb = dictionary_words(text[place : place + _AROUND])[0] if text[place:] else ()
        return len(verb) >= _SHORT and acts_at(text, place)

    def _may_be_unlike(self, text: str, span: Span) -> bool:
        """Tell whether no person is called so, so that any character may be the wrong one."""
        wrong = span.of(text)
        particle = text[span.end : span.end + 1] in _PARTICLES and not acts_at(text, span.end)
        if particle and not _MEETS.match(text, span.end):
            return False
        return self._is_nobody(wrong) or any(map(is_rare, wrong))

    def _is_nobody(self, wrong: str) -> bool:
        return not self._lexicon.tables.naming.likely(wrong)

    def _best(self, likely: Iterable[NearName], text: str) -> NearName | None:
        """Return the leader whom the text names elsewhere, else the likeliest slip."""
        return min(
            likely,
            key=lambda near: (
                near.name not in text,
                not near.doubled and near.edit is not Edit.SWAPPED,
                near.unlike == _STRANGER,
                self._order.get(near.name, len(self._order)),
                near.unlike,
                near.edit is Edit.MISSING,
                near.name,
            ),
            default=None,
        )


def _goes_on(text: str, span: Span) -> bool:
    """Tell whether a word reaches over the end of a place: 韩某某|在 where 正在 stands behind."""
    low = max(0, span.start - _AROUND)
    words = dictionary_words(text[low : span.end + _AROUND], low)
    return any(word.start < span.end < word.stop for word in words)


def _is_named(title: str, before: str) -> bool:
    """Tell whether a title, or the body and later its rank, stands in front: 某部书记、部长."""
    rank = next((rank for rank in RANKS if title.endswith(rank)), title)
    joined = before.endswith(tuple(joint + rank for joint in _JOINTS))
    return before.endswith(title) or (joined and title.removesuffix(rank) in before)


def _of_state(text: str, span: Span) -> bool:
    """Tell whether the sentence speaks of what leaders do and speak of, or lists who came along."""
    return (
        text.startswith((*_CAME, *_LEADS), span.end)
        or _STATE.search(sentence_around(text, span).of(text)) is not None
    )


def _fits(wrong: str, near: NearName, *, strange: bool) -> bool:
    """Tell whether a slip is one, not a word beside a name or another person's name."""
    if near.edit is not Edit.WRONG:
        return True
    pairs = zip(wrong, near.name, strict=True)
    if any(one != other and one in _WORDS for one, other in pairs):
        return near.unlike == 0 and (strange or len(wrong) > _SHORT)
    return strange or near.unlike < _STRANGER
