"""The list in an office's own Word template, and what is said of a template that does not do."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import docx
import pytest

from textcheck.edition import Edition
from textcheck.errors import ConfigError
from textcheck.report.attachment import HEADERS, list_title, sampling_note
from textcheck.report.template import (
    FIELDS,
    demand_template,
    example_template,
    filled_template,
)


def changed(old: str, new: str, count: int = -1) -> bytes:
    """Return the example with something else written in it."""
    out = BytesIO()
    with ZipFile(BytesIO(example_template())) as given, ZipFile(out, "w") as made:
        for name in given.namelist():
            part = given.read(name)
            if name == "word/document.xml":
                assert old.encode() in part
                part = part.replace(old.encode(), new.encode(), count)
            made.writestr(ZipInfo(name), part)
    return out.getvalue()


def test_the_example_gives_the_list_cell_by_cell(edition: Edition) -> None:
    demand_template(example_template())
    twice = replace(
        edition.lines[0], account="<甲&乙>（微信）", dates=(date(2021, 4, 16), date(2021, 4, 26))
    )
    edition = replace(edition, lines=(twice, *edition.lines[1:]))
    data = filled_template(example_template(), edition, "通报")
    document = docx.Document(BytesIO(data))
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        list(HEADERS),
        ["1", "甲县", "<甲&乙>（微信）", "严重表述错误", "2021.4.16\n2021.4.26"],
        ["2", "甲县", "甲县城管（微信）", "严重表述错误", "2021.5.1"],
        ["3", "乙区", "乙区发布（微信）", "严重表述错误", "2021.5.1"],
    ]
    assert table.cell(1, 1)._tc is table.cell(2, 1)._tc  # noqa: SLF001 # python-docx has no other way to it
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts == ["附件2", list_title(edition), sampling_note(edition)]
    assert data == filled_template(example_template(), edition, "通报")


def test_whatever_may_be_named_is_written(edition: Edition) -> None:
    names = "　".join(f"{{{{ {name} }}}}" for name in FIELDS if name != "清单")
    data = filled_template(changed("{{ 附件 }}", names), edition, "抽查发现三个。")
    told = docx.Document(BytesIO(data)).paragraphs[0].text
    assert told.split("　") == [
        "附件2",
        list_title(edition),
        "2021年二季度",
        "1",
        "2021年7月22日",
        sampling_note(edition),
        "4",
        "3",
        "抽查发现三个。",
        edition.digest,
    ]


def test_a_preview_says_so_whatever_the_template_says(edition: Edition) -> None:
    data = filled_template(example_template(), replace(edition, number=0), "")
    assert docx.Document(BytesIO(data)).paragraphs[0].text == "预览稿，未正式印发"


@pytest.mark.parametrize(
    ("template", "told"),
    [
        (b"no docx", "模板不是 docx 文件"),
        (changed("{{ 标题 }}", ""), "模板中缺少 {{ 标题 }}，"),
        (changed("{{ 采样说明 }}", "注"), "模板中缺少 {{ 采样说明 }}，"),
        (changed("{{ 行.发布时间 }}", ""), "模板中缺少 {{ 行.发布时间 }}，"),
        (changed("{{ 行.序号 }}", "1"), "模板中缺少 {{ 行.序号 }}，"),
        (changed("{{ 组.单位 }}", "{{ 行.名称 }}"), "模板中缺少 {{ 组.单位 }}，"),
        (changed("{{ 标题 }}", "{{ 标提 }}"), "不认识的“标提”；可用的有：附件、标题、"),
        (changed("{{ 行.名称 }}", "{{ 行.名 }}"), "不认识的“名”；"),
        (changed("{{ 标题 }}", "{{ 标题"), "没有配对或写法有误"),
        (changed("{%tr endfor %}", "完", 1), "没有配对或写法有误"),
        (changed("{{ 标题 }}", "{% for 字 in 标题 %}"), "没有配对或写法有误"),
        (changed("{{ 标题 }}", "{{ 标题.__class__ }}"), "无法套用"),
        (changed("{{ 标题 }}", '{% include "/etc/passwd" %}'), "无法套用"),
        (changed("{{ 标题 }}", "{{ range(10**9)|list }}"), "无法套用"),
    ],
)
def test_what_a_template_lacks_is_named(template: bytes, told: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(told)):
        demand_template(template)
