"""The small net over the evidence, to be trained; textcheck/model/judge.py runs it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from textcheck.model.features import FEATURES
from textcheck.model.judge import REACH
from textcheck.training.examples import Batch

__all__ = ["JudgeNet", "JudgeShape", "judge_losses", "write_judge"]

_OPINIONS = 5  # keep, wrong, extra; missing before; swapped with the next


@dataclass(frozen=True, slots=True)
class JudgeShape:
    """How wide it is."""

    hidden: int = 96


class JudgeNet(nn.Module):
    """Two convolutions and two layers over the features of each character."""

    def __init__(self, shape: JudgeShape) -> None:
        """Make a net with random weights."""
        super().__init__()
        self.shape = shape
        size = shape.hidden
        self.first = nn.Conv1d(FEATURES, size, 2 * REACH[0] + 1, padding=REACH[0])
        self.second = nn.Conv1d(size, size, 2 * REACH[1] + 1, padding=REACH[1])
        self.third = nn.Linear(size, size)
        self.last = nn.Linear(size, _OPINIONS)

    def forward(self, features: Tensor, written: Tensor) -> Tensor:
        """Read (batch, length, FEATURES) and which are characters; return (batch, length, 5)."""
        mask = written[:, None]
        x = functional.relu(self.first(features.transpose(1, 2))) * mask
        x = functional.relu(self.second(x)) * mask  # (batch, hidden, length)
        scores: Tensor = self.last(functional.relu(self.third(x.transpose(1, 2))))
        return scores


def judge_losses(net: JudgeNet, batch: Batch) -> dict[str, Tensor]:
    """Return the losses of a batch, each a mean over its characters."""
    written = torch.from_numpy(batch.codes > 0).float()
    scores = net(torch.from_numpy(batch.features), written)
    state = torch.from_numpy(batch.state.astype(np.int64))
    total = written.sum()

    def mean(loss: Tensor) -> Tensor:
        return (loss * written).sum() / total

    def gap(score: Tensor, truth: np.ndarray) -> Tensor:
        truth_ = torch.from_numpy(truth.astype(np.float32))
        return mean(functional.binary_cross_entropy_with_logits(score, truth_, reduction="none"))

    per_state = functional.cross_entropy(scores[..., :3].transpose(1, 2), state, reduction="none")
    return {
        "state": mean(per_state),
        "before": gap(scores[..., 3], batch.before > 0),
        "swap": gap(scores[..., 4], batch.swap),
    }


def write_judge(net: JudgeNet, path: Path) -> None:
    """Write the weights as textcheck/model/judge.py reads them."""
    weights = {}
    for name in ("first", "second", "third", "last"):
        layer = getattr(net, name)
        weight = layer.weight.detach().numpy()
        if weight.ndim > 2:  # noqa: PLR2004 # (out, in, width) to (width, in, out), rows in one
            weight = weight.transpose(2, 1, 0).reshape(-1, weight.shape[0])
        else:
            weight = weight.T
        weights[name] = np.ascontiguousarray(weight, dtype=np.float32)
        weights[f"{name}_bias"] = layer.bias.detach().numpy()
    np.savez(path, allow_pickle=False, **weights)
