"""Keep the crawler out of the office's own network."""

import asyncio
import ipaddress
import socket

from textcheck.errors import FetchError

__all__ = ["addresses_of", "is_public", "public_addresses"]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """
    Tell whether an IP address is one of the open internet.

    An IPv6 address that wraps an IPv4 one is judged by what it wraps.

    >>> [is_public(address) for address in ("114.114.114.114", "10.1.2.3", "::ffff:127.0.0.1")]
    [True, False, False]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


async def public_addresses(host: str) -> list[str]:
    """
    Return the addresses of a host, IPv4 first; the caller connects to one of these.

    A name looked up again at connection could answer otherwise, hence addresses. Raises
    FetchError where the name is unknown or any of its addresses is not public.
    """
    addresses = await addresses_of(host)
    if refused := [address for address in addresses if not is_public(address)]:
        raise FetchError(f"拒绝访问内网地址：{host}（{refused[0]}）")
    return addresses


async def addresses_of(host: str) -> list[str]:
    """Return the addresses of a host, IPv4 first, wherever they are."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"找不到主机 {host}") from error
    addresses = dict.fromkeys(str(entry[4][0]) for entry in found)
    return sorted(addresses, key=lambda address: ":" in address)
