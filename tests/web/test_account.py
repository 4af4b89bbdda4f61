"""The page of an account: what was mended, how often it publishes, what articles said before."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from web_office import NOW, Browser, Office, words_of

from textcheck.article import Article, ArticleState, Reference
from textcheck.config import CHINA
from textcheck.document import Document
from textcheck.store.documents import save_article
from textcheck.store.queue import mark_checked
from textcheck.store.revisits import judge_looks, note_look
from textcheck.text.differences import Part
from textcheck.web.accounts import shortened

LINK = "https://example.gov.cn/a/1"
WRONG = "第一段没有变。\n会上说高质量发屏，<script>x</script>。\n末段。"
MENDED = "第一段没有变。\n会上说高质量发展，<script>x</script>。\n末段。"


@pytest.fixture(scope="module")
def mended(start_office: Callable[[], Office]) -> Office:
    """Confirm an error of an account, which it then mends."""
    office = start_office()
    key = office.found(WRONG, "高质量发屏", "a", url=LINK)
    office.found("另一篇说高质量发屏了。", "高质量发屏", "b", "2")
    for week in (1, 1, 3):
        office.found(
            f"周{week}高质量发屏。", "高质量发屏", "a", f"w{week}", day=NOW - timedelta(weeks=week)
        )
    for name in ("审核员甲", "审核员乙"):
        office.login(name).decide(key, decision="confirm")
    reference = Reference("a", "feed", "1", LINK)
    later = Article(reference, ArticleState.OK, Document(MENDED, url=LINK), "某单位召开会议", NOW)
    with office.store.write() as connection:
        saved = save_article(connection, later)
        mark_checked(connection, saved.version_id, "2026-05-01-1")
        place = (connection, [key], saved.article_id, saved.version_id)
        note_look(*place, night="2026-05-03", at=datetime(2026, 5, 3, 2, tzinfo=CHINA))
        judge_looks(connection)
    return office


@pytest.fixture(scope="module")
def reader(mended: Office) -> Browser:
    return mended.login("查阅者")


def test_what_became_of_confirmed_errors_is_told(reader: Browser) -> None:
    page = words_of(reader.get("/accounts/a"))
    assert (
        "会上说【高质量发屏】，<script>x</script>。 2026-05-01 09:30 已修改（2026-05-03）" in page
    )
    assert "没有已确认的严重问题" in words_of(reader.get("/accounts/b"))


def test_the_curve_has_a_point_for_each_week(reader: Browser) -> None:
    page = reader.get("/accounts/a").text
    assert "近 26 周每周更新篇数，最多一周 1 篇" in page
    points = page.partition('points="')[2].partition('"')[0].split()
    assert (len(points), points[-1], points[-2], points[-3]) == (26, "520,0", "499,0", "478,80")
    assert "2026-04-06 1，2026-04-13 0，2026-04-20 1，2026-04-27 1" in page


def test_versions_are_laid_side_by_side(reader: Browser) -> None:
    page = reader.get("/articles/1").text
    assert (
        "会上说高质量发<del>屏</del><ins>展</ins>，&lt;script&gt;x&lt;/script&gt;。<br>末段。"
        in page
    )
    assert "请选择两个不同的版本" in words_of(reader.get("/articles/1?before=1&after=1"))
    assert "只有一个版本" in words_of(reader.get("/articles/2"))
    other = reader.get("/articles/1?before=2&after=1").text  # a version of another article
    assert "<del>" not in other


def test_an_article_of_another_county_is_not_shown(mended: Office) -> None:
    browser = mended.login("乙县审核员")
    assert browser.get("/articles/2").status_code == 200
    for path in ("/articles/1", "/articles/99"):
        answer = browser.get(path)
        assert (answer.status_code, "没有这篇文章" in answer.text) == (404, True)


def test_what_is_the_same_is_shortened() -> None:
    long = "甲" * 500
    parts = [(Part.SAME, long), (Part.NEW, "乙"), (Part.SAME, long)]
    assert [words for _, words in shortened(parts)] == [
        "\n……\n" + "甲" * 60,
        "乙",
        "甲" * 60 + "\n……\n",
    ]
    assert shortened([(Part.GONE, "丙" * 5_000)]) == [(Part.GONE, "丙" * 3_000 + "…")]
