"""What a command checks with."""

import gc
from dataclasses import dataclass
from datetime import date, datetime

import click

from textcheck.checkers import build_checkers
from textcheck.checkers.base import Checker
from textcheck.config import CHINA
from textcheck.data import data_dir
from textcheck.lexicon.load import load_lexicon

__all__ = ["LexiconVersion", "Tools", "default_tools", "tools_of"]


@dataclass(frozen=True, slots=True)
class LexiconVersion:
    """Which lexicon it is, and on what day it was last checked."""

    digest: str
    day: date


@dataclass(frozen=True, slots=True)
class Tools:
    """The checkers, the lexicon they were built from, and the day a draft is judged as of."""

    checkers: tuple[Checker, ...]
    lexicon: LexiconVersion
    today: date


def default_tools() -> Tools:
    """Return the checkers over the lexicon that came with the program, and today in China."""
    # The tables stay for the whole run: looking for garbage among them costs a tenth of the start.
    gc.disable()
    lexicon = load_lexicon(data_dir("lexicons"), data_dir("models"))
    gc.freeze()
    gc.enable()
    return Tools(
        checkers=build_checkers(lexicon),
        lexicon=LexiconVersion(lexicon.digest, lexicon.day),
        today=datetime.now(CHINA).date(),
    )


def tools_of(context: click.Context) -> Tools:
    """Return the tools handed in with the context, else the default ones."""
    return context.obj if isinstance(context.obj, Tools) else default_tools()
