"""The nonconformance list as one page for the office: list, notice, findings, coverage."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from textcheck.account import Account
from textcheck.edition import Edition
from textcheck.report.attachment import (
    ATTACHMENT,
    HEADERS,
    PREVIEW,
    list_title,
    plain_day,
    rows_html,
    sampling_note,
)
from textcheck.report.dossier import Dossier
from textcheck.report.evidence import Evidence
from textcheck.report.terminal import model_told
from textcheck.review import State
from textcheck.run import Coverage, Makers

__all__ = ["list_html"]

_SERIOUS_NOTE = "“严重”为程序提示的候选，经本办复核确认后方为严重表述错误。"
_STYLE = """
body{font-family:"仿宋_GB2312",FangSong,STFangsong,"Noto Serif CJK SC",serif;line-height:1.6;
margin:2em auto;max-width:60em;padding:0 1em;color:#111}
h1{font-family:"方正小标宋简体",STZhongsong,serif;font-weight:normal;text-align:center;font-size:1.6em}
h2{font-family:"黑体",SimHei,sans-serif;font-weight:normal;font-size:1.2em;margin-top:2em}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid #333;padding:.25em .5em;text-align:center}
th{font-family:"黑体",SimHei,sans-serif;font-weight:normal}
td.name{text-align:left}
.preview{color:#c00000;text-align:center}
article{border:1px solid #999;padding:.5em 1em;margin:.8em 0;break-inside:avoid}
article p{margin:.3em 0}
mark{background:#ffe08a;color:#b00000}
dl{display:grid;grid-template-columns:5em 1fr;margin:.3em 0}
dt{color:#555}dd{margin:0;overflow-wrap:anywhere}
.bad{color:#b00000}
@media print{body{margin:0;max-width:none;font-size:11pt}thead{display:table-header-group}
tr{break-inside:avoid}a{color:inherit;text-decoration:none}@page{size:A4;margin:25mm 20mm}}
"""


def list_html(dossier: Dossier, notice: str) -> bytes:
    """Return the page: one file, nothing loaded from elsewhere, everything escaped."""
    edition = dossier.edition
    title = escape(list_title(edition))
    parts = [
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
        f"<p>{ATTACHMENT}</p>\n<h1>{title}</h1>",
        _standing(edition),
        _table(HEADERS, rows_html(edition.lines)),
        f"<p>{escape(sampling_note(edition))}</p>",
        "<h2>通报段落</h2>",
        *(f"<p>{escape(line)}</p>" for line in notice.splitlines()),
        f"<p>{_SERIOUS_NOTE}</p>",
        *_findings("已确认的问题", dossier.evidence, confirmed=True),
        *_findings("待核的疑似问题", dossier.evidence, confirmed=False),
        *_coverage(dossier),
        *_makers(dossier.makers),
        "</body>\n</html>\n",
    ]
    return "\n".join(parts).encode()


def _standing(edition: Edition) -> str:
    if edition.is_preview:
        return f'<p class="preview">{PREVIEW}</p>'
    issued = plain_day(edition.issued_at.date())
    return f"<p>第{edition.number}版，{issued}定稿，内容摘要 {edition.digest[:16]}</p>"


def _table(headers: Iterable[str], rows: Iterable[str]) -> str:
    head = "".join(f"<th>{escape(header)}</th>" for header in headers)
    body = "\n".join(rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _findings(heading: str, evidence: Sequence[Evidence], *, confirmed: bool) -> list[str]:
    """Return the findings that are confirmed, or those still open; the dismissed are left out."""
    shown = [
        item
        for item in evidence
        if item.state is not State.DISMISSED and (item.state is State.CONFIRMED) == confirmed
    ]
    articles = [_finding(item) for item in shown] or ["<p>无</p>"]
    return [f"<h2>{heading}（{len(shown)}条）</h2>", *articles]


def _finding(item: Evidence) -> str:
    sentence, quote = item.sentence, item.quote
    marked = (
        f"{escape(sentence[: quote.start])}"
        f'<mark data-code="{escape(item.code)}">{escape(quote.of(sentence))}</mark>'
        f"{escape(sentence[quote.end :])}"
    )
    suggestions = "、".join(f"“{text}”" if text else "删去" for text in item.suggestions)
    facts = {
        "级别": f"{item.severity.label}（{item.code}），{item.state.value}",
        "理由": item.message,
        "依据": item.basis,
        "建议": suggestions,
        "账号": f"{item.county} {item.account}",
        "发布时间": plain_day(item.published_on) if item.published_on else "不详",
        "确认人": "、".join(item.reviewers),
        "标题": item.title,
    }
    rows = "".join(
        f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in facts.items() if text
    )
    return (
        f"<article>\n<p>{marked.strip()}</p>\n"
        f"<dl>{rows}<dt>链接</dt><dd>{_link(item.url)}</dd></dl>\n</article>"
    )


def _link(url: str) -> str:
    # Whatever else an account may put into a link is shown, never made clickable.
    if url.startswith(("http://", "https://")):
        return f'<a href="{escape(url)}" rel="noreferrer">{escape(url)}</a>'
    return escape(url)


def _coverage(dossier: Dossier) -> list[str]:
    night = dossier.night
    if night is None:
        return ["<h2>各账号扫描情况</h2>", "<p>没有扫描记录。</p>"]
    unfinished = "" if night.finished else '<p class="bad">这一夜的扫描没有完成。</p>'
    rows = []
    for account in sorted(dossier.accounts, key=lambda item: (item.list_order, item.id)):
        found = [item for item in dossier.evidence if item.account_id == account.id]
        confirmed = sum(item.state is State.CONFIRMED for item in found)
        pending = len(found) - confirmed
        rows.append(_coverage_row(account, night.coverage.get(account.id), confirmed, pending))
    headers = ("账号", "列出", "读取", "失败", "已删除", "不完整", "确认", "待核", "说明")
    heading = f"<h2>各账号扫描情况（{escape(night.day)}）</h2>"
    return [heading, unfinished, _table(headers, rows)]


def _coverage_row(account: Account, given: Coverage | None, confirmed: int, pending: int) -> str:
    name = f'<tr><td class="name">{escape(account.county)} {escape(account.label)}</td>'
    if given is None:
        empty = '<td colspan="5">—</td>'
        return (
            f'{name}{empty}<td>{confirmed}</td><td>{pending}</td><td class="bad">未扫描</td></tr>'
        )
    numbers = (given.listed, given.fetched, given.failed, given.gone, given.partial)
    cells = "".join(f"<td>{number}</td>" for number in (*numbers, confirmed, pending))
    return f'{name}{cells}<td class="bad">{escape(given.error)}</td></tr>'


def _makers(makers: Mapping[str, Makers]) -> list[str]:
    """Tell what the findings behind the list depend on, runs of the same makers together."""
    runs: defaultdict[Makers, list[str]] = defaultdict(list)
    for run_id, made in makers.items():
        runs[made].append(run_id)
    lines = [
        f"扫描 {'、'.join(run_ids)}：程序 {made.code}；词库 {made.lexicon}；"
        f"{model_told(made.model)}；配置 {made.config}"
        for made, run_ids in runs.items()
    ]
    return ["<h2>生成依据</h2>", *(f"<p>{escape(line)}</p>" for line in lines)] if lines else []
