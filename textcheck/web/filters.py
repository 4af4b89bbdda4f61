"""A filter of the queue as it stands in the address of a page, and back."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from textcheck.errors import ConfigError
from textcheck.finding import FAMILIES, Severity
from textcheck.review import State
from textcheck.revisit import Course
from textcheck.store.triage import Filter

__all__ = ["filter_of", "query_of"]

_LONGEST = 200


def filter_of(query: Mapping[str, str], today: date) -> Filter:
    """Return the filter that an address asks for; raise ConfigError where it makes no sense."""
    given = {name: value.strip()[:_LONGEST] for name, value in query.items()}
    severity, family = given.get("severity", ""), given.get("family", "")
    try:
        state = _state(given["state"]) if given.get("state") else None
        level = Severity[severity.upper()] if severity else None
    except (ValueError, KeyError) as error:
        raise ConfigError("网址中的筛选条件有误") from error
    if family and family not in FAMILIES:
        raise ConfigError(f"没有“{family}”类规则")
    return Filter(
        state=state,
        severity=level,
        family=family,
        county=given.get("county", ""),
        platform=given.get("platform", ""),
        account=given.get("account", ""),
        assignee=given.get("assignee", ""),
        overdue_on=today if given.get("overdue") else None,
        words=given.get("q", ""),
        blind=bool(given.get("blind")),
        others=bool(given.get("others")),
    )


def _state(name: str) -> State | Course:
    """Return the state of that name; what came after a confirmation has names of its own."""
    return Course(name) if name in set(Course) else State(name)


def query_of(wanted: Filter, **more: object) -> str:
    """Return the part of an address behind the question mark, "" for everything."""
    fields: dict[str, object] = {
        "state": wanted.state.value if wanted.state else "",
        "severity": wanted.severity.name.lower() if wanted.severity else "",
        "family": wanted.family,
        "county": wanted.county,
        "platform": wanted.platform,
        "account": wanted.account,
        "assignee": wanted.assignee,
        "overdue": "1" if wanted.overdue_on else "",
        "q": wanted.words,
        "blind": "1" if wanted.blind else "",
        "others": "1" if wanted.others else "",
    }
    return urlencode({name: value for name, value in (fields | more).items() if value})
