"""Names of the peoples of the country with a slip in them, and how many peoples there are."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from textcheck.checkers.slip import about_errors, at_most, finding_of
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.entry import Entry, EntryKind
from textcheck.knowledge.peoples import LAST, PEOPLES
from textcheck.lexicon.lexicon import Lexicon
from textcheck.matching.fuzzy import Edit
from textcheck.slips.case import NUMERALS
from textcheck.slips.slips import Slip
from textcheck.text.dates import number_of, numeral
from textcheck.text.han import is_han
from textcheck.text.sentences import sentence_around
from textcheck.text.words import dictionary_words, made_up_of_others

__all__ = ["PeopleChecker"]

_TABLE = "lexicons/peoples.tsv"
DAMAGED_PEOPLE = Rule("TER904", Severity.SERIOUS, "民族名称有误", _TABLE)
WRONG_COUNT = Rule("TER905", Severity.ORDINARY, "我国民族的数目有误", _TABLE)

# Words of their own: 传承至家族, 朝鲜贵族, 蒙古语族.
_KIN = ("家族", "民族", "部族", "氏族", "宗族", "贵族", "语族")
_CONFIDENCE, _FAIRLY = 0.95, 0.9
_JOINS = frozenset("、和与及")
# What stands behind the name of a people, and hardly behind 上班族 and the like.
_BEHIND = re.compile(
    "群众|同胞|村民|牧民|山民|乡亲|老乡|姑娘|小伙|阿妹|绣娘|妇女|儿女|人民|干部|聚居|村寨|山寨|苗寨|"
    "山歌|大歌|民歌|刺绣|服饰|银饰|织锦|歌舞|民俗|风情|乡(?!镇)"
)
_RECORD, _COMMAS = re.compile("[男女][，、,]"), frozenset("，,")  # 男，回族，1970年生
_BANNER = "旗"  # 鄂温克旗 is short for a county
_BEFORE = frozenset("的有是为在对向和与及等把被让给以由从")
# Elsewhere live others, called much the same: 岱族, 掸族.
_ABROAD = re.compile(
    "越南|缅甸|老挝|泰国|柬埔寨|马来|印度|印尼|菲律宾|朝鲜半岛|日本|俄罗斯联邦|非洲|欧洲|美洲|"
    "古代|历史上|朝代|[秦汉隋唐宋元明清]代|[秦汉隋唐宋元明清]朝|史书|史记|部落"
)
_NUMBER = re.compile(r"(?<![\d.第])(\d{1,3}|[一二三四五六七八九十]{1,3})$")
_REACH = 4
_OURS = re.compile("(?:我国|中国|全国|祖国|中华|我们|各族|神州|新中国)[^，。；！？\n]{0,8}$")
_PART = re.compile("除|其他|其余|另外|别的|省|市|州|县|自治区|来自|有自己|人口较少|余|多$")
_WHOLE = re.compile(
    "[，、的]?(?:像|如同?|好比)?(?:石榴籽|一?个?大家庭|是?一家|亲如一家|兄弟姐妹|同呼吸|手足|心连心|紧紧|共同|"
    "携手|团结(?!进步)|一起|儿女|都|的?(?:人民|同胞|儿女|群众|代表|兄弟|中华儿女|少年儿童)|组成|[，。！？、；]|$)"
)
_LEAST, _MOST = 50, 60  # of a number that differs more something else is counted


class PeopleChecker:
    """
    TER904: the name of a people with a character wrong, missing, extra or swapped: 傈粟族.

    Of names of two characters, 回簇, only where another people stands beside it or what only
    peoples have behind it. TER905: another number than the country has peoples: 57个民族.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon
        self._peoples = lexicon.tables.peoples
        self._meant_by: dict[str, Entry | None] = {}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return all rules."""
        return (DAMAGED_PEOPLE, WRONG_COUNT)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each damaged name, and for each wrong number of peoples."""
        text = document.text
        for slip in self._lexicon.slips(text, EntryKind.PEOPLE):
            if self._speaks_of_people(slip, text):
                yield self._weighed(slip, document)
        for number, start, end in self._lexicon.standing(text, PEOPLES):
            if self._peoples.is_count(number):
                yield from self._miscounted(document, Span(start, end))
            else:
                entry = self._peoples.short[text[start]]
                yield from self._short_name(document, Span(start, end), entry)
        at = text.find(LAST, 1)
        while at > 0:
            if (meant := self._meant(text[at - 1])) is not None:
                yield from self._short_name(document, Span(at - 1, at + 1), meant)
            at = text.find(LAST, at + 1)

    @cached_property
    def _misnamed(self) -> frozenset[str]:
        """Return what is no name of a people; another rule tells of it."""
        rows = self._lexicon.tables.cautions.rows
        return frozenset(form for row in rows if row.table == _TABLE for form in row.avoid)

    def _speaks_of_people(self, slip: Slip, text: str) -> bool:
        """Tell whether a near miss is no other word: 土司家族, 鄂温克|旗, 俄罗斯|旅游."""
        wrong, right = slip.span.of(text), slip.right
        if wrong in self._misnamed:
            return False
        if not right.endswith(LAST):
            return not slip.free and self._is_told(text, slip.span)
        if wrong.endswith(LAST):
            named = wrong[-2] != right[-2] and wrong[-2] in self._peoples.short  # 怀德满族
            if wrong.endswith(_KIN):
                return not slip.free and self._is_told(text, slip.span)
            return not (slip.free and named)
        if slip.edit is Edit.MISSING:
            return False
        if slip.edit is Edit.WRONG and not self._like(wrong[-1], LAST):
            return False  # any word may follow what is left: 布依|竹鼓舞
        return wrong[-1] != _BANNER and not made_up_of_others(text, slip.span.start, slip.span.end)

    def _weighed(self, slip: Slip, document: Document) -> Finding:
        """Return a finding, serious only where the whole name is meant: 维吾儿 is a part of it."""
        finding = finding_of(slip, DAMAGED_PEOPLE, document)
        most = Severity.SERIOUS if slip.right.endswith(LAST) else Severity.ORDINARY
        return replace(finding, severity=min(finding.severity, most))

    def _like(self, one: str, other: str) -> bool:
        """Tell whether two characters sound the same or look alike."""
        tables = self._lexicon.tables
        return tables.sounds.same(one, other) or tables.shapes.alike(one, other)

    def _meant(self, character: str) -> Entry | None:
        """Return whose short name is meant by another character before 族: 洞族, 颇族."""
        if character not in self._meant_by:
            self._meant_by[character] = self._nearest(character)
        return self._meant_by[character]

    def _nearest(self, character: str) -> Entry | None:
        peoples, tables = self._peoples, self._lexicon.tables
        if _is_word(character + LAST) or character in NUMERALS or not is_han(character):
            return None
        if character in peoples.cut:
            return peoples.cut[character]
        if any(one.form[-2] == character for one in peoples.entries):
            return None
        like = {
            one: tables.sounds.near(character, one) + tables.shapes.alike(character, one)
            for one in peoples.short
        }
        nearest = max(like, key=lambda one: like[one])
        return peoples.short[nearest] if like[nearest] else None

    def _short_name(self, document: Document, span: Span, entry: Entry) -> Iterator[Finding]:
        """Yield a finding where a people is meant by a name of two characters."""
        text = document.text
        beside = self._beside_people(text, span)
        if not beside and _BEHIND.match(text, span.end) is None:
            return
        cut = len(entry.form) > len(span.of(text))
        before = text[span.start - 1 : span.start]
        if cut and is_han(before) and before not in _BEFORE and not beside:
            return
        if cut and self._lexicon.is_lawful(text, span):
            return
        if span.of(text) in self._misnamed or made_up_of_others(text, span.start, span.end):
            return
        if _ABROAD.search(sentence_around(text, span).of(text)) is not None:
            return
        wrong = span.of(text)
        sounds = self._lexicon.tables.sounds
        sure = beside or (not cut and all(map(sounds.same, wrong[0], entry.form[0])))
        severity = at_most(entry.level if sure else Severity.ORDINARY, entry.citation)
        yield Finding(
            rule=DAMAGED_PEOPLE,
            span=span,
            severity=Severity.HINT if about_errors(document, span) else severity,
            confidence=_CONFIDENCE if sure else _FAIRLY,
            message=f"{DAMAGED_PEOPLE.title}：“{wrong}”应为“{entry.form}”",
            suggestions=(entry.form,),
            basis=f"{_TABLE} {entry.id}“{entry.form}”（{entry.citation.text}）",
        )

    def _is_told(self, text: str, span: Span) -> bool:
        """Tell whether what stands beside a place tells that it names a people."""
        return _BEHIND.match(text, span.end) is not None or self._beside_people(text, span)

    def _beside_people(self, text: str, span: Span) -> bool:
        """Tell whether a people is named right before or behind, or who somebody is: 男，回簇，."""
        start, end = span.start, span.end
        if _RECORD.fullmatch(text, max(0, start - 2), start) and text[end : end + 1] in _COMMAS:
            return True
        start -= text[start - 1 : start] in _JOINS
        end += text[end : end + 1] in _JOINS
        named = self._lexicon.mentions(text, EntryKind.PEOPLE)
        return any(one.span.end == start or one.span.start == end for one in named)

    def _miscounted(self, document: Document, counted: Span) -> Iterator[Finding]:
        """Yield a finding for another number of peoples than the country has."""
        text = document.text
        number = _NUMBER.search(text, max(0, counted.start - _REACH), counted.start)
        if number is None:
            return
        total, told = self._peoples.total(counted.of(text)), number_of(number[1])
        if told == total or not _LEAST <= told <= _MOST:
            return
        sentence = sentence_around(text, counted)
        ahead = text[max(sentence.start, number.start() - 12) : number.start()]
        if _PART.search(ahead) or not _WHOLE.match(text, counted.end):
            return
        if _ABROAD.search(sentence.of(text)):
            return
        ours = _OURS.search(ahead) is not None
        span = Span(number.start(), counted.end)
        right = str(total) if number[1].isdecimal() else numeral(total)
        right += counted.of(text)
        unlikely = not ours or told < total == len(self._peoples.entries)
        yield Finding(
            rule=WRONG_COUNT,
            span=span,
            severity=Severity.HINT
            if unlikely or about_errors(document, span)
            else Severity.ORDINARY,
            confidence=_FAIRLY,
            message=f"{WRONG_COUNT.title}：“{span.of(text)}”应为“{right}”",
            suggestions=(right,),
            basis=f"{_TABLE}（{len(self._peoples.entries)}个民族）",
        )


def _is_word(text: str) -> bool:
    return len(dictionary_words(text)) == 1
