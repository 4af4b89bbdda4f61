"""Which field a header of a sheet means, and which platform or state a word in it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from unicodedata import normalize

from textcheck.account import Platform, Status

__all__ = [
    "FIELDS",
    "LABELS",
    "NEEDED",
    "NUMBER",
    "Columns",
    "columns_of",
    "is_header",
    "platform_named",
    "status_named",
]

_Kind = TypeVar("_Kind", Platform, Status)

NEEDED = ("id", "county", "unit", "platform", "name")
FIELDS = (*NEEDED, "status", "list_order")
NUMBER = "number"
"""The field that counts rows and says nothing of the account."""

LABELS = {
    "id": "账号ID",
    "county": "地区",
    "unit": "主办单位",
    "platform": "平台",
    "name": "账号名称",
    "status": "状态",
    "list_order": "列表顺序",
    NUMBER: "序号",
}
"""The header of each field, as it is written out."""

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("账号id", "id", "编号", "账号编号", "账号标识"),
    "county": ("地区", "县区", "县市区", "县(市、区)", "所属县区", "所属地区", "行政区划"),
    "unit": ("主办单位", "单位", "单位/部门", "主办单位名称", "开办单位"),
    "platform": ("平台", "平台类型", "平台名称", "新媒体类型"),
    "name": ("账号名称", "名称", "政务新媒体", "新媒体名称", "政务新媒体名称"),
    "status": ("状态", "运行状态", "账号状态"),
    "list_order": ("列表顺序", "顺序", "清单顺序", "list_order"),
    NUMBER: ("序号",),
}
# The national system's export has changed its wording more than once.
_LOOSELY = {
    "id": re.compile("(账号|帐号|公众号|新媒体|微信).*(id|编号|编码|标识|代码)"),
    "county": re.compile("地区|区划|区县|县区|县市|市县|所在地|属地"),
    "unit": re.compile("(主办|开办|运营|所属)(单位|部门|机关|机构)|单位名称"),
    "platform": re.compile("平台|(账号|帐号|媒体)类(型|别)|发布渠道"),
    "name": re.compile("(账号|帐号|新媒体|公众号|网站)(名|全称|昵称)"),
    "status": re.compile("^(?!.*审核).*(状态|(运行|运营)情况)"),
}
_PLAIN_OPTIONS = ("feed", "uid", "list")
_SOURCE = re.compile(r"来源(?:类型)?((?:[1-9]\d?)?)(?:\.(.+))?|kind")

_PLATFORMS: Mapping[Platform, tuple[str, ...]] = {
    Platform.WECHAT: ("微信公众号", "政务微信", "公众号", "订阅号", "服务号", "微信订阅号"),
    Platform.WEIBO: ("新浪微博", "政务微博"),
    Platform.SITE: ("政府网站", "门户网站"),
    Platform.DOUYIN: ("抖音号", "政务抖音"),
    Platform.TOUTIAO: ("头条", "头条号"),
    Platform.KUAISHOU: ("快手号",),
    Platform.CHANNELS: ("微信视频号",),
    Platform.APP: ("app", "客户端", "移动客户端(app)", "移动应用"),
    Platform.MINI: ("微信小程序", "政务小程序"),
    Platform.OTHER: ("其它",),
}
_STATES: Mapping[Status, tuple[str, ...]] = {
    Status.RUNNING: ("运行", "运行中", "正常", "正常运行", "在用"),
    Status.CLOSED: ("已关停", "停止运行", "已停用", "停用"),
    Status.CANCELLED: ("已注销",),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """
    Where a sheet has what: the column of each field and of each option of each source.

    `problems` are what is wrong in the header, by column; `unused` the columns that mean nothing
    here.
    """

    fields: Mapping[str, int]
    sources: Mapping[int, Mapping[str, int]]
    problems: tuple[tuple[int, str], ...]
    unused: tuple[int, ...]


def is_header(row: Iterable[str]) -> bool:
    """Tell whether a row names a platform's and a name's column."""
    found = {field for label in row if label for _, field in _readings(label)}
    return {"platform", "name"} <= found


def columns_of(row: Sequence[str]) -> Columns:
    """Return what the columns under a header hold; of two that may be meant the plainer one is."""
    sources: dict[int, dict[str, int]] = {}
    readings: dict[str, list[tuple[int, int]]] = {}
    problems: list[tuple[int, str]] = []
    for number, label in enumerate(row):
        if (source := _source(label)) is not None:
            _add_source(sources, source, number, problems)
        else:
            for rank, field in _readings(label):
                readings.setdefault(field, []).append((rank, number))
    fields: dict[str, int] = {}
    for field, found in readings.items():
        rank, number = min(found)
        fields[field] = number
        problems += [
            (other, f"与“{row[number]}”都像是“{LABELS[field]}”，请改名或删去其中一列")
            for other_rank, other in found
            if other_rank == rank and other != number
        ]
    used = {*fields.values(), *(n for options in sources.values() for n in options.values())}
    used |= {number for number, _ in problems}
    unused = tuple(n for n, label in enumerate(row) if label and n not in used)
    return Columns(fields, sources, tuple(problems), unused)


def platform_named(word: str) -> Platform | None:
    """Return the platform that a word of the register means."""
    return _named(word, _PLATFORMS)


def status_named(word: str) -> Status | None:
    """Return the state that a word of the register means."""
    return _named(word, _STATES)


def _named(word: str, words: Mapping[_Kind, tuple[str, ...]]) -> _Kind | None:
    plain = _plain(word)
    for kind, aliases in words.items():
        if plain == kind.value or plain in aliases:
            return kind
    return None


def _plain(label: str) -> str:
    """Return a header or word without width, spaces and the star of a field that is needed."""
    return re.sub(r"[\s*:]", "", normalize("NFKC", label)).lower()


def _readings(label: str) -> list[tuple[int, str]]:
    """Return the fields that a header may mean, each with how far its wording is off."""
    plain = _plain(label)
    bare = re.sub(r"\(.*?\)", "", plain)
    for rank, wording in enumerate((plain, bare)):
        for field, aliases in _ALIASES.items():
            if wording in aliases:
                return [(rank, field)]
    return [(2, field) for field, pattern in _LOOSELY.items() if pattern.search(bare)][:1]


def _source(label: str) -> tuple[int, str] | None:
    """Return the number of a source and its option, "kind" for its name; 来源 is the first."""
    plain = re.sub(r"\s", "", normalize("NFKC", label))
    if plain.lower() in _PLAIN_OPTIONS:
        return 1, plain.lower()
    match = _SOURCE.fullmatch(plain)
    return (int(match[1] or 1), match[2] or "kind") if match else None


def _add_source(
    sources: dict[int, dict[str, int]],
    source: tuple[int, str],
    number: int,
    problems: list[tuple[int, str]],
) -> None:
    options = sources.setdefault(source[0], {})
    if source[1] in options:
        problems.append((number, "与前面的一列重复"))
    options.setdefault(source[1], number)
