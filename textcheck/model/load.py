"""The folder of the learned stage, read and verified."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from textcheck.errors import ConfigError
from textcheck.model.proposals import Kind, Proofreader
from textcheck.model.thresholds import Threshold, read_thresholds

__all__ = ["Models", "load_models"]

_SMALL = ("language.toml", "judge.npz", "thresholds.toml")
"""Files whose content names the models; language.toml has the digest of the large ones."""


@dataclass(frozen=True, slots=True)
class Models:
    """All of the learned stage; `digest` names this exact content."""

    digest: str
    proofreader: Proofreader
    thresholds: Mapping[Kind, Threshold]


def load_models(folder: Path, *, compiled: bool = True) -> Models:
    """Read the models of a folder; raise ConfigError where a file is missing or broken."""
    try:
        digest = hashlib.sha256(b"".join((folder / name).read_bytes() for name in _SMALL))
        return Models(
            digest.hexdigest(),
            Proofreader(folder, compiled=compiled),
            read_thresholds(folder / "thresholds.toml"),
        )
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(f"无法使用模型 {folder}（{error}）；可加 --no-model 不用模型") from error
