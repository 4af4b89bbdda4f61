import pytest

from textcheck.errors import ConfigError
from textcheck.passwords import hash_password, is_password
from textcheck.user import Right, Role, User, operator

RIGHTS = {
    Role.ADMIN: {Right.READ, Right.MANAGE},
    Role.LEXICON: {Right.READ, Right.KEEP},
    Role.REVIEWER: {Right.READ, Right.DECIDE},
    Role.APPROVER: {Right.READ, Right.DECIDE, Right.APPROVE},
    Role.READER: {Right.READ},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_each_role_has_its_rights_and_no_other(role: Role, right: Right) -> None:
    assert User(1, "甲", frozenset({role})).may(right) is (right in RIGHTS[role])


def test_roles_add_up_and_no_role_may_nothing() -> None:
    both = User(1, "甲", frozenset({Role.ADMIN, Role.REVIEWER}))
    assert both.may(Right.MANAGE)
    assert both.may(Right.DECIDE)
    assert not any(User(1, "甲", frozenset()).may(right) for right in Right)
    assert all(operator("甲").may(right) for right in Right)


@pytest.mark.parametrize(
    ("units", "reached"),
    [((), True), (("甲县",), True), (("某局",), True), (("乙县", "别局"), False)],
)
def test_a_scope_holds_counties_and_units(units: tuple[str, ...], *, reached: bool) -> None:
    assert User(1, "甲", frozenset(), units).reaches("甲县", "某局") is reached


def test_a_password_is_known_by_its_hash_alone() -> None:
    kept = hash_password("正确的口令 2026!")
    assert kept.startswith("$argon2id$")
    assert is_password(kept, "正确的口令 2026!")
    assert not is_password(kept, "错误的口令 2026!")
    assert not is_password(kept, "长" * 10_000)
    assert not is_password(None, "正确的口令 2026!")


@pytest.mark.parametrize("password", ["", "短口令", "1111111111111", "长" * 201])
def test_a_password_that_is_easily_guessed_is_refused(password: str) -> None:
    with pytest.raises(ConfigError, match="口令"):
        hash_password(password)
