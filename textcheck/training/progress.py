"""What decides a run of training, and where it is."""

from dataclasses import dataclass

__all__ = ["Progress", "Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """All that decides what comes out, but for the text."""

    layers: int = 6
    tokens: int = 60_000_000  # in all, padding included
    falling: float = 0.25  # share of the tokens in which the rate falls to zero
    dense: float = (
        0.3  # share of the tokens, the first, in which half of the pieces are full of slips
    )
    batch: int = 4096  # tokens
    rate: float = 3e-4
    warm_up: int = 1_000_000  # tokens
    decay: float = 0.01
    seed: int = 1
    threads: int = 2


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run is: tokens seen, tokens a second, learning rate, losses as running means."""

    done: int
    speed: float
    rate: float
    losses: dict[str, float]

    def __str__(self) -> str:
        """Return a line of the log."""
        told = "  ".join(f"{name} {value:.4f}" for name, value in self.losses.items())
        return f"{self.done / 1e6:8.2f} M  {self.speed:6.0f}/s  lr {self.rate:.1e}  {told}"
