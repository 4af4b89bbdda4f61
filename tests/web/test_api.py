"""The interface for other programs: what each key opens, and that nothing breaks it."""

import json
import random
from collections.abc import Callable
from urllib.parse import quote

import httpx
import pytest
from web_office import NOW, Office

from textcheck.edition import Quarter
from textcheck.report.dossier import ListRequest, draft_edition
from textcheck.store.editions import issue_edition
from textcheck.store.tokens import add_key, revoke_key
from textcheck.store.users import disable_user, find_user
from textcheck.user import Purpose

CALLS = (
    ("POST", "/check", {"text": "会上说高质量发屏。"}, Purpose.CHECK),
    ("GET", "/findings", None, Purpose.READ),
    ("GET", "/lists/2026Q2/1", None, Purpose.READ),
    ("POST", "/verdicts", {"fingerprint": "0" * 64, "decision": "confirm"}, Purpose.DECIDE),
)
Ask = Callable[..., httpx.Response]


def key_of(office: Office, name: str, *purposes: Purpose) -> str:
    with office.store.write() as connection:
        user = find_user(connection, name)
        assert user is not None
        key = f"{name}{'-'.join(purposes)}"
        return add_key(connection, user, key, purposes, by="命令行", now=NOW)


@pytest.fixture
def ask(office: Office) -> Ask:
    """Ask the interface with a key."""
    client = office.visitor()

    def send(method: str, path: str, key: str, body: object = None) -> httpx.Response:
        headers = {"authorization": f"Bearer {key}"} if key else {}
        headers |= {"content-type": "application/json"}
        content = None if body is None else json.dumps(body)
        return client.request(method, f"/api/v1{path}", headers=headers, content=content)

    return send


def test_a_key_opens_what_it_is_for_and_nothing_else(office: Office, ask: Ask) -> None:
    with office.store.write() as connection:
        quarter = Quarter(2026, 2)
        period = ListRequest(quarter, quarter.first_day, quarter.last_day)
        issue_edition(connection, draft_edition(connection, period, confirmations=2, now=NOW))
    keys = {purpose: key_of(office, "审核员甲", purpose) for purpose in Purpose}
    for method, path, body, needed in CALLS:
        for wrong in ("", "made up", "tck_" + "0" * 43):
            assert ask(method, path, wrong, body).status_code == 401
        for purpose, key in keys.items():
            status = ask(method, path, key, body).status_code
            assert (status == 403) is (purpose is not needed), (path, purpose)
            assert status < 500
    with office.store.write() as connection:
        revoke_key(connection, f"审核员甲{Purpose.READ}", by="命令行", now=NOW)
        disable_user(connection, "审核员甲", by="命令行", now=NOW)
    for method, path, body, needed in CALLS:
        assert ask(method, path, keys[needed], body).status_code == 401


def test_a_text_is_checked(office: Office, ask: Ask) -> None:
    key = key_of(office, "查阅者", Purpose.CHECK)
    body = {"text": "会上说高质量发屏。", "published_on": "2026-05-01"}
    answer = ask("POST", "/check", key, body)
    [found] = answer.json()["findings"]
    assert (found["code"], found["quote"], found["start"]) == ("FRM301", "高质量发屏", 3)
    amiss: list[object] = [{"text": "x" * 200_001}, {"text": "\ud800"}, {}, []]
    for wrong in amiss:
        answer = ask("POST", "/check", key, wrong)
        assert (answer.status_code, "请求有误" in answer.json()["error"]) == (422, True)


def test_issues_are_read_and_decided_by_the_rights_of_the_key_s_user(
    office: Office, ask: Ask
) -> None:
    fingerprint = office.found("会上说高质量发屏。", "高质量发屏", "b")
    office.found("甲县说高质量发屏。", "高质量发屏", "a")
    key = key_of(office, "乙县审核员", Purpose.READ, Purpose.DECIDE)
    [found] = ask("GET", "/findings?state=待核", key).json()["findings"]
    assert (found["fingerprint"], found["version"], found["state"]) == (fingerprint, 0, "待核")
    body = {"fingerprint": fingerprint, "decision": "confirm", "version": 0}
    assert ask("POST", "/verdicts", key, body).json()["new"] == 1
    assert office.state(fingerprint) == "复核中"
    stale = ask("POST", "/verdicts", key, body)
    assert stale.status_code == 409
    assert "已被乙县审核员" in stale.json()["error"]
    reader = key_of(office, "查阅者", Purpose.DECIDE)
    assert ask("POST", "/verdicts", reader, body | {"version": 1}).status_code == 403
    assert ask("GET", "/lists/2026Q2/1", key).status_code == 403
    assert ask("GET", "/findings?state=x", key).status_code == 400


def test_what_programs_send_amiss_never_breaks_it(office: Office, ask: Ask) -> None:
    """Follow the interface's own description, with values that it does and does not expect."""
    key = key_of(office, "审核员甲", *Purpose)
    described = office.visitor().get("/api/v1/openapi.json").json()
    assert {path for _, path, _, _ in CALLS} >= {"/check", "/findings", "/verdicts"}
    assert set(described["paths"]) == {
        "/check",
        "/findings",
        "/verdicts",
        "/lists/{quarter}/{number}",
    }
    chance = random.Random(7)  # noqa: S311 # values to try
    odd: list[object] = ["", "\x00", "é" * 9, None, -1, 10**30, 1.5, [], {}, True, "2026Q2", "确认"]
    for _ in range(60):
        one, other, third = (chance.choice(odd) for _ in range(3))
        for path, body in (
            ("/check", {"text": one, "published_on": other}),
            ("/verdicts", {"fingerprint": one, "decision": other, "scope": third}),
            ("/verdicts", {"fingerprint": "0" * 64, "decision": "dismiss", "reason": third}),
            ("/verdicts", one),
        ):
            answer = ask("POST", path, key, body)
            assert 200 <= answer.status_code < 500, (path, body)
            json.loads(answer.text)
        parts = [quote(str(value), safe="") or "x" for value in (one, other, third)]
        query = f"/findings?state={parts[0]}&family={parts[1]}&q={parts[2]}"
        for path in (f"/lists/{parts[0]}/{parts[1]}", f"/lists/2026Q2/{parts[0]}", query):
            assert ask("GET", path, key).status_code < 500, path
