"""Many issues decided at once: first how many and which, then the decision."""

from fastapi import APIRouter
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from textcheck.errors import ConfigError, ConflictError
from textcheck.review import Decision, DismissReason
from textcheck.store.connect import Connection
from textcheck.store.decide import Ruling, assign, decide
from textcheck.store.triage import find_queue
from textcheck.user import Right
from textcheck.web.filters import filter_of
from textcheck.web.guard import Posted, Visit, Visitor, first_of
from textcheck.web.issue import day_of
from textcheck.web.site import local_path, with_batch

__all__ = ["MOST", "apply", "ask", "router"]

router = APIRouter()
MOST = 1_000
"""So many at once: more would hardly have been looked at."""
_CONFIRM, _ASSIGN = "confirm", "assign"


@router.post("/bulk")
def ask(request: Request, visitor: Visitor, form: Posted) -> Response:
    """Say how many issues would be decided how, and ask."""
    visitor.demand(Right.DECIDE)
    site = visitor.site
    with site.store.read() as connection:
        chosen = _chosen(connection, visitor, form)
    return site.page(
        request,
        "bulk.html",
        chosen=chosen,
        everything=bool(form.get("all")),
        query=first_of(form, "query"),
        onward=local_path(first_of(form, "next")),
        action=_action(form),
        label=_label(form),
        note=first_of(form, "note"),
        assignee=first_of(form, "assignee"),
        due_on=first_of(form, "due_on"),
    )


@router.post("/bulk/apply")
def apply(visitor: Visitor, form: Posted) -> Response:
    """Decide what was asked about; nothing where the issues have changed meanwhile."""
    visitor.demand(Right.DECIDE)
    site, action = visitor.site, _action(form)
    onward = local_path(first_of(form, "next"))
    with site.store.write() as connection:
        chosen = _chosen(connection, visitor, form)
        if first_of(form, "count") != str(len(chosen)):
            raise ConflictError("符合条件的问题已有变化，没有执行；请返回列表再选一次")
        if action == _ASSIGN:
            assign(
                connection,
                visitor.user,
                [fingerprint for fingerprint, _ in chosen],
                assignee=first_of(form, "assignee"),
                due_on=day_of(first_of(form, "due_on")),
                now=site.now(),
            )
            return RedirectResponse(onward, 303)
        rulings = [
            Ruling(
                by=visitor.user,
                fingerprint=fingerprint,
                decision=Decision.CONFIRM if action == _CONFIRM else Decision.DISMISS,
                reason="" if action == _CONFIRM else action,
                note=first_of(form, "note"),
                version=version,
            )
            for fingerprint, version in chosen
        ]
        done = decide(connection, rulings, confirmations=site.confirmations, now=site.now())
    return RedirectResponse(with_batch(onward, done.batch), 303)


def _chosen(
    connection: Connection, visitor: Visit, form: dict[str, list[str]]
) -> list[tuple[str, int]]:
    """Return fingerprint and version of what was ticked, or of all that the filter holds."""
    site, user = visitor.site, visitor.user
    if form.get("all"):
        wanted = filter_of(QueryParams(first_of(form, "query")), site.now().date())
        confirmations = site.confirmations
        chosen = find_queue(connection, wanted, user, confirmations=confirmations, most=MOST + 1)
    else:
        chosen = [_ticked(value) for value in dict.fromkeys(form.get("issue", []))]
    if not chosen:
        raise ConfigError("没有选中任何问题")
    if len(chosen) > MOST:
        raise ConfigError(f"一次最多处理 {MOST} 个问题，请缩小筛选范围")
    return chosen


def _ticked(value: str) -> tuple[str, int]:
    fingerprint, _, version = value.partition(":")
    if not version.isdecimal():
        raise ConfigError("表单不完整，请刷新后再试")
    return fingerprint, int(version)


def _action(form: dict[str, list[str]]) -> str:
    action = first_of(form, "action")
    if action not in {_CONFIRM, _ASSIGN, *(reason.value for reason in DismissReason)}:
        raise ConfigError("请选择要对选中的问题做什么")
    return action


def _label(form: dict[str, list[str]]) -> str:
    action = _action(form)
    if action == _CONFIRM:
        return "确认"
    if action == _ASSIGN:
        assignee = first_of(form, "assignee")
        return f"指派给{assignee}" if assignee else "取消指派"
    return f"排除（{action}）"
