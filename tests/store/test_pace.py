from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from textcheck.article import Reference
from textcheck.config import CHINA
from textcheck.store.pace import Pace, weekly_paces
from textcheck.store.queue import enqueue

if TYPE_CHECKING:
    from tests.store.conftest import World

NIGHT = date(2026, 5, 29)


@pytest.mark.parametrize(
    ("weeks", "pace"),
    [
        ((2, 4, 6, 5), Pace(2, 5)),
        ((0, 4, 6, 5, 4, 4, 4, 4, 4, 90), Pace(0, 4)),  # the ninth week counts no more
        ((5, 0, 0, 3, 0, 1), Pace(5, 0)),
        ((5, 4, 6), None),  # two full weeks are not enough
        ((), None),
    ],
)
def test_a_usual_week_is_the_median_of_the_earlier_ones(
    world: "World", weeks: Sequence[int], pace: Pace | None
) -> None:
    # The last week lies behind an article on its first day, so it is known in full.
    midnight = datetime(2026, 5, 29, tzinfo=CHINA)
    references = [
        Reference(
            "a",
            "fake",
            f"{week}-{number}",
            "https://example.cn/",
            published_at=midnight - timedelta(days=7 * (week + 1)) + timedelta(minutes=number),
        )
        for week, count in enumerate(weeks)
        for number in range(count)
    ]
    with world.store.write() as connection:
        enqueue(connection, "2026-05-29", references)
        assert weekly_paces(connection, NIGHT).get("a") == pace


def test_an_article_without_a_day_counts_nowhere(world: "World") -> None:
    with world.store.write() as connection:
        enqueue(
            connection,
            "2026-05-29",
            [Reference("a", "fake", "1", "https://example.cn/")],
        )
        assert weekly_paces(connection, NIGHT) == {}
