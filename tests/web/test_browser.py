"""Review in a real Chromium: by keyboard, by two people, with and without JavaScript."""

import io
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect, sync_playwright
from python_calamine import CalamineWorkbook
from web_office import NOW, PASSWORD, Office

from tests.notify.conftest import Mailbox, MailHost
from textcheck.cli.main import program
from textcheck.config import CHINA
from textcheck.edition import Quarter
from textcheck.report.dossier import ListRequest, draft_edition
from textcheck.store.editions import issue_edition

TEXT = (
    "会议指出，第{}季度以来，全市上下深入贯彻落实决策部署，坚持稳中求进工作总基调，以实干推动高质量发屏，"
    "经济运行总体平稳、稳中有进。会议强调，要聚焦重点任务（含“十四五”规划——收官之年的各项指标），压实责任。"
)
WRONG = "高质量发屏"
SIZES = ((1366, 768), (390, 844))
OTHERS = (
    "/lists",
    "/lists?quarter=2026Q2",
    "/lists/2026Q2/1",
    "/accounts/a",
    "/articles/1",
    "/notices?edition=2026Q2/1&due_on=2026-05-15",
    "/notices/1",
    "/statistics",
    "/quality",
    "/proposals",
)
SETTINGS = """
[store]
url = "{url}"
[notify]
smtp = "smtp+plain://127.0.0.1:{port}"
sender = "政务公开办 <zwgk@example.gov.cn>"
[notify.mail]
"*" = "yunxi@example.gov.cn"
"""
Open = Callable[..., Page]
# Milliseconds: others may work on the machine, too, and slow is no fault here.
PATIENCE = 60_000

LOOK = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")
# Numbers what a keyboard must reach, and tells which number has the focus.
NUMBER = """
() => Array.from(document.querySelectorAll(
  "a[href], button, input:not([type=hidden]), select, textarea, summary"
)).filter((control) => control.checkVisibility()).map((control, place) => {
  control.dataset.place = place;
  return place;
})
"""
FOCUSED = "() => Number(document.activeElement.dataset.place ?? -1)"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    if executable is None:
        if os.environ.get("TEXTCHECK_REQUIRE_CHROMIUM") == "1":
            pytest.fail("no Chromium on this machine")
        pytest.skip("no Chromium on this machine")
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_as(chromium: Browser, office: Office) -> Iterator[Open]:
    """Open a browser of somebody who logs in by keyboard; nothing may ask another host."""
    contexts = []
    asked: list[str] = []
    told: list[str] = []

    def open_(name: str, size: tuple[int, int] = SIZES[0], *, scripts: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("console", lambda line: told.append(line.text) if line.type == "error" else None)
        page.goto(f"{office.address}/login")
        # What is typed before the field has the focus is lost.
        expect(page.get_by_label("姓名")).to_be_focused()
        page.keyboard.type(name)
        page.keyboard.press("Tab")
        expect(page.get_by_label("口令")).to_be_focused()
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/queue*")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith(office.address)] == []
    # A conflict is an answer of its own, which browsers report as an error.
    assert [line for line in told if "409" not in line] == []


def find(office: Office, count: int) -> list[str]:
    """Find some issues; return their fingerprints in the queue's order."""
    keys = [office.found(TEXT.format(n), WRONG, "abc"[n % 3], str(n)) for n in range(count)]
    return sorted(keys, reverse=True)


def listed(office: Office) -> str:
    """Confirm an issue by two people, and issue the list that holds it."""
    key = office.found(TEXT.format(0), WRONG, "a", "listed", day=NOW - timedelta(days=20))
    for name in ("审核员甲", "审核员乙"):
        office.login(name).decide(key, decision="confirm")
    quarter = Quarter(2026, 2)
    period = ListRequest(quarter, quarter.first_day, quarter.last_day)
    with office.store.write() as connection:
        issue_edition(connection, draft_edition(connection, period, confirmations=2, now=NOW))
    return key


@contextmanager
def serving(mailbox: Mailbox) -> Iterator[int]:
    """Serve a mailbox on a free port."""
    host = MailHost(mailbox, hostname="127.0.0.1", port=0, ready_timeout=30.0)
    host.start()
    try:
        yield host.port
    finally:
        host.stop()


def rows(page: Page, count: int) -> None:
    """Wait until the queue has so many rows."""
    expect(page.locator("[data-row]")).to_have_count(count)


def test_twenty_issues_are_decided_by_keyboard_alone(office: Office, open_as: Open) -> None:
    keys = find(office, 21)
    page = open_as("审核员甲")
    page.goto(f"{office.address}/queue?state=待核")
    for done in range(20):
        rows(page, 21 - done)
        expect(page.locator("[data-row][aria-current]")).to_have_count(1)
        for key in ["y"] if done % 2 == 0 else ["n", str(done % 7 + 1)]:
            page.keyboard.press(key)
    rows(page, 1)
    expected = ["复核中", "排除"] * 10
    assert [office.state(key) for key in keys] == [*expected, "待核"]
    page.keyboard.press("z")
    rows(page, 2)
    assert office.state(keys[19]) == "待核"


def test_the_keys_move_select_and_search_and_leave_an_input_method_alone(
    office: Office, open_as: Open
) -> None:
    keys = find(office, 3)
    page = open_as("审核员甲")
    page.goto(f"{office.address}/queue?state=待核")
    rows(page, 3)
    current = page.locator("[data-row][aria-current] a[data-key=enter]")
    for key, place in (("j", 1), ("j", 2), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(current).to_have_attribute("href", f"/issues/{keys[place]}?state=%E5%BE%85%E6%A0%B8")
    page.keyboard.press("x")
    assert page.locator("input[name=issue]:checked").count() == 1
    # While the input method composes, the key is the writer's; with it merely on, it is ours.
    press = "(given) => document.body.dispatchEvent(new KeyboardEvent('keydown', given))"
    common = {"bubbles": True, "code": "KeyY", "key": "Process"}
    page.evaluate(press, common | {"isComposing": True})
    page.keyboard.press("/")
    page.keyboard.type("yyy")
    assert page.locator("#search").input_value() == "yyy"
    rows(page, 3)
    page.locator("#search").evaluate("(field) => field.blur()")
    page.evaluate(press, common)
    rows(page, 2)
    assert office.state(keys[1]) == "复核中"


def test_one_issue_after_the_other_is_decided_on_its_own_page(
    office: Office, open_as: Open
) -> None:
    keys = find(office, 3)
    page = open_as("审核员甲")
    page.goto(f"{office.address}/queue?state=待核")
    rows(page, 3)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/issues/{keys[0]}*")
    number = page.locator("dd code")
    page.keyboard.press("y")
    expect(number).to_have_text(keys[1][:12])
    page.keyboard.press("j")
    expect(number).to_have_text(keys[2][:12])
    page.keyboard.press("n")
    page.keyboard.press("3")
    expect(page.locator("#told")).to_contain_text("已排除 1 个")
    expect(page.locator(".history li")).to_have_count(1)
    page.keyboard.press("z")
    expect(page.locator(".history li")).to_have_count(2)
    assert [office.state(key) for key in keys] == ["复核中", "待核", "待核"]


def test_many_are_dismissed_at_once(office: Office, open_as: Open) -> None:
    keys = find(office, 5)
    page = open_as("审核员甲")
    page.goto(f"{office.address}/queue?state=待核")
    rows(page, 5)
    for key in "xjxjx":
        page.keyboard.press(key)
    page.get_by_label("操作").select_option("重复")
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "将对 3 个问题作同一处理：排除（重复）"
    )
    page.get_by_role("button", name="对这 3 个执行").click()
    rows(page, 2)
    expect(page.locator("#told")).to_contain_text("已排除 3 个")
    assert [office.state(key) for key in keys] == ["排除"] * 3 + ["待核"] * 2


def test_two_people_confirm_and_a_third_is_told_of_it(office: Office, open_as: Open) -> None:
    [key] = find(office, 1)
    first, second = open_as("审核员甲"), open_as("审核员乙")
    for page in (first, second):
        page.goto(f"{office.address}/issues/{key}")
    first.keyboard.press("y")
    expect(first.locator("#told")).to_contain_text("已确认 1 个")
    second.keyboard.press("y")
    expect(second.get_by_role("alert")).to_contain_text("已被审核员甲 在 09:30 改动")
    assert office.state(key) == "复核中"
    second.goto(f"{office.address}/issues/{key}")
    second.keyboard.press("y")
    expect(second.locator("#told")).to_contain_text("已确认 1 个")
    assert office.state(key) == "确认"


def test_a_list_is_issued_downloaded_and_opened(office: Office, open_as: Open) -> None:
    day = datetime.combine(date(2026, 4, 9), time(9), CHINA)
    key = office.found(TEXT.format(1), WRONG, "a", "1", day=day)
    for name in ("审核员甲", "审核员乙"):
        office.login(name).decide(key, decision="confirm")
    page = open_as("审批人")
    page.get_by_role("link", name="清单").click()
    page.get_by_label("采样第一天").fill("2026-04-01")
    page.get_by_label("采样最后一天").fill("2026-06-30")
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("预览稿，未正式印发")).to_be_visible()
    page.get_by_role("button", name="定稿").click()
    page.wait_for_url("**/lists/2026Q2/1")
    with page.expect_download() as started:
        page.get_by_role("link", name="下载 xlsx").click()
    download = started.value
    assert download.suggested_filename == "附件2-2026Q2-第1版.xlsx"
    book = CalamineWorkbook.from_filelike(io.BytesIO(download.path().read_bytes()))
    cells = book.get_sheet_by_name("清单").to_python()
    assert cells[3] == ["1", "甲县", "账号a（微信）", "严重表述错误", "2026.4.9"]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_notices_are_previewed_made_sent_and_answered(
    office: Office, open_as: Open, tmp_path: Path, *, scripts: bool
) -> None:
    listed(office)
    page = open_as("审批人", scripts=scripts)
    page.get_by_role("link", name="整改").click()
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("将给 1 个单位各生成一份")).to_be_visible()
    expect(page.locator(".paper")).to_contain_text("【高质量发屏】")
    page.get_by_role("button", name="按单位生成通知").click()
    expect(page.get_by_role("status")).to_contain_text("生成通知 1 份")
    with page.expect_download() as started:
        page.get_by_role("link", name="甲县某局").click()
        page.get_by_role("link", name="下载 docx").click()
    paper = docx.Document(str(started.value.path()))
    assert paper.paragraphs[1].text == "甲县某局："
    expect(page.locator("dl")).to_contain_text("没有发送")
    mailbox = Mailbox()
    with serving(mailbox) as port:
        settings = tmp_path / "textcheck.toml"
        settings.write_text(SETTINGS.format(url=office.url, port=port), encoding="utf-8")
        # Elsewhere: the loop of this thread is the browser's.
        with ThreadPoolExecutor(1) as elsewhere:
            command = ["notice", "send", "--config", str(settings)]
            sent = elsewhere.submit(CliRunner().invoke, program, command).result()
    assert (sent.exit_code, len(mailbox.taken)) == (0, 1), sent.output
    page.reload()
    expect(page.locator("dl")).to_contain_text("mail:* 已发出")
    page.get_by_label("反馈内容").fill("已更正，并开展自查。")
    page.get_by_label("整改日期").fill("2026-04-30")
    page.get_by_role("button", name="登记反馈").click()
    expect(page.get_by_text("审批人 登记：2026-04-30 已整改，已更正")).to_be_visible()
    page.goto(f"{office.address}/queue")
    page.get_by_label("状态").select_option("已通知")
    page.get_by_role("button", name="筛选", exact=True).click()
    rows(page, 1)


def test_everything_is_done_without_javascript(office: Office, open_as: Open) -> None:
    keys = find(office, 3)
    page = open_as("审核员甲", scripts=False)
    page.goto(f"{office.address}/queue?state=待核")
    page.get_by_role("button", name="确认").first.click()
    assert "已确认 1 个" in page.inner_text("#told")
    page.get_by_text("排除 N").first.click()
    page.get_by_role("button", name="重复").first.click()
    assert [office.state(key) for key in keys] == ["复核中", "排除", "待核"]
    page.get_by_role("button", name="撤回").click()
    assert office.state(keys[1]) == "待核"
    page.get_by_label("符合筛选条件的全部").check()
    page.get_by_label("操作").select_option("confirm")
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="对这 2 个执行").click()
    assert [office.state(key) for key in keys] == ["复核中"] * 3
    page.get_by_role("button", name="退出", exact=True).click()
    assert page.url.endswith("/login")


@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
def test_pages_fit_are_named_and_stand_out(
    office: Office, open_as: Open, size: tuple[int, int]
) -> None:
    keys = find(office, 2)
    office.found("长" * 3_000 + WRONG + "不断" * 500, WRONG, "b", "long", title="x" * 300)
    listed(office)
    approver = office.login("审批人")
    approver.post("/notices", edition="2026Q2/1", due_on="2026-05-15")
    approver.post("/notices/1/replies", account="a", words="已改" * 200)
    second = office.login("审核员乙")
    second.decide(keys[0], decision="confirm", note="属实")
    second.decide(keys[1], reason="规则有误")
    page = open_as("审批人", size)
    page.goto(f"{office.address}/queue")
    page.get_by_text("保存这个筛选").click()
    page.get_by_label("给它起个名字").fill("我的")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("link", name="我的")).to_be_visible()
    paths = ["/queue", f"/issues/{keys[0]}", f"/issues/{keys[0]}/evidence/1", *OTHERS]
    for path in paths:
        page.goto(f"{office.address}{path}")
        assert page.evaluate(LOOK) == [], path
        if path not in OTHERS:
            expect(page.locator("mark").first).to_be_in_viewport()


def test_the_tabulator_reaches_every_control(office: Office, open_as: Open) -> None:
    [key] = find(office, 1)
    page = open_as("审批人")
    for path in ("/queue", f"/issues/{key}", "/lists?quarter=2026Q2", "/quality"):
        page.goto(f"{office.address}{path}")
        numbered = set(page.evaluate(NUMBER))
        reached = set()
        # A field of a day takes three steps and its button one.
        for _ in range(4 * len(numbered)):
            page.keyboard.press("Tab")
            reached.add(page.evaluate(FOCUSED))
            if numbered <= reached:
                break
        assert numbered <= reached, path
