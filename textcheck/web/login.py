"""Logging in and out."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from textcheck.passwords import is_password
from textcheck.store.sessions import (
    close_session,
    close_sessions_of,
    is_throttled,
    note_failure,
    open_session,
)
from textcheck.store.users import find_user, kept_password
from textcheck.web.guard import COOKIE, Posted, Visitor, check_token, posted_form
from textcheck.web.site import Site, local_path, site_of

__all__ = ["login", "login_page", "logout", "router"]

router = APIRouter()
# Before there is a session, the form is tied to the browser by a cookie of its own.
_FORM_COOKIE = "textcheck_login"


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
    with site.store.read() as connection:
        if is_throttled(connection, name, address, now):
            return _form(request, onward, "尝试次数过多，请十五分钟后再试", 429)
        kept = kept_password(connection, name)
    if not is_password(kept, password):
        with site.store.write() as connection:
            note_failure(connection, name, address, now)
        return _form(request, onward, "姓名或口令不正确", 401)
    with site.store.write() as connection:
        user = find_user(connection, name)
        assert user is not None  # noqa: S101 # its password was right
        token = open_session(connection, user, now)
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


def _form(request: Request, onward: str, told: str = "", status: int = 200) -> Response:
    site = site_of(request)
    token = request.cookies.get(_FORM_COOKIE) or secrets.token_urlsafe(32)
    onward = local_path(onward)
    response = site.page(request, "login.html", status, onward=onward, told=told, form_token=token)
    _set_cookie(site, response, _FORM_COOKIE, token)
    return response


def _set_cookie(site: Site, response: Response, name: str, value: str) -> None:
    response.set_cookie(name, value, httponly=True, samesite="lax", secure=site.secure)
