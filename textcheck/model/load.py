"""The folder of the learned stage, read and verified."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from importlib.util import find_spec
from pathlib import Path

from textcheck.errors import ConfigError
from textcheck.model.decoded import WEIGHTS
from textcheck.model.detector import OnnxNet
from textcheck.model.proofread import Proofreader
from textcheck.model.proposals import Kind
from textcheck.model.thresholds import Threshold, read_thresholds

__all__ = ["Models", "Stage", "load_models", "stage_of"]

_SMALL = ("language.toml", "judge.npz", "thresholds.toml")
"""Files whose content names the models; language.toml has the digest of the large ones."""
_NET = ("reader.onnx", "naming.onnx", "thresholds.toml")


class Stage(Enum):
    """How much of the learned stage can be used."""

    DETECTOR = auto()  # all of it
    NO_RUNTIME = auto()  # the detector came with the program, but ONNX Runtime is not installed
    JUDGE = auto()  # the program came without the detector


@dataclass(frozen=True, slots=True)
class Models:
    """All of the learned stage that can be used; `digest` names this exact content."""

    digest: str
    proofreader: Proofreader
    thresholds: Mapping[Kind, Threshold]


def stage_of(folder: Path) -> Stage:
    """Tell how much of the learned stage can be used with the models of a folder."""
    if not (folder / "detector" / _NET[0]).is_file():
        return Stage.JUDGE
    return Stage.DETECTOR if find_spec("onnxruntime") else Stage.NO_RUNTIME


def load_models(
    folder: Path, caches: Sequence[Path] = (), *, compiled: bool = True, threads: int = 1
) -> Models:
    """
    Read the models of a folder: `language`, and `detector` where it can be used.

    What takes long is taken from one of the `caches`, else kept in the last that can be written.
    Raises ConfigError where a file is missing or broken.
    """
    language, detector = folder / "language", folder / "detector"
    files = [language / name for name in _SMALL]
    uses_net = stage_of(folder) is Stage.DETECTOR
    try:
        told = read_thresholds(language / "thresholds.toml")
        if uses_net:
            files += [detector / name for name in _NET]
            told = read_thresholds(detector / "thresholds.toml", weights=WEIGHTS)
        digest = hashlib.sha256()
        for path in files:
            digest.update(path.read_bytes())
        net = OnnxNet(detector, digest.hexdigest(), caches) if uses_net else None
        weights = {kind: threshold.weights for kind, threshold in told.items()}
        proofreader = Proofreader(
            language, compiled=compiled, net=net, weights=weights, threads=threads
        )
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(f"无法使用模型 {folder}（{error}）；可加 --no-model 不用模型") from error
    return Models(digest.hexdigest(), proofreader, told)
