from dataclasses import replace
from typing import cast

import pytest
from lxml import html

from textcheck.document import Span
from textcheck.finding import Severity
from textcheck.report.dossier import Dossier, Night
from textcheck.report.html import list_html
from textcheck.review import State
from textcheck.run import Makers


def page(dossier: Dossier, notice: str = "截至某日。\n某账号连续两个季度。\n") -> html.HtmlElement:
    return html.fromstring(list_html(dossier, notice))


def texts(element: html.HtmlElement, path: str) -> list[str]:
    found = cast("list[html.HtmlElement]", element.xpath(path))
    return [" ".join(str(item.text_content()).split()) for item in found]


def test_the_list_has_one_cell_a_county(dossier: Dossier) -> None:
    rows = cast("list[html.HtmlElement]", page(dossier).xpath("(//table)[1]/tbody/tr"))
    assert [texts(row, "td") for row in rows] == [
        ["1", "甲县", "甲县教育（微信）", "严重表述错误", "2021.5.1"],
        ["2", "甲县城管（微信）", "严重表述错误", "2021.5.1"],
        ["3", "乙区", "乙区发布（微信）", "严重表述错误", "2021.5.1"],
    ]
    assert texts(page(dossier), "//td[@rowspan='2']") == ["甲县"]


def test_notice_and_standing_are_told(dossier: Dossier) -> None:
    told = texts(page(dossier), "//p")
    assert "截至某日。" in told
    assert "某账号连续两个季度。" in told
    assert "“严重”为程序提示的候选，经本办复核确认后方为严重表述错误。" in told
    assert any(line.startswith("第1版，2021.7.22定稿") for line in told)
    preview = replace(dossier, edition=replace(dossier.edition, number=0))
    assert texts(page(preview), "//p[@class='preview']") == ["预览稿，未正式印发"]


def test_a_finding_shows_what_where_and_why(dossier: Dossier) -> None:
    made = page(dossier)
    assert texts(made, "//article/p") == ["要以实干推动高质量发屏。"]
    assert texts(made, "//article//mark") == ["高质量发屏"]
    names, facts = texts(made, "//article//dt"), texts(made, "//article//dd")
    assert dict(zip(names, facts, strict=True)) == {
        "级别": "严重（FRM301），确认",
        "理由": "应为“高质量发展”",
        "依据": "固定表述表 frm-0001",
        "建议": "“高质量发展”",
        "账号": "甲县 甲县教育（微信）",
        "发布时间": "2021.5.1",
        "确认人": "审核员甲、审核员乙",
        "标题": "甲县召开会议",
        "链接": "https://mp.example.gov.cn/s/1?a=1&b=2",
    }
    assert made.xpath("//article//a/@href") == ["https://mp.example.gov.cn/s/1?a=1&b=2"]


def test_confirmed_and_pending_stand_apart_and_dismissed_nowhere(dossier: Dossier) -> None:
    (item,) = dossier.evidence
    pending = replace(item, state=State.PENDING, reviewers=(), suggestions=("",), published_on=None)
    hint = replace(item, state=State.DISPUTED, severity=Severity.HINT)
    gone = replace(item, state=State.DISMISSED, sentence="已排除。", quote=Span(0, 1))
    made = page(replace(dossier, evidence=(item, pending, hint, gone)))
    assert texts(made, "//h2")[1:3] == ["已确认的问题（1条）", "待核的疑似问题（2条）"]
    facts = texts(made, "//article[2]//dd")
    assert "删去" in facts
    assert "不详" in facts
    assert "已排除。" not in made.text_content()


def test_coverage_stands_beside_the_findings(dossier: Dossier) -> None:
    made = page(dossier)
    assert "各账号扫描情况（2021-05-02）" in texts(made, "//h2")
    rows = cast("list[html.HtmlElement]", made.xpath("(//table)[2]/tbody/tr"))
    assert [texts(row, "td") for row in rows] == [
        ["甲县 甲县教育（微信）", "7", "6", "1", "0", "2", "1", "0", ""],
        ["甲县 甲县城管（微信）", "—", "0", "0", "未扫描"],
        ["乙区 乙区发布（微信）", "0", "0", "0", "0", "0", "0", "0", "<要求登录>"],
        ["乙区 乙区微博（微博）", "—", "0", "0", "未扫描"],
        ["乙区 乙区警方（抖音）", "—", "0", "0", "未扫描"],
    ]


def test_a_scan_that_did_not_end_or_never_was_is_told(dossier: Dossier) -> None:
    stopped = replace(dossier, night=Night("2021-05-02", finished=False, coverage={}))
    assert "这一夜的扫描没有完成。" in texts(page(stopped), "//p")
    assert "没有扫描记录。" in texts(page(replace(dossier, night=None, makers={})), "//p")


@pytest.mark.parametrize(("model", "told"), [("", "未启用模型"), ("9f8e", "模型 9f8e")])
def test_the_model_is_named_or_said_to_be_off(dossier: Dossier, model: str, told: str) -> None:
    makers = {"2021-05-02-1": Makers("0.1.0", "ab12", model, "cd34")}
    line = f"扫描 2021-05-02-1：程序 0.1.0；词库 ab12；{told}；配置 cd34"
    assert line in texts(page(replace(dossier, makers=makers)), "//p")


def test_nothing_is_loaded_and_nothing_is_left_unescaped(dossier: Dossier) -> None:
    bad = '<script>x</script>"&'
    (item,) = dossier.evidence
    hostile = replace(
        item,
        title=bad,
        url="javascript:alert(1)",
        sentence=bad,
        quote=Span(0, 8),
        message=bad,
        basis=bad,
        suggestions=(bad,),
        reviewers=(bad,),
        account=bad,
        county=bad,
    )
    line = replace(dossier.edition.lines[0], county=bad, account=bad, problems=(bad,))
    accounts = tuple(replace(account, name=bad) for account in dossier.accounts)
    made = page(
        replace(
            dossier,
            evidence=(hostile, replace(hostile, url=f"https://x/{bad}")),
            edition=replace(dossier.edition, lines=(line,)),
            accounts=accounts,
        ),
        bad,
    )
    assert made.xpath("//script | //link | //img | //iframe | //@src | //@onclick") == []
    assert made.xpath("//a/@href") == [f"https://x/{bad}"]
    assert texts(made, "//mark") == ["<script>", "<script>"]
