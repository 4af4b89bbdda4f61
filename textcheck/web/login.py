"""Logging in and out, and one's own password."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from textcheck.errors import ConfigError
from textcheck.passwords import hash_password, is_password
from textcheck.store.sessions import (
    close_session,
    close_sessions_of,
    find_session,
    is_throttled,
    note_failure,
    open_session,
)
from textcheck.store.users import find_user, kept_password, set_password
from textcheck.web.guard import COOKIE, Posted, Visitor, check_token, first_of, posted_form
from textcheck.web.site import Site, local_path, site_of

__all__ = ["login", "login_page", "logout", "password", "password_page", "router"]

router = APIRouter()
# Before there is a session, the form is tied to the browser by a cookie of its own.
_FORM_COOKIE = "textcheck_login"
_THROTTLED, _WRONG = 429, 401
_TOO_OFTEN = "尝试次数过多，请十五分钟后再试"


@router.get("/login")
def login_page(request: Request, next: str = "/queue") -> Response:  # noqa: A002 # in the address
    """Ask for name and password."""
    return _form(request, next)


@router.post("/login")
def login(request: Request, form: Annotated[FormData, Depends(posted_form)]) -> Response:
    """Log in, or ask again."""
    site = site_of(request)
    check_token(form, request.cookies.get(_FORM_COOKIE) or secrets.token_hex())
    name, password, onward = (str(form.get(field, "")) for field in ("name", "password", "next"))
    name, now = name.strip()[:200], site.now()
    address = request.client.host if request.client else ""
    if status := _refused(site, name, password, address):
        told = _TOO_OFTEN if status == _THROTTLED else "姓名或口令不正确"
        return _form(request, onward, told, status)
    with site.store.write() as connection:
        user = find_user(connection, name)
        assert user is not None  # noqa: S101 # its password was right
        token = open_session(connection, user, now, address)
    response = RedirectResponse(local_path(onward), 303)
    _set_cookie(site, response, COOKIE, token)
    response.delete_cookie(_FORM_COOKIE)
    return response


@router.post("/logout")
def logout(visitor: Visitor, form: Posted) -> Response:
    """Log out here, or everywhere."""
    with visitor.site.store.write() as connection:
        if form.get("everywhere"):
            close_sessions_of(connection, visitor.user)
        else:
            close_session(connection, visitor.token)
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE)
    return response


@router.get("/password")
def password_page(request: Request, visitor: Visitor) -> Response:
    """Ask for the password and another one."""
    return visitor.site.page(request, "password.html", told="", done=False)


@router.post("/password")
def password(request: Request, visitor: Visitor, form: Posted) -> Response:
    """Give oneself another password, which ends all other logins."""
    site, user, now = visitor.site, visitor.user, visitor.site.now()
    address = request.client.host if request.client else ""

    def again(told: str, status: int) -> Response:
        return site.page(request, "password.html", status, told=told, done=False)

    if status := _refused(site, user.name, first_of(form, "password"), address):
        return again(_TOO_OFTEN if status == _THROTTLED else "现在的口令不正确", status)
    wanted = first_of(form, "wanted")
    if wanted != first_of(form, "again"):
        return again("两次输入的新口令不同", 400)
    try:
        hashed = hash_password(wanted)
    except ConfigError as error:
        return again(str(error), 400)
    with site.store.write() as connection:
        set_password(connection, user.name, hashed, by=user.name, now=now)
        token = open_session(connection, user, now, address)
        request.state.session = find_session(connection, token, now, site.limits)
    response = site.page(request, "password.html", told="", done=True)
    _set_cookie(site, response, COOKIE, token)
    return response


def _refused(site: Site, name: str, password: str, address: str) -> int:
    """Return the status with which a password is refused, 0 where it is right; note a wrong one."""
    now = site.now()
    with site.store.read() as connection:
        if is_throttled(connection, name, address, now):
            return _THROTTLED
        kept = kept_password(connection, name)
    if is_password(kept, password):
        return 0
    with site.store.write() as connection:
        note_failure(connection, name, address, now)
    return _WRONG


def _form(request: Request, onward: str, told: str = "", status: int = 200) -> Response:
    site = site_of(request)
    token = request.cookies.get(_FORM_COOKIE) or secrets.token_urlsafe(32)
    onward = local_path(onward)
    response = site.page(request, "login.html", status, onward=onward, told=told, form_token=token)
    _set_cookie(site, response, _FORM_COOKIE, token)
    return response


def _set_cookie(site: Site, response: Response, name: str, value: str) -> None:
    response.set_cookie(name, value, httponly=True, samesite="lax", secure=site.secure)
