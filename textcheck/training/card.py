"""The card of a net: what it was made of, how, how it went, and what it scores."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from textcheck.training.progress import Progress, Settings

__all__ = ["Card", "digest_of", "read_card"]

_EVERY = 1_000_000  # tokens between two points of the curve


@dataclass(slots=True)
class Card:
    """
    What stands in card.toml.

    `data` names the content of everything read, `curve` the losses after so many tokens, `scores`
    what benchmark_detector.py measured.
    """

    data: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    curve: list[dict[str, float]] = field(default_factory=list)
    scores: dict[str, float] = field(default_factory=dict)

    def add(self, progress: Progress, settings: Settings) -> bool:
        """Add a point to the curve where one is due; tell whether it was."""
        self.settings = asdict(settings)
        tokens = progress.done
        if self.curve and tokens - self.curve[-1]["tokens"] < _EVERY:
            return False
        losses = {name: round(value, 4) for name, value in progress.losses.items()}
        self.curve.append({"tokens": tokens, "rate": float(f"{progress.rate:.3g}"), **losses})
        return True

    def write(self, path: Path) -> None:
        """Write the card."""
        lines = [
            *_table("data", self.data), *_table("settings", self.settings),
            *_table("scores", self.scores),
        ]  # fmt: skip
        for point in self.curve:
            lines += ["[[curve]]", *_rows(point), ""]
        path.write_text("\n".join(lines), encoding="utf-8")


def read_card(path: Path) -> Card:
    """Read a card; a new one where there is none."""
    if not path.exists():
        return Card()
    return Card(**tomllib.loads(path.read_text(encoding="utf-8")))


def digest_of(paths: Iterable[Path]) -> str:
    """Return a digest of files by their names and content, whatever their order."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _table(name: str, values: Mapping[str, object]) -> list[str]:
    return [f"[{name}]", *_rows(values), ""]


def _rows(values: Mapping[str, object]) -> list[str]:
    return [
        f'"{name}" = "{value}"' if isinstance(value, str) else f'"{name}" = {value}'
        for name, value in values.items()
    ]
