"""An account that an office watches."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["Account", "Platform", "SourceSpec", "Status", "labelled"]


class Platform(StrEnum):
    """Where an account publishes; the value is what the list prints."""

    WECHAT = "微信"
    WEIBO = "微博"
    SITE = "网站"
    DOUYIN = "抖音"
    TOUTIAO = "今日头条"
    KUAISHOU = "快手"
    CHANNELS = "视频号"
    APP = "移动客户端"
    MINI = "小程序"
    OTHER = "其他"


class Status(StrEnum):
    """The state of an account in the national register."""

    RUNNING = "在运行"
    CLOSED = "关停"
    CANCELLED = "注销"


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """One way to read an account: the source's name and its options, e.g. {"feed": "https://…"}."""

    kind: str
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Account:
    """
    One account of the register.

    `id` is stable across renames. `county` is the line of the list that it is
    grouped under, `list_order` its place in the issued list. `sources` are
    tried in order; the first that lists wins.
    """

    id: str
    county: str
    unit: str
    platform: Platform
    name: str
    status: Status = Status.RUNNING
    list_order: int = 0
    sources: tuple[SourceSpec, ...] = ()

    @property
    def label(self) -> str:
        """Return the name as the list prints it: 名称（微信）."""
        return labelled(self.name, self.platform)


def labelled(name: str, platform: Platform) -> str:
    """Return an account's name as the list prints it: 名称（微信）."""
    return f"{name}（{platform.value}）"
