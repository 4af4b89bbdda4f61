"""Lists and pages of further makers of sites: Ucap, gov.cn JSON, jpaas, WAS5, sitemap, others."""

import json
from collections.abc import Callable
from html import escape

from demo_pages.articles import DemoAccount, DemoArticle
from demo_pages.routes import Pages
from demo_pages.sites import column_metas, metas, paragraphs

__all__ = ["COLUMNS", "column_options", "column_page", "render_column"]

_JSON, _XML = "application/json; charset=utf-8", "text/xml; charset=utf-8"
_HTML = "text/html; charset=utf-8"


def column_page(account: DemoAccount, article: DemoArticle) -> str:
    """Return the address of one page."""
    return f"https://{account.source['host']}{_path(article)}"


def column_options(account: DemoAccount) -> dict[str, str]:
    """Return what the register says of the account's source beside its kind."""
    kind = account.source["kind"]
    address = f"https://{account.source['host']}{_LISTS[kind][0]}"
    if kind == "ucap":
        return {"list": f"{address}?_isAgg=true&_isJson=true&_pageSize=18&page=1"}
    if kind == "recipe":
        return {"list": address, "item": "ul.news-list > li a", "body": "#article"}
    return {"list": address}


def render_column(account: DemoAccount, pages: Pages) -> None:
    """Add the list and the pages of the account's site."""
    host, kind = account.source["host"], account.source["kind"]
    path, media, listing = _LISTS[kind]
    name = f"{path}index" if path.endswith("/") else f"{path}.saved"
    pages.route(host, path, listing(account), name, type=media)
    for article in account.articles:
        pages.add(host, _path(article), _page(account, article))


def _path(article: DemoArticle) -> str:
    day = article.published_at
    return f"/{day:%Y%m}/{day:%d}/content_{1_400_000 + article.number % 99_999}.html"


def _ucap(account: DemoAccount) -> str:
    results = [
        {
            "title": article.title,
            "url": column_page(account, article).removeprefix("https:"),
            "publishedTimeStr": f"{article.published_at:%Y-%m-%d %H:%M:%S}",
            "publishedTime": article.timestamp * 1000,
            "channelName": account.source["column_name"],
        }
        for article in account.articles
    ]
    data = {"total": len(results), "page": 1, "rows": 18, "results": results}
    return _dump({"data": data})


def _gov_json(account: DemoAccount) -> str:
    return _dump(
        [
            {
                "TITLE": article.title,
                "SUB_TITLE": "",
                "URL": column_page(account, article),
                "DOCRELPUBTIME": f"{article.published_at:%Y-%m-%d}",
            }
            for article in account.articles
        ]
    )


def _rows(account: DemoAccount) -> str:
    return "\n".join(
        f'<li><a href="{_path(article)}" title="{escape(article.title)}">'
        f"{escape(article.title)}</a><span>{article.published_at:%Y-%m-%d}</span></li>"
        for article in account.articles
    )


def _jpaas(account: DemoAccount) -> str:
    return _dump({"success": True, "data": {"html": f"<ul>{_rows(account)}</ul>"}})


def _was5(account: DemoAccount) -> str:
    records = "".join(
        f"<REC><TITLE><![CDATA[{article.title}]]></TITLE><URL>{column_page(account, article)}</URL>"
        f"<DOCRELTIME>{article.published_at:%Y.%m.%d %H:%M:%S}</DOCRELTIME></REC>\n"
        for article in account.articles
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<RESULT>\n{records}</RESULT>\n'


def _sitemap(account: DemoAccount) -> str:
    entries = "".join(
        f"<url><loc>{column_page(account, article)}</loc>"
        f"<lastmod>{article.published_at.isoformat()}</lastmod></url>\n"
        for article in account.articles
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{space}">\n{entries}</urlset>\n'


def _plain_list(account: DemoAccount) -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8">{column_metas(account)}</head><body>\n'
        f'<div class="nav"><a href="/">首页</a></div>\n<ul class="news-list">\n{_rows(account)}\n'
        "</ul></body></html>\n"
    )


_LISTS: dict[str, tuple[str, str, Callable[[DemoAccount], str]]] = {
    "ucap": ("/common/search/a1a078ee0bc54721ab6b148884c784a8", _JSON, _ucap),
    "gov_json": ("/yaowen/liebiao/YAOWENLIEBIAO.json", _JSON, _gov_json),
    "jpaas": ("/api-gateway/jpaas-publish-server/front/page/build/unit", _JSON, _jpaas),
    "was5": ("/was5/web/search", _XML, _was5),
    "sitemap": ("/sitemap.xml", _XML, _sitemap),
    "recipe": ("/xwzx/", _HTML, _plain_list),
}
COLUMNS = tuple(_LISTS)
"""The kinds of sources that are rendered here."""

# What holds the body: before it and behind it.
_BODIES = {
    "ucap": ('<div id="UCAP-CONTENT"><UCAPCONTENT>', "</UCAPCONTENT></div>"),
    "gov_json": ('<div class="pages_content">', "</div>"),
    "jpaas": ('<div id="zoom"><meta name="ContentStart">', '<meta name="ContentEnd"></div>'),
    "was5": ('<div class="TRS_Editor">', "</div>"),
    "sitemap": ('<div class="article-content">', "</div>"),
    "recipe": ('<div id="article">', "</div>"),
}


def _page(account: DemoAccount, article: DemoArticle) -> str:
    before, behind = _BODIES[account.source["kind"]]
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>{escape(article.title)} - {account.source["site_name"]}</title>
{metas(account, article, column_page(account, article))}</head><body>
<div class="nav">首页 &gt; {account.source["column_name"]}</div>
<h1>{escape(article.title)}</h1>
{before}
{paragraphs(article)}
{behind}
<div class="footer">主办：{account.register["unit"]}</div>
</body></html>
"""


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
