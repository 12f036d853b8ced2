"""What was typed on a page for the signed-in and could not be taken in: given back, with a button that sends it again.

Nothing is done with it here: it goes back to the browser that sent it, and only where one of our own pages did.
"""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kopiena.floor.access import Mark, kept_private, mark_of

OF_A_DESK: tuple[Mark, ...] = ("member", "manager")


def typed_at(request: HttpRequest, *marks: Mark) -> list[tuple[str, str]]:
    """The fields of a form as they came to an address of these marks; a file is none, neither is the page's token."""
    match = request.resolver_match
    if request.method != "POST" or match is None or mark_of(match.func) not in marks:
        return []
    fields = ((name, value) for name, values in request.POST.lists() for value in values)
    return [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent it; another site's words are never put in anybody's mouth."""
    origin, here = request.headers.get("Origin"), f"{request.scheme}://{request.get_host()}"
    return origin == here if origin else request.headers.get("Referer", "").startswith(f"{here}/")


def typed_at_a_desk(request: HttpRequest) -> list[tuple[str, str]]:
    """What somebody wrote on a page of their institution; nothing where only a button was pressed."""
    typed = typed_at(request, *OF_A_DESK)
    return typed if any(value for _name, value in typed) and is_from_here(request) else []


def once_more(request: HttpRequest) -> HttpResponse | None:
    """403: who was signed out meanwhile finds what they typed on the page, and sends it once they are signed in.

    None where there is nothing to give back.
    """
    typed = typed_at_a_desk(request)
    if not typed:
        return None
    context = {
        "is_error": True,
        "typed": typed,
        "is_signed_in": request.user.is_authenticated,
        "sign_in": f"{reverse(settings.DESK_LOGIN_URL)}?next={reverse(settings.DESK_REDIRECT_URL)}",
        "may_bring_files": getattr(request.resolver_match and request.resolver_match.func, "takes_files", False),
    }
    response = render(request, "desk/once_more.html", context, status=HTTPStatus.FORBIDDEN)
    return kept_private(response, is_address_secret=False)
