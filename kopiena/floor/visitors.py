"""From which address a visitor comes, for counting tries; it is never stored as it stands."""

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
