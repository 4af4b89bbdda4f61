"""Where the commands of an office work: its store and its settings."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

from textcheck.cli.settings import config_option, read_settings, store_option
from textcheck.config import Config
from textcheck.store.connect import Store, open_store

__all__ = ["Desk", "at_desk"]


@dataclass(frozen=True, slots=True)
class Desk:
    """A store that is there already, and the settings."""

    store: Store
    config: Config

    @property
    def confirmations(self) -> int:
        """Return how many people must confirm a serious finding."""
        return self.config.review.confirmations


def at_desk(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command its desk in place of the options that say which."""

    @config_option
    @store_option
    @wraps(command)
    def wrapped(config_path: Path | None, store_url: str | None, **given: Any) -> None:  # noqa: ANN401 # the command's own options
        config = read_settings(config_path)
        with closing(open_store(store_url or config.store.url, create=False)) as store:
            command(Desk(store, config), **given)

    return wrapped
