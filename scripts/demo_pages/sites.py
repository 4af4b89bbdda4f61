# ruff: noqa: E501 # lines of markup keep the shape of the real pages
"""Lists and pages of sites made with TRS WCM and with Hanweb jcms."""

from html import escape

from plain_files import plain_docx

from demo_pages.articles import DemoAccount, DemoArticle
from demo_pages.routes import Pages

__all__ = [
    "column_metas",
    "list_url",
    "metas",
    "page_url",
    "paragraphs",
    "render_hanweb",
    "render_trs",
]


def list_url(account: DemoAccount) -> str:
    """Return the address of the column that lists the account's pages."""
    host, column = account.source["host"], account.source["column"]
    if account.source["kind"] == "trs":
        return f"https://{host}/{column}/index.html"
    return f"https://{host}/col/col{column}/index.html"


def page_url(account: DemoAccount, article: DemoArticle) -> str:
    """Return the address of one page."""
    return f"https://{account.source['host']}{_page_path(account, article)}"


def _page_path(account: DemoAccount, article: DemoArticle) -> str:
    day, column = article.published_at, account.source["column"]
    number = 1_400_000 + article.number % 99_999
    if account.source["kind"] == "trs":
        return f"/{column}/{day:%Y%m}/t{day:%Y%m%d}_{number}.html"
    return f"/art/{day.year}/{day.month}/{day.day}/art_{column}_{number}.html"


def _cut(title: str) -> str:
    """Return the title as a list shows it; the whole stands in the attribute `title`."""
    shown = 22
    return title if len(title) <= shown else f"{title[:shown]}..."


def paragraphs(article: DemoArticle) -> str:
    """Return the text as paragraphs and tables."""
    lines, rows = [], []
    for line in article.plain.split("\n"):
        if line.startswith("|"):
            cells = line.strip("|").split("|")
            rows.append(
                "<tr>" + "".join(f"<td>{escape(cell.strip())}</td>" for cell in cells) + "</tr>"
            )
            continue
        if rows:
            lines.append(f'<table border="1"><tbody>{"".join(rows)}</tbody></table>')
            rows = []
        lines.append(f'<p align="justify">　　{escape(line, quote=False)}</p>')
    return "\n".join(lines)


def metas(account: DemoAccount, article: DemoArticle, url: str) -> str:
    """Return the tags that a page must have."""
    source = account.source
    pairs = {
        "SiteName": source["site_name"],
        "SiteDomain": source["host"],
        "SiteIDCode": source["site_id"],
        "ColumnName": source["column_name"],
        "ColumnType": "",
        "ArticleTitle": article.title,
        "PubDate": f"{article.published_at:%Y-%m-%d %H:%M}",
        "ContentSource": str(article.extra["source"]),
        "Keywords": "",
        "Author": "",
        "Description": "",
        "Url": url,
    }
    return "\n".join(
        f'<meta name="{name}" content="{escape(value)}">' for name, value in pairs.items()
    )


def column_metas(account: DemoAccount) -> str:
    """Return the tags that a column must have."""
    source = account.source
    pairs = {
        "SiteName": source["site_name"],
        "SiteDomain": source["host"],
        "SiteIDCode": source["site_id"],
        "ColumnName": source["column_name"],
        "ColumnDescription": source["column_name"],
        "ColumnKeywords": source["column_name"],
        "ColumnType": source["column_name"],
    }
    return "".join(f'<meta name="{name}" content="{value}">' for name, value in pairs.items())


def render_trs(account: DemoAccount, pages: Pages) -> None:
    """Add the list (index.html, index_1.html …) and the pages of a TRS site."""
    host, column = account.source["host"], account.source["column"]
    charset, size = account.source["charset"], int(account.source["page_size"])
    # Pages that call themselves gb2312 hold characters of its superset.
    encoding = "gbk" if charset == "gb2312" else charset
    chunks = [account.articles[at : at + size] for at in range(0, len(account.articles), size)]
    for index, chunk in enumerate(chunks):
        name = "index.html" if index == 0 else f"index_{index}.html"
        html = _trs_list(account, chunk, index, len(chunks))
        pages.add(host, f"/{column}/{name}", html, encoding)
    for article in account.articles:
        html = _trs_page(account, article)
        path = _page_path(account, article)
        pages.add(host, path, html, encoding)
        if article.extra.get("attachment"):
            folder = path.rpartition("/")[0]
            pages.add_bytes(host, f"{folder}/{_saved_as(article)}", plain_docx(article.attached))


def _trs_list(
    account: DemoAccount, articles: tuple[DemoArticle, ...], index: int, count: int
) -> str:
    short = account.source["short_dates"] == "True"
    items = "\n".join(
        f'<li><a href="{_relative(account, article)}" title="{escape(article.title)}">'
        f"{escape(_cut(article.title))}</a><span>"
        f"{article.published_at:{'%m-%d' if short else '%Y/%m/%d'}}</span></li>"
        for article in articles
    )
    return f"""<!DOCTYPE html><html><head><meta charset="{account.source["charset"]}">
<title>{account.source["column_name"]}</title>{column_metas(account)}</head><body>
<ul class="u-list">
{items}
</ul>
<div class="page"><script>createPageHTML({count}, {index}, "index", "html");</script></div>
</body></html>
"""


def _relative(account: DemoAccount, article: DemoArticle) -> str:
    return "." + _page_path(account, article).removeprefix(f"/{account.source['column']}")


def _trs_page(account: DemoAccount, article: DemoArticle) -> str:
    name = _page_path(account, article).rpartition("/")[2]
    moment = f"{article.published_at:%Y-%m-%d %H:%M}"
    attachment = ""
    if file := str(article.extra.get("attachment", "")):
        saved = _saved_as(article)
        attachment = (
            f'\n<p>　　附件：<a href="./{saved}" appendix="true" otheroperation="false" '
            f'title="{file}" oldsrc="/protect/{saved}">{file}</a></p>'
        )
    return f"""<!DOCTYPE html><html><head><meta charset="{account.source["charset"]}">
<title>{escape(article.title)} - {account.source["site_name"]}</title>
{metas(account, article, f"./{name}")}
<style type="text/css">.TRS_Editor P{{line-height:2;}}</style></head><body>
<div class="crumbs">当前位置：首页 &gt; {account.source["column_name"]}</div>
<h1>{escape(article.title)}</h1>
<ul class="detail-article-infos"><li class="article-infos-source left"><span alt="时间：{moment}"><i>时间：</i>{moment}</span><span><i>来源：</i> {article.extra["source"]} </span></li></ul>
<div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{margin-top:0}}</style>
{paragraphs(article)}{attachment}</div>
<div class="share">分享到：</div>
<script>createPageHTML(1, 0, "{name.removesuffix(".html")}", "html")</script></body></html>
"""


def _saved_as(article: DemoArticle) -> str:
    return f"P0{article.published_at:%Y%m%d}{article.number:010d}.docx"


def render_hanweb(account: DemoAccount, pages: Pages) -> None:
    """Add the column with the first records inside, the proxy with all, and the pages."""
    host, source = account.source["host"], account.source
    shown = account.articles[: int(source["page_size"])]
    column = _hanweb_column(account, _datastore(account, shown))
    pages.add(host, f"/col/col{source['column']}/index.html", column)
    proxy, file = "/module/web/jpage/dataproxy.jsp", "/module/web/jpage/dataproxy.xml"
    kind = "text/xml; charset=utf-8"
    store = _datastore(account, account.articles)
    pages.route(host, proxy, store, file, type=kind, method="POST")
    pages.point(host, proxy, host + file, type=kind)
    for article in account.articles:
        pages.add(host, _page_path(account, article), _hanweb_page(account, article))
        if article.extra.get("attachment"):
            asked = f"{article.number:010d}.docx"
            name = pages.add_bytes(host, f"/module/download/{asked}", plain_docx(article.attached))
            download = "/module/download/downfile.jsp"
            pages.point(
                host, download, name, type="application/octet-stream", query={"filename": asked}
            )


def _datastore(account: DemoAccount, articles: tuple[DemoArticle, ...]) -> str:
    source, total = account.source, len(account.articles)
    records = "\n".join(
        f'<record><![CDATA[\n<li class="clearfix">    <a target="_blank" '
        f'href="{_page_path(account, article)}" title="{escape(article.title)}">'
        f"{escape(_cut(article.title))}</a>    <b>{article.published_at:%Y-%m-%d}</b></li>]]></record>"
        for article in articles
    )
    return f"""<datastore>
<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&appid=1&appid=1&webid={source["webid"]}&path=/&columnid={source["column"]}&unitid={source["unitid"]}&webname=%25E7%25AB%2599&permissiontype=0"></a>]]></nextgroup>
<totalrecord>{total}</totalrecord><totalpage>{-(-total // int(source["page_size"]))}</totalpage>
<recordset>
{records}
<record><![CDATA[<li style=<br/></li>]]></record>
</recordset>
</datastore>
"""


def _hanweb_column(account: DemoAccount, datastore: str) -> str:
    source = account.source
    return f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<title>{source["site_name"]} {source["column_name"]}</title>{column_metas(account)}</head><body>
<div id="{source["unitid"]}"><script type="text/xml">{datastore}</script></div>
<script>$('#{source["unitid"]}').jpage({{ proxyUrl:'/module/web/jpage/dataproxy.jsp', perPage:{source["page_size"]}, columnid:{source["column"]}, webid:{source["webid"]}, unitid:{source["unitid"]}, path:'/', sourceContentType:1, permissiontype:0 }});</script>
</body></html>
"""


def _hanweb_page(account: DemoAccount, article: DemoArticle) -> str:
    source = str(article.extra["source"])
    attachment = ""
    if file := str(article.extra.get("attachment", "")):
        attachment = (
            '\n<p><a href="/module/download/downfile.jsp?classid=0&amp;filename='
            f'{article.number:010d}.docx">{file}</a></p>'
        )
    return f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><meta name="Maketime" content="{article.published_at:%Y-%m-%d %H:%M:%S}">
<title>{escape(article.title)}</title>
{metas(account, article, page_url(account, article))}</head><body>
<h1>{escape(article.title)}</h1>
<div class="small-title"><span>发布日期：{article.published_at:%Y-%m-%d}</span><span>信息来源：<!--<$[信息来源]>begin-->{source}<!--<$[信息来源]>end--></span></div>
<div class="main-txt" id="zoom"><!--<$[信息内容]>begin--><!--ZJEG_RSS.content.begin--><meta name="ContentStart">{paragraphs(article)}{attachment}<meta name="ContentEnd"><!--ZJEG_RSS.content.end--><!--<$[信息内容]>end--></div>
</body></html>
"""
