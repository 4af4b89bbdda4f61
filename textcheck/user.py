"""Who works in an office, and what they may do there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

__all__ = ["RIGHTS", "Purpose", "Right", "Role", "User", "operator"]


class Role(StrEnum):
    """What somebody is in the office; one person may be several."""

    ADMIN = "admin"
    LEXICON = "lexicon"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    READER = "reader"

    @property
    def label(self) -> str:
        """Return the word that users see."""
        return {
            "admin": "管理员",
            "lexicon": "词库员",
            "reviewer": "审核员",
            "approver": "审批人",
            "reader": "查阅者",
        }[self.value]


class Right(StrEnum):
    """What is allowed or refused."""

    READ = "read"
    DECIDE = "decide"
    APPROVE = "approve"
    KEEP = "keep"  # the lexicon
    MANAGE = "manage"


class Purpose(StrEnum):
    """For what a program may ask in a user's name."""

    CHECK = "check"
    READ = "read"
    DECIDE = "decide"


RIGHTS = {
    # Who gives out the rights takes no part in the decisions.
    Role.ADMIN: frozenset({Right.READ, Right.MANAGE}),
    Role.LEXICON: frozenset({Right.READ, Right.KEEP}),
    Role.REVIEWER: frozenset({Right.READ, Right.DECIDE}),
    Role.APPROVER: frozenset({Right.READ, Right.DECIDE, Right.APPROVE}),
    Role.READER: frozenset({Right.READ}),
}


@dataclass(frozen=True, slots=True)
class User:
    """
    One person; `name` is what stands beside their decisions.

    `units` are the counties or units whose accounts they see and decide on; none means all.
    """

    id: int
    name: str
    roles: frozenset[Role]
    units: tuple[str, ...] = ()
    disabled_at: datetime | None = None

    def may(self, right: Right) -> bool:
        """Tell whether one of the roles has a right."""
        return any(right in RIGHTS[role] for role in self.roles)

    def reaches(self, county: str, unit: str) -> bool:
        """Tell whether an account of a county and unit is within the scope."""
        return not self.units or county in self.units or unit in self.units


def operator(name: str) -> User:
    """Return whoever works on the command line of a store that knows no users: they may all."""
    return User(0, name, frozenset(Role))
