"""What every page is made of: the store, the settings, the clock, the templates."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from textcheck.config import CHINA
from textcheck.document import Document
from textcheck.finding import FAMILIES, Finding, Severity
from textcheck.report.files import Style
from textcheck.report.terminal import shown
from textcheck.review import EVERYWHERE, Decision, DismissReason, State
from textcheck.revisit import Course
from textcheck.store.connect import Store
from textcheck.store.events import Event
from textcheck.store.sessions import Limits
from textcheck.user import Right, User

__all__ = ["HERE", "XLSX", "Site", "local_path", "shares", "site_of", "templates", "with_batch"]

HERE = Path(__file__).parent
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def templates() -> Environment:
    """Return the templates; whatever they show is escaped."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= _FILTERS
    environment.globals |= {
        "reasons": list(DismissReason),
        "states": list(State),
        "courses_known": list(Course),
        "severities": sorted(Severity, reverse=True),
        "families": FAMILIES,
        "menu": _menu,
        "told_event": _told_event,
        # A file that has changed has another address: no browser keeps an old one.
        "made": secrets.token_hex(4),
    }
    return environment


def _menu(user: User) -> list[tuple[str, str]]:
    """Return the addresses and names of the pages that a user may open."""
    pages = [("/queue", "待办", Right.READ), ("/notices", "整改", Right.READ)]
    if not user.units:
        pages += [("/lists", "清单", Right.READ), ("/statistics", "统计", Right.READ)]
        pages += [("/quality", "质量", Right.READ), ("/proposals", "词库建议", Right.READ)]
    return [(address, name) for address, name, right in pages if user.may(right)]


def _told_event(event: Event) -> str:
    """Say what an event was, for the history of an issue."""
    said = event.detail
    if event.kind == "verdict":
        scope = "" if said["scope"] == EVERYWHERE else f"（{said['scope']}）"
        words = [Decision(said["decision"]).label + scope, said["reason"], said["note"]]
        return "　".join(word for word in words if word)
    if event.kind == "assign":
        until = f"，{said['due_on']} 前" if said["due_on"] else ""
        return f"指派给{said['assignee']}{until}" if said["assignee"] else "取消指派"
    if event.kind == "proposal":
        return f"词库建议{said['state']}　{said['note']}"
    return event.kind


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "—"


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else "—"


def _link(url: str) -> str:
    """Return an address to go to; what is no web address leads nowhere."""
    return url if urlsplit(url).scheme in {"http", "https"} else ""


_FILTERS: Mapping[str, Callable[..., str]] = {
    "moment": _moment,
    "day": _day,
    "inert": shown,
    "weblink": _link,
}


@dataclass(frozen=True, slots=True)
class Site:
    """
    One running server.

    `hosts` are the names under which it may be asked, `secure` tells that browsers come by https,
    `style` is how the office writes its lists; units have `days` to answer a notice;
    `check` finds what is wrong in a text.
    """

    store: Store
    confirmations: int
    hosts: frozenset[str]
    secure: bool = False
    style: Style = field(default_factory=Style)
    days: int = 10
    check: Callable[[Document], Sequence[Finding]] | None = None
    limits: Limits = field(default_factory=Limits)
    now: Callable[[], datetime] = lambda: datetime.now(CHINA)
    templates: Environment = field(default_factory=templates)

    def page(self, request: Request, name: str, status: int = 200, **given: Any) -> HTMLResponse:  # noqa: ANN401 # what the template shows
        """Return a page made of a template."""
        session = getattr(request.state, "session", None)
        template = self.templates.get_template(name)
        words = template.render(session=session, path=request.url.path, **given)
        return HTMLResponse(words, status)


def site_of(request: Request) -> Site:
    """Return the site that a request came to."""
    site: Site = request.app.state.site
    return site


def local_path(path: str, otherwise: str = "/queue") -> str:
    """
    Return a path to go on to, if it is one of this site.

    >>> local_path("/queue?page=2"), local_path("//evil.example"), local_path("https://evil.example")
    ('/queue?page=2', '/queue', '/queue')
    """
    parts = urlsplit(path)
    wrong = parts.scheme or parts.netloc or "\\" in path or any(map(str.isspace, path))
    return otherwise if wrong or not path.startswith("/") or path.startswith("//") else path


def with_batch(path: str, batch: str) -> str:
    """Return a path that tells what was decided just now, so that it can be taken back."""
    return f"{path}{'&' if '?' in path else '?'}batch={batch}"


def shares(counts: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """
    Return names, counts, and how long a bar of 200 the count is.

    >>> shares({"甲": 4, "乙": 1})
    [('甲', 4, 200), ('乙', 1, 50)]
    """
    most = max(counts.values(), default=1)
    return [(name, count, count * 200 // most) for name, count in counts.items()]
