"""Settings: textcheck.toml into one frozen Config."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from textcheck.errors import ConfigError

__all__ = [
    "CHINA",
    "Config",
    "CrawlerConfig",
    "LexiconConfig",
    "ModelConfig",
    "NotifyConfig",
    "ReportConfig",
    "ReviewConfig",
    "ScanConfig",
    "StoreConfig",
    "load_config",
]

CHINA = ZoneInfo("Asia/Shanghai")
"""Every day and every time that a user sees is China's."""


@dataclass(frozen=True, slots=True)
class StoreConfig:
    """`url` names the database in SQLAlchemy's form."""

    url: str = "sqlite:///textcheck.db"


@dataclass(frozen=True, slots=True)
class ReviewConfig:
    """`confirmations` different reviewers must confirm a serious finding."""

    confirmations: int = 2


@dataclass(frozen=True, slots=True)
class ReportConfig:
    """`template` is the office's own Word template for its lists, "" for the program's form."""

    template: str = ""


@dataclass(frozen=True, slots=True)
class ScanConfig:
    """
    What a scan reads, and for how long it keeps it.

    `register` is the file of accounts, "" for accounts.toml where it lies here, else the register
    that was imported; articles older than `lookback_days` are not listed.
    The answers of hosts are kept for `keep_raw_days`, 0 for ever; with a serious finding for ever.
    Text that was passed on counts against the account on the platforms of `reposts`; the original
    within a Weibo repost is the other account's. An account without an update for `lapsed_days`
    is an entry to confirm; 0 asks for none. `screenshots` has a Chromium on PATH picture what has
    something serious in it.
    """

    register: str = ""
    lookback_days: int = 30
    keep_raw_days: int = 0
    lapsed_days: int = 14
    screenshots: bool = False
    reposts: tuple[str, ...] = ("微信", "网站")


@dataclass(frozen=True, slots=True)
class CrawlerConfig:
    """
    How to fetch.

    `pace` is the least time between two requests to one host, in seconds; `reroute` sends
    requests for one origin to another (a proxy of the office, a test server):
    {"https://mp.weixin.qq.com" = "http://127.0.0.1:8000/mp.weixin.qq.com"}. A run makes at most
    `max_requests` requests, takes `max_total_bytes` bytes and `max_seconds` seconds; 0 is no limit.
    `authorised` names the sites whose robots.txt is not heeded, and who allowed it when; `private`
    the hosts in the office's own network that may be read; `insecure` those whose certificate
    nobody can check.
    """

    user_agent: str = "textcheck/0.1 (inspection of the office's own accounts)"
    timeout: float = 20.0
    pace: float = 1.0
    retries: int = 2
    max_bytes: int = 8_000_000  # a WeChat article page weighs 2.3-4 MB
    max_requests: int = 0
    max_total_bytes: int = 0
    max_seconds: float = 0.0
    authorised: Mapping[str, str] = field(default_factory=dict)
    private: tuple[str, ...] = ()
    insecure: tuple[str, ...] = ()
    reroute: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LexiconConfig:
    """
    `layers` are folders of tables over those of the program, the last one first in rank.

    Relative to the settings file: ["lexicon/province", "lexicon/office"].
    """

    layers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """`threads` run the learned stage; 0 is as many as there are processors."""

    threads: int = 0


@dataclass(frozen=True, slots=True)
class NotifyConfig:
    """
    How units are told what was found.

    They have `days` to answer. `smtp` is the mail server, smtps://user@host:465, `smtp_password`
    env:NAME or file:PATH, `sender` the address that mail comes from. The rest names units,
    counties or "*" for all: `mail` their addresses, the others env:NAME or file:PATH of a robot's
    address, with its signing secret behind a blank.
    """

    days: int = 10
    smtp: str = ""
    smtp_password: str = ""
    sender: str = ""
    mail: Mapping[str, str] = field(default_factory=dict)
    wecom: Mapping[str, str] = field(default_factory=dict)
    dingtalk: Mapping[str, str] = field(default_factory=dict)
    feishu: Mapping[str, str] = field(default_factory=dict)
    webhook: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Config:
    """All settings; each section has defaults."""

    store: StoreConfig = field(default_factory=StoreConfig)
    review: ReviewConfig = field(default_factory=ReviewConfig)
    scan: ScanConfig = field(default_factory=ScanConfig)
    crawler: CrawlerConfig = field(default_factory=CrawlerConfig)
    lexicon: LexiconConfig = field(default_factory=LexiconConfig)
    model: ModelConfig = field(default_factory=ModelConfig)
    notify: NotifyConfig = field(default_factory=NotifyConfig)
    report: ReportConfig = field(default_factory=ReportConfig)


_SECTIONS: dict[str, type[Any]] = {
    "store": StoreConfig,
    "review": ReviewConfig,
    "scan": ScanConfig,
    "crawler": CrawlerConfig,
    "lexicon": LexiconConfig,
    "model": ModelConfig,
    "notify": NotifyConfig,
    "report": ReportConfig,
}


def load_config(path: Path | None) -> Config:
    """
    Read a settings file; no file gives the defaults.

    Raises ConfigError naming the file and the key for an unknown key or a wrong type.
    """
    if path is None:
        return Config()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise ConfigError(f"找不到配置文件 {path}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"配置文件 {path} 无法读取：{error}") from error
    _refuse_unknown(data, _SECTIONS, f"{path}")
    sections = {
        name: _section(kind, data.get(name, {}), f"{path} [{name}]")
        for name, kind in _SECTIONS.items()
    }
    lexicon, report = sections["lexicon"], sections["report"]
    layers = tuple(str(path.parent / layer) for layer in lexicon.layers)
    template = str(path.parent / report.template) if report.template else ""
    placed = {
        "lexicon": replace(lexicon, layers=layers),
        "report": replace(report, template=template),
    }
    return Config(**sections | placed)


def _section(kind: type[Any], data: object, where: str) -> Any:  # noqa: ANN401 # one of _SECTIONS
    if not isinstance(data, dict):
        raise ConfigError(f"{where}：应为一节设置")
    defaults = {item.name: getattr(kind(), item.name) for item in fields(kind)}
    _refuse_unknown(data, defaults, where)
    return kind(
        **{name: _typed(value, defaults[name], f"{where} {name}") for name, value in data.items()}
    )


def _typed(value: object, default: object, where: str) -> object:
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if isinstance(default, tuple) and isinstance(value, list):
        if not all(isinstance(item, str) for item in value):
            raise ConfigError(f"{where}：各项都应为字符串")
        value = tuple(value)
    if type(value) is not type(default):
        raise ConfigError(f"{where}：应为 {type(default).__name__}，不是 {value!r}")
    if isinstance(value, int | float) and value < 0:
        raise ConfigError(f"{where}：不能为负数 {value!r}")
    if isinstance(value, dict) and not all(isinstance(item, str) for item in value.values()):
        raise ConfigError(f"{where}：各项都应为字符串")
    return value


def _refuse_unknown(data: Mapping[str, object], known: Mapping[str, object], where: str) -> None:
    if unknown := sorted(data.keys() - known.keys()):
        raise ConfigError(
            f"{where}：不认识的设置 {unknown[0]}；可用的有：{'、'.join(sorted(known))}"
        )
