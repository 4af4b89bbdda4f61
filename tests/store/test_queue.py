from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textcheck.article import ArticleState
from textcheck.config import CHINA
from textcheck.run import Coverage
from textcheck.store.documents import mark_article, save_article
from textcheck.store.findings import record_findings
from textcheck.store.queue import (
    enqueue,
    last_listed,
    listed_accounts,
    mark_failed,
    mark_fetched,
    mark_gone,
    mark_listed,
    mark_refetched,
    mark_unchecked,
    nights_unread,
    read_coverage,
    to_check,
    to_fetch,
    to_refetch,
)

if TYPE_CHECKING:
    from tests.store.conftest import World

NIGHT, NEXT_NIGHT = "2026-05-01", "2026-05-02"
NOW = datetime(2026, 5, 1, 2, 30, tzinfo=CHINA)


def test_a_listing_is_done_for_its_night_only(world: "World") -> None:
    with world.store.write() as connection:
        mark_listed(connection, NIGHT, Coverage("a", listed=3))
        assert listed_accounts(connection, NIGHT) == {"a"}
        assert listed_accounts(connection, NEXT_NIGHT) == set()


def test_a_failed_listing_is_not_done_until_it_succeeds(world: "World") -> None:
    with world.store.write() as connection:
        mark_listed(connection, NIGHT, Coverage("a", error="被拒绝"))
        assert listed_accounts(connection, NIGHT) == set()
        assert read_coverage(connection, NIGHT) == {"a": Coverage("a", error="被拒绝")}
        mark_listed(connection, NIGHT, Coverage("a", listed=2))
        assert listed_accounts(connection, NIGHT) == {"a"}
        assert read_coverage(connection, NIGHT) == {"a": Coverage("a", listed=2)}


def test_a_reference_comes_back_as_it_was_queued(world: "World") -> None:
    references = [world.reference("a", "2"), replace(world.reference("a", "1"), published_at=None)]
    with world.store.write() as connection:
        assert enqueue(connection, NIGHT, [*references, world.reference("b", "1")]) == 3
        assert to_fetch(connection, "a") == references


def test_what_was_queued_is_not_queued_again(world: "World") -> None:
    first, second = world.reference("a", "1"), world.reference("a", "2")
    with world.store.write() as connection:
        assert enqueue(connection, NIGHT, [first]) == 1
        mark_fetched(connection, NIGHT, first, NOW, world.article("文"))
        assert enqueue(connection, NEXT_NIGHT, [first, second, second]) == 1
        assert to_fetch(connection, "a") == [second]
        assert enqueue(connection, NIGHT, []) == 0


def test_only_what_failed_is_fetched_again(world: "World") -> None:
    references = [world.reference("a", native_id) for native_id in "123"]
    with world.store.write() as connection:
        enqueue(connection, NIGHT, references)
        mark_fetched(connection, NIGHT, references[0], NOW, world.article("文"))
        mark_failed(connection, NIGHT, references[1], "超时")
        mark_gone(connection, NIGHT, references[2])
        assert to_fetch(connection, "a") == [references[1]]


def test_a_version_is_to_be_checked_until_its_findings_are_recorded(world: "World") -> None:
    run = world.run()
    article = world.article("一错再错")
    with world.store.write() as connection:
        version_id = save_article(connection, article).version_id
        assert to_check(connection) == [version_id]
        mark_unchecked(connection, version_id, "检查不了")
        assert to_check(connection) == [version_id]
        record_findings(connection, version_id, article.document, [], run.id)
        assert to_check(connection) == []


def test_coverage_counts_what_became_of_a_night(world: "World") -> None:
    run = world.run()
    references = {native_id: world.reference("a", native_id) for native_id in "123456"}
    with world.store.write() as connection:
        mark_listed(connection, NIGHT, Coverage("a", listed=6))
        mark_listed(connection, NIGHT, Coverage("b", listed=0))
        enqueue(connection, NIGHT, list(references.values()))
        for native_id in "123":
            article = world.article("文" + native_id, "a", native_id)
            state = ArticleState.PARTIAL if native_id == "1" else ArticleState.OK
            saved = save_article(connection, replace(article, state=state))
            mark_fetched(connection, NIGHT, references[native_id], NOW, article)
            if native_id != "3":
                record_findings(connection, saved.version_id, article.document, [], run.id)
        mark_failed(connection, NIGHT, references["4"], "超时")
        mark_article(connection, references["5"], ArticleState.DELETED)
        mark_gone(connection, NIGHT, references["5"])
        found = read_coverage(connection, NIGHT)
    # 3 was never checked, so nobody looked at it; 6 is still waiting.
    assert found == {
        "a": Coverage("a", listed=6, fetched=3, failed=2, gone=1, partial=1),
        "b": Coverage("b"),
    }


def test_coverage_of_a_night_leaves_out_what_another_night_read(world: "World") -> None:
    run = world.run()
    first, second = world.reference("a", "1"), world.reference("a", "2")
    article = world.article("文", "a", "1")
    with world.store.write() as connection:
        enqueue(connection, NIGHT, [first, second])
        version_id = save_article(connection, article).version_id
        mark_fetched(connection, NIGHT, first, NOW, world.article("文"))
        record_findings(connection, version_id, article.document, [], run.id)
        mark_failed(connection, NIGHT, second, "超时")
        mark_listed(connection, NEXT_NIGHT, Coverage("a", listed=2))
        assert read_coverage(connection, NEXT_NIGHT) == {"a": Coverage("a", listed=2)}
        mark_failed(connection, NEXT_NIGHT, second, "又超时")
        assert read_coverage(connection, NEXT_NIGHT) == {"a": Coverage("a", listed=2, failed=1)}


def test_what_is_recent_is_read_again_after_a_rest(world: "World") -> None:
    reference, article = world.reference("a", "1"), world.article("文")
    etag = {"etag": '"7"', "content-type": "text/html"}
    answered = replace(article, pages=(replace(article.pages[0], headers=etag),))

    def due(hours: int, days: int = 7) -> list[str]:
        with world.store.read() as connection:
            found = to_refetch(
                connection,
                "a",
                published_since=NOW - timedelta(days=days),
                fetched_before=NOW + timedelta(hours=hours - 20),
            )
        assert all(item.validators == {"etag": '"7"'} for item in found)
        return [item.native_id for item in found]

    with world.store.write() as connection:
        enqueue(connection, NIGHT, [reference])
        mark_fetched(connection, NIGHT, reference, NOW, answered)
    assert due(hours=19) == []
    assert due(hours=24) == ["1"]
    with world.store.write() as connection:
        mark_refetched(connection, reference, NOW + timedelta(hours=24), None)
    assert due(hours=43) == []
    assert due(hours=48) == ["1"]
    assert due(hours=48, days=-1) == []
    with world.store.write() as connection:
        mark_gone(connection, NIGHT, reference)
    assert due(hours=48) == []


def test_what_a_later_listing_says_of_an_article_is_kept(world: "World") -> None:
    reference = world.reference("a", "1")
    edited = replace(reference, title="改了的题", hint={"text": "改了的文"})
    stranger = replace(edited, source="another")
    with world.store.write() as connection:
        enqueue(connection, NIGHT, [reference])
        enqueue(connection, NIGHT, [stranger])
        assert to_fetch(connection, "a") == [reference]
        enqueue(connection, NIGHT, [edited])
        assert to_fetch(connection, "a") == [edited]


def test_nights_without_a_complete_listing_are_counted(world: "World") -> None:
    with world.store.write() as connection:
        for night, error in (("2026-05-01", ""), ("2026-05-02", "墙"), ("2026-05-03", "墙")):
            mark_listed(connection, night, Coverage("a", error=error))
            mark_listed(connection, night, Coverage("b", error="墙"))
        assert last_listed(connection) == {"a": "2026-05-01"}
        assert nights_unread(connection) == {"a": 2, "b": 3}
