"""textcheck service install: what makes a machine scan every night."""

import getpass
import re
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from textcheck.cli.settings import SETTINGS
from textcheck.errors import ConfigError

__all__ = ["service", "service_files"]

_FILE = click.Path(path_type=Path)
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_SECRETS = "textcheck.env"


@click.group(help="让机器每晚自动扫描：systemd 单元，或一行 cron。")
def service() -> None:
    """Hold the command below."""


@service.command(
    help="""给出 systemd 的 textcheck.service、textcheck.timer 和一行 cron（用其一）；不改动系统。

    加 --output 写到目录中，再由管理员复制到 /etc/systemd/system 并启用。扫描的退出状态 1
    （有严重问题待复核）不算失败，2（有没读到的）算失败，systemctl status 看得到。"""
)
@click.option("--output", type=_FILE, metavar="目录", help="写到这个目录，不写则显示。")
@click.option(
    "--at", "at", default="01:30", show_default=True, metavar="时:分", help="每晚几点（北京时间）。"
)
@click.option("--run-as", metavar="用户", help="以哪个系统用户运行。默认当前用户。")
@click.option(
    "--folder", type=_FILE, metavar="目录", help="在哪个目录运行（配置文件所在）。默认当前目录。"
)
def install(output: Path | None, at: str, run_as: str | None, folder: Path | None) -> None:
    """Print or write units and a cron line."""
    home = (folder or Path()).resolve()
    if not home.is_dir():
        raise ConfigError(f"目录 {home} 不存在")
    files = service_files(home, _clock(at), run_as or getpass.getuser(), _program())
    if output is None:
        for name, text in files.items():
            click.echo(f"# ---- {name}\n{text}")
    else:
        try:
            output.mkdir(parents=True, exist_ok=True)
            for name, text in files.items():
                (output / name).write_text(text, encoding="utf-8")
        except OSError as error:
            raise ConfigError(f"无法写入 {output}（{error.strerror}）") from error
        click.echo(f"已写到 {output}：{'、'.join(files)}")
    if not (home / SETTINGS).exists():
        click.echo(f"提示：{home} 中没有 {SETTINGS}，将用默认设置", err=True)
    click.echo(
        "启用：把两个单元复制到 /etc/systemd/system，然后执行\n"
        "  systemctl daemon-reload && systemctl enable --now textcheck.timer",
        err=True,
    )


def service_files(
    home: Path, clock: tuple[int, int], user: str, program: tuple[str, ...]
) -> Mapping[str, str]:
    """Return the content of each file; `home` is where it runs, `program` how it is called."""
    hour, minute = clock
    for word in (str(home), *program):
        if not word.isprintable():
            raise ConfigError(f"路径 {word!r} 含有不能写进单元的字符")
    command = " ".join(map(_quoted, (*program, "scan", "--manifest", "runs/last.json")))
    called = shlex.join([*program, "scan", "--manifest", "runs/last.json"])
    # In crontab a percent sign ends the command.
    line = f"cd {shlex.quote(str(home))} && {called} >> scan.log 2>&1".replace("%", r"\%")
    return {
        "textcheck.service": _SERVICE.format(
            # These two take the rest of the line as it is.
            home=str(home).replace("%", "%%"),
            secrets=str(home / _SECRETS).replace("%", "%%"),
            user=user,
            command=command,
            writable=_quoted(str(home)),
        ),
        "textcheck.timer": _TIMER.format(hour=hour, minute=minute),
        "textcheck.cron": f"CRON_TZ=Asia/Shanghai\n{minute} {hour} * * * {line}\n",
    }


_SERVICE = """\
[Unit]
Description=textcheck: scan the accounts of the register
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={user}
WorkingDirectory={home}
ExecStart={command}
# 1: all was read, and something serious waits for review. 2, a gap, is a failure.
SuccessExitStatus=1
# Secrets of accounts (NAME=value), mode 0600; may be missing.
EnvironmentFile=-{secrets}
Nice=10
IOSchedulingClass=idle
TimeoutStartSec=12h
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
Description=textcheck: every night

[Timer]
OnCalendar=*-*-* {hour:02}:{minute:02}:00 Asia/Shanghai
# A night that the machine was off is made up for.
Persistent=true
RandomizedDelaySec=10m

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
