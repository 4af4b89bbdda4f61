"""
The net that reads characters and evidence: what is wrong where, and what should be written.

textcheck/training/net.py is the net, textcheck/training/export.py makes the two graphs that ONNX
Runtime runs here. ONNX Runtime is an optional part of the program.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from textcheck.model.graphs import load_graph
from textcheck.model.judge import Opinion
from textcheck.text.alphabet import Codes

__all__ = ["Net", "OnnxNet", "Reading"]

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the net says of each character of a piece; `hidden` is what `name` goes on with."""

    opinion: Opinion
    hidden: Floats  # (characters, size of the net)


class Net(Protocol):
    """What reads a piece of text."""

    def read(self, codes: Codes, features: Floats, told: Codes) -> Reading:
        """Read a piece: its characters, their features, and what the evidence would write."""
        ...

    def name(self, hidden: Floats, named: Codes) -> tuple[Floats, Floats]:
        """
        Return log probabilities (places, codes): of what should stand in places, and before them.

        `hidden` and `named` are of these places, `named` as features.codes_named gives it.
        """
        ...


class OnnxNet:
    """
    The two graphs in eight bits.

    Each piece is read by itself, on one thread: the scale of its bytes is taken from all that is
    read at once, so that in a batch a piece would be told differently in other company. Several
    threads read several pieces.
    """

    def __init__(self, folder: Path, digest: str = "", caches: Sequence[Path] = ()) -> None:
        """
        Take the graphs of a folder; `digest` names what is in them, `caches` are as in load_graph.

        Each is loaded when a text needs it, for ONNX Runtime and both take a third of a second;
        what reads by them raises ConfigError where one cannot be used.
        """
        self._folder, self._digest, self._caches = folder, digest, caches
        self._lock = Lock()
        self._graphs: dict[str, Any] = {}

    def _graph(self, name: str) -> Any:  # noqa: ANN401 # of a package that may not be there
        with self._lock:  # the threads of a proofreader come at once
            if name not in self._graphs:
                path = self._folder / name
                self._graphs[name] = load_graph(path, self._digest, self._caches)
            return self._graphs[name]

    def read(self, codes: Codes, features: Floats, told: Codes) -> Reading:
        """Read a piece."""
        scores, hidden = self._graph("reader.onnx").run(
            None,
            {
                "codes": codes[None].astype(np.int64),
                "features": features[None],
                "told": told[None].astype(np.int64),
            },
        )
        state = np.exp(_log_softmax(scores[0, :, :3]))
        gaps = 1 / (1 + np.exp(-scores[0, :, 3:]))
        return Reading(Opinion(state[:, 1], state[:, 2], gaps[:, 0], gaps[:, 1]), hidden[0])

    def name(self, hidden: Floats, named: Codes) -> tuple[Floats, Floats]:
        """Return what should stand in places, and before them."""
        replacement, insertion = self._graph("naming.onnx").run(
            None, {"hidden": hidden, "named": named.astype(np.int64)}
        )
        return _log_softmax(replacement), _log_softmax(insertion)


def _log_softmax(scores: Floats) -> Floats:
    scores = scores - scores.max(axis=-1, keepdims=True)
    logs: Floats = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return logs
