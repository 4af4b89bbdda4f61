"""What reviewers propose for the lexicon: seen by all, accepted or refused by its keepers."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from textcheck.errors import ConfigError
from textcheck.store.proposals import ProposalState, answer_proposal, read_proposals
from textcheck.user import Right
from textcheck.web.guard import Posted, Visitor, first_of

__all__ = ["answer", "proposals", "router"]

router = APIRouter()
_MOST = 50
_COLUMNS = ("form", "near", "reason")


@router.get("/proposals")
def proposals(request: Request, visitor: Visitor) -> Response:
    """Show what is proposed, the open ones first."""
    visitor.demand_whole_office()
    with visitor.site.store.read() as connection:
        found = read_proposals(connection)
    return visitor.site.page(
        request,
        "proposals.html",
        proposals=found[:_MOST],
        count=len(found),
        open_count=sum(item.state is ProposalState.OPEN for item in found),
        may_answer=visitor.user.may(Right.KEEP),
    )


@router.post("/proposals/answer")
def answer(visitor: Visitor, form: Posted) -> Response:
    """Accept a proposal, with a row for the table of lawful forms or without, or refuse it."""
    visitor.demand(Right.KEEP)
    visitor.demand_whole_office()
    cells = {name: first_of(form, name) for name in _COLUMNS}
    accepted = first_of(form, "state") == ProposalState.ACCEPTED.value
    if not accepted and first_of(form, "state") != ProposalState.REFUSED.value:
        raise ConfigError("请选择采纳或不采纳")
    if accepted and cells["form"] and not cells["reason"]:
        raise ConfigError("放行的写法须写明理由")
    with visitor.site.store.write() as connection:
        answer_proposal(
            connection,
            visitor.user,
            first_of(form, "rule_code"),
            first_of(form, "quote"),
            ProposalState.ACCEPTED if accepted else ProposalState.REFUSED,
            note=first_of(form, "note"),
            cells=cells if accepted and cells["form"] else {},
            now=visitor.site.now(),
        )
    return RedirectResponse("/proposals", 303)
