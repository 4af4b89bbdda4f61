"""What is asked of every request before a page sees it, and said with every answer."""

import hmac
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Depends, FastAPI, Path
from starlette.datastructures import FormData, UploadFile
from starlette.middleware.base import RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from textcheck.errors import ForbiddenError
from textcheck.store.sessions import Session, find_session, needs_touch, touch_session
from textcheck.user import Right, User
from textcheck.web.site import Site, site_of

__all__ = [
    "COOKIE",
    "LoginNeeded",
    "Number",
    "Posted",
    "Visit",
    "Visitor",
    "check_token",
    "demand",
    "first_of",
    "posted",
    "posted_form",
    "stand_guard",
    "visit",
]

Number = Annotated[int, Path(ge=1, le=1_000_000)]
"""A number in an address: no database takes all that Python does."""

COOKIE = "textcheck_session"
_MOST_BYTES = 1_000_000
_MOST_FIELDS = 3_000
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SAID = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: browsers would then hide the origin of our own forms, too.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class LoginNeeded(Exception):  # noqa: N818 # no fault of anybody
    """Nobody is logged in; `next_path` is where to go on afterwards."""

    def __init__(self, next_path: str) -> None:
        """Keep where to go on."""
        super().__init__(next_path)
        self.next_path = next_path


class Visit:
    """A request of somebody who is logged in."""

    def __init__(self, site: Site, session: Session, token: str) -> None:
        """Keep who asks, and where."""
        self.site, self.session, self.token = site, session, token

    @property
    def user(self) -> User:
        """Return who asks."""
        return self.session.user

    def demand_whole_office(self) -> None:
        """Raise ForbiddenError for who sees only some of the units."""
        if self.user.units:
            raise ForbiddenError("清单和统计涉及全部单位，不在您的管辖范围内")

    def demand(self, right: Right) -> None:
        """Raise ForbiddenError unless the user has a right."""
        demand(self.user, right)


def demand(user: User, right: Right) -> None:
    """Raise ForbiddenError unless a user has a right."""
    if not user.may(right):
        raise ForbiddenError(f"用户“{user.name}”没有这项权限")


def visit(request: Request) -> Visit:
    """Return the visit of a request; raise LoginNeeded where nobody is logged in."""
    site, token = site_of(request), request.cookies.get(COOKIE, "")
    now = site.now()
    session = None
    if token:
        with site.store.read() as connection:
            session = find_session(connection, token, now, site.limits)
    if session is None:
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        raise LoginNeeded(quote(asked if request.method == "GET" else "/queue", safe=""))
    if needs_touch(session, now):
        with site.store.write() as connection:
            touch_session(connection, token, now)
    request.state.session = session
    return Visit(site, session, token)


Visitor = Annotated[Visit, Depends(visit)]


async def posted_form(request: Request) -> FormData:
    """Return the fields of a form; no page takes files."""
    return await request.form(max_files=0, max_fields=_MOST_FIELDS)


async def posted(
    form: Annotated[FormData, Depends(posted_form)], visitor: Visitor
) -> dict[str, list[str]]:
    """Return the fields of a form of this session, each with its values."""
    check_token(form, visitor.session.form_token)
    fields: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if not isinstance(value, UploadFile):
            fields.setdefault(name, []).append(value.strip())
    return fields


Posted = Annotated[dict[str, list[str]], Depends(posted)]


def first_of(form: Mapping[str, list[str]], name: str) -> str:
    """Return the first value of a field, "" where the form has none."""
    return form.get(name, [""])[0]


def check_token(form: FormData, token: str) -> None:
    """Raise ForbiddenError for a form that this site did not give to this browser."""
    given = form.get("form_token")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), token.encode()):
        raise ForbiddenError("表单已失效，请返回上一页刷新后再试")


def stand_guard(app: FastAPI, site: Site) -> None:
    """Let every request of an app be looked at, and every answer say what browsers may do."""

    @app.middleware("http")
    async def guarded(request: Request, call_next: RequestResponseEndpoint) -> Response:
        refusal = _refusal(request, site)
        response = refusal if refusal is not None else await call_next(request)
        for name, value in _SAID.items():
            response.headers.setdefault(name, value)
        if not request.url.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        if site.secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response


def _refusal(request: Request, site: Site) -> Response | None:
    # A page elsewhere whose name suddenly means this machine must not be served.
    if _host(request.headers.get("host", "")) not in site.hosts:
        return PlainTextResponse("不认识的主机名", 400)
    if request.method in {"GET", "HEAD"}:
        return None
    if not _is_own(request):
        return PlainTextResponse("拒绝来自其他网站的提交", 403)
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        return PlainTextResponse("缺少内容长度", 411)
    if int(length) > _MOST_BYTES:
        return PlainTextResponse("提交的内容过大", 413)
    return None


def _is_own(request: Request) -> bool:
    """Tell whether a form came from a page of this site, as far as the browser says."""
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None and fetched not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _host(header: str) -> str:
    return (urlsplit(f"//{header}").hostname or "").lower()
