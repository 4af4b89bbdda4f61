"""What click says, in Chinese."""

from collections.abc import Iterable, Sequence

import click

__all__ = ["in_chinese", "usage_message"]

_WORDS = {
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示本说明并退出。",
    "Show the version and exit.": "显示版本并退出。",
}
_ARGUMENTS = {
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
}
_NOTES = {"[default: ": "[默认 ", "[required]": "[必填]"}


class _Formatter(click.HelpFormatter):
    """Writes the fixed words of a help page in Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for english, chinese in _ARGUMENTS.items():
            args = args.replace(english, chinese)
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_WORDS.get(heading, heading)}：\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        chinese = [(name, _explanation(text)) for name, text in rows]
        super().write_dl(chinese, col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Formatter


def in_chinese(command: click.Command) -> click.Command:
    """Make the help pages of a command, and of those below it, Chinese; return it."""
    command.context_class = _Context
    if isinstance(command, click.Group):
        for below in command.commands.values():
            in_chinese(below)
    return command


def usage_message(error: click.UsageError) -> str:
    """Say in Chinese what is wrong with the command line."""
    match error:
        case click.MissingParameter():
            return f"缺少{_kind(error.param)} {_name(error)}"
        case click.BadParameter():
            return f"{_name(error)} 的值不对：{_bad_value(error)}"
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}{_perhaps(error.possibilities)}"
        case click.NoSuchCommand():
            return f"没有命令 {error.command_name}{_perhaps(error.possibilities)}"
        case click.BadOptionUsage():
            takes_none = "does not take" in error.message
            return f"选项 {error.option_name} {'不带值' if takes_none else '后面缺少值'}"
    if error.message.startswith("Got unexpected extra argument"):
        return f"多余的参数：{error.message.partition('(')[2].rstrip(')')}"
    return "缺少命令" if error.message.startswith("Missing command") else error.message


def _explanation(text: str) -> str:
    for english, chinese in _NOTES.items():
        text = text.replace(english, chinese)
    return _WORDS.get(text, text)


def _kind(parameter: click.Parameter | None) -> str:
    return "选项" if isinstance(parameter, click.Option) else "参数"


def _name(error: click.BadParameter) -> str:
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return error.param.make_metavar(error.ctx) if error.param and error.ctx else "参数"


def _bad_value(error: click.BadParameter) -> str:
    if error.param is not None and isinstance(error.param.type, click.Choice):
        return f"可用的有 {'、'.join(str(choice) for choice in error.param.type.choices)}"
    if error.param is not None and isinstance(error.param.type, click.IntRange):
        return f"应为不小于 {error.param.type.min} 的整数"
    return error.message


def _perhaps(possibilities: Sequence[str] | None) -> str:
    return f"；是不是 {'、'.join(possibilities)}？" if possibilities else ""
