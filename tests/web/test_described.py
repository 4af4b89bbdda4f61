"""Whatever is made of the interface's own description, right or wrong, breaks nothing."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode, openapi
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from web_office import NOW, Office

from textcheck.edition import Quarter
from textcheck.report.dossier import ListRequest, draft_edition
from textcheck.store.editions import issue_edition
from textcheck.store.tokens import add_key
from textcheck.store.users import find_user
from textcheck.user import Purpose

# What a right request may be told: done, or that there is no such thing.
ANSWERED = {
    "POST /check": {200},
    "GET /findings": {200, 400},
    "POST /verdicts": {200, 400, 404, 409},
    "GET /lists/{quarter}/{number}": {200, 404},
}


@pytest.fixture(scope="module")
def office(start_office: Callable[[], Office]) -> Office:
    """Return an office with an issue and an issued list."""
    office = start_office()
    office.found("会上说高质量发屏。", "高质量发屏")
    quarter = Quarter(2026, 2)
    period = ListRequest(quarter, quarter.first_day, quarter.last_day)
    with office.store.write() as connection:
        issue_edition(connection, draft_edition(connection, period, confirmations=2, now=NOW))
    return office


@pytest.fixture(scope="module")
def key(office: Office) -> str:
    with office.store.write() as connection:
        user = find_user(connection, "审核员甲")
        assert user is not None
        return add_key(connection, user, "随机", list(Purpose), by="命令行", now=NOW)


@pytest.fixture(scope="module")
def operations(office: Office) -> dict[str, APIOperation[Any, Any, Any, Any]]:
    described = office.visitor().get("/api/v1/openapi.json").json()
    found = {}
    for result in openapi.from_dict(described).get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()
        found[operation.label] = operation
    return found


def test_every_operation_is_tried(operations: dict[str, object]) -> None:
    assert operations.keys() == ANSWERED.keys()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("label", ANSWERED)
def test_nothing_that_is_sent_breaks_it(
    office: Office,
    key: str,
    operations: dict[str, APIOperation[Any, Any, Any, Any]],
    label: str,
    mode: GenerationMode,
) -> None:
    answers: Counter[int] = Counter()

    @seed(7)
    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operations[label].as_strategy(generation_mode=mode))
    def send(case: Case[Any]) -> None:
        answer = case.call(
            base_url=f"{office.address}/api/v1", headers={"authorization": f"Bearer {key}"}
        )
        answers[answer.status_code] += 1
        assert answer.status_code < 500, case.as_curl_command()

    send()
    if mode is GenerationMode.POSITIVE:
        assert answers.keys() <= ANSWERED[label]
    else:  # a parameter too many is no fault
        assert answers.keys() != {200}
