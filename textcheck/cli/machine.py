"""What a machine must have for nightly scans: a database, room, and type for screenshots."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from textcheck.cli.told import BROKEN, WARNED, Told
from textcheck.errors import TextcheckError
from textcheck.store.connect import file_of, is_there, open_store

__all__ = ["machine_told", "room_told"]

_GB = 10**9
# A night of 1,000 accounts keeps some hundred megabytes of pages.
_LITTLE, _TOO_LITTLE = 5 * _GB, _GB // 2
_FONTS_WITHIN = 10.0  # seconds


def machine_told(url: str) -> Iterator[Told]:
    """Look at the database, the disk under it, and the fonts."""
    yield _store(url)
    path = file_of(url) or Path("textcheck.db")
    folder = next((one for one in path.absolute().parents if one.exists()), Path("/"))
    yield room_told(shutil.disk_usage(folder).free, folder)
    yield _fonts()


def _store(url: str) -> Told:
    try:
        if not is_there(url):
            return Told("数据库", f"{file_of(url)} 还没有，第一次扫描或导入登记表时建立")
        with closing(open_store(url, create=False)):
            return Told("数据库", "可以打开，结构是最新的")
    except TextcheckError as error:
        return Told("数据库", str(error), BROKEN)


def room_told(free: int, folder: Path) -> Told:
    """Say whether so many bytes are enough."""
    text = f"{folder} 所在磁盘剩余 {free / _GB:.1f} GB"
    if free >= _LITTLE:
        return Told("磁盘", text)
    remedy = "请清理磁盘，或在配置文件 [scan] keep_raw_days 中限制原始网页保留的天数"
    return Told("磁盘", text, BROKEN if free < _TOO_LITTLE else WARNED, remedy)


def _fonts() -> Told:
    """Find a font with Chinese characters: without one a screenshot or a PDF shows boxes."""
    remedy = "截图和 PDF 中的汉字会成为方框；安装中文字体，如 apt install fonts-noto-cjk"
    program = shutil.which("fc-list")
    if program is None:
        return Told("字体", "没有 fc-list，无法查看", WARNED, "安装 fontconfig 和中文字体")
    try:
        listed = subprocess.run(  # noqa: S603 # found on the path, with our own words
            [program, ":lang=zh", "family"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_FONTS_WITHIN,
            check=True,
        ).stdout.split("\n")
    except (OSError, subprocess.SubprocessError) as error:
        return Told("字体", f"fc-list 没有结果（{error}）", WARNED)
    families = sorted({line.partition(",")[0].strip() for line in listed if line.strip()})
    if not families:
        return Told("字体", "没有中文字体", WARNED, remedy)
    return Told("字体", f"有中文字体 {families[0]} 等 {len(families)} 种")
