"""Small readers, each by its table."""

import pytest

from textcheck.account import Account, Platform, SourceSpec
from textcheck.document import BlockKind
from textcheck.errors import ConfigError
from textcheck.sources.compose import without_repeats
from textcheck.sources.links import canonical, join_link
from textcheck.sources.options import option
from textcheck.sources.wechat_article import wechat_identity
from textcheck.sources.wechat_script import js_string, script_values
from textcheck.sources.weibo_post import clean_lines

TITLE, AUTHOR, DIGEST, BODY = BlockKind.TITLE, BlockKind.AUTHOR, BlockKind.DIGEST, BlockKind.BODY


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("甲<br />乙<br>丙", ["甲", "乙", "丙"]),
        ("好<span class='url-icon'><img alt=[鼓掌] src='x'></span>啊", ["好[鼓掌]啊"]),
        ("好<span class='url-icon'><img src='x'></span>啊", ["好啊"]),
        ('甲<a href="x"><span class="surl-text">#话题#</span></a>乙', ["甲#话题#乙"]),
        ("甲<a href='/n/某县'>@某县</a>乙", ["甲@某县乙"]),
        (
            '看<a><i class="url-icon"><img></i><span class="surl-text">网页链接</span></a>这里',
            ["看这里"],
        ),
        ('看<a href="x">溪口发布的微博视频</a>', ["看"]),
        ('看<a href="x">溪口公园</a>', ["看溪口公园"]),
        ('前半 ...<a href="/status/1">全文</a>', ["前半"]),
        ('前半…<span class="expand">展开</span>', ["前半"]),
        ("没有截断...", ["没有截断..."]),
        ("读《全文》", ["读《全文》"]),
        ("  ", []),
        ('<a href="/status/1">全文</a>', []),
    ],
)
def test_weibo_text_is_the_words_of_the_author(html: str, lines: list[str]) -> None:
    assert clean_lines(html) == lines


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        (r"\x3cb\x3e", "<b>"),
        (r"\x26amp;", "&amp;"),
        (r"\x5cn", r"\n"),  # a backslash that was one
        (r"a\nb\tc", "a\nb\tc"),
        (r"\u4e2d", "中"),
        (r"it\'s \"x\" \/", 'it\'s "x" /'),
        ("中", "中"),
        ("\\", "\\"),
        ("", ""),
    ],
)
def test_string_literal(literal: str, text: str) -> None:
    assert js_string(literal) == text


def test_values_are_found_by_their_path() -> None:
    values = script_values(
        """
        var ct = "17" || ''; var empty = ''; window.item_show_type = '8' || ''; var ct = "99";
        var nickname = htmlDecode("甲");
        window.cgiData = { title: '旧', only_old: 'x', };
        window.cgiDataNew = { title: JsDecode('新'), n: '5' * 1, flag: true, nested: { title: "内",
          list: [ { title: '列' }, 'x' ], }, picture_page_info_list: [ { cdn_url: JsDecode('a'),
          inner: { cdn_url: 'b' }, }, { cdn_url: JsDecode('c') }, ], after: '后', };
        var later = { title: '不算' };
        """
    )
    assert values.variables == {"ct": "17", "empty": "", "item_show_type": "8", "nickname": "甲"}
    assert values.fields["title"] == "新"
    assert values.fields["only_old"] == "x"
    assert values.fields["nested.title"] == "内"
    assert values.fields["nested.list.title"] == "列"
    assert (values.fields["n"], values.fields["after"]) == ("5", "后")
    assert values.pictures == 2
    assert values.first("empty", "ct") == "17"
    assert values.first("empty", "none") == ""


@pytest.mark.parametrize(
    "script", ["", "window.cgiDataNew = {", "window.cgiDataNew = { a: 'x", "}}]]"]
)
def test_broken_script_gives_what_it_has(script: str) -> None:
    values = script_values(script)
    assert (values.variables, values.pictures) == ({}, 0)


@pytest.mark.parametrize(
    ("head", "body", "texts"),
    [
        (
            [(TITLE, "题"), (DIGEST, "开头的话")],
            [(BODY, "开头 的话。还有。")],
            ["题", "开头 的话。还有。"],
        ),
        ([(DIGEST, "开头的话…")], [(BODY, "开头的话，还有。")], ["开头的话，还有。"]),
        ([(DIGEST, "另写的摘要")], [(BODY, "正文。")], ["另写的摘要", "正文。"]),
        ([(AUTHOR, "甲")], [(BODY, "甲乙丙。")], ["甲", "甲乙丙。"]),
        ([(TITLE, "题")], [(BODY, "题"), (BODY, "文")], ["题", "文"]),
        ([(TITLE, "")], [(BODY, "文")], ["", "文"]),
    ],
)
def test_nothing_stands_twice(
    head: list[tuple[BlockKind, str]], body: list[tuple[BlockKind, str]], texts: list[str]
) -> None:
    assert [text for _, text in without_repeats(head, body)] == texts


@pytest.mark.parametrize(
    ("link", "identity"),
    [
        ("https://mp.weixin.qq.com/s/AbC_-1", "AbC_-1"),
        ("http://mp.weixin.qq.com/s/AbC?scene=1#rd", "AbC"),
        ("https://mp.weixin.qq.com/s?__biz=MzA==&mid=22&idx=1&sn=x", "MzA==:22:1"),
        ("https://mp.weixin.qq.com/s?__biz=MzA==&mid=22&idx=1&sn=other&chksm=y#rd", "MzA==:22:1"),
        ("https://mp.weixin.qq.com/s?__biz=MzA==&mid=22", ""),
        ("https://mp.weixin.qq.com/mp/x", ""),
        ("https://example.gov.cn/s/AbC", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_wechat_article_has_one_identity(link: str, identity: str) -> None:
    assert wechat_identity(link) == identity


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://a.gov.cn/x.html", "https://a.gov.cn/x.html"),
        ("https://A.gov.cn:443/x.html#a", "https://a.gov.cn/x.html"),
        ("http://a.gov.cn:8080", "https://a.gov.cn:8080/"),
        ("http://a.gov.cn/x?utm_source=y&id=", "https://a.gov.cn/x?id="),
    ],
)
def test_page_of_a_site_has_one_name(url: str, name: str) -> None:
    assert canonical(url) == name


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("./b.html", "http://a.gov.cn/x/b.html"),
        (" ../b.html\n", "http://a.gov.cn/b.html"),
        ("//b.gov.cn/", "http://b.gov.cn/"),
        ("javascript:void(0)", None),
        ("mailto:a@b.cn", None),
        ("http://[", None),
        ("http://a:x/", None),
        ("http://:80/b", None),
    ],
)
def test_link_is_an_address_or_none(href: str, url: str | None) -> None:
    assert join_link("http://a.gov.cn/x/index.html", href) == url


@pytest.mark.parametrize(
    ("specs", "message"),
    [
        ((), "账号 acc-1 没有 trs 来源"),
        ((SourceSpec("weibo", {"uid": "1"}),), "账号 acc-1 没有 trs 来源"),
        ((SourceSpec("trs", {"list": " "}),), "账号 acc-1 的 trs 来源缺少 list"),
    ],
)
def test_missing_option_is_named(specs: tuple[SourceSpec, ...], message: str) -> None:
    account = Account("acc-1", "甲县", "某局", Platform.SITE, "某局网站", sources=specs)
    with pytest.raises(ConfigError, match=message):
        option(account, "trs", "list")


def test_option_is_of_the_source_that_asks() -> None:
    specs = (SourceSpec("weibo", {"uid": "1"}), SourceSpec("trs", {"list": " http://a/ "}))
    account = Account("acc-1", "甲县", "某局", Platform.SITE, "某局网站", sources=specs)
    assert option(account, "trs", "list") == "http://a/"
