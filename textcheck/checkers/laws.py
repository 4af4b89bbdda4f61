"""Titles of laws and other rules in 《》: slips, laws out of force, laws not passed yet."""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from textcheck.checkers.slip import about_errors, at_most
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.laws import Law, NearLaw, Written
from textcheck.lexicon.lexicon import Lexicon
from textcheck.matching.edits import Change
from textcheck.text.han import is_rare
from textcheck.text.lines import hard_wrapped
from textcheck.text.sentences import sentence_around
from textcheck.text.words import dictionary_words

__all__ = ["LawChecker"]

_TABLE = "lexicons/laws.tsv"
DAMAGED_TITLE = Rule("LAW601", Severity.ORDINARY, "法律法规和文件名称有误", _TABLE)
OUT_OF_FORCE = Rule("LAW602", Severity.ORDINARY, "法律法规已经废止", _TABLE)
RENAMED = Rule("LAW603", Severity.ORDINARY, "法律法规已有新的名称", _TABLE)
NOT_YET_PASSED = Rule("LAW604", Severity.ORDINARY, "法律法规尚未公布", _TABLE)

# Of 45,000 titles in news and reports two are flagged, both slips: surer than what stands in them.
_SURE = 0.99
_CONFIDENCE = 0.9
_TITLE = re.compile("《([^《》\n]{1,60}(?:\n[^《》\n]{1,60})?)》")
_SHORTEST, _LONGEST = 3, 60
# Works end in other words: of the titles that are in no table these are one in three.
_ENDS = frozenset("法例定则程细见知案划纲约章议释准报言告南引度范录典书规条办意通方决公解标制规")
_GENRE = 3  # characters at the end that tell of what kind a text is
_COUNTRY = "中华人民共和国"
_KIND = re.compile(
    "(?:基本法|法典|法|条例|规定|办法|准则|规则|章程|细则|决定|意见|通知|方案|规划|纲要|公约|宪章|协定|条约|"
    "解释|通则|总则|决议|标准|计划|公报|通告|公告|宣言|指南|指引|制度|规程|规范|目录|协议|规约|法案|建议)$"
)
_REGION = re.compile(
    "^.{1,6}?(?:自治区|自治州|自治县|经济特区|省|市|县|区|州|盟|旗|(?<!贸易)港)(?!市)"
)
_COUNTRIES = re.compile(
    "(?:协定|条约|公约|宣言|联合声明|议定书)$|^(?:中[^外国央]|[^外国央]中)(?:合作|关系)"
)
_NUMERALS = re.compile("[0-9A-Za-z零〇一二三四五六七八九十百第上下东南西北甲乙丙丁年度-]")
_COUNTED = re.compile("[0-9零〇一二三四五六七八九十百第次届年期号卷批版个]")
_LIGHT = frozenset("的与和及或之等在对关于省市县区")
_BREAKS = "，,、\n"
_ISSUERS = ("国务院", "中央", "全国", "最高")
_LONGEST_LISTED = 24
_IN_PROSE = re.compile("[^\n]*[，。；]")
_SHORT, _LEAST_FREE, _LONG, _TWO_FREE = 3, 6, 8, 8
# What makes a title the ground of an act of today.
_GROUND = re.compile("根据|依据|依照|按照|遵照|违反|触犯|适用|符合|执行|落实|遵守|援引")
_RULE = re.compile(
    "》(?:的|中|等|有关|相关|、|和|及|《[^》]*》)*(?:规定|要求|第[一二三四五六七八九十百\\d]+条)"
)
_PAST = re.compile(
    "原|旧|曾|当时|时任|历史|废止|失效|废除|取代|替代|代替|修订|修改|修正|改为|颁布|出台|制定|通过|起草|草案|"
    "判决|判处|裁定|一审|二审|诉|合同签订|时效|统一为|整合|沿革|以前|之前|此前|以来|(?:19|20)\\d\\d|[一二三四五六七八九]十年代|编纂"
)
_IN_FORCE = re.compile(
    "》(?:的?(?:正式)?(?:施行|实施|生效|颁布|公布|出台)(?:以来|以后|后|了)|已(?:正式)?(?:施行|实施|生效))"
)
_BEING_MADE = re.compile("草案|立法|制定|起草|审议|征求意见|将|修订|拟|即将|推动|加快|计划|试点")


class LawChecker:
    """
    LAW601: a title in 《》 that is by a slip no known one; unknown titles are left alone.

    LAW602, LAW603: a law named as the ground of something after its end, where another has taken
    its place and its name. LAW604: a law said to be in force before it was passed.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the titles."""
        self._lexicon = lexicon
        self._laws = lexicon.tables.laws
        # Articles cite few laws again and again.
        self._read = lru_cache(4096)(self._look_up)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return all rules."""
        return (DAMAGED_TITLE, OUT_OF_FORCE, RENAMED, NOT_YET_PASSED)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each title that is wrong."""
        for match in _TITLE.finditer(document.text):
            if not _SHORTEST <= len(match[1]) <= _LONGEST:
                continue
            if "\n" in match[1] and not _goes_on(document.text, match.end()):
                continue
            laws, slip = self._read(match[1])
            span = Span(match.start(1), match.end(1))
            if slip is not None:
                yield _damaged(document, span, slip[0], slip[1])
            elif laws:
                yield from _untimely(document, span, laws)

    def _look_up(self, title: str) -> tuple[tuple[Law, ...], tuple[Law, str] | None]:
        """Return the laws with a title that have a date, or the one that it misses by a slip."""
        written = Written.of(title)
        if laws := self._laws.of(written):
            if (right := _without_marks(title, laws[0].form, laws[0].kind)) is not None:
                return (), (laws[0], right)
            dated = all(law.until or law.since for law in laws)
            return (tuple(laws) if dated else ()), None
        whole = title.startswith(_COUNTRY)
        likely = whole or not _ENDS.isdisjoint(written.core[-_GENRE:])
        for near in self._laws.near(written) if likely or len(written.core) >= _LEAST_FREE else ():
            if (
                self._is_slip(written, near, whole=whole)
                if likely
                else self._is_genre(written.core, near)
            ):
                return (), (near.law, _mended(title, written, near.changes))
        if title.startswith(_COUNTRY) and (law := self._heard(written.core)):
            return (), (law, law.form)
        return (), None

    def _heard(self, core: str) -> Law | None:
        """Return the law of the country that sounds like a title and differs by a word: 检查法."""
        law_core, law = self._spoken.get(self._spelt(core), ("", None))
        differing = [place for place in range(len(law_core)) if core[place] != law_core[place]]
        a_word = len(differing) == 2 and differing[0] + 1 == differing[1]  # noqa: PLR2004
        return law if a_word else None

    @cached_property
    def _spoken(self) -> dict[str, tuple[str, Law]]:
        """Return the laws of the country by how they sound."""
        return {self._spelt(core): (core, law) for core, law in self._laws.whole()}

    def _spelt(self, core: str) -> str:
        return next(self._lexicon.tables.sounds.heard(core), "")

    def _is_genre(self, core: str, near: NearLaw) -> bool:
        """Tell whether a slip in the last word alone hides that a title is a law's: 建设刚要."""
        change = near.changes[0]
        within = len(near.changes) == 1 and change.start >= len(core) - _GENRE
        return within and not near.front and self._alike(core, change)

    def _is_slip(self, written: Written, near: NearLaw, *, whole: bool) -> bool:
        """Tell whether what differs is a slip, not another law by its sense."""
        core = written.core
        if near.front:
            return True
        kinds = _KIND.search(core), _KIND.search(near.core)
        if kinds[0] and kinds[1] and kinds[0][0] != kinds[1][0]:
            return False
        region = max(match.end() if (match := _REGION.match(text)) else 0
                     for text in (core, near.core))  # fmt: skip
        if near.law.kind != "national" and near.changes[0].start < region:
            return all(_slipped(core, change) for change in near.changes)
        if any(_another_number(core, change) for change in near.changes):
            return False
        first, last = near.changes[0], near.changes[-1]
        if first is not last and len(near.core) < _TWO_FREE:
            return all(
                self._alike(core, change) or _slipped(core, change) for change in near.changes
            )
        # Two in a row are most often a word: 管理规定, 管理暂行规定; so is a country in a treaty.
        a_word = first is not last and last.start == first.end
        a_country = _COUNTRIES.search(near.core) and first.start < _SHORT
        if a_word or a_country:
            return all(
                self._alike(core, change) or (_slipped(core, change) and not a_country)
                for change in near.changes
            )
        begins = written.at[0] == 0
        return all(
            self._is_firm(core, near, change, whole=whole, begins=begins) for change in near.changes
        )

    def _alike(self, core: str, change: Change) -> bool:
        wrong = core[change.start : change.end]
        if len(wrong) != 1 or len(change.right) != 1:
            return False
        tables = self._lexicon.tables
        return tables.sounds.near(wrong, change.right) or tables.shapes.alike(wrong, change.right)

    def _is_firm(
        self, core: str, near: NearLaw, change: Change, *, whole: bool, begins: bool
    ) -> bool:
        """
        Tell whether one difference can hardly be a choice of words.

        `begins` tells that the title begins with its core, so that a core cut short may be another.
        """
        wrong, size = core[change.start : change.end], len(near.core)
        if _slipped(core, change) or self._alike(core, change):
            return size > len("刑法")
        whole = whole and near.law.kind == "national"
        # 关于 may be left out, 关 never: it is half of 机关, 海关 or 有关.
        light = {*wrong, *change.right} <= _LIGHT and wrong + change.right != "关"
        if light or size < (_SHORT if whole else _LEAST_FREE):
            return False
        if len(wrong) == len(change.right):
            alone = is_rare(wrong) or not _in_word(core, change.start)
            return alone and (change.end < len(core) or size >= _LONG or whole)
        if change.start == len(core):
            kind = _KIND.search(near.core)
            return (whole and size > _SHORT) or (kind is not None and len(kind[0]) > 1)
        inside = change.end < len(core) and (change.start > 0 or not begins)
        if change.start == 0 and not wrong and size >= _LONG and _cuts_first_word(core, near.core):
            return True
        return whole or (
            inside and (not wrong or size >= _LONG or not _in_word(core, change.start))
        )


def _goes_on(text: str, place: int) -> bool:
    """Tell whether a line is broken in the middle of a sentence, not in a heading or everywhere."""
    return _IN_PROSE.match(text, place) is not None and not hard_wrapped(text)


def _without_marks(title: str, form: str, kind: str) -> str | None:
    """Return a title without marks that break it: 生态、环境监测条例; None where there are none."""
    if not form.isalnum():
        return None
    marks = [mark for mark in _BREAKS if mark in title]
    if len(marks) != 1 or title.count(marks[0]) != 1:
        return None
    place, right = title.index(marks[0]), title.replace(marks[0], "")
    if marks == ["、"] and not (kind == "national" and len(title) <= _LONGEST_LISTED):
        # Lists of titles leave 、 out, 中共中央、国务院; it stands in no word, and before no 方案.
        kind_of_act = _KIND.search(right)
        in_word = any(word.start < place < word.stop for word in dictionary_words(right))
        before_kind = kind_of_act is not None and kind_of_act.start() == place
        if not (in_word or before_kind) or right.startswith(_ISSUERS, place):
            return None
    return right


def _slipped(core: str, change: Change) -> bool:
    """Tell whether two characters are swapped or one stands twice."""
    wrong = core[change.start : change.end]
    before, behind = core[change.start - 1 : change.start], core[change.end : change.end + 1]
    return len(wrong) == len("前后") or (not change.right and wrong in {before, behind})


def _another_number(core: str, change: Change) -> bool:
    """Tell whether a change makes another number, letter or side: 第五次, 十四五, 河南."""
    wrong, right = core[change.start : change.end], change.right
    if len(wrong) == len(right) == 1:
        return all(map(_NUMERALS.match, (wrong, right)))
    beside = core[max(0, change.start - 1) : change.start] + core[change.end : change.end + 1]
    return any(map(_NUMERALS.match, wrong + right)) and bool(_COUNTED.search(beside))


def _cuts_first_word(core: str, right: str) -> bool:
    """Tell whether a title without its first character begins with a piece of a word: 国农业."""
    first, begun = dictionary_words(right)[0], dictionary_words(core)[0]
    return len(first) > 1 and len(begun) == 1


def _in_word(core: str, place: int) -> bool:
    """Tell whether a character belongs to a word of the dictionary."""
    return any(place in word and len(word) > 1 for word in dictionary_words(core))


def _mended(title: str, written: Written, changes: tuple[Change, ...]) -> str:
    """Change the title as written: its marks, its brackets and its issuer stay."""
    for change in reversed(changes):
        start = written.at[change.start] if change.start < len(written.at) else written.at[-1] + 1
        end = written.at[change.end - 1] + 1 if change.end > change.start else start
        title = title[:start] + change.right + title[end:]
    return title


def _damaged(document: Document, span: Span, law: Law, right: str) -> Finding:
    severity = at_most(DAMAGED_TITLE.severity, law.citation)
    wrong = span.of(document.text)
    return Finding(
        rule=DAMAGED_TITLE,
        span=span,
        severity=Severity.HINT if about_errors(document, span) else severity,
        confidence=_SURE,
        message=f"{DAMAGED_TITLE.title}：没有《{wrong}》，应为《{right}》",
        suggestions=(right,),
        basis=f"{_TABLE} {law.id}“{law.form}”（{law.citation.text}）",
    )


def _untimely(document: Document, span: Span, laws: tuple[Law, ...]) -> Iterator[Finding]:
    """Yield a finding for a law that is out of force, or not yet passed, on the day."""
    day = document.published_on
    if day is None or about_errors(document, span):
        return
    sentence = sentence_around(document.text, span).of(document.text)
    wrong = span.of(document.text)
    last = max(laws, key=lambda law: (law.until is None, law.until or law.since))
    if last.until and last.until <= day:
        ground = _GROUND.search(sentence) or _RULE.match(document.text, span.end)
        if ground and not _PAST.search(sentence.replace(wrong, "")):
            yield _ended(span, wrong, last)
    elif all(law.since and day < law.since for law in laws):
        claimed = _IN_FORCE.match(document.text, span.end)
        if claimed and not _BEING_MADE.search(sentence):
            yield _not_passed(span, wrong, last)


def _not_passed(span: Span, wrong: str, law: Law) -> Finding:
    return Finding(
        rule=NOT_YET_PASSED,
        span=span,
        severity=at_most(NOT_YET_PASSED.severity, law.citation),
        confidence=_CONFIDENCE,
        message=f"{NOT_YET_PASSED.title}：《{wrong}》{law.since}才公布，晚于发布日期",
        suggestions=(),
        basis=f"{_TABLE} {law.id}（{law.citation.text}）",
    )


def _ended(span: Span, wrong: str, law: Law) -> Finding:
    right = law.replaced_by
    if not wrong.startswith(_COUNTRY):
        right = right.removeprefix(_COUNTRY)
    right = right.replace("《", "〈").replace("》", "〉")
    old, new = Written.of(law.form).core, Written.of(law.replaced_by).core
    rule = RENAMED if right and _same_matter(old, new) else OUT_OF_FORCE
    now = f"，现为《{right}》" if right else ""
    return Finding(
        rule=rule,
        span=span,
        severity=at_most(rule.severity, law.end_citation),
        confidence=_CONFIDENCE,
        message=f"{rule.title}：《{wrong}》自{law.until}起废止{now}",
        suggestions=(right,) if right else (),
        basis=f"{_TABLE} {law.id}（{law.end_citation.text}）",
    )


def _same_matter(old: str, new: str) -> bool:
    """Tell whether one name is the other with a few characters more: 执业医师法, 医师法."""
    old, new = _KIND.sub("", old), _KIND.sub("", new)
    short, long = sorted((old.replace("暂行", ""), new.replace("暂行", "")), key=len)
    if len(short) < len("医师"):
        return False
    at = 0
    for character in long:
        at += at < len(short) and short[at] == character
    return at == len(short)
