from typing import TYPE_CHECKING

from textcheck.account import Platform, SourceSpec, Status
from textcheck.store.accounts import read_accounts, save_register
from textcheck.store.documents import save_article

if TYPE_CHECKING:
    from tests.store.conftest import World


def test_the_register_comes_back_in_list_order(world: "World") -> None:
    accounts = [
        world.account(
            "c",
            list_order=1,
            platform=Platform.WEIBO,
            status=Status.CLOSED,
            sources=(SourceSpec("weibo", {"uid": "7"}), SourceSpec("feed")),
        ),
        world.account("b", list_order=2, sources=()),
        world.account("a", list_order=2),
    ]
    with world.store.write() as connection:
        save_register(connection, accounts)
        assert read_accounts(connection) == [accounts[0], accounts[2], accounts[1]]


def test_an_account_takes_what_the_register_says_now(world: "World") -> None:
    renamed = world.account("a", name="新名称", status=Status.CANCELLED)
    with world.store.write() as connection:
        save_register(connection, [renamed])
        assert read_accounts(connection) == [renamed]


def test_an_account_gone_from_the_register_keeps_its_articles(world: "World") -> None:
    kept = world.account("b", list_order=1)
    with world.store.write() as connection:
        save_article(connection, world.article("文", "a"))
        save_register(connection, [kept])
        assert read_accounts(connection) == [kept]
        assert not save_article(connection, world.article("文", "a")).new_article


def test_an_account_may_come_back(world: "World") -> None:
    accounts = [world.account("b", list_order=1), world.account("a", list_order=2)]
    with world.store.write() as connection:
        save_register(connection, [])
        assert read_accounts(connection) == []
        save_register(connection, accounts)
        assert read_accounts(connection) == accounts
