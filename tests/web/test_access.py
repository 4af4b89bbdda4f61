"""Who may ask for what: every route and every role, as written in a table."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.routing import Mount
from web_office import NOW, Office, token_in

from textcheck.edition import Quarter
from textcheck.report.dossier import ListRequest, draft_edition
from textcheck.store.connect import open_store
from textcheck.store.editions import issue_edition
from textcheck.web.app import build_app
from textcheck.web.site import Site

if TYPE_CHECKING:
    import httpx

TABLE = list(
    csv.DictReader(
        io.StringIO((Path(__file__).parent / "access.tsv").read_text(encoding="utf-8")),
        delimiter="\t",
    )
)
NOBODY = "nobody"
ASKERS = [name for name in TABLE[0] if name not in {"method", "path"}]


@pytest.fixture(scope="module")
def asked(start_office: Callable[[], Office]) -> Iterator[Callable[[str, str, str], str]]:
    """Ask for a page as somebody; return yes, no or login."""
    office = start_office()
    key = office.found("会上说高质量发屏。", "高质量发屏")
    with office.store.write() as connection:
        quarter = Quarter(2026, 2)
        period = ListRequest(quarter, quarter.first_day, quarter.last_day)
        issue_edition(connection, draft_edition(connection, period, confirmations=2, now=NOW))
    values = {"fingerprint": key, "version_id": "1", "ordinal": "0"}
    values |= {
        "quarter": str(quarter),
        "number": "1",
        "kind": "xlsx",
        "account_id": "a",
        "notice_id": "1",
        "article_id": "1",
    }
    browsers: dict[str, httpx.Client] = {}
    tokens: dict[str, str] = {}

    def ask(name: str, method: str, path: str) -> str:
        if name not in browsers or path == "/logout":
            if name == NOBODY:
                browsers[name] = office.visitor()
                tokens[name] = token_in(browsers[name].get("/login"))
            else:
                browser = office.login(name)
                browsers[name], tokens[name] = browser.client, token_in(browser.last)
            browsers[name].follow_redirects = False
        client = browsers[name]
        address = path.format_map(values)
        if method == "GET":
            answer = client.get(address)
        else:
            token = tokens[name]
            if path == "/login":
                token = token_in(client.get("/login"))
            answer = client.post(address, data={"form_token": token})
            if path == "/logout":
                browsers.pop(name)
        assert answer.status_code < 500
        if answer.headers.get("location", "").startswith("/login?next="):
            return "login"
        return "no" if answer.status_code == 403 else "yes"

    yield ask
    for client in browsers.values():
        client.close()


def test_every_route_is_in_the_table_and_no_other(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'x.db'}")
    app = build_app(Site(store, 2, frozenset(), now=lambda: NOW))
    store.close()
    routes = {
        (method.upper(), path)
        for path, methods in app.openapi()["paths"].items()
        for method in methods
    }
    assert routes == {(row["method"], row["path"]) for row in TABLE}
    mounts = [route.path for route in app.routes if isinstance(route, Mount)]
    assert mounts == ["/api/v1", "/static"]  # the former has a table of its own


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['method']} {row['path']}")
def test_each_role_is_let_in_or_refused_as_written(
    asked: Callable[[str, str, str], str], row: dict[str, str]
) -> None:
    found = {name: asked(name, row["method"], row["path"]) for name in ASKERS}
    assert found == {name: row[name] for name in ASKERS}
