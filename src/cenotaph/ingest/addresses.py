"""Which addresses of the network may be reached: those of the open network, and no others."""

import ipaddress
import socket
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""The network whose addresses hold one of IPv4 in their last four bytes."""

NEVER = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.88.99.0/24",  # relays between the two protocols
            "::/96",
            "64:ff9b:1::/48",
            "2002::/16",
            "2001::/23",
            "3fff::/20",
            "5f00::/16",
            "fec0::/10",
            "100::/64",
        ),
    )
)


class NoHost(Exception):
    """A name that no host has, as far as can be told from here; the message says so."""


class Forbidden(Exception):
    """A place on the network that is not reached; the message says why."""


def is_global(address: Address) -> bool:
    """Tell whether an address is one of the open network.

    One of IPv6 that holds one of IPv4 is judged by that one, or not reached at all.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return False
        if address in TRANSLATED:
            return is_global(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    if any(address.version == net.version and address in net for net in NEVER):
        return False
    return address.is_global


def resolved(host: str, port: int, *, loopback: bool = False) -> list[str]:
    """Return the addresses of a host, each of them global. Raises Forbidden and NoHost.

    All are looked at: a name of which one address is not global is not reached at all. The name is
    asked for once, and what is returned is connected to, so that a second answer cannot differ.
    `loopback` lets this machine's own servers through, for tests.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoHost(f"No host {host!r} is found: {error}.") from error
    addresses = [str(entry[4][0]) for entry in found]
    check(addresses, host=host, loopback=loopback)
    return addresses


def check(addresses: Iterable[str], *, host: str, loopback: bool) -> None:
    """Raise Forbidden unless there are addresses and each may be reached."""
    seen = False
    for text in addresses:
        seen = True
        try:
            address = ipaddress.ip_address(text)
        except ValueError as error:  # a zone behind the address, as of a link
            raise Forbidden(f"{host} has the address {text}, which is of a single link.") from error
        if not is_global(address) and not (loopback and address.is_loopback):
            raise Forbidden(f"{host} has the address {text}, which is not of the open network.")
    if not seen:
        raise Forbidden(f"{host} has no address.")
