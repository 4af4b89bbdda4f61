"""Fixtures of the review pages."""

from collections.abc import Callable, Iterator

import pytest
from web_office import Browser, Office, hashed_password, running_offices


@pytest.fixture(scope="session")
def start_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Office]]:
    """Start offices, each with a store of its own."""
    with running_offices(tmp_path_factory, hashed_password()) as start:
        yield start


@pytest.fixture
def office(start_office: Callable[[], Office]) -> Office:
    """Return an office where nothing was found yet."""
    return start_office()


@pytest.fixture(scope="session")
def bureau(start_office: Callable[[], Office]) -> Browser:
    """Return a reviewer's browser in an office that tests only look at."""
    return start_office().login("审核员甲")
