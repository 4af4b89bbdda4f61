"""
The net: characters, what the language model says of each, and a few layers that see all of them.

The layers are those of BERT as multilingual-e5-small has them, so that they start from its weights.
Attention is written out: the fused one is slower backwards on a processor.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from textcheck.model.features import (
    CODES,
    FEATURES,
    FIRST,
    FITTING,
    INSERTING,
    REPLACING,
    SECOND,
    codes_named,
)
from textcheck.training.base import Base
from textcheck.training.examples import Batch

__all__ = ["Detector", "Shape", "Verdict", "detector_losses"]

_COPIED = 3.0  # nats that speak for a character told before anything is learned


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the net is."""

    codes: int
    layers: int = 6
    hidden: int = 384
    heads: int = 12
    inner: int = 1536
    positions: int = 130


@dataclass(slots=True)
class Verdict:
    """Scores before the softmax, for each character."""

    state: Tensor  # (batch, length, 3): keep, wrong, extra
    before: Tensor  # (batch, length): something is missing before it
    swap: Tensor  # (batch, length): it and the next are the wrong way round
    hidden: Tensor  # (batch, length, hidden), for the heads that name characters


class _Layer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.mixed = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.first_norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.inner = nn.Linear(shape.hidden, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.hidden)
        self.second_norm = nn.LayerNorm(shape.hidden, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, hidden = x.shape
        query, key, value = (
            part.view(batch, length, self.heads, -1).transpose(1, 2)
            for part in self.mixed(x).chunk(3, dim=-1)
        )  # (batch, heads, length, hidden / heads)
        query = query * (hidden // self.heads) ** -0.5
        scores = query @ key.transpose(2, 3) + mask
        told = scores.softmax(dim=-1) @ value
        x = self.first_norm(x + self.out(told.transpose(1, 2).reshape(batch, length, hidden)))
        return self.second_norm(x + self.outer(functional.gelu(self.inner(x))))


class Detector(nn.Module):
    """Tells what is wrong with each character, and what should be written."""

    def __init__(self, shape: Shape) -> None:
        """Make a net with random weights."""
        super().__init__()
        self.shape = shape
        self.character = nn.Embedding(shape.codes, shape.hidden)
        self.position = nn.Embedding(shape.positions, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.evidence = nn.Sequential(
            nn.Linear(FEATURES, 64), nn.GELU(), nn.Linear(64, shape.hidden)
        )
        self.told = nn.ModuleList(
            nn.Linear(shape.hidden, shape.hidden, bias=False) for _ in range(CODES)
        )
        self.layers = nn.ModuleList(_Layer(shape) for _ in range(shape.layers))
        self.state = nn.Linear(shape.hidden, 3)
        self.gap = nn.Linear(shape.hidden, 2)  # missing before, swapped with the next
        self.replacing = nn.Linear(shape.hidden, shape.hidden)
        self.inserting = nn.Linear(shape.hidden, shape.hidden)
        self.bias = nn.Parameter(torch.zeros(2, shape.codes))
        # How much speaks for each character told: as a head learns to name one of thousands only
        # after many millions of tokens, it may point at what the evidence names from the first.
        self.copying = nn.Linear(shape.hidden, CODES)
        nn.init.zeros_(self.copying.weight)
        nn.init.constant_(self.copying.bias, _COPIED)
        for part in (*self.told, self.evidence[2]):
            nn.init.normal_(part.weight, std=0.02)

    def forward(self, codes: Tensor, features: Tensor, told: Tensor) -> Verdict:
        """Read (batch, length) codes, (…, FEATURES) features and (…, CODES) characters told."""
        x = self.character(codes) + self.position(torch.arange(codes.shape[1]))
        x = x + self.evidence(features)
        for number, part in enumerate(self.told):
            x = x + part(self.character(told[..., number]))
        x = self.norm(x)
        # In the type of the products: a mask of another one would widen all of attention.
        kind = torch.get_autocast_dtype("cpu") if torch.is_autocast_enabled("cpu") else x.dtype
        mask = (codes == 0)[:, None, None] * torch.tensor(-1e4, dtype=kind)
        x = x.to(kind)
        for layer in self.layers:
            x = layer(x, mask)
        gap = self.gap(x)
        return Verdict(self.state(x), gap[..., 0], gap[..., 1], x)

    def replacement(self, hidden: Tensor, named: Tensor) -> Tensor:
        """Return (rows, codes): which character should stand there, by (rows, CODES) named."""
        scores = self.replacing(hidden) @ self.character.weight.T + self.bias[0]
        return self._pointed(scores, hidden, named, (REPLACING, FIRST, SECOND, FITTING))

    def insertion(self, hidden: Tensor, named: Tensor) -> Tensor:
        """Return (rows, codes): which character is missing before it, by (rows, CODES) named."""
        scores = self.inserting(hidden) @ self.character.weight.T + self.bias[1]
        return self._pointed(scores, hidden, named, (INSERTING,))

    def _pointed(
        self, scores: Tensor, hidden: Tensor, named: Tensor, columns: Sequence[int]
    ) -> Tensor:
        """Add what speaks for the characters that the evidence names, where it names any."""
        weights = (self.copying(hidden) * (named > 0)).to(scores.dtype)
        for column in columns:
            at = slice(column, column + 1)
            scores = scores.scatter_add(1, named[:, at], weights[:, at])
        return scores

    def start_from(self, base: Base, characters: NDArray[np.float32]) -> None:
        """Take the weights of e5: its first layers, and a row of embeddings for each code."""
        tensors = base.tensors
        hidden = self.shape.hidden
        self._take(self.character.weight, characters)
        positions = tensors["emb.pos"].reshape(-1, hidden)[2 : 2 + self.shape.positions]
        self._take(self.position.weight, positions + tensors["emb.type"][:hidden])
        self._take(self.norm.weight, tensors["emb.ln.w"])
        self._take(self.norm.bias, tensors["emb.ln.b"])
        for number, layer in enumerate(self.layers):
            own = {
                name.removeprefix(f"l{number}."): value
                for name, value in tensors.items()
                if name.startswith(f"l{number}.")
            }
            mixed = [own[f"{part}.w"] for part in "qkv"], [own[f"{part}.b"] for part in "qkv"]
            self._take(layer.mixed.weight, np.concatenate(mixed[0]))
            self._take(layer.mixed.bias, np.concatenate(mixed[1]))
            for part, name in (
                (layer.out, "ao"), (layer.inner, "fi"), (layer.outer, "fo"),
                (layer.first_norm, "aln"), (layer.second_norm, "oln"),
            ):  # fmt: skip
                self._take(part.weight, own[f"{name}.w"])
                self._take(part.bias, own[f"{name}.b"])

    @staticmethod
    def _take(parameter: Tensor, values: NDArray[np.float32]) -> None:
        with torch.no_grad():
            parameter.copy_(torch.from_numpy(np.array(values)).reshape(parameter.shape))


def detector_losses(net: Detector, batch: Batch) -> dict[str, Tensor]:
    """Return the losses of a batch, each a mean that can be added to the others."""
    codes = torch.from_numpy(batch.codes.astype(np.int64))
    told = torch.from_numpy(batch.told.astype(np.int64))
    state = torch.from_numpy(batch.state.astype(np.int64))
    verdict = net(codes, torch.from_numpy(batch.features), told)
    written = (codes > 0).float()
    replace, before = (
        torch.from_numpy(part.astype(np.int64)) for part in (batch.replace, batch.before)
    )
    named = torch.from_numpy(codes_named(batch.told).astype(np.int64))
    weights = torch.tensor([1.0, 2.0, 2.0])
    per_state = functional.cross_entropy(
        verdict.state.float().flatten(0, 1), state.flatten(), weights, reduction="none"
    )
    total = written.sum()

    def gap(score: Tensor, truth: Tensor) -> Tensor:
        loss = functional.binary_cross_entropy_with_logits(
            score.float(), truth.float(), pos_weight=torch.tensor(3.0), reduction="none"
        )
        return (loss * written).sum() / total

    return {
        "state": (per_state * written.flatten()).sum() / total,
        "before": gap(verdict.before, before > 0),
        "swap": gap(verdict.swap, torch.from_numpy(batch.swap)),
        "replace": _named(net.replacement, verdict.hidden, named, replace, total),
        "insert": _named(net.insertion, verdict.hidden, named, before, total),
    }


def _named(
    head: Callable[[Tensor, Tensor], Tensor],
    hidden: Tensor,
    named: Tensor,
    truth: Tensor,
    total: Tensor,
) -> Tensor:
    """Return the loss of a head that names characters, where one is to be named."""
    at = truth.flatten().nonzero()[:, 0]
    if not len(at):
        return hidden.sum() * 0.0
    # Padded to a multiple of 64: every new shape is compiled anew.
    padded = torch.cat([at, at[:1].expand(-len(at) % 64)])
    scores = head(hidden.flatten(0, 1)[padded], named.flatten(0, 1)[padded]).float()
    loss = functional.cross_entropy(scores, truth.flatten()[padded], reduction="none")
    return loss[: len(at)].sum() / total
