"""The same for other programs: /api/v1, with keys that open some of it each."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, Path, Query
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from textcheck import __version__
from textcheck.document import Document
from textcheck.errors import ForbiddenError, StoreError, TextcheckError
from textcheck.report.jsonl import finding_record
from textcheck.review import EVERYWHERE, Decision, State
from textcheck.revisit import Course
from textcheck.store.decide import Ruling, decide
from textcheck.store.editions import demand_edition
from textcheck.store.tokens import Key, find_key
from textcheck.store.triage import find_queue, read_rows
from textcheck.user import Purpose
from textcheck.web.filters import filter_of
from textcheck.web.guard import Number
from textcheck.web.site import Site
from textcheck.web.status import status_of

__all__ = ["CheckAsked", "FindingsAsked", "UnknownKey", "VerdictAsked", "build_api"]

_MOST_TEXT = 200_000
_MOST_FINDINGS = 100


class UnknownKey(TextcheckError):  # noqa: N818 # an answer
    """The request has no key, or one that opens nothing."""


class CheckAsked(BaseModel):
    """A text to check, as of the day on which it is published."""

    text: str = Field(max_length=_MOST_TEXT)
    published_on: date | None = None


class FindingsAsked(BaseModel):
    """Which issues are wanted: the filter of the queue, as in the address of its page."""

    state: Annotated[str, Field(description="、".join([*State, *Course]))] = ""
    severity: Literal["", "serious", "ordinary", "hint"] = ""
    family: str = ""
    county: str = ""
    platform: str = ""
    account: str = ""
    assignee: str = ""
    overdue: Literal["", "1"] = ""
    blind: Literal["", "1"] = ""
    others: Literal["", "1"] = ""
    q: Annotated[str, Field(description="句中文字")] = ""


class VerdictAsked(BaseModel):
    """A decision on an issue; `version` is the issue's as it was read."""

    fingerprint: str = Field(pattern="^[0-9a-f]{64}$")
    decision: Decision
    scope: str = EVERYWHERE
    reason: str = ""
    note: str = Field(default="", max_length=500)
    version: int | None = None


def _opened(purpose: Purpose) -> Callable[[Request], Key]:
    """Return what lets a request in whose key is for a purpose."""

    def opened(request: Request) -> Key:
        site: Site = request.app.state.site
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        key = None
        if scheme.lower() == "bearer":
            with site.store.read() as connection:
                key = find_key(connection, token.strip())
        if key is None:
            raise UnknownKey("缺少密钥，或密钥无效：请在 Authorization 中写 Bearer 和密钥")
        if purpose not in key.purposes:
            raise ForbiddenError(f"这个密钥没有 {purpose.value} 权限")
        return key

    return opened


QuarterName = Annotated[str, Path(pattern="^[12][0-9]{3}[Qq][1-4]$")]
CheckKey = Annotated[Key, Depends(_opened(Purpose.CHECK))]
ReadKey = Annotated[Key, Depends(_opened(Purpose.READ))]
DecideKey = Annotated[Key, Depends(_opened(Purpose.DECIDE))]


def build_api(site: Site) -> FastAPI:
    """Return the interface of a site."""
    api = FastAPI(title="textcheck", version=__version__, docs_url=None, redoc_url=None)
    api.state.site = site
    api.add_exception_handler(TextcheckError, _refused)
    api.add_exception_handler(RequestValidationError, _not_understood)
    _add_checking(api, site)
    _add_review(api, site)
    return api


def _add_checking(api: FastAPI, site: Site) -> None:
    @api.post("/check")
    def check(asked: CheckAsked, _key: CheckKey) -> dict[str, Any]:
        """Check a text."""
        if site.check is None:
            raise StoreError("本服务没有装载词库")
        day = asked.published_on or site.now().date()
        document = Document(asked.text, published_on=day)
        found = site.check(document)
        return {"findings": [finding_record(finding, document) for finding in found]}


def _add_review(api: FastAPI, site: Site) -> None:
    @api.get("/findings")
    def findings(asked: Annotated[FindingsAsked, Query()], key: ReadKey) -> dict[str, Any]:
        """Return the first issues of a queue, filtered as in the address of its page."""
        wanted = filter_of(asked.model_dump(), site.now().date())
        with site.store.read() as connection:
            confirmations = site.confirmations
            first = find_queue(
                connection, wanted, key.user, confirmations=confirmations, most=_MOST_FINDINGS
            )
            rows = read_rows(connection, [fingerprint for fingerprint, _ in first], key.user)
        return {
            "findings": [
                {
                    "fingerprint": row.fingerprint,
                    "version": row.version,
                    "state": "盲审" if row.blind else row.standing.state(confirmations).value,
                    "code": row.rule_code,
                    "severity": row.severity.name.lower(),
                    "message": row.message,
                    "sentence": row.sentence,
                    "quote": row.quote,
                    "quote_start": row.quote_start,
                    "places": row.places,
                }
                for row in rows
            ]
        }

    @api.post("/verdicts")
    def verdicts(asked: VerdictAsked, key: DecideKey) -> dict[str, Any]:
        """Record a decision, by the rights of the key's user."""
        ruling = Ruling(by=key.user, **asked.model_dump())
        with site.store.write() as connection:
            done = decide(connection, [ruling], confirmations=site.confirmations, now=site.now())
        return {"new": done.new, "batch": done.batch}

    @api.get("/lists/{quarter}/{number}")
    def issued(quarter: QuarterName, number: Number, key: ReadKey) -> dict[str, Any]:
        """Return an issued list."""
        if key.user.units:
            raise ForbiddenError("清单涉及全部单位，不在管辖范围内")
        with site.store.read() as connection:
            edition = demand_edition(connection, quarter, number)
        return {
            "quarter": str(edition.quarter),
            "number": edition.number,
            "since": edition.since.isoformat(),
            "until": edition.until.isoformat(),
            "digest": edition.digest,
            "lines": [
                {
                    "account_id": line.account_id,
                    "county": line.county,
                    "account": line.account,
                    "problems": line.problems,
                    "dates": [day.isoformat() for day in line.dates],
                }
                for line in edition.lines
            ],
        }


async def _refused(request: Request, error: Exception) -> Response:
    del request
    status = 401 if isinstance(error, UnknownKey) else status_of(error)
    return JSONResponse({"error": str(error)}, status)


async def _not_understood(request: Request, error: Exception) -> Response:
    """Say which fields are wrong, but not what they held: that may be no text at all."""
    del request
    assert isinstance(error, RequestValidationError)  # noqa: S101 # registered for it
    fields = [".".join(str(part) for part in item["loc"][1:]) for item in error.errors()]
    told = "、".join(dict.fromkeys(name for name in fields if name.isprintable() and name))
    return JSONResponse({"error": f"请求有误：{told[:200] or '不是所要求的 JSON'}"}, 422)
