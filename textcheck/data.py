"""Find the lexicons and models that came with the program, and a place for what they become."""

import os
from importlib.resources import files
from pathlib import Path

from textcheck.errors import ConfigError

__all__ = ["cache_dirs", "data_dir"]


def data_dir(name: str) -> Path:
    """
    Return the folder `lexicons` or `models`.

    Looked for in this order: $TEXTCHECK_DATA/name; inside the installed wheel; beside the
    package in a checkout. An editable install puts the wheel's copy elsewhere, hence the last.
    Raises ConfigError where none exists.
    """
    places = [Path(str(files("textcheck"))) / "_data" / name]
    checkout = Path(str(files("textcheck"))).parent
    project = checkout / "pyproject.toml"
    if project.is_file() and 'name = "textcheck"' in project.read_text(encoding="utf-8"):
        places.append(checkout / name)
    if override := os.environ.get("TEXTCHECK_DATA"):
        places = [Path(override) / name]
    for place in places:
        if place.is_dir():
            return place
    looked = "、".join(str(place) for place in places)
    raise ConfigError(f"找不到数据目录 {name}，查找过：{looked}")


def cache_dirs() -> tuple[Path, ...]:
    """
    Return the folders of what is worked out once: that of the installed wheel, and the user's own.

    The latter lies in $XDG_CACHE_HOME, else in ~/.cache, on Windows in %LOCALAPPDATA%. Neither
    need exist.
    """
    installed = Path(str(files("textcheck"))) / "_data" / "compiled"
    local = os.environ.get("LOCALAPPDATA") if os.name == "nt" else None
    chosen = os.environ.get("XDG_CACHE_HOME") or local
    try:
        home = Path(chosen) if chosen else Path.home() / ".cache"
    except RuntimeError:  # nobody's home
        return (installed,)
    return (installed, home / "textcheck")
