"""What a server refuses before any page, and how hostile words of articles are shown."""

import hashlib
import re
from pathlib import Path

import httpx
import lxml.html
import pytest
from web_office import Browser, Office, token_in

import textcheck.web
from textcheck.web.site import local_path

STATIC = Path(textcheck.web.__file__).parent / "static"
# Of npm's htmx.org 2.0.11, dist/htmx.min.js.
HTMX = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"


def test_the_vendored_script_is_the_published_one_with_its_licence() -> None:
    script = (STATIC / "htmx.min.js").read_bytes()
    assert hashlib.sha256(script).hexdigest() == HTMX
    assert b'version:"2.0.11"' in script
    assert "Zero-Clause BSD" in (STATIC / "htmx.LICENSE").read_text(encoding="utf-8")


def test_pages_ask_nothing_of_other_hosts_and_carry_no_inline_script() -> None:
    for path in (STATIC.parent / "templates").iterdir():
        page = path.read_text(encoding="utf-8")
        assert not re.search(r"(src|href|action)=\"(https?:)?//", page), path.name
        assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=|javascript:", page), path.name
        assert "|safe" not in page, path.name


def test_every_answer_says_what_a_browser_may_do(bureau: Browser) -> None:
    for path in ("/queue", "/nothing", "/static/app.js"):
        headers = bureau.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
    assert bureau.get("/queue").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1:1"}, 403),
        ({"host": "evil.example"}, 400),
        ({"sec-fetch-site": "same-origin"}, 404),  # let through: there is no such batch
        ({}, 404),
    ],
)
def test_a_form_from_elsewhere_is_refused(
    bureau: Browser, headers: dict[str, str], status: int
) -> None:
    fields = {"form_token": token_in(bureau.last), "batch": "x"}
    assert bureau.client.post("/undo", data=fields, headers=headers).status_code == status


@pytest.mark.parametrize("token", [None, "", "made up", "é"])
def test_a_form_without_the_session_s_token_is_refused(bureau: Browser, token: str | None) -> None:
    fields = {"batch": "x"} | ({} if token is None else {"form_token": token})
    assert bureau.client.post("/undo", data=fields).status_code == 403
    assert bureau.client.post("/login", data=fields).status_code == 403


def test_what_is_too_large_or_of_unknown_length_is_refused(bureau: Browser) -> None:
    def parts() -> object:
        yield b"batch=x"

    kind = {"content-type": "application/x-www-form-urlencoded"}
    large = bureau.client.post("/undo", content=b"a" * 1_000_001, headers=kind)
    assert large.status_code == 413
    assert bureau.client.post("/undo", content=parts(), headers=kind).status_code == 411  # type: ignore[arg-type] # an iterator
    file = {"form_token": ("x.txt", b"x")}
    assert bureau.client.post("/undo", files=file).status_code == 400


def test_a_session_s_cookie_is_out_of_reach_of_scripts(office: Office) -> None:
    visitor = office.visitor()
    token = token_in(visitor.get("/login"))
    visitor.follow_redirects = False
    fields = {"form_token": token, "name": "查阅者", "password": "只在测试中使用的口令"}
    answer = visitor.post("/login", data=fields)
    cookie = answer.headers["set-cookie"]
    assert re.match(r"textcheck_session=[\w-]{43}; HttpOnly; Path=/; SameSite=lax", cookie)
    with office.store.read() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM sessions").all())
    assert re.search(r"textcheck_session=([\w-]+)", cookie)[1] not in kept  # type: ignore[index] # matched above


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/ queue", "queue", "", "/\t/x"],
)
def test_nobody_is_sent_to_another_site(path: str) -> None:
    assert local_path(path) == "/queue"


@pytest.mark.parametrize(
    "path", ["/static/../site.py", "/static/%2e%2e/site.py", "/static//etc/passwd", "/static/"]
)
def test_no_address_leads_to_another_file(bureau: Browser, path: str) -> None:
    assert bureau.get(path).status_code == 404


TAGS = """
html head meta title link script body header main footer section aside nav a p h1 h2 h3 ol ul li dl
dt dd div span strong br blockquote mark ins code kbd table thead tbody tr th td form fieldset
legend label input select option optgroup button details summary svg g rect text path
"""
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "handler": "<img src=x onerror=alert(1)>",
    "attribute": '" onmouseover="alert(1)" x="',
    "template": "{{ 7 * 7 }}{% for x in y %}",
    "closing": "</mark></blockquote></main></body></html>",
    "comment": "<!-- --!> <![CDATA[",
    "bidi": "\u202e倒\u202c\u2066写\u2069",
    "invisible": "零\u200b宽\u200d字\ufeff符",
    "control": "响\x07铃\x1b[31m",
    "entity": "&lt;b&gt;&#0;",
    "long": "长" * 20_000,
}


@pytest.fixture(scope="module")
def hostile(start_office: object) -> tuple[Office, dict[str, str]]:
    """Let articles say what nobody should run."""
    office: Office = start_office()  # type: ignore[operator] # the fixture
    keys = {
        name: office.found(
            f"{words}，会上说高质量发屏{words}。",
            f"高质量发屏{words[:50]}",
            number=f"{name}",
            title=words[:500],
            url=f"javascript:alert('{name}')",
        )
        for name, words in HOSTILE.items()
    }
    keys["huge"] = office.found("大" * 10_000_000 + "高质量发屏", "高质量发屏", number="huge")
    return office, keys


@pytest.mark.parametrize("name", [*HOSTILE, "huge"])
def test_hostile_words_are_shown_and_nothing_else(
    hostile: tuple[Office, dict[str, str]], name: str
) -> None:
    office, keys = hostile
    browser = office.login("审核员甲")
    for path in (f"/issues/{keys[name]}", f"/queue?account=a&q={name}", "/queue"):
        assert_inert(browser.get(path))
    version = re.search(r"/evidence/(\d+)\"", browser.get(f"/issues/{keys[name]}").text)
    assert version is not None
    assert_inert(browser.get(f"/issues/{keys[name]}/evidence/{version[1]}"))


def assert_inert(answer: httpx.Response) -> None:
    """Look at a page as a browser does: nothing in it is a script, a handler or another site's."""
    assert answer.status_code == 200
    assert len(answer.text) < 600_000
    page = lxml.html.document_fromstring(answer.text)
    elements = list(page.iter("*"))
    assert {element.tag for element in elements} <= set(TAGS.split())
    for element in elements:
        assert not [name for name in map(str, element.attrib) if re.match("on|style", name)]
        for name in ("href", "src", "action"):
            target = element.get(name, "/")
            assert re.match("/(?!/)|#main|https://example", target), target
    assert [script.text for script in page.iter("script")] == [None, None]
    told = "".join(map(str, page.itertext()))
    assert not re.search("[\u200b\u200d\ufeff\u202a-\u202e\u2066-\u2069\x07\x1b]", told)
    if "{{" in told:
        assert "{{ 7 * 7 }}" in told
