"""Notices through the pages: made by an approver, read within the scope, answered."""

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from web_office import NOW, Office, words_of

from textcheck.edition import Quarter
from textcheck.report.dossier import ListRequest, draft_edition
from textcheck.store.connect import Connection
from textcheck.store.editions import issue_edition
from textcheck.store.events import broken_links

QUARTER = Quarter(2026, 2)


def issue(connection: Connection) -> None:
    period = ListRequest(QUARTER, QUARTER.first_day, QUARTER.last_day)
    issue_edition(connection, draft_edition(connection, period, confirmations=2, now=NOW))


@pytest.fixture
def listed(start_office: Callable[[], Office]) -> Office:
    """Issue a list with an account of each of two counties."""
    office = start_office()
    keys = [
        office.found(f"{name}要求推动高质量发屏。", "高质量发屏", account)
        for name, account in (("甲", "a"), ("乙", "b"))
    ]
    for name in ("审核员甲", "审核员乙"):
        browser = office.login(name)
        for key in keys:
            browser.decide(key, decision="confirm")
    with office.store.write() as connection:
        issue(connection)
    return office


def test_notices_are_made_downloaded_and_answered(listed: Office) -> None:
    approver = listed.login("审批人")
    page = approver.get("/notices")
    assert "还没有整改通知" in page.text
    assert 'value="2026-05-11"' in page.text  # ten days from today
    asked = "/notices?edition=2026Q2/1&due_on=2026-05-15"
    previewed = words_of(approver.get(asked))
    assert "将给 2 个单位各生成一份" in previewed
    assert "于2026年5月15日前书面反馈整改情况" in previewed
    assert "甲要求推动【高质量发屏】。建议改为“高质量发展”。" in previewed
    assert "还没有整改通知" in previewed
    made = words_of(approver.post("/notices", edition="2026Q2/1", due_on="2026-05-15"))
    assert "生成通知 2 份" in made
    assert "甲县某局 2026年二季度第 1 版 1 2026-05-15 0/1 尚未复查 1 没有发送" in made
    again = words_of(approver.post("/notices", edition="2026Q2/1", due_on="2026-05-15"))
    assert "生成通知 0 份" in again
    assert "2 个单位与本季度上次内容相同，不再另出。" in words_of(approver.get(asked))
    paper = approver.get("/notices/1/docx")
    assert "filename*=UTF-8''%E6%95%B4" in paper.headers["content-disposition"]
    text = "\n".join(item.text for item in docx.Document(BytesIO(paper.content)).paragraphs)
    assert "甲要求推动【高质量发屏】。建议改为“高质量发展”。" in text
    reviewer = listed.login("审核员甲")
    fields = {"account": "a", "words": "已改<script>。", "fixed_on": "2026-05-01"}
    answered = reviewer.post("/notices/1/replies", **fields)
    assert "审核员甲 登记： 2026-05-01 已整改，已改<script>。" in words_of(answered)
    assert "已改<script>" not in answered.text
    assert "1/1" in words_of(approver.get("/notices"))
    listed.clock.now = NOW.replace(day=16)
    late = words_of(listed.login("审批人").get("/notices"))
    listed.clock.now = NOW
    assert "0/1 逾期" in late
    assert "1/1 逾期" not in late
    with listed.store.write() as connection:
        assert list(broken_links(connection)) == []
        connection.exec_driver_sql("DROP TRIGGER replies_no_update")
        connection.exec_driver_sql("UPDATE replies SET words = '没有改'")
        assert list(broken_links(connection)) == [
            "整改通知 1 中 a 的反馈已被删除或改动",
            "整改通知 1 中 a 的反馈没有相应的记录",
        ]


def test_who_has_one_county_sees_and_answers_its_notices_only(listed: Office) -> None:
    listed.login("审批人").post("/notices", edition="2026Q2/1", due_on="2026-05-15")
    reviewer = listed.login("乙县审核员")
    page = words_of(reviewer.get("/notices"))
    assert "乙县某局" in page
    assert "甲县某局" not in page
    fields = {"account": "a", "words": "已改。"}
    for answer in (
        reviewer.get("/notices/1"),
        reviewer.get("/notices/1/docx"),
        reviewer.post("/notices/1/replies", **fields),
    ):
        assert answer.status_code == 404
        assert "不在您的管辖范围内" in answer.text
    wrong = reviewer.post("/notices/2/replies", **fields)
    assert (wrong.status_code, "通知中没有账号" in wrong.text) == (400, True)
    assert reviewer.post("/notices", edition="2026Q2/1", due_on="2026-05-15").status_code == 403
    asked = reviewer.get("/notices?edition=2026Q2/1&due_on=2026-05-15")  # who makes none sees none
    assert (asked.status_code, "预览" in asked.text) == (200, False)


@pytest.mark.parametrize(
    ("edition", "due_on", "told"),
    [
        ("2026Q2/1", "", "写明反馈的期限"),
        ("2026Q2/1", "2026-04-30", "已经过去"),
        ("2026Q2/1", "明天", "不是日期"),
        ("2026Q2/9", "2026-05-15", "没有已定稿的"),
        ("x/y", "2026-05-15", "请选择清单"),
        ("二季度/1", "2026-05-15", "季度应写作"),
    ],
)
def test_forms_that_cannot_be_meant_are_refused(
    bureau_of_approver: Callable[..., str], edition: str, due_on: str, told: str
) -> None:
    assert told in bureau_of_approver(edition=edition, due_on=due_on)


@pytest.fixture(scope="module")
def bureau_of_approver(start_office: Callable[[], Office]) -> Callable[..., str]:
    """Send the form to an office without any list."""
    browser = start_office().login("审批人")

    def send(**fields: str) -> str:
        answer = browser.post("/notices", **fields)
        assert answer.status_code in {400, 404}
        asked = browser.client.get("/notices", params=fields)
        assert asked.status_code == answer.status_code
        return answer.text

    return send
