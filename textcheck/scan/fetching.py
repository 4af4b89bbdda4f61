"""Fetch what was listed, and again for a week: texts are changed and withdrawn in silence."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from textcheck.account import Account
from textcheck.article import Article, ArticleState, Reference
from textcheck.config import CHINA
from textcheck.errors import ConfigError, GoneError, NotModified, StoreError, TextcheckError
from textcheck.scan.work import Work
from textcheck.sources.base import Confirms, Source
from textcheck.sources.compose import SEEN
from textcheck.store.aliases import article_named
from textcheck.store.connect import Connection
from textcheck.store.documents import article_state, mark_article, save_article
from textcheck.store.queue import (
    listed_accounts,
    mark_failed,
    mark_fetched,
    mark_gone,
    mark_refetched,
    to_fetch,
    to_refetch,
    to_revisit,
)
from textcheck.store.revisits import note_look, version_there

__all__ = ["fetch_account"]

_WATCHED = timedelta(days=7)
# Shorter than a night is from the next, however long each takes.
_REST = timedelta(hours=20)


async def fetch_account(work: Work, account: Account) -> None:
    """Read an account's queued articles, those that failed before, and the recent ones again."""
    now = work.now()
    with work.store.read() as connection:
        references = to_fetch(connection, account.id)
        again = to_refetch(
            connection, account.id, published_since=now - _WATCHED, fetched_before=now - _REST
        )
        again += _watched(work, account, again, connection)
        in_full = account.id in listed_accounts(connection, work.run.night)
    for reference in references:
        await _fetch(work, account, reference)
    for reference in again:
        await _refetch(work, account, reference, in_full=in_full)


def _watched(
    work: Work, account: Account, others: Sequence[Reference], connection: Connection
) -> list[Reference]:
    """Return the articles with confirmed errors that are not looked at anyway."""
    known = {reference.native_id for reference in others}
    article_ids = work.watched.get(account.id, {})
    watched = to_revisit(
        connection, account.id, article_ids,
        night=work.run.night, fetched_before=work.now() - _REST,
    )  # fmt: skip
    return [reference for reference in watched if reference.native_id not in known]


async def _fetch(work: Work, account: Account, reference: Reference) -> None:
    try:
        article = await _source_of(work, reference).fetch(reference)
    except GoneError as error:
        _note_gone(work, reference, ArticleState(error.state))
    except StoreError:
        raise
    except TextcheckError as error:
        work.run.failures.append(f"{account.label} {reference.url}：{error}")
        with work.store.write() as connection:
            mark_failed(connection, work.run.night, reference, str(error))
    else:
        _save(work, account, reference, article)


async def _refetch(work: Work, account: Account, reference: Reference, *, in_full: bool) -> None:
    """
    Read an article again; a version that is poorer than the known one is not kept.

    `in_full` tells that tonight's listing is complete: what it lacks may be gone.
    """
    try:
        source = _source_of(work, reference)
        if in_full and isinstance(source, Confirms) and _is_missing(work, reference):
            await source.confirm(reference)
        article = await source.fetch(reference)
    except NotModified:
        article = None
    except GoneError as error:
        _note_gone(work, reference, ArticleState(error.state))
        return
    except StoreError:
        raise
    except TextcheckError as error:
        work.run.failures.append(f"{account.label} {reference.url} 复读：{error}")
        return
    if article is not None and article.state not in {ArticleState.OK, ArticleState.PARTIAL}:
        _note_gone(work, reference, article.state)
        return
    with work.store.write() as connection:
        poorer = article is not None and article.state is ArticleState.PARTIAL
        if poorer and article_state(connection, reference) is ArticleState.OK:
            work.run.failures.append(f"{account.label} {reference.url} 复读：只读到一部分")
            return
        version_id = None
        if article is not None:
            saved = save_article(connection, article)
            work.run.new_versions += saved.new_version
            version_id = saved.version_id
        mark_refetched(connection, reference, work.now(), article)
        _note_look(connection, work, reference, version_id, there=True)


def _is_missing(work: Work, reference: Reference) -> bool:
    """Tell whether an article that came out of a list was not in tonight's, which reaches it."""
    seen, published_at = reference.hint.get(SEEN), reference.published_at
    if seen is None or published_at is None:
        return False
    reached = published_at.astimezone(CHINA).date() >= work.since
    last = datetime.fromisoformat(seen).astimezone(CHINA).date()
    return reached and last.isoformat() < work.run.night


def _source_of(work: Work, reference: Reference) -> Source:
    source = work.sources.get(reference.source)
    if source is None:
        raise ConfigError(f"没有名为 {reference.source} 的来源")
    return source


def _save(work: Work, account: Account, reference: Reference, article: Article) -> None:
    if article.state not in {ArticleState.OK, ArticleState.PARTIAL}:
        _note_gone(work, reference, article.state)
        return
    with work.store.write() as connection:
        saved = save_article(connection, article)
        mark_fetched(connection, work.run.night, reference, work.now(), article)
    work.run.failures += [
        f"{account.label} {reference.url} 附件“{item.name}”未读：{item.unread}"
        for item in article.attachments
        if item.unread
    ]
    work.run.new_articles += saved.new_article
    work.run.new_versions += saved.new_version


def _note_gone(work: Work, reference: Reference, state: ArticleState) -> None:
    with work.store.write() as connection:
        mark_article(connection, reference, state)
        mark_gone(connection, work.run.night, reference)
        _note_look(connection, work, reference, None, there=False)


def _note_look(
    connection: Connection,
    work: Work,
    reference: Reference,
    version_id: int | None,
    *,
    there: bool,
) -> None:
    """Note a look at a page with confirmed errors; no version means the one that was there."""
    article_id = article_named(connection, reference.account_id, reference.native_id)
    watched = work.watched.get(reference.account_id, {})
    if article_id is None or article_id not in watched:
        return
    if there and version_id is None:
        version_id = version_there(connection, article_id)
    note_look(
        connection,
        watched[article_id],
        article_id,
        version_id,
        night=work.run.night,
        at=work.now(),
    )
