"""Middleware of ours: the path's language, access denied by default, and a calm page when the database is away."""

import contextlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import psycopg2
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.urls import get_resolver
from django.utils import translation

from kopiena.floor import access

SIGN_IN = "/konts/"
PRIVATE = ("/pieteikums/", "/ielugums/")
GetResponse = Callable[[HttpRequest], HttpResponse]


def language_of(request: HttpRequest) -> str:
    """The language of the address; on the pages of the sign-in, that of the page one will come to afterwards."""
    path = request.path_info
    if path.startswith(SIGN_IN):
        with contextlib.suppress(ValueError):  # no address at all
            path = urlsplit(request.GET.get("next", "")).path
    return translation.get_language_from_path(path) or settings.LANGUAGE_CODE


class LanguageOfThePath:
    """Speaks the language the address names: Latvian without a prefix, otherwise /ru/ or /en/.

    Django's own LocaleMiddleware also looks at cookies and headers, and so adds Vary to every public page.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        # It is the address that is private: a redirect to its last slash or an error must not be kept either.
        return access.kept_private(response) if any(part in request.path_info for part in PRIVATE) else response


class PackedPages(GZipMiddleware):
    """Packs pages; the file of a picture is packed already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if isinstance(response, FileResponse) and response.headers["Content-Type"].startswith("image/"):
            return response
        return super().process_response(request, response)


class DeniedUnlessMarked(LoginRequiredMiddleware):
    """Asks for sign-in wherever no access mark says otherwise.

    Looks at the mark before the user: Django's own asks for the session first, which adds `Vary: Cookie` everywhere.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if access.mark_of(view_func) is not None:
            return None
        match = request.resolver_match
        if match is not None and match.namespace in access.THIRD_PARTY:
            names = access.THIRD_PARTY[match.namespace]
            if names is None or match.url_name in names:
                return None
        return super().process_view(request, view_func, view_args, view_kwargs)


def is_database_away(exception: Exception) -> bool:
    """Whether the database gave no answer; what it did answer, however badly, bears a code of its own."""
    if isinstance(exception, OperationalError | InterfaceError):
        return True
    reason = exception.__cause__  # a connection found dead at the first word of a transaction is only this
    if not isinstance(exception, DatabaseError) or not isinstance(reason, psycopg2.DatabaseError):
        return False
    return type(reason) is psycopg2.DatabaseError and reason.pgcode is None


class CalmAnswers:
    """What a view could not do becomes a page for people.

    A database that does not answer is one friendly 503 with Retry-After, never a 500; what is not there is our own
    page with DEBUG too, where Django would show its addresses.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.DEBUG and response.status_code == HTTPStatus.NOT_FOUND and request.resolver_match is None:
            return self._page(request, HTTPStatus.NOT_FOUND)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Http404):
            return self._page(request, HTTPStatus.NOT_FOUND)
        if isinstance(exception, ValueError) and "NUL" in str(exception):  # psycopg2 takes it for no text at all
            return self._page(request, HTTPStatus.BAD_REQUEST)
        if is_database_away(exception):
            return self._page(request, HTTPStatus.SERVICE_UNAVAILABLE)
        return None

    @staticmethod
    def _page(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
        page: Callable[..., HttpResponse] = get_resolver().resolve_error_handler(status)
        return page(request, exception=None)
