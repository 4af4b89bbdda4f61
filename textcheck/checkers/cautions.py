"""Wordings that official texts avoid: on territory and peoples, vulgar, insulting, outdated."""

import re
from collections.abc import Iterator
from itertools import chain

from textcheck.checkers.slip import about_errors, at_most
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.caution import CAUTIONS, Caution
from textcheck.lexicon.lexicon import Lexicon
from textcheck.text.fold import fold
from textcheck.text.words import made_up_of_others
from textcheck.text.works import in_title

__all__ = ["CautionChecker"]

_TABLE = "lexicons/caution.tsv"
TERRITORY = Rule("TER901", Severity.SERIOUS, "涉领土和港澳台表述有误", _TABLE)
PEOPLES = Rule("TER902", Severity.ORDINARY, "民族、宗教表述不当", _TABLE)
NO_COUNTRY = Rule("TER903", Severity.SERIOUS, "把港澳台与国家并列", "新华社禁用词和慎用词")
VULGAR = Rule("VUL951", Severity.ORDINARY, "粗俗用语", _TABLE)
INSULTING = Rule("VUL952", Severity.ORDINARY, "歧视性用语", _TABLE)
OUTDATED = Rule("WRD804", Severity.ORDINARY, "应当慎用的说法", _TABLE)
FORMER_BODY = Rule("ORG402", Severity.ORDINARY, "机构名称已变更", _TABLE)
WRONG_OWNER = Rule("FRM304", Severity.SERIOUS, "固定提法搭配有误", _TABLE)
REVERSED = Rule("FRM306", Severity.SERIOUS, "意思写反", _TABLE)

_OF_TABLE = (
    TERRITORY,
    PEOPLES,
    VULGAR,
    INSULTING,
    OUTDATED,
    FORMER_BODY,
    WRONG_OWNER,
    REVERSED,
)
_BY_CODE = {rule.code: rule for rule in _OF_TABLE}
_CONFIDENCE = 0.9
_OF_ACT = "《关于"
_QUOTED_WHOLE = {VULGAR.code, INSULTING.code}
_OPENING, _CLOSING = frozenset("“‘「『《〈"), frozenset("”’」』》〉")
# 日本、台湾、澳大利亚等国家: a list that ends in 国家 alone.
_COUNTRIES = re.compile(
    "(?:台湾|香港|澳门|港澳台?|港台|台港澳?)(?:地区)?(?:[、和及与][\u4e00-\u9fff]{2,8}){0,6}?等"
    "(?:[一二三四五六七八九十两数多几\\d]{1,3}个?)?(?P<end>国家(?![和与及、或级]|地区)|国(?![内外际家有营产企民道防债]))"
)
# 中国、台湾和日本三国: the regions are counted as countries; 三国演义 is a book.
_REGIONS, _JOINS = ("台湾", "香港", "澳门"), "、和及与"
_COUNTED = re.compile(
    f"(?:台湾|香港|澳门)(?:[{_JOINS}][\u4e00-\u9fff]{{2,5}}?){{0,4}}?"
    "(?P<end>[两三四五六七八九十]国)(?![际内外家有营产企民道防债演时志杀故人文风城名迷])"
)


class CautionChecker:
    """
    TER901, TER902, VUL951, VUL952, WRD804, ORG402, FRM304, FRM306: wordings of caution.tsv.

    FRM304 also where a verb has another's term behind it, as owners.tsv tells: 增强“四个自信”.

    Left alone are quotations, titles of works, the sentences and times that a row names, and
    characters that belong to other words. TER903: a region of China in a list of countries.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon
        self._cautions = lexicon.tables.cautions

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return all rules."""
        return (*_OF_TABLE, NO_COUNTRY)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each wording to avoid."""
        folded = fold(document.text)
        standing = self._lexicon.standing(document.text, CAUTIONS)
        for row, span in self._cautions.among(standing, document.published_on):
            if row.fits(folded, span) and not _meant_so(folded, row, span):
                yield _finding(document, row, span)
        yield from _among_countries(document, folded)


def _meant_so(text: str, row: Caution, span: Span) -> bool:
    """Tell whether a wording is quoted, part of other words or excused by what stands beside it."""
    if _quoted(text, row, span) or (in_title(text, span) and not _in_act(text, row, span)):
        return True
    if span.of(text).endswith("部") and text.startswith("门", span.end):
        return True  # 农业部门 is nobody's name
    if made_up_of_others(text, span.start, span.end, row.instead):
        return True
    return row.unless.speaks(text, span)


def _in_act(text: str, row: Caution, span: Span) -> bool:
    """
    Tell whether the title around a place is that of an act, which is told in words of today.

    But an old act has the old name of a body in it.
    """
    return row.code != FORMER_BODY.code and text.startswith(
        _OF_ACT, text.rfind("《", 0, span.start)
    )


def _quoted(text: str, row: Caution, span: Span) -> bool:
    """
    Tell whether a wording stands in quotation marks.

    One of the two is enough, “台独”分裂势力 and “台独分裂势力”; but with an oath somebody may begin
    to speak, and with what insults a name that is given today: “残废人之家”.
    """
    opens = text[span.start - 1 : span.start] in _OPENING
    closes = text[span.end : span.end + 1] in _CLOSING
    return (opens and closes) if row.code in _QUOTED_WHOLE else (opens or closes)


def _finding(document: Document, row: Caution, span: Span) -> Finding:
    rule, wrong = _BY_CODE[row.code], span.of(document.text)
    severity = at_most(row.level, row.citation)
    instead = row.instead_of(wrong)
    hint = f"，可写作“{'”或“'.join(instead)}”" if instead else ""
    return Finding(
        rule=rule,
        span=span,
        severity=Severity.HINT if about_errors(document, span) else severity,
        confidence=_CONFIDENCE,
        message=f"{rule.title}：“{wrong}”{hint}",
        suggestions=instead,
        basis=f"{row.table} {row.id}（{row.citation.text}）",
    )


def _among_countries(document: Document, text: str) -> Iterator[Finding]:
    """Yield a finding for 国家 behind a list in which a region of China stands."""
    if not any(sign in text for sign in "台港澳"):  # of four texts three have none of them
        return
    for match in chain(_COUNTRIES.finditer(text), _counted(text)):
        span = Span(match.start("end"), match.end("end"))
        wrong = span.of(document.text)
        right = "国家和地区" if wrong[0] == "国" else f"{wrong[0]}个国家和地区"
        yield Finding(
            rule=NO_COUNTRY,
            span=span,
            severity=Severity.HINT if about_errors(document, span) else Severity.SERIOUS,
            confidence=_CONFIDENCE,
            message=f"{NO_COUNTRY.title}：“{match.group()}”，“{wrong}”应为“{right}”",
            suggestions=(right,),
            basis=NO_COUNTRY.basis,
        )


def _counted(text: str) -> Iterator[re.Match[str]]:
    """Yield the lists that end in a number of countries, a region of China among them."""
    for region in _REGIONS:
        at = text.find(region)
        while at >= 0:
            match = _COUNTED.match(text, at)
            beside = text[max(0, at - 1) : at]
            if match and (match.start("end") > at + len(region) or (beside and beside in _JOINS)):
                yield match
            at = text.find(region, at + 1)
