"""What a command checks with."""

import gc
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

import click

from textcheck.checkers import build_checkers
from textcheck.checkers.base import Checker
from textcheck.cli.settings import read_settings
from textcheck.config import CHINA, Config
from textcheck.data import cache_dirs, data_dir
from textcheck.engine import Crew
from textcheck.engine.worker import Build
from textcheck.errors import LexiconError
from textcheck.knowledge.layers import Layers
from textcheck.lexicon.load import load_lexicon
from textcheck.model.load import load_models

__all__ = ["LexiconVersion", "Tools", "default_layers", "default_tools", "layers_named", "tools_of"]

_OLD = 30  # days
# With so many characters the start of other processes is no matter. The learned stage has threads
# as well: there it is the isolation that is won.
_WORTH, _WORTH_LEARNED = 3_000_000, 500_000
_SHARD, _SHARD_LEARNED = 60_000, 20_000


@dataclass(frozen=True, slots=True)
class LexiconVersion:
    """
    Which lexicon it is, and on what day it was last checked.

    `layers` are the names of an office's folders over it; `notes` what the user must be told.
    """

    digest: str
    day: date
    layers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def warnings(self, today: date) -> Iterator[str]:
        """Yield what whoever reads the findings should know of the lexicon."""
        yield from self.notes
        if (age := (today - self.day).days) > _OLD:
            yield f"词库已 {age} 天没有更新（{self.day}），其间的人事变动和新提法不在其中"


@dataclass(frozen=True, slots=True)
class Tools:
    """
    The checkers, the lexicon they were built from, and the day a draft is judged as of.

    `model` is the digest of the models, "" where the learned stage takes no part; `build` makes
    the same checkers in another process.
    """

    checkers: tuple[Checker, ...]
    lexicon: LexiconVersion
    today: date
    model: str = ""
    build: Build | None = None

    def crew(self, jobs: int = 1) -> Crew:
        """Return who checks; 0 jobs are as many as there are processors, where that gains."""
        worth, shard = (_WORTH_LEARNED, _SHARD_LEARNED) if self.model else (_WORTH, _SHARD)
        return Crew(self.checkers, self.build, jobs, worth, shard)


def default_layers(over: Sequence[Path] = ()) -> Layers:
    """Return the folders of the lexicon: the program's own, and those over it."""
    return Layers(data_dir("lexicons"), tuple(over), datetime.now(CHINA).date())


def default_tools(over: Sequence[Path] = (), *, learned: bool = True, threads: int = 0) -> Tools:
    """Return the checkers over the lexicon and the models of the program, and today in China."""
    layers = default_layers(over)
    lexicon = load_lexicon(layers, data_dir("models"), cache_dirs())
    threads = threads or os.cpu_count() or 1
    models = load_models(data_dir("models"), cache_dirs(), threads=threads) if learned else None
    gc.freeze()  # the tables stay for the whole run: nobody need look for garbage among them
    made = models.digest if models else ""
    return Tools(
        checkers=build_checkers(lexicon, models),
        lexicon=LexiconVersion(
            lexicon.digest,
            lexicon.day,
            tuple(folder.name for folder in layers.over),
            layers.notes,
        ),
        today=layers.today,
        model=made,
        build=partial(_build, layers, (lexicon.digest, made)),
    )


def _build(layers: Layers, made: tuple[str, str]) -> tuple[Checker, ...]:
    """Return the checkers of default_tools for another process, which has one thread."""
    lexicon = load_lexicon(layers, data_dir("models"), cache_dirs())
    models = load_models(data_dir("models"), cache_dirs()) if made[1] else None
    if (lexicon.digest, models.digest if models else "") != made:
        raise LexiconError("检查过程中词库或模型有改动，请重新运行")
    gc.freeze()
    return build_checkers(lexicon, models)


def tools_of(
    context: click.Context,
    layers: Sequence[Path] = (),
    config: Config | None = None,
    *,
    learned: bool = True,
) -> Tools:
    """
    Return the tools handed in with the context, else the default ones.

    Over the program's own tables lie the layers named, else those of the settings.
    """
    if isinstance(context.obj, Tools):
        return context.obj
    settings = config or read_settings(None)
    over = layers_named(layers, settings)
    return default_tools(over, learned=learned, threads=settings.model.threads)


def layers_named(layers: Sequence[Path], config: Config | None = None) -> tuple[Path, ...]:
    """Return the layers that a command names, else those of the settings file."""
    if layers:
        return tuple(layers)
    return tuple(map(Path, (config or read_settings(None)).lexicon.layers))
