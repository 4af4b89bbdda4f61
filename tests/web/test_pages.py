"""Review through the pages, without a line of JavaScript, against a real server."""

import io
import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook
from web_office import NOW, PASSWORD, Browser, Office, token_in, words_of

from textcheck.finding import Severity
from textcheck.store.events import broken_links, events_on
from textcheck.store.screenshots import save_screenshot

TEXT = "会议强调，要以实干推动高质量发屏，确保各项任务落到实处。"


def test_who_is_not_logged_in_is_asked_to_and_goes_on_where_they_wanted(office: Office) -> None:
    visitor = office.visitor()
    asked = visitor.get("/queue?state=存疑")
    assert asked.url.path == "/login"
    fields = {"form_token": token_in(asked), "name": "查阅者", "password": "只在测试中使用的口令"}
    onward = re.search(r'name="next" value="([^"]+)"', asked.text)
    assert onward is not None
    answer = visitor.post("/login", data=fields | {"next": onward[1].replace("&amp;", "&")})
    assert (answer.url.path, answer.url.params["state"]) == ("/queue", "存疑")


def test_a_login_that_fails_says_not_why_and_five_have_to_wait(office: Office) -> None:
    visitor = office.visitor()
    token = token_in(visitor.get("/login"))
    for name in ("查阅者", "无此人"):
        fields = {"form_token": token, "name": name, "password": "不是这个口令"}
        wrong = visitor.post("/login", data=fields)
        assert (wrong.status_code, "姓名或口令不正确" in wrong.text) == (401, True)
        for _ in range(4):
            visitor.post("/login", data=fields)
    right = {"form_token": token, "name": "查阅者", "password": "只在测试中使用的口令"}
    assert visitor.post("/login", data=right).status_code == 429
    office.clock.now += timedelta(minutes=16)
    assert visitor.post("/login", data=right).status_code == 200


def test_a_session_ends_by_logout_by_idleness_and_everywhere(office: Office) -> None:
    here, there = office.login("查阅者"), office.login("查阅者")
    here.post("/logout")
    assert here.get("/queue").url.path == "/login"
    assert there.get("/queue").url.path == "/queue"
    third = office.login("查阅者")
    third.post("/logout", everywhere="1")
    assert there.get("/queue").url.path == "/login"
    fourth = office.login("查阅者")
    office.clock.now += timedelta(minutes=29)
    assert fourth.get("/queue").url.path == "/queue"
    office.clock.now += timedelta(minutes=31)
    assert fourth.get("/queue").url.path == "/login"


def test_a_password_is_changed_by_its_owner_and_other_logins_end(office: Office) -> None:
    here, there = office.login("查阅者"), office.login("查阅者")
    new = "换成了另一个口令的"
    fields = {"password": PASSWORD, "wanted": new, "again": new}
    for wrong, status in (
        ({"password": "不是这个口令"}, 401),
        ({"again": "与上面不一样的口令"}, 400),
        ({"wanted": "短", "again": "短"}, 400),
    ):
        assert here.post("/password", **fields | wrong).status_code == status
    assert there.get("/queue").url.path == "/queue"
    changed = here.post("/password", **fields | {"wanted": new * 2, "again": new * 2})
    assert "口令已更换" in words_of(changed)
    assert here.get("/queue").url.path == "/queue"
    assert there.get("/queue").url.path == "/login"
    visitor = office.visitor()
    sent = {"form_token": token_in(visitor.get("/login")), "name": "查阅者"}
    assert visitor.post("/login", data=sent | {"password": PASSWORD}).status_code == 401
    assert visitor.post("/login", data=sent | {"password": new * 2}).status_code == 200
    with office.store.read() as connection:
        logged = events_on(connection, "查阅者")
        kept = str(connection.exec_driver_sql("SELECT * FROM events").all())
    kinds = [item.event.kind for item in logged if item.event.kind != "login"]
    assert kinds == ["user", "login failed", "user", "login failed"]
    assert logged[-1].event.detail == {"address": "127.0.0.1"}
    assert [word for word in (PASSWORD, new, "不是这个口令") if word in kept] == []


def test_who_types_a_password_for_a_name_finds_it_in_no_log(office: Office) -> None:
    visitor = office.visitor()
    fields = {"form_token": token_in(visitor.get("/login")), "name": PASSWORD, "password": "x"}
    assert visitor.post("/login", data=fields).status_code == 401
    with office.store.read() as connection:
        (failed,) = [
            item.event for item in events_on(connection, "") if item.event.kind == "login failed"
        ]
        kept = str(connection.exec_driver_sql("SELECT * FROM events").all())
    assert failed.detail == {"address": "127.0.0.1"}
    assert PASSWORD not in kept


def test_what_waits_for_a_second_person_is_shown_to_others_only(office: Office) -> None:
    key = office.found(TEXT, "高质量发屏")
    first, second = office.login("审核员甲"), office.login("审核员乙")
    done = first.decide(key, decision="confirm")
    mine = "/queue?state=复核中&others=1"
    assert key in second.get(mine).text
    assert key not in first.get(mine).text
    assert key in first.get("/queue?state=复核中").text
    batch = re.search(r'name="batch" value="(\w+)"', done.text)
    assert batch is not None
    first.post("/undo", batch=batch[1])
    assert key in first.get("/queue?state=待核&others=1").text  # said and taken back: not said


def test_two_people_confirm_through_the_pages(office: Office) -> None:
    key = office.found(TEXT, "高质量发屏")
    first, second = office.login("审核员甲"), office.login("审核员乙")
    page = first.get("/queue?state=待核")
    assert "要以实干推动<mark>高质量发屏</mark>，确保" in page.text
    assert "1 个问题" in words_of(page)
    answer = first.decide(key, decision="confirm")
    assert office.state(key) == "复核中"
    assert "已确认 1 个" in words_of(answer)
    first.decide(key, decision="confirm")
    assert office.state(key) == "复核中"  # one person is one person
    second.decide(key, decision="confirm", note="属实")
    assert office.state(key) == "确认"
    history = words_of(second.get(f"/issues/{key}"))
    assert "审核员甲 确认" in history
    assert "审核员乙 确认 属实" in history
    with office.store.read() as connection:
        assert list(broken_links(connection)) == []


def test_a_dismissal_has_a_reason_and_another_one_a_note(office: Office) -> None:
    key = office.found(TEXT, "高质量发屏")
    browser = office.login("审核员甲")
    for fields in ({"decision": ""}, {"reason": "看着不像"}, {"reason": "其他"}):
        assert browser.decide(key, **fields).status_code == 400
    assert office.state(key) == "待核"
    browser.decide(key, reason="其他", note="说明")
    assert office.state(key) == "排除"


def test_excluding_a_leader_s_name_needs_an_approver(office: Office) -> None:
    key = office.found(TEXT, "高质量发屏", code="NAM101")
    office.login("审核员甲").decide(key, reason="同名不同人")
    assert office.state(key) == "复核中"
    refused = office.login("审核员乙").decide(key, reason="同名不同人")
    assert refused.status_code == 403
    assert "审批人" in words_of(refused)
    office.login("审批人").decide(key, reason="同名不同人")
    assert office.state(key) == "排除"


def test_a_decision_is_undone_at_once_or_from_the_history(office: Office) -> None:
    key = office.found(TEXT, "高质量发屏")
    browser = office.login("审核员甲")
    answer = browser.decide(key, reason="重复")
    batch = re.search(r'name="batch" value="(\w+)"', answer.text)
    assert batch is not None
    answer = browser.post("/undo", batch=batch[1], next="/queue?state=待核")
    assert office.state(key) == "待核"
    assert (answer.url.path, "1 个问题" in words_of(answer)) == ("/queue", True)
    browser.decide(key, decision="confirm")
    page = browser.get(f"/issues/{key}").text
    batches = re.findall(r'name="batch" value="(\w+)"', page)
    browser.post("/undo", batch=batches[-1], issue=key)
    assert office.state(key) == "待核"
    refused = office.login("审核员乙").post("/undo", batch=batches[-1])
    assert refused.status_code == 404
    assert "只能撤回自己" in words_of(refused)


def test_who_decides_on_an_old_page_is_shown_the_conflict(office: Office) -> None:
    key = office.found(TEXT, "高质量发屏")
    first, second = office.login("审核员甲"), office.login("审核员乙")
    first.decide(key, decision="confirm")
    late = second.post(f"/issues/{key}/decision", version="0", reason="重复")
    assert late.status_code == 409
    assert "已被审核员甲 在 09:30 改动" in words_of(late)
    assert office.state(key) == "复核中"


def test_the_form_of_an_issue_goes_on_to_the_next_in_the_queue(office: Office) -> None:
    keys = [office.found(f"第{n}句说高质量发屏。", "高质量发屏", number=str(n)) for n in range(3)]
    ordered = sorted(keys, reverse=True)
    browser = office.login("审核员甲")
    query = "?state=待核"
    for place, key in enumerate(ordered):
        page = browser.get(f"/issues/{key}{query}").text
        assert [side in page for side in ('rel="prev"', 'rel="next"')] == [False, place < 2]
        answer = browser.post(
            f"/issues/{key}/decision{query}",
            version="0",
            decision="confirm",
            go="on",
            next="/queue?state=待核",
        )
        assert answer.url.path == (f"/issues/{ordered[place + 1]}" if place < 2 else "/queue")


def test_many_are_decided_at_once_after_their_number_was_shown(office: Office) -> None:
    texts = [f"第{number}句说高质量发屏。" for number in range(5)]
    keys = [office.found(text, "高质量发屏", number=text) for text in texts]
    browser = office.login("审核员甲")
    ticked = {"issue": [f"{key}:0" for key in keys[:2]], "action": "重复", "next": "/queue"}
    asked = browser.post("/bulk", **ticked)
    assert "将对 2 个问题作同一处理：排除（重复）" in words_of(asked)
    assert [office.state(key) for key in keys] == ["待核"] * 5
    done = browser.post("/bulk/apply", **ticked, count="2")
    assert "已排除 2 个" in words_of(done)
    everything = {"all": "1", "query": "state=待核", "action": "confirm", "next": "/queue"}
    assert "将对 3 个问题" in words_of(browser.post("/bulk", **everything))
    stale = browser.post("/bulk/apply", **everything, count="2")
    assert stale.status_code == 409
    done = browser.post("/bulk/apply", **everything, count="3")
    assert [office.state(key) for key in keys] == ["排除"] * 2 + ["复核中"] * 3
    batch = re.search(r'name="batch" value="(\w+)"', done.text)
    assert batch is not None
    browser.post("/undo", batch=batch[1])
    assert [office.state(key) for key in keys] == ["排除"] * 2 + ["待核"] * 3


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"action": "confirm"}, 400),
        ({"action": "不认识", "issue": "x:0"}, 400),
        ({"action": "confirm", "issue": "x"}, 400),
        ({"action": "confirm", "all": "1", "query": "state=不认识"}, 400),
        ({"action": "confirm", "issue": [f"{n}:0" for n in range(1001)]}, 400),
    ],
)
def test_a_bulk_action_that_makes_no_sense_is_refused(
    bureau: Browser, fields: dict[str, object], status: int
) -> None:
    assert bureau.post("/bulk", **fields).status_code == status


def test_an_issue_is_assigned_and_found_by_who_is_to_decide(office: Office) -> None:
    key = office.found(TEXT, "高质量发屏")
    browser = office.login("审核员甲")
    fields = {"assignee": "审核员乙", "due_on": "2026-05-08", "next": f"/issues/{key}"}
    answer = browser.post(f"/issues/{key}/assignment", **fields)
    assert "指派给审核员乙，2026-05-08 前" in words_of(answer)
    second = office.login("审核员乙")
    assert "1 个问题" in words_of(second.get("/queue?assignee=审核员乙"))
    assert "没有符合条件的问题" in second.get("/queue?overdue=1").text
    office.clock.now += timedelta(days=8)
    later = office.login("审核员乙")
    assert "1 个问题" in words_of(later.get("/queue?overdue=1"))
    wrong = {"assignee": "查阅者", "due_on": ""}
    assert later.post(f"/issues/{key}/assignment", **wrong).status_code == 400
    wrong = {"assignee": "", "due_on": "下周"}
    assert later.post(f"/issues/{key}/assignment", **wrong).status_code == 400
    ticked = {"issue": f"{key}:1", "action": "assign", "assignee": "审核员甲", "count": "1"}
    assert later.post("/bulk", **ticked).status_code == 200
    later.post("/bulk/apply", **ticked)
    assert "1 个问题" in words_of(later.get("/queue?assignee=审核员甲"))


def test_a_reviewer_of_one_county_sees_and_decides_only_its_own(office: Office) -> None:
    other = office.found("甲县说高质量发屏。", "高质量发屏", "a")
    key = office.found("乙县说高质量发屏。", "高质量发屏", "b")
    both = office.found("两县说高质量发屏。", "高质量发屏", "a", "2")
    office.found("两县说高质量发屏。", "高质量发屏", "b", "2")
    browser = office.login("乙县审核员")
    assert "2 个问题" in words_of(browser.get("/queue?state="))
    assert browser.get(f"/issues/{other}").status_code == 404
    assert browser.post(f"/issues/{other}/decision", version="0").status_code == 404
    assert browser.post(f"/issues/{other}/assignment").status_code == 404
    page = browser.get(f"/issues/{both}").text
    assert "账号b" in page
    assert "账号a" not in page
    browser.decide(both, decision="confirm")
    browser.decide(key, decision="confirm")
    assert (office.state(both), office.state(key)) == ("待核", "复核中")


def test_the_queue_is_turned_page_by_page_and_filtered_by_its_address(office: Office) -> None:
    for number in range(31):
        office.found(f"第{number}句说高质量发屏。", "高质量发屏", number=str(number))
    office.found("有提示布署。", "布署", "b", "9", severity=Severity.HINT, code="WRD801")
    browser = office.login("查阅者")
    first = browser.get("/queue?state=待核")
    assert "32 个问题" in words_of(first)
    assert first.text.count("data-row") == 30
    assert "确认 <kbd>" not in first.text  # a reader decides nothing
    second = browser.get("/queue?state=待核&page=2")
    assert second.text.count("data-row") == 2
    for query in ("severity=hint", "family=WRD", "county=乙县", "q=布署", "account=b"):
        assert "1 个问题" in words_of(browser.get(f"/queue?{query}"))
    for query in ("state=没有", "severity=x", "family=XXX", "page=x"):
        assert browser.get(f"/queue?{query}").status_code == 400


def test_what_a_filter_holds_is_exported_within_the_scope(office: Office) -> None:
    office.found("两县说高质量发屏。", "高质量发屏", "a", title='=HYPERLINK("x")')
    office.found("两县说高质量发屏。", "高质量发屏", "b")
    office.found("甲县说高质量发屏。", "高质量发屏", "a", "2")

    def rows(name: str, query: str) -> Sequence[Sequence[object]]:
        answer = office.login(name).get(f"/queue/export?{query}")
        assert "filename*=UTF-8''%E9%97%AE" in answer.headers["content-disposition"]
        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
        return book.get_sheet_by_name("问题").to_python()[1:]

    assert len(rows("查阅者", "state=待核")) == 3
    assert [row[6] for row in rows("查阅者", "q=甲县")] == ["甲县说【高质量发屏】。"]
    assert rows("查阅者", "state=确认") == []
    (own,) = rows("乙县审核员", "")
    assert own[9:12] == ["乙县", "乙县某局", "账号b（微信）"]
    assert '=HYPERLINK("x")' in [row[12] for row in rows("查阅者", "")]  # a string, no formula


def test_the_evidence_stands_beside_the_way_to_today_s_page(office: Office) -> None:
    key = office.found(TEXT, "高质量发屏")
    browser = office.login("查阅者")
    page = browser.get(f"/issues/{key}/evidence/1")
    assert "<mark>高质量发屏</mark>" in page.text
    assert 'href="https://example.gov.cn/a/1"' in page.text
    kept = browser.get(f"/issues/{key}/evidence/1/0")
    assert kept.content == TEXT.encode()
    assert kept.headers["content-type"] == "application/octet-stream"
    assert kept.headers["content-disposition"].startswith("attachment")
    picture = b"\x89PNG\r\n\x1a\n and so on"
    with office.store.write() as connection:
        save_screenshot(connection, 1, "https://example.gov.cn/a/1", picture, NOW)
    page = browser.get(f"/issues/{key}/evidence/1")
    assert f'src="/issues/{key}/evidence/1/1" alt="2026-05-01 09:30 的网页截图"' in page.text
    shown = browser.get(f"/issues/{key}/evidence/1/1")
    assert (shown.content, shown.headers["content-type"]) == (picture, "image/png")
    assert shown.headers["content-security-policy"] == "sandbox; default-src 'none'"
    for path in ("2", "1/2", "1/-1"):
        assert browser.get(f"/issues/{key}/evidence/{path}").status_code == 404
    assert browser.get(f"/issues/{'0' * 64}/evidence/1").status_code == 404
