"""Filters of the queue under names, and the kept text beside the page as it was read last."""

from datetime import timedelta

import pytest
from web_office import Browser, Office, words_of

from textcheck.store.users import disable_user

TEXT = "会议召开。要以实干推动高质量发屏。大家都说好。"


def keep(browser: Browser, name: str, query: str) -> int:
    browser.last = browser.get("/queue")
    return browser.post("/filters", name=name, query=query).status_code


def test_a_filter_is_kept_under_a_name_for_its_user_alone(office: Office) -> None:
    browser = office.login("查阅者")
    assert keep(browser, "甲县严重", "severity=serious&county=甲县&page=3&x=<script>") == 200
    address = "/queue?severity=serious&amp;county=%E7%94%B2%E5%8E%BF"
    assert f'href="{address}">甲县严重</a>' in browser.get("/queue").text
    assert "甲县严重" not in office.login("审核员甲").get("/queue").text
    keep(browser, "甲县严重", "state=存疑")  # the same name: the other way
    page = browser.get("/queue?state=存疑")
    assert page.text.count("甲县严重</a>") == 1
    assert 'aria-current="page">甲县严重</a>' in page.text
    browser.last = page
    browser.post("/filters/forget", name="甲县严重", next="/queue")
    assert "甲县严重" not in browser.get("/queue").text


@pytest.mark.parametrize(
    ("name", "query", "status"),
    [("", "", 400), ("长" * 21, "", 400), ("甲", "state=没有这种", 400), ("<b>", "q=<b>", 200)],
)
def test_a_filter_that_makes_no_sense_is_refused(
    office: Office, name: str, query: str, status: int
) -> None:
    browser = office.login("查阅者")
    assert keep(browser, name, query) == status
    assert "<b>" not in browser.get("/queue").text


def test_who_works_no_more_is_offered_for_nothing(office: Office) -> None:
    office.found(TEXT, "高质量发屏")
    browser = office.login("审核员甲")
    assert "<option>审核员乙</option>" in browser.get("/queue").text
    with office.store.write() as connection:
        disable_user(connection, "审核员乙", by="命令行", now=office.clock())
    assert "<option>审核员乙</option>" not in browser.get("/queue").text


def test_the_kept_text_stands_beside_the_last_reading(office: Office) -> None:
    key = office.found(TEXT, "高质量发屏")
    browser = office.login("查阅者")
    evidence = f"/issues/{key}/evidence/1"
    assert "与留存的一致" in words_of(browser.get(evidence))
    office.clock.now += timedelta(minutes=5)
    office.found(TEXT.replace("大家都说好", "他说高质量发屏好"), "高质量发屏")
    page = browser.get(evidence).text
    assert "已改动" in page
    assert "<del>大家都说好。</del><ins>他说高质量发屏好。</ins>" in page
    assert "推动<mark>高质量发屏</mark>。大家都说好。" in page
