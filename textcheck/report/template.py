"""The nonconformance list in an office's own Word template, filled by docxtpl."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from io import BytesIO
from itertools import groupby
from typing import Any
from zipfile import BadZipFile

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Pt
from lxml.etree import XMLSyntaxError

from textcheck.config import CHINA
from textcheck.edition import SERIOUS_WORDING, Edition, EditionLine, Quarter
from textcheck.errors import ConfigError
from textcheck.report.attachment import (
    ATTACHMENT,
    HEADERS,
    PREVIEW,
    Row,
    full_day,
    list_rows,
    list_title,
    sampling_note,
)
from textcheck.report.word import packed

__all__ = ["FIELDS", "demand_template", "example_template", "filled_template"]

FIELDS = {
    "附件": "附件2",
    "标题": "清单的标题",
    "季度": "如 2021年二季度",
    "版次": "第几版，预览稿为 0",
    "定稿日期": "如 2021年7月22日",
    "采样说明": "清单下方的注",
    "登记数": "在运行的账号数",
    "不合格数": "清单上的账号数",
    "通报段落": "通报正文中的一段",
    "内容摘要": "这一版的 sha256",
    "清单": "各县区，每个有 单位 和 账号；账号每个有 序号、名称、问题、发布时间",
}
"""What a template may name, and what stands there."""

_KNOWN = "、".join([*FIELDS, "单位", "账号", "序号", "名称", "问题", "发布时间"])
# What a list must show wherever a template puts it: what is missing, by how it is written.
_NEEDED = {
    "标题": "{{ 标题 }}",
    "采样说明": "{{ 采样说明 }}",
    "序号": "{{ 行.序号 }}",
    "单位": "{{ 组.单位 }}",
    "名称": "{{ 行.名称 }}",
    "问题": "{{ 行.问题 }}",
    "发布时间": "{{ 行.发布时间 }}",
}


def filled_template(template: bytes, edition: Edition, notice: str) -> bytes:
    """
    Return a template filled with an edition; the same gives the same bytes.

    Raises ConfigError where the template is none or names what there is not.
    """
    data = _rendered(template, _fields(edition, notice))
    return _marked(data) if edition.is_preview else data


def demand_template(template: bytes) -> None:
    """Raise ConfigError naming what a template lacks for a list, or what is wrong with it."""
    edition = _sample()
    fields = _fields(edition, "通报段落")
    document = docx.Document(BytesIO(_rendered(template, fields)))
    told = "\n".join(_texts(document))
    rows = list_rows(edition.lines)
    shown = {
        "标题": [fields["标题"]],
        "采样说明": [fields["采样说明"]],
        "单位": [row.county for row in rows],
        "名称": [row.account for row in rows],
        "问题": [row.problems for row in rows],
        "发布时间": [day for row in rows for day in row.dates.splitlines()],
    }
    missing = [name for name, values in shown.items() if not all(item in told for item in values)]
    if not {str(row.number) for row in rows} <= set(told.splitlines()):
        missing.append("序号")  # by itself in its cell: a digit may stand anywhere
    if missing:
        written = "、".join(_NEEDED[name] for name in missing)
        raise ConfigError(f"模板中缺少 {written}，或没有放在列出账号的循环里")


def example_template() -> bytes:
    """Return a template that an office may begin with: the list as the program makes it."""
    document = docx.Document()
    for text, size in (("{{ 附件 }}", 16), ("{{ 标题 }}", 18)):
        paragraph = document.add_paragraph()
        paragraph.add_run(text).font.size = Pt(size)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    table = document.add_table(rows=0, cols=len(HEADERS), style="Table Grid")
    opening = ("{%tr for 组 in 清单 %}", "{%tr for 行 in 组.账号 %}")
    closing = ("{%tr endfor %}", "{%tr endfor %}")
    cells = (
        "{{ 行.序号 }}",
        "{% vm %}{{ 组.单位 }}",
        "{{ 行.名称 }}",
        "{{ 行.问题 }}",
        "{{ 行.发布时间 }}",
    )
    for texts in (HEADERS, *((tag,) for tag in opening), cells, *((tag,) for tag in closing)):
        row = table.add_row().cells
        for cell, text in zip(row, texts, strict=False):
            cell.text = text
    document.add_paragraph("{{ 采样说明 }}")
    return packed(document)


def _rendered(template: bytes, fields: Mapping[str, Any]) -> bytes:
    try:
        import docxtpl  # noqa: PLC0415 # extra `template`
        from jinja2 import exceptions, sandbox  # noqa: PLC0415 # likewise
        from jinja2.runtime import StrictUndefined  # noqa: PLC0415 # likewise
    except ImportError as error:
        raise ConfigError("使用模板需要先安装：pip install 'textcheck[template]'") from error
    # Whoever writes a template writes text, not programs.
    environment = sandbox.SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        document = docxtpl.DocxTemplate(BytesIO(template))
        document.render(dict(fields), environment, autoescape=True)
        return packed(document)
    except (PackageNotFoundError, BadZipFile, KeyError) as error:
        raise ConfigError("模板不是 docx 文件，或已损坏") from error
    except exceptions.UndefinedError as error:
        name = re.findall("'([^']*)'", str(error))[-1:] or [str(error)]
        raise ConfigError(f"模板中有不认识的“{name[0]}”；可用的有：{_KNOWN}") from error
    except exceptions.TemplateSyntaxError as error:
        raise ConfigError(f"模板中的标记没有配对或写法有误：{error.message}") from error
    except (exceptions.TemplateError, ArithmeticError, TypeError, ValueError) as error:
        raise ConfigError(f"模板中的标记无法套用：{error}") from error
    except XMLSyntaxError as error:
        raise ConfigError("模板中的标记跨了段落或单元格，循环的开头和结尾须各占一行") from error


def _fields(edition: Edition, notice: str) -> dict[str, Any]:
    rows = list_rows(edition.lines)
    return {
        "附件": ATTACHMENT,
        "标题": list_title(edition),
        "季度": edition.quarter.label,
        "版次": edition.number,
        "定稿日期": full_day(edition.issued_at.date()),
        "采样说明": sampling_note(edition),
        "登记数": edition.registered,
        "不合格数": len(edition.lines),
        "通报段落": notice,
        "内容摘要": edition.digest,
        "清单": [
            {"单位": county, "账号": [_account(row) for row in group]}
            for county, group in groupby(rows, key=lambda row: row.county)
        ],
    }


def _account(row: Row) -> dict[str, Any]:
    return {
        "序号": row.number,
        "名称": row.account,
        "问题": row.problems,
        "发布时间": row.dates,
    }


def _sample() -> Edition:
    """Return a list of three invented accounts in two counties, one with two days."""
    days = (date(2021, 4, 16), date(2021, 4, 26))
    lines = tuple(
        EditionLine(name, county, f"{name}（微信）", name, (SERIOUS_WORDING,), days[:count])
        for county, name, count in (
            ("甲县", "样例一", 1),
            ("甲县", "样例二", 2),
            ("乙区", "样例三", 1),
        )
    )
    quarter = Quarter(2021, 2)
    return Edition(
        quarter=quarter,
        number=1,
        since=quarter.first_day,
        until=quarter.last_day,
        lines=lines,
        registered=3,
        checked=None,
        issued_at=datetime(2021, 7, 22, 9, tzinfo=CHINA),
    )


def _texts(document: Any) -> Iterable[str]:  # noqa: ANN401 # python-docx publishes no types
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            yield from (cell.text for cell in row.cells)


def _marked(data: bytes) -> bytes:
    """Say on top that a document is no list that was issued."""
    document = docx.Document(BytesIO(data))
    first = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
    first.insert_paragraph_before(PREVIEW)
    return packed(document)
