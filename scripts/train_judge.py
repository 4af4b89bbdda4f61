"""
Train the small net over the evidence and write models/language/judge.npz.

Run: python scripts/build_language.py --shared DIR --fold 0 --output WORK/folds/0     and 1
     python scripts/train_judge.py --shared DIR --work WORK       (twenty minutes on two cores)
The same command goes on where a run was stopped.
"""

import argparse
import signal
import sys
from functools import partial
from pathlib import Path

import torch

from textcheck.training.judge import JudgeNet, JudgeShape, judge_losses, write_judge
from textcheck.training.progress import Settings
from textcheck.training.train import Places, train


def main() -> None:
    """Train and write; where the run is ended, the checkpoint is written first."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    parser = argparse.ArgumentParser(description="Train the small net over the evidence")
    parser.add_argument("--shared", type=Path, required=True, help="holds corpora/ and confusion/")
    parser.add_argument("--work", type=Path, required=True, help="folds/ and checkpoints")
    parser.add_argument("--tokens", type=int, default=12_000_000)
    parser.add_argument("--output", type=Path, default=Path("models/language/judge.npz"))
    arguments = parser.parse_args()
    settings = Settings(tokens=arguments.tokens, falling=0.7, rate=2e-3, warm_up=500_000, threads=1)
    torch.manual_seed(settings.seed)
    net = JudgeNet(JudgeShape())
    places = Places(arguments.shared, arguments.work / "folds", arguments.work / "judge.pt")
    for progress in train(net, partial(judge_losses, net), places, settings):
        print(progress, flush=True)
    write_judge(net, arguments.output)


if __name__ == "__main__":
    main()
