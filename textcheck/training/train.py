"""
Train the net on endless examples; stop and go on at any time.

The learning rate rises, stays, and falls only in the last part that is asked for, so that a run can
be made longer: what was trained while it stayed is never thrown away.
"""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from random import Random

import torch
from torch import Tensor, nn
from torch.nn.utils import clip_grad_norm_

from textcheck.data import data_dir
from textcheck.lexicon.load import load_lexicon
from textcheck.model.evidence import Weigher
from textcheck.training.confusions import read_confusions
from textcheck.training.corpus import Article, articles, held_out
from textcheck.training.corrupt import Corruptor
from textcheck.training.examples import Batch, Example, Examples, Mix, batches
from textcheck.training.marks import Marker
from textcheck.training.progress import Progress, Settings

__all__ = ["Places", "train"]

_WAITING = 16  # batches made ahead
_CLIP = 1.0  # the norm of the gradients
_TOLD_EVERY = 50  # steps
_SAVED_EVERY = 300  # seconds
_SMOOTH = 0.98  # of the losses told
_OF_LAWS = 1 / 4  # laws repeat themselves more than anything else


@dataclass(frozen=True, slots=True)
class Places:
    """Where the text lies (corpora/, confusion/), the models of the two folds, the checkpoint."""

    shared: Path
    folds: Path
    checkpoint: Path


def _mix_at(share: float, dense: float) -> Mix:
    """Return how much has slips after a share of the training: dense first, half clean at last."""
    if share < dense:
        return Mix(clean=0.15, dense=0.5)
    return Mix(clean=min(0.5, 0.2 + share / 2), dense=0.1)


def _stream(
    places: Places, settings: Settings, done: int, queue: "multiprocessing.Queue[Batch]"
) -> None:
    """Make batches for ever; runs in a process of its own."""
    torch.set_num_threads(1)
    weighers = Weigher(places.folds / "0"), Weigher(places.folds / "1")
    marker = Marker(load_lexicon(data_dir("lexicons"), data_dir("models")))
    seed = settings.seed + done
    corruptor = Corruptor(read_confusions(places.shared / "confusion", weighers[0]), seed)
    maker = Examples(marker, corruptor, weighers, seed)
    made = done

    def found() -> Iterator[Example]:
        for number, article in _shuffled(places.shared / "corpora", seed):
            yield from maker.of(number, article, _mix_at(made / settings.tokens, settings.dense))

    for batch in batches(found(), settings.batch):
        made += batch.codes.size
        queue.put(batch)


def _shuffled(folder: Path, seed: int) -> Iterator[tuple[int, Article]]:
    """Yield the articles that may be read again and again, each time in another order."""
    random = Random(seed)  # noqa: S311 # training data, not secrets
    read = [(at, one) for at, one in enumerate(articles(folder)) if not held_out(one)]
    while True:
        random.shuffle(read)
        for number, article in read:
            if "laws" not in article.corpus or random.random() < _OF_LAWS:
                yield number, article


def _rate(done: int, settings: Settings) -> float:
    """Return the learning rate after so many tokens."""
    left = (settings.tokens - done) / (settings.falling * settings.tokens)
    return settings.rate * max(0.0, min(1.0, done / settings.warm_up, left))


def train(
    net: nn.Module,
    losses: Callable[[Batch], dict[str, Tensor]],
    places: Places,
    settings: Settings,
) -> Iterator[Progress]:
    """
    Train until settings.tokens were seen; go on from the checkpoint, if there is one.

    Yields the progress every so many steps.
    """
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    optimizer = torch.optim.AdamW(
        net.parameters(), settings.rate, (0.9, 0.98), weight_decay=settings.decay, fused=True
    )
    done = started_at = _resumed(net, optimizer, places.checkpoint)
    spawn = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[Batch] = spawn.Queue(_WAITING)
    maker = spawn.Process(target=_stream, args=(places, settings, done, queue), daemon=True)
    maker.start()
    means: dict[str, float] = {}
    began = saved = time.monotonic()
    try:
        for step in count(1):
            if done >= settings.tokens:
                break
            batch, rate = queue.get(), _rate(done, settings)
            found = _step(net, losses, optimizer, batch, rate)
            done += batch.codes.size
            for name, loss in found.items():
                means[name] = _SMOOTH * means.get(name, loss) + (1 - _SMOOTH) * loss
            now = time.monotonic()
            if step % _TOLD_EVERY == 0:
                yield Progress(done, (done - started_at) / (now - began), rate, means)
            if now - saved > _SAVED_EVERY:
                _save(net, optimizer, done, places.checkpoint, settings)
                saved = now
    finally:  # also where the run is interrupted
        _save(net, optimizer, done, places.checkpoint, settings)
        maker.terminate()


def _step(
    net: nn.Module,
    losses: Callable[[Batch], dict[str, Tensor]],
    optimizer: torch.optim.Optimizer,
    batch: Batch,
    rate: float,
) -> dict[str, float]:
    """Learn from a batch; return its losses."""
    for group in optimizer.param_groups:
        group["lr"] = rate
    with torch.autocast("cpu", dtype=torch.bfloat16):
        found = losses(batch)
    torch.stack(list(found.values())).sum().backward()
    clip_grad_norm_(net.parameters(), _CLIP)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return {name: float(loss.detach()) for name, loss in found.items()}


def _save(
    net: nn.Module, optimizer: torch.optim.Optimizer, done: int, path: Path, settings: Settings
) -> None:
    """Write a checkpoint beside the old one, then put it in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    state = {"net": net.state_dict(), "optimizer": optimizer.state_dict(), "done": done}
    torch.save({**state, "settings": asdict(settings), "shape": asdict(net.shape)}, new)
    new.replace(path)


def _resumed(net: nn.Module, optimizer: torch.optim.Optimizer, path: Path) -> int:
    """Take up a checkpoint; return how many tokens it has seen, 0 where there is none."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    net.load_state_dict(state["net"])
    optimizer.load_state_dict(state["optimizer"])
    done: int = state["done"]
    return done
