"""The review pages as one application."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from textcheck.errors import TextcheckError
from textcheck.web import (
    accounts,
    bulk,
    evidence,
    figures,
    issue,
    lists,
    login,
    notices,
    proposals,
    quality,
    queue,
)
from textcheck.web.api import build_api
from textcheck.web.guard import LoginNeeded, stand_guard
from textcheck.web.site import HERE, Site, site_of
from textcheck.web.status import status_of

__all__ = ["build_app"]

_TITLES = {
    400: "不能这样做",
    403: "没有权限",
    404: "没有这一页",
    409: "已被他人改动",
    503: "数据库无法使用",
}


def build_app(site: Site) -> FastAPI:
    """Return the application of a site."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.site = site
    pages = (login, queue, issue, bulk, evidence, lists, notices, accounts, figures)
    for part in (*pages, quality, proposals):
        app.include_router(part.router)
    app.mount("/api/v1", build_api(site))
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.add_exception_handler(LoginNeeded, _to_login)
    app.add_exception_handler(TextcheckError, _refused)
    app.add_exception_handler(HTTPException, _not_found)
    app.add_exception_handler(RequestValidationError, _not_understood)
    stand_guard(app, site)
    return app


async def _to_login(request: Request, error: Exception) -> Response:
    del request
    assert isinstance(error, LoginNeeded)  # noqa: S101 # registered for it
    return RedirectResponse(f"/login?next={error.next_path}", 303)


async def _refused(request: Request, error: Exception) -> Response:
    return _told(request, status_of(error), str(error))


async def _not_found(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 # registered for it
    return _told(request, error.status_code, "网址有误，或内容已不存在")


async def _not_understood(request: Request, error: Exception) -> Response:
    del error
    return _told(request, 400, "网址或表单有误")


def _told(request: Request, status: int, message: str) -> Response:
    title = _TITLES.get(status, "出错了")
    return site_of(request).page(request, "error.html", status, title=title, message=message)
