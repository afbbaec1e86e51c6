"""Which addresses may be fetched: public ones alone, unless the user allows others.

A feed, or a redirect in it, may point into the network that Dateline runs in. So every host name is looked up here,
every address that it has is judged, and the connection is made to the very address that was judged.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Ways in which IPv6 carries an IPv4 address, and at which bit it begins.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LONGEST_URL = 4_000

Lookup = Callable[[str, int], list[str]]


class AddressRefused(Exception):
    """An address that is not fetched; the message says why, as the end of a sentence."""


def looked_up(host: str, port: int) -> list[str]:
    """The IP addresses of a host name.

    Raises:
        OSError: there is no such host.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def split_address(url: str) -> SplitResult:
    """The parts of a web address.

    Raises:
        AddressRefused: it is no http or https address with a host, or carries a user name or odd characters.
    """
    if len(url) > _LONGEST_URL or any(ord(character) <= 32 or ord(character) == 127 for character in url):
        raise AddressRefused("the address has blanks or control characters, or is too long")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise AddressRefused(f"the address is malformed ({error})") from None
    if parts.scheme not in ("http", "https") or not host:
        raise AddressRefused("only http and https addresses are fetched")
    if parts.username is not None or port == 0:
        raise AddressRefused("an address with a user name, or with port 0, is not fetched")
    return parts


def ascii_address(url: str) -> str:
    """An address as it goes over the wire: the host in IDNA, other letters beyond ASCII and blanks as %xx.

    Raises:
        AddressRefused: it cannot be written so.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii") if not url.isascii() else parts.netloc
        netloc = host if url.isascii() or parts.port is None else f"{host}:{parts.port}"
    except (ValueError, UnicodeError) as error:
        raise AddressRefused(f"the address is malformed ({error})") from None
    if not url.isascii() and parts.username is not None:
        raise AddressRefused("an address with a user name is not fetched")
    safe = "%/:=&?~+!$,;'@()*[]"
    return urlunsplit((parts.scheme.lower(), netloc, quote(parts.path, safe=safe), quote(parts.query, safe=safe), ""))


def public_addresses(host: str, port: int, *, allow_private: bool, lookup: Lookup = looked_up) -> list[str]:
    """The IP addresses to which a connection may be made.

    Raises:
        AddressRefused: one of them lies in a private, local or reserved range, and that is not allowed.
        OSError: there is no such host.
    """
    found = lookup(host, port)
    if not found:
        raise OSError("the host has no address")
    if not allow_private:
        for text in found:
            if not is_public(text):
                raise AddressRefused(
                    f"{host} is {text}, an address of a private network (--allow-private lets it through)"
                )
    return found


def is_public(text: str) -> bool:
    """Whether an IP address, and the IPv4 address that it may carry inside, belongs to the public internet."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(_is_public(one) for one in (address, *_carried(address)))


def _is_public(address: _Address) -> bool:
    # ::ffff:1.2.3.4 and the like are judged by what they carry.
    if isinstance(address, ipaddress.IPv6Address) and (address.ipv4_mapped or address in _NAT64):
        return True
    return address.is_global and not (
        address.is_multicast
        or address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_reserved
        or address.is_unspecified
    )


def _carried(address: _Address) -> list[_Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found: list[_Address] = [inner for inner in (address.ipv4_mapped, address.sixtofour) if inner is not None]
    if address.teredo is not None:
        found.extend(address.teredo)
    if address in _NAT64:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return found
