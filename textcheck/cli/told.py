"""A line of a check-up: what was looked at, what came of it, and what to do."""

from dataclasses import dataclass

__all__ = ["BROKEN", "WARNED", "Told"]

WARNED, BROKEN = 1, 2


@dataclass(frozen=True, slots=True)
class Told:
    """`status` is the exit status that it asks for; `remedy` what somebody has to do."""

    name: str
    text: str
    status: int = 0
    remedy: str = ""

    def __str__(self) -> str:
        """Return the line."""
        todo = f"；{self.remedy}" if self.remedy else ""
        return f"{('通过', '警告', '失败')[self.status]}  {self.name}：{self.text}{todo}"
