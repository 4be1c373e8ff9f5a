"""Which network addresses a download may go to: those of the public internet, and no machine nearby."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from corpus.errors import FetchError

Address = IPv4Address | IPv6Address
_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_NAT64_LOCAL = ip_network("64:ff9b:1::/48")  # RFC 8215: for use inside one network


def is_public(address: Address) -> bool:
    """Whether an address is of the public internet, looking through IPv6 forms that carry an IPv4 address."""
    if isinstance(address, IPv6Address):
        if carried := address.ipv4_mapped or address.sixtofour:
            return is_public(carried)
        if address.teredo or address in _NAT64_LOCAL or address.is_site_local:
            return False
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    refused = (
        address.is_private,
        address.is_loopback,
        address.is_link_local,
        address.is_multicast,
        address.is_reserved,
        address.is_unspecified,
    )
    return address.is_global and not any(refused)


def allowed(host: str, addresses: Sequence[Address], allow_loopback: bool) -> tuple[Address, ...]:
    """The addresses of a host, in the resolver's order. FetchError when one of them is not public.

    One is enough: a name that stands for a public and a private address is a mistake or an attack.
    """
    for address in addresses:
        if not (is_public(address) or (allow_loopback and address.is_loopback)):
            raise FetchError(f"{host}: refused, {address} is not an address of the public internet")
    return tuple(dict.fromkeys(addresses))


def resolve(host: str, port: int, allow_loopback: bool) -> tuple[Address, ...]:
    """The addresses to connect to. FetchError when the name is unknown or not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{host}: its address can't be found; is there a network?") from error
    return allowed(host, [ip_address(entry[4][0]) for entry in found], allow_loopback)
