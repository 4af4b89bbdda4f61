"""Blind second opinions, and the page that shows which rules waste time."""

from collections.abc import Callable

import pytest
from web_office import Browser, Office, words_of

from textcheck.review import is_drawn


def find(office: Office, *, drawn: bool, behind: int = 0) -> str:
    """Find an issue that was drawn for a second opinion, or one that was not."""
    for number in range(behind, behind + 400):
        text = f"第{number}句说高质量发屏。"
        key = office.found(text, "高质量发屏", number=str(number), trial=True)
        if is_drawn(key) is drawn:
            return office.found(text, "高质量发屏", number=str(number))
    raise AssertionError("no such issue among so many")


@pytest.fixture(scope="module")
def office(start_office: Callable[[], Office]) -> Office:
    """Return an office with one issue that was drawn and one that was not, each decided by one."""
    office = start_office()
    browser = office.login("审核员甲")
    for drawn in (True, False):
        browser.decide(find(office, drawn=drawn), decision="confirm", note="看过原文")
    return office


def shown(browser: Browser, key: str) -> tuple[str, str]:
    """Return the words of the queue and of an issue."""
    return words_of(browser.get("/queue")), words_of(browser.get(f"/issues/{key}"))


def test_who_is_to_decide_next_sees_nothing_of_what_was_said(office: Office) -> None:
    key = find(office, drawn=True)
    other = office.login("审核员乙")
    queue, page = shown(other, key)
    assert "盲审" in queue
    assert "请先独立作出您的决定" in page
    assert "看过原文" not in page
    assert "1/2" not in page
    assert key not in other.get("/queue?state=复核中").text  # which would tell it, too
    assert key in other.get("/queue?blind=1").text
    plain = find(office, drawn=False)
    assert plain in other.get("/queue?state=复核中").text
    assert plain not in other.get("/queue?blind=1").text
    assert "看过原文" in words_of(other.get(f"/issues/{plain}"))
    assert key not in office.login("审核员甲").get("/queue?blind=1").text


@pytest.mark.parametrize("name", ["审核员甲", "查阅者"])
def test_who_has_decided_and_who_decides_nothing_see_all(office: Office, name: str) -> None:
    key = find(office, drawn=True)
    browser = office.login(name)
    _, page = shown(browser, key)
    assert "看过原文" in page
    assert key in browser.get("/queue?state=复核中").text


def test_after_their_own_word_both_see_all_and_the_page_counts_it(office: Office) -> None:
    key = find(office, drawn=True, behind=400)  # its own: the tests run in any order
    office.login("审核员甲").decide(key, decision="confirm", note="看过原文")
    other = office.login("审核员乙")
    other.decide(key, reason="当时有效")
    assert "看过原文" in words_of(other.get(f"/issues/{key}"))
    assert office.state(key) == "存疑"
    page = words_of(office.login("查阅者").get("/quality"))
    assert "有 1 个问题已由两人决定，0 个一致" in page
    assert "FRM301 固定表述 2 0 1 0.0%" in page


@pytest.mark.parametrize(
    ("name", "query", "status"),
    [
        ("查阅者", "?since=2026-01-01&until=2026-01-31", 200),
        ("查阅者", "?since=x", 400),
        ("查阅者", "?until=9999-12-31", 200),
        ("查阅者", "?since=0001-01-01&until=0001-01-02", 200),
        ("乙县审核员", "", 403),
    ],
)
def test_a_period_is_asked_for_by_those_who_see_the_whole_office(
    office: Office, name: str, query: str, status: int
) -> None:
    assert office.login(name).get(f"/quality{query}").status_code == status
