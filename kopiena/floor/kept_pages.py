"""Public pages are made once and given to everybody, until something changes that they show."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kopiena.floor import access, stamps
from kopiena.floor.kept import Kept
from kopiena.floor.stamps import Look

GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
Key = tuple[str, str, bool]
GetResponse = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class Page:
    """An answer as it left the view and the middleware below."""

    content: bytes
    headers: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, response: HttpResponse) -> "Page":
        return cls(response.content, tuple(response.items()))

    @property
    def size(self) -> int:
        return len(self.content) + 1000  # the headers and our own books

    def answer(self) -> HttpResponse:
        return HttpResponse(self.content, headers=dict(self.headers))


pages: Kept[Page] = Kept(settings.KEPT_PAGES_MIB << 20)


class KeptPages:
    """Stands before everything that costs time. What may be kept, and under which address, the view's mark says."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        look = stamps.look() if settings.PAGES_KEPT and request.method == "GET" else None
        if look is None:
            return _or_unchanged(request, self.get_response(request))
        takes_gzip = GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) is not None
        key = (request.path_info, request.META.get("QUERY_STRING", ""), takes_gzip)
        page = pages.get(key, look)
        if page is not None:
            return _or_unchanged(request, page.answer())
        request.kept_look, request.takes_gzip = look, takes_gzip  # type: ignore[attr-defined]
        response = self.get_response(request)
        self._keep(request, response, look, takes_gzip)
        return _or_unchanged(request, response)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The same page asked for in other words: its parameters in another order, empty, or ones it does not know."""
        look: Look | None = getattr(request, "kept_look", None)
        query = access.known_query(view, request) if look is not None else None
        if look is None or query is None or query == request.META.get("QUERY_STRING", ""):
            return None
        page = pages.get((request.path_info, query, request.takes_gzip), look)  # type: ignore[attr-defined]
        if page is None:
            return None
        request.is_kept = True  # type: ignore[attr-defined]
        return page.answer()

    @staticmethod
    def _keep(request: HttpRequest, response: HttpResponse, look: Look, takes_gzip: bool) -> None:
        match = request.resolver_match
        if match is None or response.status_code != HTTPStatus.OK or response.streaming or response.cookies:
            return
        if getattr(request, "is_kept", False):  # kept anew, it would grow older than anything may
            return
        query = access.known_query(match.func, request)
        if query is not None and response.has_header("ETag"):
            page = Page.of(response)
            pages.put((request.path_info, query, takes_gzip), page, page.size, look)


def _or_unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 without the page where the browser still has it."""
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    etag = response.headers.get("ETag")
    if not asked or not etag or request.method not in ("GET", "HEAD") or response.status_code != HTTPStatus.OK:
        return response
    known = {each.strip().removeprefix("W/") for each in asked.split(",")}
    if not known & {"*", etag.removeprefix("W/")}:
        return response
    unchanged = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    for name in ("Cache-Control", "Content-Language", "ETag", "Vary", "Content-Security-Policy"):
        if name in response.headers:
            unchanged[name] = response.headers[name]
    del unchanged["Content-Type"]
    return unchanged
