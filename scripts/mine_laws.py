"""
Write lexicons/laws.tsv: the titles of laws, regulations, Party rules and documents.

Run: python scripts/mine_laws.py --shared DIR > lexicons/laws.tsv

Titles come from lists of titles under DIR/facts and from what the corpora cite in 《》. What a
law repeals is read from its last article: 本法自……起施行。《……》同时废止. A title that differs
from a much commoner one by a slip is left out, for it is one.
"""

import argparse
import csv
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sightings import Article, read_articles

from textcheck.knowledge.entry import Citation
from textcheck.knowledge.laws import Law, Laws, NearLaw, Written, line_of

__all__ = ["Repeal", "cited_titles", "day_of_force", "main", "repeals_in"]

LAWS = ("laws", "laws_lawrefbook", "party_docs")
CITING = ("cpcnews_people_cn", "gov_plans_stats", "gov_work_reports", "party_docs", "xwlb", *LAWS)
LEAST_SEEN = 3
MOST, LEAST = 45, 4
TYPES = (
    "法|条例|规定|办法|准则|规则|章程|细则|决定|意见|通知|方案|规划|纲要|公约|宪章|协定|条约|解释|"
    "通则|总则|决议|标准|计划|公报|通告|公告|宣言|指南|指引|制度|规程|规范|目录|法典|建议"
)
LAW_LIKE = re.compile(f"(?:{TYPES})(?:[（(][^（()）]*[）)])?$")
NATIONAL = {"法律", "行政法规", "监察法规", "宪法", "司法解释"}
NO_TITLE = re.compile(
    "批复|批转|转发|命令|任免|授予|^国务院令|关于(?:修改|废止|批准|设立|同意)|草案|[？！…]"
)
LAPSED = re.compile("（失效）|（摘要）|（废止）")
ISSUED = re.compile("关于印发(.{6,40})的通知$")
CITED = re.compile(r"《([^《》\n]{4,60})》")
REPEAL = re.compile(r"[^。\n]*》[^。\n]*同时废止")
FORCE = re.compile(r"自(\d{4})年(\d{1,2})月(\d{1,2})日起(?:施行|实施|执行)")
AT_ONCE = re.compile(r"自(?:公布|发布|印发)之日起(?:施行|实施|执行)")
DECISION = re.compile("^国务院关于(?:修改和|和修改)?废止(?:和修改)?部分行政法规")
LISTED = re.compile(
    r"^[一二三四五六七八九十]{1,3}、([^《》（\n]{4,40})（[^）\n]*\d{4}年", re.MULTILINE
)
DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
# 《……》第三条同时废止 repeals an article, 根据《……》修正 an amendment.
PART = re.compile("(?:第.{1,6}条|附件|中|的有关|规定的)")
HEAD = 600
BEFORE = 150
SINCE = "2012-07-01"  # before that no news can contradict a title


@dataclass(frozen=True, slots=True)
class Repeal:
    """A title out of force from `day` on, the law that says so, and where that was read."""

    title: str
    day: date
    by: str
    source: str


def plain(title: str) -> str:
    """
    Return a title without what lists add to it.

    >>> plain("某某管理办法（失效） ")
    '某某管理办法'
    """
    return LAPSED.sub("", " ".join(title.split()))


def a_day(parts: Iterable[str]) -> date | None:
    """Return the day of three numbers, None where there is none."""
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def day_of_force(article: Article, clause: int) -> date | None:
    """Return the day from which the law around a place holds."""
    near = article.text[max(0, clause - BEFORE) : clause + BEFORE]
    if found := FORCE.search(near):
        return a_day(found.groups())
    if AT_ONCE.search(near) and article.corpus == "party_docs" and len(article.day) > len("2012"):
        return date.fromisoformat(article.day)
    return None


def repeals_in(article: Article) -> Iterator[Repeal]:
    """Yield what an article of the laws repeals."""
    by = plain(re.sub(r"（\d{4}年）$", "", article.title))
    for clause in REPEAL.finditer(article.text):
        day = day_of_force(article, clause.start())
        if day is None:
            continue
        for title in CITED.finditer(clause.group()):
            form = plain(title[1])
            behind = clause.group()[title.end() :]
            if form != by and not NO_TITLE.search(form) and not PART.match(behind):
                yield Repeal(form, day, by, f"{article.corpus} {article.day} {by}")


def repeals_of_decision(article: Article) -> Iterator[Repeal]:
    """
    Yield what a decision of the State Council repeals: 一、某某条例（1988年9月8日……发布）.

    Where it names no day it holds from its own.
    """
    if not DECISION.search(article.title):
        return
    found = FORCE.search(article.text)
    day = a_day(found.groups()) if found else date.fromisoformat(article.day)
    for title in LISTED.findall(article.text):
        if day and not NO_TITLE.search(title):
            yield Repeal(plain(title), day, "", f"{article.corpus} {article.day} {article.title}")


def cited_titles(article: Article) -> set[str]:
    """Return the titles of rules that an article cites."""
    found = {plain(title) for title in CITED.findall(article.text)}
    return {
        title
        for title in found
        if LAW_LIKE.search(title) and LEAST <= len(title) <= MOST and not NO_TITLE.search(title)
    }


class Titles:
    """What the lists and the corpora know, gathered."""

    def __init__(self, shared: Path) -> None:
        """Keep the folder."""
        self.shared = shared
        self.source: dict[str, str] = {}
        self.kind: dict[str, str] = {}
        self.since: dict[str, str] = {}
        self.in_force: set[str] = set()
        self.repeals: dict[str, Repeal] = {}
        self.again: set[str] = set()
        self.seen: Counter[str] = Counter()

    def add(self, title: str, kind: str, source: str) -> None:
        """Keep a title; the first source holds."""
        if LEAST - 1 <= len(title) <= MOST and title not in self.source:
            self.source[title], self.kind[title] = source, kind

    def read_lists(self) -> None:
        """Read the lists of titles."""
        for row in self._table("law_titles_flk.tsv"):
            title = plain(row["title"])
            if row["group"] not in NATIONAL or NO_TITLE.search(title):
                continue
            self.add(title, "national", "facts:law_titles_flk.tsv")
            if row["date"]:
                self.since[title] = min(row["date"], self.since.get(title, row["date"]))
            if row["status"] in {"有效", "已修改", "尚未生效"}:
                self.in_force.add(title)
        for row in self._table("law_titles_lawrefbook.tsv"):
            title = plain(row["title"])
            if not NO_TITLE.search(title):
                kind = "local" if row["group"].endswith("地方法规") else "national"
                self.add(title, kind, "facts:law_titles_lawrefbook.tsv")
        path = "ecspell_wordlist/政策法规标题.txt"
        for line in (self.shared / "facts" / path).read_text(encoding="utf-8").splitlines():
            whole = plain(line)
            issued = ISSUED.search(whole)
            title = issued[1] if issued else whole
            if LAW_LIKE.search(title) and not NO_TITLE.search(title):
                self.add(title, "document", f"facts:{path}")

    def _table(self, name: str) -> Iterator[dict[str, str]]:
        text = (self.shared / "facts" / name).read_text(encoding="utf-8")
        rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in rows:
            if row.get("title") and row["title"] != "搜索结果":
                yield {name: value or "" for name, value in row.items()}

    def read_corpora(self) -> None:
        """Count citations, read repeals and the days of first passing."""
        first: dict[str, tuple[str, str]] = {}
        for article in read_articles(self.shared, set(CITING)):
            if article.corpus in LAWS:
                self._read_law(article)
            source = f"{article.corpus} {article.day} {' '.join(article.title[:40].split())}"
            for title in cited_titles(article):
                self.seen[title] += 1
                if article.day and article.day < first.get(title, ("9", ""))[0]:
                    first[title] = (article.day, source)
        for title, times in self.seen.items():
            if times >= LEAST_SEEN and title in first:
                self.add(title, "document", first[title][1])
        for row in self._table("mined/book_titles.tsv"):
            title = plain(row["title"])
            if int(row["count"]) >= LEAST_SEEN and cited_titles(
                Article("", "", "", f"《{row['title']}》")
            ):
                self.add(title, "document", "facts:mined/book_titles.tsv")

    def _read_law(self, article: Article) -> None:
        title = plain(article.title)
        days = [day for parts in DAY.findall(article.text[:HEAD]) if (day := a_day(parts))]
        if title in self.since and days:
            self.since[title] = min(self.since[title], min(days).isoformat())
        for repeal in (*repeals_in(article), *repeals_of_decision(article)):
            known = self.repeals.get(repeal.title)
            if known is None or known.day < repeal.day:
                self.repeals[repeal.title] = repeal
        own = {plain(cited) for clause in REPEAL.findall(article.text)
               for cited in CITED.findall(clause)}  # fmt: skip
        if title in own:
            self.again.add(title)

    def repeated(self, title: str, national: set[str]) -> bool:
        """Tell whether a title only writes a law shorter: 物权法."""
        if title in self.in_force or title in self.repeals:
            return False
        written = Written.of(title)
        return written.core == title and title in national

    def misprints(self) -> set[str]:
        """Return the titles that are a slip away from one that is cited ten times as often."""
        firm = [title for title in self.source if self.kind[title] != "document"]
        often = [
            title for title in self.source
            if self.kind[title] == "document" and self.seen[title] > 10 * LEAST_SEEN
        ]  # fmt: skip
        index = Laws([line_of(_law(title, self.kind[title])) for title in (*firm, *often)])
        return {
            title
            for title, kind in self.kind.items()
            if kind == "document" and self._is_misprint(title, index.near(Written.of(title)))
        }

    def _is_misprint(self, title: str, near: list[NearLaw]) -> bool:
        """Tell whether a title is one change away from one that is cited ten times as often."""
        return any(
            len(other.changes) == 1 and self.seen[other.law.form] > 10 * self.seen[title]
            for other in near
        )


def _law(form: str, kind: str) -> Law:
    nowhere = Citation("unverified")
    return Law("", form, kind, None, None, "", nowhere, nowhere)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Write the table of laws and other rules")
    parser.add_argument("--shared", type=Path, required=True, help="holds corpora/ and facts/")
    titles = Titles(parser.parse_args().shared)
    titles.read_lists()
    titles.read_corpora()
    for title, repeal in titles.repeals.items():
        if title not in titles.in_force:
            titles.add(title, "national" if repeal.source.startswith("laws ") else "local",
                       repeal.source)  # fmt: skip
    wrong = titles.misprints()
    columns = (
        "id", "form", "kind", "valid_from", "valid_to", "replaced_by", "source", "end_source",
        "example_bad", "example_good",
    )  # fmt: skip
    national = {Written.of(title).core for title in titles.in_force | titles.repeals.keys()
                if titles.kind.get(title) == "national"}  # fmt: skip
    rows = sorted(
        row(titles, title)
        for title in titles.source
        if title not in wrong and not titles.repeated(title, national)
    )
    shared = Counter(Written.of(cells[1]).core for cells in rows)
    for cells in (columns, *(exampled(cells, shared) for cells in rows)):
        sys.stdout.write("\t".join(cells) + "\n")


def exampled(cells: tuple[str, ...], shared: Counter[str]) -> tuple[str, ...]:
    """Take the wrong example from a row whose short name other rows have, too: they may hold."""
    if shared[Written.of(cells[1]).core] == 1:
        return cells
    return (*cells[:8], "", cells[9])


def row(titles: Titles, title: str) -> tuple[str, ...]:
    """Return the cells of a title."""
    key = "law-" + hashlib.sha256(title.encode()).hexdigest()[:8]
    since = titles.since.get(title, "")
    if since < SINCE or title in titles.again or titles.kind[title] != "national":
        since = ""
    repeal = titles.repeals.get(title)
    if repeal is None or title in titles.in_force or since >= repeal.day.isoformat():
        return (key, title, titles.kind[title], since, "", "", titles.source[title], "", "", "")
    return (
        key, title, titles.kind[title], since, repeal.day.isoformat(), repeal.by,
        titles.source[title], repeal.source, f"根据《{title}》的规定办理。",
        f"原《{title}》已经废止。",
    )  # fmt: skip


if __name__ == "__main__":
    main()
