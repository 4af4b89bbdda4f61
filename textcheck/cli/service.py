"""textcheck service install: what makes a machine scan every night, and send notices."""

import getpass
import re
import shlex
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from textcheck.cli.settings import SETTINGS
from textcheck.cli.written import write_files
from textcheck.errors import ConfigError

__all__ = ["service", "service_files"]

_FILE = click.Path(path_type=Path)
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_SECRETS = "textcheck.env"


@click.group(help="让机器每晚自动扫描、工作日发出整改通知：systemd 单元，或两行 cron。")
def service() -> None:
    """Hold the command below."""


@service.command(
    help="""给出 systemd 的单元和 cron 的行（用其一）；不改动系统。

    textcheck.service、textcheck.timer 每晚扫描；textcheck-notice.service、textcheck-notice.timer
    工作日上午发出还没有发出的整改通知，没有设置 [notify] 的不必启用。

    加 --output 写到目录中，再由管理员复制到 /etc/systemd/system 并启用。扫描的退出状态 1
    （有严重问题待复核）不算失败，2（有没读到的）算失败；通知有没发出的算失败，
    systemctl status 看得到。"""
)
@click.option("--output", type=_FILE, metavar="目录", help="写到这个目录，不写则显示。")
@click.option(
    "--at", "at", default="01:30", show_default=True, metavar="时:分", help="每晚几点（北京时间）。"
)
@click.option(
    "--send-at",
    default="09:00",
    show_default=True,
    metavar="时:分",
    help="工作日几点发出整改通知（北京时间）。",
)
@click.option("--run-as", metavar="用户", help="以哪个系统用户运行。默认当前用户。")
@click.option(
    "--folder", type=_FILE, metavar="目录", help="在哪个目录运行（配置文件所在）。默认当前目录。"
)
def install(
    output: Path | None, at: str, send_at: str, run_as: str | None, folder: Path | None
) -> None:
    """Print or write units and a cron line."""
    home = (folder or Path()).resolve()
    if not home.is_dir():
        raise ConfigError(f"目录 {home} 不存在")
    files = service_files(
        home, _clock(at), run_as or getpass.getuser(), _program(), send_at=_clock(send_at)
    )
    if output is None:
        for name, text in files.items():
            click.echo(f"# ---- {name}\n{text}")
    else:
        write_files(output, {name: text.encode() for name, text in files.items()})
    if not (home / SETTINGS).exists():
        click.echo(f"提示：{home} 中没有 {SETTINGS}，将用默认设置", err=True)
    click.echo(
        "启用：把 .service 和 .timer 复制到 /etc/systemd/system，然后执行\n"
        "  systemctl daemon-reload\n"
        "  systemctl enable --now textcheck.timer textcheck-notice.timer",
        err=True,
    )


def service_files(
    home: Path,
    clock: tuple[int, int],
    user: str,
    program: tuple[str, ...],
    *,
    send_at: tuple[int, int] = (9, 0),
) -> Mapping[str, str]:
    """Return the content of each file; `home` is where it runs, `program` how it is called."""
    for word in (str(home), *program):
        if not word.isprintable():
            raise ConfigError(f"路径 {word!r} 含有不能写进单元的字符")
    scan, send = (*program, "scan", "--manifest", "runs/last.json"), (*program, "notice", "send")
    shared = {
        # These two take the rest of the line as it is.
        "home": str(home).replace("%", "%%"),
        "secrets": str(home / _SECRETS).replace("%", "%%"),
        "user": user,
        "writable": _quoted(str(home)),
    }
    (hour, minute), (send_hour, send_minute) = clock, send_at
    return {
        "textcheck.service": _SERVICE.format(
            **shared,
            does="scan the accounts of the register",
            command=_command(scan),
            exits=_SCANNED,
            within="12h",
        ),
        "textcheck.timer": _TIMER.format(
            does="every night", days="*-*-*", hour=hour, minute=minute, delay="10m"
        ),
        "textcheck-notice.service": _SERVICE.format(
            **shared,
            does="send the notices that are due",
            command=_command(send),
            exits="",
            within="1h",
        ),
        "textcheck-notice.timer": _TIMER.format(
            does="on workdays",
            days="Mon..Fri *-*-*",
            hour=send_hour,
            minute=send_minute,
            delay="1m",
        ),
        "textcheck.cron": (
            "CRON_TZ=Asia/Shanghai\n"
            f"{minute} {hour} * * * {_line(home, scan, 'scan.log')}\n"
            f"{send_minute} {send_hour} * * 1-5 {_line(home, send, 'notice.log')}\n"
        ),
    }


def _command(words: Iterable[str]) -> str:
    return " ".join(map(_quoted, words))


def _line(home: Path, words: Sequence[str], log: str) -> str:
    """Return a command as crontab has it."""
    line = f"cd {shlex.quote(str(home))} && {shlex.join(words)} >> {log} 2>&1"
    # In crontab a percent sign ends the command.
    return line.replace("%", r"\%")


_SCANNED = """
# 1: all was read, and something serious waits for review. 2, a gap, is a failure.
SuccessExitStatus=1"""

_SERVICE = """\
[Unit]
Description=textcheck: {does}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={user}
WorkingDirectory={home}
ExecStart={command}{exits}
# Secrets of accounts and channels (NAME=value), mode 0600; may be missing.
EnvironmentFile=-{secrets}
Nice=10
IOSchedulingClass=idle
TimeoutStartSec={within}
UMask=0077
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ReadWritePaths={writable}
CacheDirectory=textcheck
Environment=XDG_CACHE_HOME=/var/cache/textcheck

[Install]
WantedBy=multi-user.target
"""

_TIMER = """\
[Unit]
Description=textcheck: {does}

[Timer]
OnCalendar={days} {hour:02}:{minute:02}:00 Asia/Shanghai
# A time that the machine was off is made up for.
Persistent=true
RandomizedDelaySec={delay}

[Install]
WantedBy=timers.target
"""


def _clock(at: str) -> tuple[int, int]:
    match = _TIME.fullmatch(at)
    if match is None:
        raise ConfigError(f"时间应写作 01:30 这样，不是“{at}”")
    return int(match[1]), int(match[2])


def _program() -> tuple[str, ...]:
    """Return how this installation is called: by the script beside Python, else as a module."""
    script = Path(sys.executable).with_name("textcheck")
    return (str(script),) if script.exists() else (sys.executable, "-m", "textcheck")


def _quoted(word: str) -> str:
    """Return a word as systemd reads it back."""
    word = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{word}"' if re.search(r"[\s'\"\\]", word) else word
