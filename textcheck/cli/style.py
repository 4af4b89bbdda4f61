"""How the office writes its lists, by the settings: its own Word template among it."""

from pathlib import Path

from textcheck.config import Config
from textcheck.errors import ConfigError
from textcheck.report.files import Style
from textcheck.report.template import demand_template

__all__ = ["office_style", "read_template"]


def office_style(config: Config) -> Style:
    """Return the style of the settings; raise ConfigError for a template that does not do."""
    path = config.report.template
    return Style(
        template=read_template(Path(path)) if path else None,
        reposts=config.scan.reposts,
    )


def read_template(path: Path) -> bytes:
    """Return a template that was tried; raise ConfigError naming the file and what is wrong."""
    try:
        template = path.read_bytes()
        demand_template(template)
    except OSError as error:
        raise ConfigError(f"模板 {path} 无法读取：{error.strerror}") from error
    except ConfigError as error:
        raise ConfigError(f"模板 {path}：{error}") from error
    return template
