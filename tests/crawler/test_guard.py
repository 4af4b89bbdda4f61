import asyncio

import pytest

from textcheck.crawler.guard import is_public, public_addresses
from textcheck.errors import FetchError


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("114.114.114.114", True),
        ("2400:3200::1", True),
        ("127.0.0.1", False),
        ("10.0.0.8", False),
        ("172.16.3.4", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),  # where clouds keep their keys
        ("100.64.0.1", False),  # carriers' own networks
        ("0.0.0.0", False),  # noqa: S104 # an address to refuse, not to bind
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.8", False),  # IPv4 in IPv6 clothes, four ways
        ("2002:0a00:0008::1", False),
        ("64:ff9b::10.0.0.8", False),
        ("64:ff9b::114.114.114.114", True),
        ("ff02::1", False),
    ],
)
def test_only_the_open_internet_is_public(address: str, public: bool) -> None:  # noqa: FBT001 # a column of the table
    assert is_public(address) is public


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_own_machine_is_refused(host: str) -> None:
    with pytest.raises(FetchError, match="拒绝访问内网地址"):
        asyncio.run(public_addresses(host))


def test_public_literal_is_returned_as_it_is() -> None:
    assert asyncio.run(public_addresses("114.114.114.114")) == ["114.114.114.114"]


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a" * 70 + ".example"])
def test_unknown_host_is_named(host: str) -> None:
    with pytest.raises(FetchError, match=f"找不到主机 {host}"):
        asyncio.run(public_addresses(host))
