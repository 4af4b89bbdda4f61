"""The demonstration's sources keep their promises, and what is rendered from them is current."""

import re
import subprocess
import sys
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from demo_pages.articles import DemoAccount, DemoArticle, Planted, load_accounts
from demo_pages.columns import COLUMNS
from demo_pages.marks import Mark, as_published, corrected, marks
from demo_pages.wechat import article_html

from textcheck.account import Platform, Status
from textcheck.config import load_config
from textcheck.finding import FAMILIES
from textcheck.register import load_register

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "corpus" / "demo"
REVIEWERS = {"审核员甲", "审核员乙"}
MEGABYTE = 1_000_000

ACCOUNTS = load_accounts(DEMO / "articles")
ARTICLES = [(account, article) for account in ACCOUNTS for article in account.articles]
PLANTED = [
    (account, article, planted) for account, article in ARTICLES for planted in article.planted
]


def test_rendered_files_are_what_the_sources_give() -> None:
    script = ROOT / "scripts" / "build_demo.py"
    done = subprocess.run(  # noqa: S603 # our own script
        [sys.executable, script, "--check"], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_a_stale_page_is_named(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "wb-0001.toml").write_bytes(
        (DEMO / "articles" / "wb-0001.toml").read_bytes()
    )
    script = [sys.executable, str(ROOT / "scripts" / "build_demo.py"), "--demo", str(tmp_path)]
    subprocess.run(script, check=True)  # noqa: S603 # our own script
    (tmp_path / "pages" / "m.weibo.cn" / "gone.json").write_text("{}", encoding="utf-8")
    done = subprocess.run(  # noqa: S603 # our own script
        [*script, "--check"], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("pages/m.weibo.cn/gone.json\n", 1)


def test_pages_stay_small() -> None:
    size = sum(path.stat().st_size for path in (DEMO / "pages").rglob("*") if path.is_file())
    assert size < 3 * MEGABYTE


@pytest.mark.parametrize(
    ("kind", "accounts"),
    [
        *(("wechat_rss", 6), ("weibo", 3), ("trs", 2), ("hanweb", 2)),
        *((kind, 1) for kind in ("weibo_pc", "weibo_api", *COLUMNS)),
    ],
)
def test_every_platform_has_its_accounts(kind: str, accounts: int) -> None:
    assert sum(account.source.get("kind") == kind for account in ACCOUNTS) >= accounts


def test_there_are_articles_enough_and_no_two_alike() -> None:
    texts = [article.plain for _, article in ARTICLES if article.kind != "deleted"]
    openings = Counter(text[:12] for text in texts)
    assert len(ARTICLES) >= 60
    assert [opening for opening, count in openings.items() if count > 1] == []


def test_every_kind_of_page_is_there() -> None:
    kinds = {(account.register["platform"], article.kind) for account, article in ARTICLES}
    wechat = {("微信", kind) for kind in ("article", "picture", "text", "repost", "deleted")}
    assert kinds == wechat | {("微博", "post"), ("微博", "repost"), ("网站", "page")}


def test_articles_with_serious_errors_are_about_twenty_of_several_families() -> None:
    serious = [item for item in PLANTED if item[2].severity == "serious"]
    lesser = [item for item in PLANTED if item[2].severity != "serious"]
    assert 18 <= len({(account.id, article.key) for account, article, _ in serious}) <= 26
    assert {planted.family for *_, planted in serious} == {"NAM", "TTL", "FRM", "ORG", "MTG"}
    assert len(lesser) >= 6


@pytest.mark.parametrize(("account", "article", "planted"), PLANTED)
def test_a_planted_error_is_well_formed(
    account: DemoAccount, article: DemoArticle, planted: Planted
) -> None:
    assert planted.family in FAMILIES
    assert planted.severity in {"serious", "ordinary", "hint"}
    assert planted.mark.wrong != planted.mark.right
    written = "\n".join([article.title, article.plain, *article.attached])
    assert planted.mark.wrong in written
    assert set(planted.reviewers) <= REVIEWERS
    assert account.source


@pytest.mark.parametrize(("account", "article"), ARTICLES)
def test_an_article_is_well_formed(account: DemoAccount, article: DemoArticle) -> None:
    assert date(2021, 1, 1) <= article.published_at.date() <= date(2026, 10, 10)
    assert "→】" not in article.text
    assert bool(article.plain) is (article.kind != "deleted")
    if account.register["platform"] != "微博" and article.kind != "text":
        assert article.title


def test_the_register_reads_and_every_running_account_has_a_source() -> None:
    accounts = load_register(DEMO / "accounts.toml")
    assert [account.id for account in accounts] == [account.id for account in ACCOUNTS]
    running = [account for account in accounts if account.status is Status.RUNNING]
    assert len(running) >= 12
    assert [account.id for account in running if not account.sources] == []
    assert {account.platform for account in accounts} == {
        Platform.WECHAT,
        Platform.WEIBO,
        Platform.SITE,
        Platform.DOUYIN,
    }


def test_a_county_stands_together_in_the_list() -> None:
    counties = [account.county for account in load_register(DEMO / "accounts.toml")]
    starts = [
        county
        for county, before in zip(counties, [None, *counties], strict=False)
        if county != before
    ]
    assert len(starts) == len(set(starts))


def test_the_settings_read_and_keep_old_articles() -> None:
    config = load_config(DEMO / "textcheck.toml")
    assert config.scan.register == "corpus/demo/accounts.toml"
    assert config.scan.lookback_days > 365 * 50
    assert config.crawler.reroute == {}


def test_both_reviewers_confirm_all_serious_errors_but_two() -> None:
    header, *rows = (DEMO / "decisions.tsv").read_text(encoding="utf-8").splitlines()
    assert header.split("\t") == [
        "reviewer", "decision", "account", "native_id", "quote", "reason", "note",
    ]  # fmt: skip
    cells = [row.split("\t") for row in rows]
    assert {len(row) for row in cells} == {7}
    assert {row[0] for row in cells} == REVIEWERS
    confirmed = Counter((account, native, quote) for _, _, account, native, quote, _, _ in cells)
    expected = _expected_errors("serious")
    assert confirmed.keys() == expected
    assert sorted(confirmed.values())[:3] == [1, 1, 2]


def _expected_errors(severity: str) -> set[tuple[str, str, str]]:
    data = tomllib.loads((DEMO / "expected.toml").read_text(encoding="utf-8"))
    return {
        (article["account"], article["native_id"], error["wrong"])
        for article in data["article"]
        for error in article.get("error", [])
        if error["severity"] == severity
    }


def test_every_article_is_expected_once() -> None:
    data = tomllib.loads((DEMO / "expected.toml").read_text(encoding="utf-8"))
    identities = [(article["account"], article["native_id"]) for article in data["article"]]
    assert len(identities) == len(set(identities)) == len(ARTICLES)


def test_hosts_are_public_ones_or_invented() -> None:
    data = tomllib.loads((DEMO / "pages" / "routes.toml").read_text(encoding="utf-8"))
    folders = {path.name for path in (DEMO / "pages").iterdir() if path.is_dir()}
    real = {"mp.weixin.qq.com", "m.weibo.cn", "weibo.com", "api.weibo.com"}
    hosts = folders | {route["host"] for route in data["route"]}
    assert {host for host in hosts - real if not host.endswith(".example.gov.cn")} == set()
    feeds = [
        spec.options["feed"]
        for account in load_register(DEMO / "accounts.toml")
        for spec in account.sources
        if spec.kind == "wechat_rss"
    ]
    assert {urlsplit(feed).hostname for feed in feeds} <= folders


def test_the_page_that_calls_itself_gb2312_is_gbk() -> None:
    listing = (DEMO / "pages/swj.lanning.example.gov.cn/gzdt/swyw/index.html").read_bytes()
    page = next((DEMO / "pages/swj.lanning.example.gov.cn").rglob("t20260709_*.html")).read_bytes()
    assert b"gb2312" in listing
    assert "㎡" in page.decode("gbk")
    with pytest.raises(UnicodeDecodeError):
        page.decode("gb2312")


def test_a_list_of_two_pages_gives_days_without_a_year() -> None:
    folder = DEMO / "pages/www.shidu.example.gov.cn/gzdt"
    first = (folder / "index.html").read_text(encoding="utf-8")
    assert 'createPageHTML(2, 0, "index", "html");' in first
    assert re.findall(r"<span>([^<]+)</span>", first) == ["09-07", "08-10", "07-14"]
    assert "<span>06-18</span>" in (folder / "index_1.html").read_text(encoding="utf-8")


def test_a_protected_form_is_split_over_two_spans() -> None:
    article = next(
        item for account, item in ARTICLES if (account.id, item.key) == ("wx-0001", "03")
    )
    assert '特色社</span><span leaf="">会主思想' in article_html(article)


@pytest.mark.parametrize(
    ("text", "found", "published", "right"),
    [
        ("没有标记【提示】", [], "没有标记【提示】", "没有标记【提示】"),
        ("学【四意→四个意识】", [Mark("四意", "四个意识")], "学四意", "学四个意识"),
        ("缺【→的】字", [Mark("", "的")], "缺字", "缺的字"),
        ("多【的→】字", [Mark("的", "")], "多的字", "多字"),
        ("一【甲‖乙→丙】", [Mark("甲乙", "丙")], "一甲‖乙", "一丙"),
        ("“布署”→“部署”", [], "“布署”→“部署”", "“布署”→“部署”"),
    ],
)
def test_marks_are_read(text: str, found: list[Mark], published: str, right: str) -> None:
    assert (marks(text), as_published(text), corrected(text)) == (found, published, right)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("errors = [{", "wrongs = [{"), "unknown key wrongs"),
        (("习进平→", ""), "0 marks, 1 errors"),
        (('id = "wx-0001"', 'id = "wx-0009"'), "the account's id is wx-0009"),
    ],
)
def test_a_slip_in_a_source_is_refused(
    tmp_path: Path, change: tuple[str, str], complaint: str
) -> None:
    text = (DEMO / "articles" / "wx-0001.toml").read_text(encoding="utf-8")
    assert change[0] in text
    (tmp_path / "wx-0001.toml").write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        load_accounts(tmp_path)
