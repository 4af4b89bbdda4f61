"""What a rule found, and how bad it is."""

import hashlib
from dataclasses import dataclass
from enum import IntEnum

from textcheck.document import Document, Span
from textcheck.text.fold import fold
from textcheck.text.sentences import sentence_around

__all__ = ["FAMILIES", "Finding", "Rule", "Severity"]

FAMILIES = {
    "NAM": "领导人姓名",
    "TTL": "领导人职务",
    "ORD": "领导人排序",
    "FRM": "固定表述",
    "ORG": "机构名称",
    "MTG": "会议名称",
    "LAW": "法律法规名称",
    "GEO": "行政区划与地名",
    "TER": "领土主权、港澳台与民族称谓",
    "DAT": "日期与数字",
    "REP": "重复",
    "WRD": "错别字词",
    "VUL": "不文明与歧视用语",
    "MDL": "模型发现的疑似错误",
    "UPD": "内容不更新",
}
"""Every family of rules: three letters of a code, and what a user calls it."""


class Severity(IntEnum):
    """How bad it is if it is true; the order is the meaning."""

    HINT = 1
    ORDINARY = 2
    SERIOUS = 3

    @property
    def label(self) -> str:
        """Return the word that users see."""
        return {1: "提示", 2: "一般", 3: "严重"}[self.value]


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One kind of error: a code for ever, the default severity, and on what it rests.

    `basis` names the lexicon table or the written rule that makes it an error.
    """

    code: str
    severity: Severity
    title: str
    basis: str

    def __post_init__(self) -> None:
        """Refuse a code outside the known families."""
        family, number = self.code[:3], self.code[3:]
        if family not in FAMILIES or len(number) != 3 or not number.isdigit():  # noqa: PLR2004 # e.g. NAM101
            raise ValueError(f"not a rule code: {self.code}")

    @property
    def family(self) -> str:
        """Return the three letters of the code."""
        return self.code[:3]


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One error at one place.

    `severity` is final, after escalation; `confidence` in 0..1 is how sure the
    rule is. Each suggestion replaces the span; "" deletes it. `basis` is the row
    or the rule that this finding rests on, in words for a reviewer. `about` names what it is
    about where its words do not, e.g. an account and a day; it is another issue with each.
    """

    rule: Rule
    span: Span
    severity: Severity
    confidence: float
    message: str
    suggestions: tuple[str, ...]
    basis: str
    about: str = ""

    def fingerprint(self, document: Document) -> str:
        """
        Name the issue: sha256 of rule family, folded wrong form and folded sentence.

        Never a line, an offset or an article: the same sentence reposted by
        another account, or moved by an edit, is the same issue.
        """
        sentence = sentence_around(document.text, self.span).of(document.text)
        parts = [self.rule.family, fold(self.span.of(document.text)), fold(sentence.strip())]
        if self.about:
            parts.append(self.about)
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
