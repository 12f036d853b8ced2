"""From which address a visitor comes, for counting tries; it is never stored as it stands."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The visitor's address: what the outermost of our own PROXY_COUNT proxies saw, else the connection's.

    Whatever stands before that in X-Forwarded-For the visitor may have written, so it is not believed.
    """
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.PROXY_COUNT and len(seen) >= settings.PROXY_COUNT:
        return seen[-settings.PROXY_COUNT]
    return str(request.META.get("REMOTE_ADDR", ""))


def connection_of(request: HttpRequest) -> str:
    """The visitor's connection, for limits: an IPv4 address, or the /64 of an IPv6 one.

    A household is given a /64 as a whole, so counted by the address one computer would have 2^64 of them.
    """
    address = address_of(request)
    try:
        known = ip_address(address)
    except ValueError:  # a socket of the machine's own has no address
        return address
    if not isinstance(known, IPv6Address):
        return address
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ip_network((int(known), 64), strict=False))
