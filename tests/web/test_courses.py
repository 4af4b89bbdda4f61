"""What follows a confirmation: listed, notified, put right, back again; in queue and account."""

from datetime import date, datetime

from web_office import NOW, Office, words_of

from textcheck.article import Article, ArticleState, Reference
from textcheck.config import CHINA
from textcheck.document import Document
from textcheck.edition import Quarter
from textcheck.notice import Notice
from textcheck.report.dossier import ListRequest, draft_edition
from textcheck.report.unit_notice import draft_notices
from textcheck.store.documents import save_article
from textcheck.store.editions import issue_edition
from textcheck.store.notices import keep_notices
from textcheck.store.queue import mark_checked
from textcheck.store.revisits import judge_looks, note_look

WRONG, RIGHT = "会上说高质量发屏。", "会上说高质量发展。"
LINK = "https://example.gov.cn/a/1"
STATES = ("已列入清单", "已通知", "已整改", "再现")


def look(office: Office, key: str, text: str, day: int) -> None:
    """Note what stood on the page in a night."""
    reference = Reference("a", "feed", "1", LINK)
    article = Article(reference, ArticleState.OK, Document(text, url=LINK), "某单位召开会议", NOW)
    with office.store.write() as connection:
        saved = save_article(connection, article)
        mark_checked(connection, saved.version_id, "2026-05-01-1")
        at = datetime(2026, 5, day, 2, tzinfo=CHINA)
        place = (connection, [key], saved.article_id, saved.version_id)
        note_look(*place, night=f"2026-05-{day:02}", at=at)
        judge_looks(connection)


def notices(office: Office) -> list[Notice]:
    """Issue the list of the quarter; return the notices that it gives."""
    quarter = Quarter(2026, 2)
    period = ListRequest(quarter, quarter.first_day, quarter.last_day)
    with office.store.write() as connection:
        edition = draft_edition(connection, period, confirmations=2, now=NOW)
        issued = issue_edition(connection, edition)
        due = date(2026, 5, 15)
        return draft_notices(connection, issued, confirmations=2, due_on=due, now=NOW)


def test_an_issue_goes_through_its_states_and_each_is_a_filter(office: Office) -> None:
    key = office.found(WRONG, "高质量发屏", "a", url=LINK)
    other = office.found("另一句说高质量发屏了。", "高质量发屏", "b")
    reader = office.login("查阅者")

    def held() -> dict[str, int]:
        pages = {state: reader.get(f"/queue?state={state}").text for state in STATES}
        return {state: page.count("data-row") for state, page in pages.items() if key in page}

    assert held() == {}
    for name in ("审核员甲", "审核员乙"):
        browser = office.login(name)
        browser.decide(key, decision="confirm")
    browser.decide(other, decision="confirm")
    assert held() == {}
    drafts = notices(office)
    assert held() == {"已列入清单": 1}
    with office.store.write() as connection:
        keep_notices(connection, drafts, "审批人")
    assert held() == {"已通知": 1}
    look(office, key, WRONG, 2)  # it still stands: nothing has changed
    assert held() == {"已通知": 1}
    look(office, key, RIGHT, 3)
    assert held() == {"已整改": 1}
    look(office, key, WRONG, 4)
    assert held() == {"再现": 1}
    assert '<span class="tag state back">再现</span>' in reader.get(f"/issues/{key}").text
    account = reader.get("/accounts/a").text
    assert "再现 1。" in account
    assert 'href="/queue?account=a&amp;state=再现"' in account
    assert "1 个问题" in words_of(reader.get("/queue?account=a&state=再现"))
    assert "没有符合条件的问题" in reader.get("/queue?account=b&state=再现").text
    onward = reader.get(f"/issues/{key}?state=再现").text
    assert [side in onward for side in ('rel="prev"', 'rel="next"')] == [False, False]
    assert "1 个问题" in words_of(reader.get("/queue?state=确认"))  # whatever came after


def test_a_lapse_is_listed_told_and_ends_with_a_new_article(office: Office) -> None:
    key = office.found(WRONG, WRONG, "a", code="UPD001", url=LINK)
    for name in ("审核员甲", "审核员乙"):
        office.login(name).decide(key, decision="confirm")
    drafts = notices(office)
    with office.store.write() as connection:
        keep_notices(connection, drafts, "审批人")
    reader = office.login("查阅者")
    assert "1 个问题" in words_of(reader.get("/queue?state=已通知"))
    assert "内容不更新 2026-05-01 尚未复查" in words_of(reader.get("/notices/1"))
    assert "尚未复查 1" in words_of(reader.get("/notices"))
