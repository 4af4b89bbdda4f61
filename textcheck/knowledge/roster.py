"""
An office's own roster, as spreadsheets have it: who holds which post since when, in which order.

What it says becomes rows of the same tables as the centre's, so that every rule reads them.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from textcheck.errors import LexiconError
from textcheck.knowledge.exchange import Cells, SheetError, open_book

__all__ = ["Holder", "read_roster", "roster_rows"]

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "名字", "领导姓名", "领导"),
    "title": ("职务", "现任职务", "职务名称", "职位"),
    "unit": ("单位", "部门", "机构", "工作单位", "任职单位", "单位名称"),
    "since": ("任职日期", "任职时间", "任职", "到任日期", "到任时间", "任职起始"),
    "until": ("免职日期", "免职时间", "离任日期", "离任时间", "卸任日期", "免职"),
    "source": ("来源", "文件", "出处", "依据", "任免文件", "文号", "来源/文件"),
    "order": ("排序", "排名", "位次"),
    "remark": ("备注", "状态", "说明"),
}
"""What is read, and the headers that a sheet may give it."""

_NEEDED = ("name", "title", "since")
_HEADER_ROWS = 10
_NAME = re.compile("[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+(?:·[\u4e00-\u9fff]+)+")
_DAY = re.compile(r"(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?|年)?")
_REMOVED = re.compile("查处|被查|落马|开除|撤职|撤销|罢免|接受审查|接受调查|留置|逮捕")
_MANY = re.compile(
    "^副|副(?=[主书市县区省州盟旗院检秘局部厅处])|常委$|委员$|成员$|顾问$|巡视员$|调研员$"
)
# What the full name of a body loses where a title is joined to it.
_SHORTENED = (
    ("人民代表大会常务委员会", "人大常委会"),
    ("人民政府", ""),
    ("委员会", "委"),
    ("监察委员会", "监委"),
    ("人民检察院", "检察院"),
)
_PARTY = "中共"
_CONFERENCE = re.compile("^(?:中国人民政治协商会议|政协)(.{2,12}?[省市县区州盟旗])委员会$")
_RANKED = re.compile("^(.{2,12}?)([省市县区州盟旗])人民政府$")


@dataclass(frozen=True, slots=True)
class Holder:
    """A line of a roster; `exact` tells whether the day was given, not only month or year."""

    name: str
    title: str
    unit: str
    since: date
    since_exact: bool
    until: date | None
    until_exact: bool
    source: str
    order: float | None
    removed: bool

    @property
    def form(self) -> str:
        """Return the title with its body."""
        return self.title if self.title.startswith(self.unit) else self.unit + self.title

    @property
    def aliases(self) -> tuple[str, ...]:
        """Return the usual shorter writings of the title."""
        return tuple(dict.fromkeys(form for form in _aliases(self) if form != self.form))


def _aliases(holder: Holder) -> Iterator[str]:
    unit, title = holder.unit, holder.form.removeprefix(holder.unit)
    if ranked := _RANKED.match(unit):
        yield f"{ranked[1]}{ranked[2]}{title}"
        if title.removeprefix("副").startswith(ranked[2]):
            yield f"{ranked[1]}{title}"
    if conference := _CONFERENCE.match(unit):
        yield f"{conference[1]}政协{title}"
        yield f"政协{conference[1]}委员会{title}"
    for full, short in _SHORTENED:
        if unit.endswith(full) and not conference and not (full == "委员会" and "务" in unit):
            body = unit.removesuffix(full) + short
            yield body + title
            yield body.removeprefix(_PARTY) + title
    yield holder.form.removeprefix(_PARTY)


def read_roster(path: Path) -> list[Holder]:
    """Read every sheet that has a header with 姓名 and 职务; raise SheetError naming each cell."""
    book = open_book(path)
    problems: list[str] = []
    found: list[Holder] = []
    headed = False
    for name in book.sheet_names:
        lines = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        at, places = _header(lines)
        if not places:
            continue
        headed = True
        for number, line in enumerate(lines[at + 1 :], start=at + 2):
            reader = _Line(name, number, line, places, problems)
            if reader.any() and (holder := reader.holder()) is not None:
                found.append(holder)
    if not headed:
        raise LexiconError(f"{path} 中没有同时有“姓名”“职务”“任职日期”列的工作表")
    if problems:
        raise SheetError(problems)
    return found


def _header(lines: Sequence[Sequence[object]]) -> tuple[int, dict[str, int]]:
    """Return the row of the header and the place of each column, no place where there is none."""
    for number, line in enumerate(lines[:_HEADER_ROWS]):
        cells = [re.sub(r"\s|[（(].*", "", str(cell)) for cell in line]
        places = {
            field: next(place for place, cell in enumerate(cells) if cell in names)
            for field, names in _COLUMNS.items()
            if any(cell in names for cell in cells)
        }
        if all(field in places for field in _NEEDED):
            return number, places
    return 0, {}


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a sheet; what is wrong with it goes to `problems`."""

    sheet: str
    number: int
    cells: Sequence[object]
    places: Mapping[str, int]
    problems: list[str]

    def any(self) -> bool:
        return any(self.text(field) for field in ("name", "title"))

    def text(self, field: str) -> str:
        if field not in self.places:
            return ""
        return re.sub(r"\s+", "", str(self.cells[self.places[field]]))

    def blame(self, field: str, message: str) -> None:
        letter = chr(ord("A") + self.places[field])
        self.problems.append(f"工作表 {self.sheet} 单元格 {letter}{self.number}：{message}")

    def holder(self) -> Holder | None:
        before = len(self.problems)
        name, title = self.text("name").replace("•", "·"), self.text("title")
        if not _NAME.fullmatch(name):
            self.blame("name", f"不是姓名：“{name}”")
        if not title or "、" in title or "，" in title:
            self.blame("title", f"应写一个职务，兼任的另起一行：“{title}”")
        since, until = self.day("since"), self.day("until")
        if since is None and len(self.problems) == before:
            self.blame("since", "不能为空")
        if since and until and until[0] < since[0]:
            self.blame("until", "早于任职日期")
        order = self.order()
        if since is None or len(self.problems) > before:
            return None
        return Holder(
            name=name,
            title=title,
            unit=self.text("unit"),
            since=since[0],
            since_exact=since[1],
            until=until[0] if until else None,
            until_exact=until[1] if until else True,
            source=" ".join(str(self.cells[self.places["source"]]).split())
            if "source" in self.places
            else "",
            order=order,
            removed=bool(_REMOVED.search(self.text("remark"))),
        )

    def day(self, field: str) -> tuple[date, bool] | None:
        """Return a day and whether it was given; of a month or a year the last day."""
        cell = self.cells[self.places[field]] if field in self.places else ""
        if isinstance(cell, datetime):
            return cell.date(), True
        if isinstance(cell, date):
            return cell, True
        text = re.sub(r"\s+", "", str(cell)).removesuffix(".0")
        match = _DAY.fullmatch(text)
        if not text or match is None:
            if text:
                self.blame(field, f"日期应写作 2026-05-01 或 2026年5月，不是“{text}”")
            return None
        year, month, day = (int(part or 0) for part in match.groups())
        try:
            if day:
                return date(year, month, day), True
            date(year, month or 1, 1)
            following = date(year + (month in {0, 12}), month % 12 + 1 if month else 1, 1)
        except ValueError:
            self.blame(field, f"没有这一天：“{text}”")
            return None
        return following - timedelta(days=1), False

    def order(self) -> float | None:
        text = self.text("order")
        try:
            return float(text) if text else None
        except ValueError:
            self.blame("order", f"应为数字，不是“{text}”")
            return None


def roster_rows(
    holders: Sequence[Holder], known: Iterable[str], today: date, file: str
) -> dict[str, list[Cells]]:
    """
    Return the rows of persons, posts, offices and protocol that a roster gives, by table.

    `known` are the names that other layers have already. `today` is the day as of which the
    roster is true of those without an end.
    """
    persons: dict[str, Cells] = {}
    posts: dict[str, dict[str, str]] = {}
    offices: dict[str, Cells] = {}
    names = set(known)
    for holder in holders:
        source = holder.source or "unverified"
        if holder.name not in names:
            key = f"own-{_number(holder.name)}"
            persons.setdefault(
                key,
                {"id": key, "name": holder.name, "level": "minister", "source": source},
            )
        post = f"own-{_number(holder.form)}"
        seats = "many" if _MANY.search(holder.title) else "1"
        posts.setdefault(
            post,
            {
                "id": post,
                "form": holder.form,
                "aliases": "|".join(holder.aliases),
                "seats": seats,
                "body": holder.unit,
                "source": source,
            },
        )
        key = f"{post}.{_number(holder.name + holder.since.isoformat())}"
        offices[key] = _office(holder, key, post, source, today, file)
    rows: dict[str, list[Cells]] = {
        "persons": list(persons.values()),
        "posts": list(posts.values()),
        "offices": list(offices.values()),
    }
    if order := _protocol(holders):
        rows["protocol"] = [order]
    return rows


def _office(  # noqa: PLR0913, PLR0917 # the parts of one row
    holder: Holder, key: str, post: str, source: str, today: date, file: str
) -> Cells:
    notes = [] if holder.since_exact else ["first sighting"]
    if holder.until is None:
        notes.append(f"last sighting {today}: {file}")
    elif not holder.until_exact:
        notes.append("end undated")
    if holder.removed:
        notes.append("removed")
    return {
        "id": key,
        "person": holder.name,
        "post": post,
        "valid_from": holder.since.isoformat(),
        "valid_to": holder.until.isoformat() if holder.until else "",
        "source": source,
        "end_source": source if holder.until else "",
        "note": "; ".join(notes),
    }


def _protocol(holders: Iterable[Holder]) -> Cells | None:
    """Return the order of those in office who have a place in it, None for fewer than two."""
    places: defaultdict[str, list[Holder]] = defaultdict(list)
    for holder in holders:
        if holder.order is not None and holder.until is None:
            places[holder.name].append(holder)
    ranked = sorted(places, key=lambda name: min(one.order or 0 for one in places[name]))
    if len(ranked) < 2:  # noqa: PLR2004 # one person has no order
        return None
    holding = [holder for name in ranked for holder in places[name]]
    return {
        "id": "own-order",
        "rank": "9",
        "kind": "fixed",
        "members": "|".join(ranked),
        "valid_from": max(holder.since for holder in holding).isoformat(),
        "source": next((holder.source for holder in holding if holder.source), "unverified"),
        "example_bad": f"{'、'.join([*ranked[1::-1], *ranked[2:3]])}出席会议。",
        "example_good": f"{'、'.join(ranked[:3])}出席会议。",
    }


def _number(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
