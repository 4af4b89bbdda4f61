"""The protocol of a source."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import date
from typing import Protocol, runtime_checkable

from textcheck.account import Account
from textcheck.article import Article, Cursor, Listing, Reference

__all__ = ["Census", "Confirms", "Source"]


class Source(Protocol):
    """
    One way to read accounts of a platform.

    Async inside, so that many hosts are read side by side; parsing is in pure
    functions beside it. Errors are the FetchError family: a wall, an expired login or an
    answer in an unknown format is raised, never returned as an empty listing or article.
    """

    @property
    def name(self) -> str:
        """Return the kind that the register's `source` settings use."""
        ...

    @property
    def lists_all(self) -> bool:
        """Tell whether a listing holds all that an account publishes, of every kind."""
        ...

    def list(self, account: Account, cursor: Cursor) -> AsyncIterator[Listing]:
        """Yield pages of references, newest first, each with the cursor of the next page."""
        ...

    async def fetch(self, reference: Reference) -> Article:
        """Fetch one article and read it."""
        ...


@runtime_checkable
class Census(Protocol):
    """What a source adds that can count what went out, whether it lists it or not."""

    async def census(self, account: Account, since: date, until: date) -> Counter[date]:
        """Return how many articles went out on each day, since <= day < until."""
        ...


@runtime_checkable
class Confirms(Protocol):
    """What a source adds whose articles are read out of its lists: these do not say who left."""

    async def confirm(self, reference: Reference) -> None:
        """Ask for an article that the list no longer holds; raises GoneError where it is gone."""
        ...
