from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from textcheck.article import ArticleState, Attachment, Page
from textcheck.config import CHINA
from textcheck.document import Block, BlockKind, Document, Span
from textcheck.errors import StoreError
from textcheck.run import Coverage
from textcheck.store.documents import (
    SavedVersion,
    article_state,
    load_document,
    load_pages,
    mark_article,
    save_article,
)
from textcheck.store.queue import enqueue, mark_fetched, mark_listed, read_coverage
from textcheck.store.tables import articles, raw, versions

if TYPE_CHECKING:
    from tests.store.conftest import World
    from textcheck.article import Article

NOW = datetime(2026, 5, 1, 2, 30, tzinfo=CHINA)


def test_a_document_comes_back_as_it_was_read(world: "World") -> None:
    blocks = (Block(BlockKind.TITLE, Span(0, 2)), Block(BlockKind.BODY, Span(3, 6)))
    document = Document("标题\n𠮷林省", blocks, date(2026, 4, 30), "https://example.cn/1", "a")
    article = replace(world.article(""), document=document)
    with world.store.write() as connection:
        saved = save_article(connection, article)
        assert saved.new_article
        assert saved.new_version
        assert load_document(connection, saved.version_id) == document


def test_the_same_text_again_makes_no_new_version(world: "World") -> None:
    with world.store.write() as connection:
        first = save_article(connection, world.article("文"))
        again = save_article(connection, world.article("文"))
    assert again == SavedVersion(first.article_id, first.version_id, False, False)  # noqa: FBT003 # two flags of one type


def test_an_edited_text_is_a_new_version_and_the_old_one_stays(world: "World") -> None:
    with world.store.write() as connection:
        first = save_article(connection, world.article("旧文"))
        second = save_article(connection, world.article("新文"))
        assert (second.article_id, second.new_article) == (first.article_id, False)
        assert second.new_version
        assert load_document(connection, first.version_id).text == "旧文"
        assert load_document(connection, second.version_id).text == "新文"


def test_a_native_id_is_an_account_s_own(world: "World") -> None:
    with world.store.write() as connection:
        ids = {
            save_article(connection, world.article("同文", account_id)).article_id
            for account_id in "ab"
        }
    assert len(ids) == 2


def test_all_that_is_known_of_an_article_is_kept(world: "World") -> None:
    article = replace(
        world.article("文"),
        state=ArticleState.PARTIAL,
        modified_at=datetime(2026, 5, 1, 9, tzinfo=CHINA),
        images_unread=2,
        attachments=(Attachment("附件.docx", "https://example.cn/a.docx", 3, "ab", "已损坏"),),
        warnings=("有一段读不出",),
    )
    with world.store.write() as connection:
        save_article(connection, article)
        version = connection.execute(select(versions)).one()
        row = connection.execute(select(articles)).one()
    assert (row.state, row.title, row.published_at) == ("partial", "标题", article.published_at)
    assert version.modified_at == article.modified_at
    assert version.images_unread == 2
    [told] = version.attachments
    assert told == {
        "name": "附件.docx",
        "url": "https://example.cn/a.docx",
        "size": 3,
        "sha256": "ab",
        "unread": "已损坏",
    }
    assert version.warnings == ["有一段读不出"]
    assert version.fetched_at == article.pages[0].fetched_at


@pytest.mark.parametrize(
    ("published_at", "day"),
    [
        (datetime(2026, 5, 1, 0, 10, tzinfo=CHINA), date(2026, 5, 1)),  # in UTC still April
        (None, date(2026, 4, 30)),  # what the listing said
    ],
)
def test_a_document_without_a_day_takes_the_article_s(
    world: "World", published_at: datetime | None, day: date
) -> None:
    article = world.article("文")
    undated = replace(article, document=Document("文"), published_at=published_at)
    with world.store.write() as connection:
        saved = save_article(connection, undated)
        assert load_document(connection, saved.version_id).published_on == day


def test_a_day_that_nobody_knows_stays_unknown(world: "World") -> None:
    article = world.article("文")
    undated = replace(
        article,
        reference=replace(article.reference, published_at=None),
        document=Document("文"),
        published_at=None,
    )
    with world.store.write() as connection:
        saved = save_article(connection, undated)
        assert load_document(connection, saved.version_id).published_on is None


def test_characters_that_no_database_keeps_move_no_span(world: "World") -> None:
    text = "甲\x00乙\ud83d丙"
    article = world.article("")
    with world.store.write() as connection:
        saved = save_article(connection, replace(article, document=Document(text)))
        document = load_document(connection, saved.version_id)
        assert not save_article(connection, replace(article, document=Document(text))).new_version
        digest = connection.execute(select(versions.c.digest)).scalar_one()
    assert document.text == "甲\ufffd乙\ufffd丙"
    assert digest == document.digest


def test_the_raw_answers_come_back_and_equal_ones_are_kept_once(world: "World") -> None:
    article = world.article("文")
    now = datetime(2026, 5, 1, 3, tzinfo=CHINA)
    answers = (
        Page("https://example.cn/1", 200, {"content-type": "text/html"}, b"\x00\xff" * 900, now),
        Page("https://example.cn/2", 200, {}, b"\x00\xff" * 900, now),
        Page("https://example.cn/3", 404, {}, b"", now),
    )
    with world.store.write() as connection:
        saved = save_article(connection, replace(article, pages=answers))
        assert load_pages(connection, saved.version_id) == list(answers)
        assert connection.execute(select(func.count()).select_from(raw)).scalar_one() == 2


def test_a_deleted_article_keeps_what_was_read_of_it(world: "World") -> None:
    article = world.article("文")
    with world.store.write() as connection:
        saved = save_article(connection, article)
        mark_article(connection, replace(article.reference, title=""), ArticleState.DELETED)
        row = connection.execute(select(articles)).one()
        assert (row.state, row.title) == ("deleted", "标题")
        assert load_document(connection, saved.version_id).text == "文"


def test_an_article_gone_before_it_was_read_is_known_all_the_same(world: "World") -> None:
    with world.store.write() as connection:
        mark_article(connection, world.reference(), ArticleState.VIOLATION)
        row = connection.execute(select(articles)).one()
    assert (row.state, row.title, row.url) == (
        "violation",
        "标题",
        "https://example.gov.cn/a/1",
    )


def test_an_unknown_version_is_named(world: "World") -> None:
    with world.store.read() as connection, pytest.raises(StoreError, match="没有文章版本 99"):
        load_document(connection, 99)


def test_an_article_of_nobody_is_a_fault(world: "World") -> None:
    with pytest.raises(IntegrityError), world.store.write() as connection:
        save_article(connection, world.article("文", "nobody"))


@pytest.mark.parametrize(("first", "second"), [("short", "MzA==:22:1"), ("MzA==:22:1", "short")])
def test_an_article_under_two_names_is_one(world: "World", first: str, second: str) -> None:
    names = {"short": "MzA==:22:1", "MzA==:22:1": "MzA==:22:1"}

    def named(name: str, text: str) -> "Article":
        return replace(world.article(text, "a", name), identity=names[name])

    with world.store.write() as connection:
        one = save_article(connection, named(first, "文"))
        other = save_article(connection, named(second, "文"))
        edited = save_article(connection, named(second, "改了的文"))
        stranger = save_article(connection, world.article("文", "b", second))
        assert (one.new_article, other.new_article, other.new_version) == (True, False, False)
        assert one.article_id == other.article_id == edited.article_id != stranger.article_id
        assert edited.new_version
        mark_article(connection, world.reference("a", second), ArticleState.DELETED)
        assert article_state(connection, world.reference("a", first)) is ArticleState.DELETED


def test_a_part_read_under_another_name_is_a_gap_all_the_same(world: "World") -> None:
    night = "2026-05-01"
    with world.store.write() as connection:
        save_article(connection, replace(world.article("文", "a", "short"), identity="z:1:1"))
        again = world.reference("a", "z:1:1")
        enqueue(connection, night, [again])
        partial = replace(world.article("文", "a", "z:1:1"), state=ArticleState.PARTIAL)
        save_article(connection, partial)
        mark_fetched(connection, night, again, NOW, partial)
        mark_listed(connection, night, Coverage("a", listed=1))
        assert read_coverage(connection, night)["a"].partial == 1
