from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textcheck.account import Account, Platform, SourceSpec, Status
from textcheck.register import ChangeKind, changes, load_register, register_xlsx, suspects


def account(account_id: str, order: int, **given: object) -> Account:
    values = {"name": f"账号{account_id}", "unit": "甲县某局", "county": "甲县"} | given
    return Account(account_id, platform=Platform.WECHAT, list_order=order, **values)  # type: ignore[arg-type] # values of a dict


BEFORE = [account("a", 1), account("b", 2), account("c", 3), account("d", 4)]


@pytest.mark.parametrize(
    ("after", "kinds", "details"),
    [
        (account("a", 1), [ChangeKind.SAME], []),
        (account("a", 1, name="新"), [ChangeKind.RENAMED], ["名称：账号a → 新"]),
        (account("a", 1, status=Status.CLOSED), [ChangeKind.STATE], ["状态：在运行 → 关停"]),
        (
            account("a", 1, name="新", status=Status.CANCELLED),
            [ChangeKind.RENAMED, ChangeKind.STATE],
            ["名称：账号a → 新", "状态：在运行 → 注销"],
        ),
        (account("a", 1, unit="乙局"), [ChangeKind.OTHER], ["主办单位：甲县某局 → 乙局"]),
        (
            account("a", 1, sources=(SourceSpec("weibo", {"uid": "7"}),)),
            [ChangeKind.OTHER],
            ["来源：无 → weibo uid=7"],
        ),
        (account("e", 1), [ChangeKind.NEW], []),
    ],
)
def test_what_becomes_of_an_account_is_told(
    after: Account, kinds: list[ChangeKind], details: list[str]
) -> None:
    told = changes(BEFORE, [after, *BEFORE[1:]])
    assert list(told.accounts[0].kinds) == kinds
    assert list(told.accounts[0].details()) == details
    assert told.counts[ChangeKind.SAME] == 3 + (kinds == [ChangeKind.SAME])
    assert told.counts[ChangeKind.GONE] == (kinds == [ChangeKind.NEW])


@pytest.mark.parametrize(
    ("order", "moved"),
    [("abcd", 0), ("xabcd", 0), ("abd", 0), ("acbd", 1), ("dabc", 1), ("dcba", 3)],
)
def test_only_accounts_that_pass_others_have_moved(order: str, moved: int) -> None:
    after = [account(name, place) for place, name in enumerate(order, start=1)]
    assert changes(BEFORE, after).moved == moved


def test_an_account_that_comes_back_under_another_id_is_suspect() -> None:
    other = account("z", 1, name="账号a")
    told = changes(BEFORE, [other, *BEFORE[1:]])
    assert list(suspects(told)) == [(BEFORE[0], other)]
    assert list(suspects(changes(BEFORE, BEFORE))) == []


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=8)
SPECS = st.builds(
    SourceSpec,
    st.sampled_from(["weibo", "trs", "recipe"]),
    st.dictionaries(st.sampled_from(["uid", "list", "name", "next"]), WORDS, max_size=3),
)
ACCOUNTS = st.lists(
    st.builds(
        Account,
        WORDS,
        WORDS,
        WORDS,
        st.sampled_from(Platform),
        WORDS,
        st.sampled_from(Status),
        st.integers(0, 99),
        st.lists(SPECS, max_size=3).map(tuple),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda item: item.id,
)


@settings(max_examples=40, deadline=None)
@given(ACCOUNTS)
def test_what_is_exported_is_read_again_without_change(
    tmp_path_factory: pytest.TempPathFactory, accounts: list[Account]
) -> None:
    # A path of regions is read as its last one; of those nobody writes any.
    accounts = [replace(item, county=f"甲{item.county}") for item in accounts]
    path = tmp_path_factory.getbasetemp() / "导出.xlsx"
    path.write_bytes(register_xlsx(accounts))
    accounts = [replace(item, county=item.county) for item in accounts]
    told = changes(accounts, load_register(path))
    assert set(told.counts) == {ChangeKind.SAME}
    assert told.moved == 0
    assert load_register(Path(path)) == accounts
