# ruff: noqa: E501 # lines of markup keep the shape of the real pages
"""Pages of WeChat articles, and the feeds of the two bridges that list them."""

from datetime import UTC
from email.utils import format_datetime
from html import escape

from demo_pages.articles import DemoAccount, DemoArticle
from demo_pages.marks import SEAM
from demo_pages.routes import Pages

__all__ = ["article_html", "feed_url", "link", "native_id", "render_wechat"]

_HOST = "mp.weixin.qq.com"
_BRIDGES = {"wewe": "wewe.lanning.example.gov.cn", "we-mp": "rss.lanning.example.gov.cn"}
_RSS = "application/rss+xml; charset=utf-8"
_ESCAPES = {
    "\\": "5c",
    "\r": "0d",
    '"': "22",
    "&": "26",
    "'": "27",
    "<": "3c",
    ">": "3e",
    "\n": "0a",
}
_TYPES = {"article": "0", "repost": "0", "picture": "8", "text": "10"}
_DECODER = (
    r"function JsDecode(str){return str && str.replace(/\\x5c/g,'\\').replace(/\\x0d/g,'\r')"
    r""".replace(/\\x22/g,'"').replace(/\\x26/g,'&').replace(/\\x27/g,'\'')"""
    r".replace(/\\x3c/g,'<').replace(/\\x3e/g,'>').replace(/\\x0a/g,'\n');}"
)
_DELETED = (
    '<html class=""><head><title></title></head><body id="activity-detail" '
    'class="zh_CN wx_wap_page discuss_tab"><div class="weui-msg"><div class="weui-msg__icon-area">'
    '<i class="weui-icon-warn weui-icon_msg-primary"></i></div><div class="weui-msg__text-area">'
    '<div class="weui-msg__title warn">该内容已被发布者删除</div></div></div></body></html>\n'
)


def render_wechat(account: DemoAccount, pages: Pages) -> None:
    """Add the account's feed and the page of each of its articles."""
    bridge = account.source["bridge"]
    path = feed_url(account).removeprefix(f"https://{_BRIDGES[bridge]}")
    feed = _wewe_feed(account) if bridge == "wewe" else _we_mp_feed(account)
    pages.route(_BRIDGES[bridge], path, feed, f"{path}.xml".replace(".rss.", "."), type=_RSS)
    for article in account.articles:
        html = _page(account, article)
        if account.source["links"] == "short":
            pages.add(_HOST, f"/s/{article.token}.html", html)
        else:
            query = {"__biz": account.source["biz"], "mid": str(_mid(article)), "idx": "1"}
            pages.route(_HOST, "/s", html, f"/long/{_mid(article)}_1.html", query=query)


def feed_url(account: DemoAccount) -> str:
    """Return the address of the account's feed."""
    bridge, feed_id = account.source["bridge"], account.source["feed_id"]
    tail = f"/feeds/{feed_id}.rss" if bridge == "wewe" else f"/rss/{feed_id}"
    return f"https://{_BRIDGES[bridge]}{tail}"


def native_id(account: DemoAccount, article: DemoArticle) -> str:
    """Return the short id of a short link, else biz:mid:idx."""
    if account.source["links"] == "short":
        return article.token
    return f"{account.source['biz']}:{_mid(article)}:1"


def link(account: DemoAccount, article: DemoArticle) -> str:
    """Return the link that the feed gives."""
    if account.source["links"] == "short":
        return f"https://{_HOST}/s/{article.token}"
    return _long_link(account, article)


def _long_link(account: DemoAccount, article: DemoArticle) -> str:
    biz = _biz(account)
    return (
        f"https://{_HOST}/s?__biz={biz}&mid={_mid(article)}&idx=1"
        f"&sn={_sn(article)}&chksm={article.number:08x}#rd"
    )


def _biz(account: DemoAccount) -> str:
    return account.source.get("biz", f"Mzk{account.source['feed_id'][-8:]}OA==")


def _mid(article: DemoArticle) -> int:
    return 2247000000 + article.number % 1_000_000


def _sn(article: DemoArticle) -> str:
    return f"{article.number:08x}" * 4


def _page(account: DemoAccount, article: DemoArticle) -> str:
    if article.kind == "deleted":
        return _DELETED
    if article.kind in {"picture", "text"}:
        return _share_page(account, article)
    return _article_page(account, article)


def article_html(article: DemoArticle) -> str:
    """Return the body as the editor's page writes it: sections of span leaf, tables, pictures."""
    parts: list[str] = []
    rows: list[str] = []
    for index, line in enumerate(article.paragraphs):
        if line.startswith("|"):
            rows.append(line)
            continue
        if rows:
            parts.append(_table(rows))
            rows = []
        parts.append(_paragraph(line, index))
    if rows:
        parts.append(_table(rows))
    return "\n".join(parts)


def _paragraph(line: str, index: int) -> str:
    if line.startswith("# "):
        return f'<section style="text-align:center;"><strong>{_leaf(line[2:])}</strong></section>'
    if line.startswith("图："):
        return (
            '<section><span leaf=""><img data-src="https://mmbiz.qpic.cn/mmbiz_png/'
            f'{index:04d}/640?wx_fmt=png&amp;from=appmsg" class="rich_pages wxw-img" '
            'data-ratio="0.66" data-w="1080" data-type="png" /></span></section>\n'
            f'<p style="color:#888;font-size:14px;">{_leaf(line[2:])}</p>'
        )
    # Editors' tools cut every other paragraph somewhere: the reader must join the pieces.
    comma = line.find("，", len(line) // 2)
    if index % 2 and comma > 0 and SEAM not in line:
        line = f"{line[: comma + 1]}{SEAM}{line[comma + 1 :]}"
    leaves = "".join(_leaf(piece) for piece in line.split(SEAM))
    return f'<section style="margin-bottom:24px;line-height:2;">{leaves}</section>'


def _leaf(text: str) -> str:
    return f'<span leaf="">{escape(text, quote=False)}</span>'


def _table(rows: list[str]) -> str:
    body = "".join(
        "<tr>"
        + "".join(
            f"<td><section>{_leaf(cell.strip())}</section></td>"
            for cell in row.strip("|").split("|")
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><tbody>{body}</tbody></table>"


def _article_page(account: DemoAccount, article: DemoArticle) -> str:
    title, author = escape(article.title), escape(str(article.extra.get("author", "")))
    digest = escape(str(article.extra.get("digest", "")))
    repost = article.kind == "repost"
    body = article_html(article)
    if repost:
        content = (
            '<div id="js_share_content"></div><div class="original_panel appmsg_card_context">'
            f'<span id="original_panel_title">{escape(str(article.extra["original_title"]))}</span>'
            '<div class="original_panel_content js_underline_content" id="js_content" '
            'aria-hidden="true"></div><span data-url="http://mp.weixin.qq.com/s?__biz='
            f"{_biz(account)}&amp;mid={_mid(article) - 1}&amp;idx=1&amp;sn={_sn(article)}"
            '#wechat_redirect" class="weui-link" id="js_share_source">阅读全文</span></div>'
        )
    else:
        content = (
            '<div class="rich_media_content js_underline_content autoTypeSetting24psection" '
            f'id="js_content" style="visibility: hidden; opacity: 0; ">\n{body}\n</div>'
        )
    byline = (
        '<span class="rich_media_meta rich_media_meta_text"><span id="js_author_name" '
        f'style="display:none;">{author}</span><span id="js_author_name_text">{author}</span></span>'
        if author
        else ""
    )
    return f"""<!DOCTYPE html>
<html class="
">
<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta name="description" content="{digest}" /><meta name="author" content="{author}" />
<meta property="og:title" content="{title}" />
<meta property="og:url" content="{escape(_long_link(account, article))}" />
<meta property="og:site_name" content="微信公众平台" /><meta property="og:type" content="article" />
<title></title></head>
<body id="activity-detail" class="zh_CN wx_wap_page mm_appmsg discuss_tab appmsg_skin_default">
<div id="js_article" style="position:relative;" class="rich_media">
<div id="js_top_ad_area" class="top_banner"></div>
<div id="page-content" class="rich_media_area_primary"><div id="img-content" class="rich_media_wrp">
<h1 class="rich_media_title " id="activity-name"><span class="js_title_inner">{title}</span></h1>
<div id="meta_content" class="rich_media_meta_list">{byline}
<span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a href="javascript:void(0);" id="js_name">
                {account.name}              </a><div id="js_profile_card"></div></span>
<em id="publish_time" class="rich_media_meta rich_media_meta_text"></em></div>
{content}
<div id="js_tags_preview_toast" style="display:none;">预览时标签不可点</div>
<div id="content_bottom_area"></div></div></div></div>
{_variables(account, article, "2" if repost else "0")}
{_cgi(account, article, body)}
</body></html>
"""


def _variables(account: DemoAccount, article: DemoArticle, copyright_stat: str) -> str:
    return (
        '<script nonce="1" type="text/javascript">var item_show_type = "0"; '
        f'var biz = "{_biz(account)}" || ""; var mid = "{_mid(article)}" || ""; '
        f'var idx = "1" || ""; var sn = "{_sn(article)}" || ""; '
        f'var user_name = "gh_{account.source["feed_id"][-12:]}"; '
        f'var nickname = htmlDecode("{account.name}"); '
        f"var msg_title = '{escape(article.title)}'.html(false); "
        f'var _copyright_stat = "{copyright_stat}"; var ct = "{article.timestamp}";</script>'
    )


def _share_page(account: DemoAccount, article: DemoArticle) -> str:
    title = article.title or article.plain
    is_text = article.kind == "text"
    body = (
        '<div id="js_article" data-server-rendered="true" class="page_pages share_content_page  ">'
        '<div id="js_article_content" class="rich_media_area_primary "><div id="js_content">'
        '<p id="js_text_desc" class="share_notice_inner js_underline_content "></p></div>'
        '<em id="publish_time" class="rich_media_meta rich_media_meta_text "></em></div></div>'
        if is_text
        else '<div id="js_article" class="share_content_page"><div class="share_content_page_hd" '
        'id="js_share_content_page_hd"><div class="img_swiper_area"></div></div>'
        '<div class="share_content_page_bd" id="js_base_container"></div></div>'
    )
    # The page writes line feeds of the title as the two characters \n.
    og_title = escape(title).replace("\n", "\\n")
    return f"""<html class=""><head><meta property="og:title" content="{og_title}" />
<meta property="og:url" content="{escape(_long_link(account, article))}" /></head><body>
{body}
<script nonce="1">window.item_show_type = '{_TYPES[article.kind]}' || ''; window.ct = '{article.timestamp}' || '';</script>
{_cgi(account, article, "" if is_text else article.plain)}</body></html>
"""


def _cgi(account: DemoAccount, article: DemoArticle, content: str) -> str:
    text = _js(article.plain) if article.kind == "text" else ""
    title = article.title or article.plain
    pictures = "".join(
        f" {{ cdn_url: JsDecode('https://mmbiz.qpic.cn/sz_mmbiz_jpg/{number:04d}/0?wx_fmt=jpeg'), "
        "width: '1080' * 1, height: '1440' * 1, },"
        for number in range(int(article.extra.get("images", 0)))
    )
    texts = (
        f"content: JsDecode('{text}'), content_noencode: JsDecode('{text}'), "
        "short_msg_pic_url: [], picture_info: [], is_user_title: '0' * 1,"
        if text
        else ""
    )
    return (
        '<script type="text/javascript" h5only nonce="1">(function(){ '
        f"{_DECODER} try {{ window.cgiDataNew = {{ base_resp:{{ret:'0' * 1,errmsg: JsDecode('ok'),}}, "
        f"user_name: JsDecode('gh_{account.source['feed_id'][-12:]}'), "
        f"nick_name: JsDecode('{_js(account.name)}'), title: JsDecode('{_js(title)}'), "
        f"desc: JsDecode('{_js(str(article.extra.get('digest', '')))}'), "
        f"content_noencode: JsDecode('{_js(content)}'), "
        f"create_time: JsDecode('{article.published_at:%Y-%m-%d %H:%M}'), "
        f"link: JsDecode('{_js(escape(_long_link(account, article)))}'), "
        f"ori_create_time: '{article.timestamp}' * 1, author: JsDecode('{_js(str(article.extra.get('author', '')))}'), "
        f"bizuin: JsDecode('{_biz(account)}'), mid: '{_mid(article)}' * 1, idx: '1' * 1, "
        f"sn: JsDecode('{_sn(article)}'), item_show_type: '{_TYPES[article.kind]}' * 1, "
        f"modify_time: '0' * 1, picture_page_info_list: [{pictures} ], text_page_info: {{ {texts} }}, "
        "ip_wording: { country_name: JsDecode('中国'), }, }; } catch(e){} })();</script>"
    )


def _js(text: str) -> str:
    return "".join(f"\\x{_ESCAPES[char]}" if char in _ESCAPES else char for char in text)


def _feed_title(article: DemoArticle) -> str:
    return article.title or article.paragraphs[0]


def _wewe_feed(account: DemoAccount) -> str:
    items = "".join(
        f"<item><title><![CDATA[{_feed_title(article)}]]></title>"
        f"<link>{escape(link(account, article))}</link>"
        f'<guid isPermaLink="false">{escape(link(account, article))}</guid>'
        f"<pubDate>{format_datetime(article.published_at.astimezone(UTC), usegmt=True)}</pubDate>"
        # What this bridge writes where it could not read the page.
        "<content:encoded><![CDATA[获取全文失败，请重试~]]></content:encoded>"
        '<enclosure url="https://mmbiz.qpic.cn/cover/0" length="0" type="image/jpeg"/></item>\n'
        for article in account.articles
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">\n'
        f"<channel><title>{account.name}</title><link>{feed_url(account)}</link>"
        f"<description>{account.name}</description><generator>WeWe-RSS</generator>\n"
        f"{items}</channel></rss>\n"
    )


def _we_mp_feed(account: DemoAccount) -> str:
    items = "".join(
        f"<item><id>{article.token}</id><title>{escape(_feed_title(article))}</title>"
        f"<description>{escape(str(article.extra.get('digest', '')))}</description>"
        f"<guid>{escape(link(account, article))}</guid>"
        f"<link>{escape(link(account, article))}</link>"
        # With cdata on, this bridge escapes the marks of the section itself.
        f"<content:encoded>{escape('<![CDATA[' + article_html(article) + ']]>')}</content:encoded>"
        # The server's own time without a zone, and a blank at the end.
        f"<pubDate>{format_datetime(article.published_at).removesuffix('+0800')}</pubDate></item>\n"
        for article in account.articles
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">\n'
        f"<channel><title>{account.name}</title><link>{feed_url(account)}</link>"
        f"<description>{account.name}</description><language>zh-CN</language>\n"
        f"{items}</channel></rss>\n"
    )
