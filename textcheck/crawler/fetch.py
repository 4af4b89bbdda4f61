"""The protocol of a fetcher."""

from collections.abc import Mapping
from typing import Protocol

from textcheck.article import Page

__all__ = ["Fetcher"]


class Fetcher(Protocol):
    """Gets pages; a test's double serves them from a dict."""

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Page:
        """
        Return the answer to a GET, whatever its status under 500 but 429, or 521.

        Raises FetchError where no usable answer came: no connection, a timeout, 5xx or
        429 after all retries, an answer larger than allowed.
        """
        ...

    async def post(
        self, url: str, *, body: Mapping[str, str] | bytes, headers: Mapping[str, str] | None = None
    ) -> Page:
        """Return the answer to a POST of a form, or of bytes as they are; errors as in get."""
        ...

    def halt(self, url: str, reason: str) -> None:
        """Leave the host of url alone for the rest of the run: it put up a wall."""
        ...
