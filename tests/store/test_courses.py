"""States that follow a confirmation, and what waits for somebody else, on both databases."""

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from tests.store.test_desk import ALL, SECOND, issue_of, rule, states
from textcheck.config import CHINA
from textcheck.review import Decision, State
from textcheck.revisit import Course, Outcome
from textcheck.store.courses import courses_of
from textcheck.store.decide import Ruling, undo
from textcheck.store.revisits import note_look
from textcheck.store.triage import Filter

if TYPE_CHECKING:
    from tests.store.conftest import World

NOW = datetime(2026, 5, 1, 9, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("nights", "course"),
    [
        ([[]], None),
        ([[Outcome.STILL]], None),
        ([[Outcome.STILL, Outcome.FIXED]], Course.MENDED),
        ([[Outcome.FIXED, Outcome.STILL]], None),
        ([[Outcome.DELETED], [Outcome.FIXED]], Course.MENDED),
        ([[Outcome.DELETED], [Outcome.STILL]], None),  # in another article it still stands
        ([[Outcome.DELETED], [Outcome.FIXED, Outcome.BACK]], Course.BACK),
        ([[Outcome.IDLE, Outcome.UPDATED]], Course.MENDED),
    ],
)
def test_the_last_look_at_each_article_says_how_far_an_error_has_come(
    world: "World", nights: list[list[Outcome]], course: Course | None
) -> None:
    key = issue_of(world, "错词")
    second = world.article("句中有错词。", "a", "2")
    world.find(second, "错词")
    for by in (ALL, SECOND):
        rule(world, Ruling(by, key, Decision.CONFIRM))
    with world.store.write() as connection:
        for article_id, outcomes in enumerate(nights, start=1):
            for night, outcome in enumerate(outcomes, start=1):
                note_look(
                    connection, [key], article_id, None,
                    night=f"2026-05-{night:02}", at=NOW, outcome=outcome,
                )  # fmt: skip
        assert courses_of(connection, 2, [key]) == ({key: course} if course else {})
        assert courses_of(connection, 3, [key]) == {}  # where three must confirm
    for state in Course:
        assert states(world, Filter(state=state)) == (["错词确认"] if state is course else [])


def test_what_waits_for_others_is_what_one_has_said_nothing_of(world: "World") -> None:
    key = issue_of(world, "错词")
    batch = rule(world, Ruling(ALL, key, Decision.CONFIRM))
    wanted = Filter(state=State.IN_REVIEW, others=True)
    assert (states(world, wanted, ALL), states(world, wanted, SECOND)) == ([], ["错词复核中"])
    with world.store.write() as connection:
        undo(connection, ALL, batch, now=NOW)
    assert states(world, Filter(others=True), ALL) == ["错词待核"]
