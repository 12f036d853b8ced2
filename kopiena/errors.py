"""Pages for what went wrong: in the path's language, without a query, so they also appear when the database is down."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kopiena.floor import access, given_back

BARE = (
    '<!doctype html><html lang="{language}"><meta charset="utf-8"><title>Kopiena</title>'
    '<h1>{words}</h1><p><a href="/">Kopiena</a></p></html>'
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that cannot be read."""
    return page(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not for this visitor."""
    return page(request, HTTPStatus.FORBIDDEN)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is not this browser's any more; what was typed at a desk is given back."""
    with translation.override(language_of(request)):
        kept = given_back.once_more(request)
        return kept or uncached(render(request, "403_csrf.html", status=HTTPStatus.FORBIDDEN))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not for this visitor to know of."""
    with translation.override(language_of(request)):
        is_at_a_desk = request.path_info.startswith(reverse("families:desk_home"))
    return page(request, HTTPStatus.NOT_FOUND, is_at_a_desk=is_at_a_desk)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our own mistake. If even the page with the mistake cannot be drawn, one bare sentence is."""
    try:
        return page(request, HTTPStatus.INTERNAL_SERVER_ERROR)
    except Exception:
        with translation.override(language_of(request)):
            words = _("Something went wrong on our side.")
            bare = BARE.format(language=translation.get_language(), words=words)
        return uncached(HttpResponse(bare, status=HTTPStatus.INTERNAL_SERVER_ERROR))


def unavailable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """503: too many people at once or the database is away; says when to try again, and keeps what was typed."""
    at_a_desk = given_back.typed_at_a_desk(request)
    typed = at_a_desk or given_back.typed_at(request, "public_form", "by_link")
    response = page(request, HTTPStatus.SERVICE_UNAVAILABLE, typed=typed, is_at_a_desk=bool(at_a_desk))
    response["Retry-After"] = str(settings.RETRY_AFTER_SECONDS)
    return response


def page(request: HttpRequest, status: HTTPStatus, **context: Any) -> HttpResponse:
    """The template named after the status, in the path's language, kept by no cache."""
    with translation.override(language_of(request)):
        # A page that went wrong has no address to be found or sent on by.
        response = render(request, f"{status.value}.html", {"is_error": True, **context}, status=status)
    response["Content-Language"] = language_of(request)
    # What is wrong with a private address may be half of a right one.
    return access.kept_private(response) if mark_at(request) == "by_link" else uncached(response)


def mark_at(request: HttpRequest) -> access.Mark | None:
    """The mark of the view that the address leads to; None where it leads nowhere."""
    return access.mark_of(request.resolver_match.func) if request.resolver_match else None


def language_of(request: HttpRequest) -> str:
    """What the address says; the middleware that normally reads it may not have been reached."""
    return translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE


def uncached(response: HttpResponse) -> HttpResponse:
    """The response, to be asked for anew each time."""
    response["Cache-Control"] = "no-store"
    return response
