"""A page of an institution's desk: the frame around what a view has to show."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.acting import Desk

# The words of each entry, the name of its address, and whether only a manager has it.
ENTRIES = (
    (_("What needs doing"), "families:desk", False),
    (_("Projects and activities"), "activities:desk_offers", False),
    (_("Who comes"), "families:desk_coming", False),
    (_("Our groups"), "families:desk_groups", False),
    (_("Our numbers"), "families:desk_numbers", False),
    (_("Our page"), "activities:desk_page", False),
    (_("Colleagues"), "partners:colleagues", True),
)


def page(
    request: HttpRequest, desk: Desk, template: str, context: dict[str, Any], *, status: int = HTTPStatus.OK
) -> HttpResponse:
    """The template with the desk and its menu."""
    given = {"desk": desk, "desk_entries": entries(desk, request.path), **context}
    return render(request, template, given, status=status)


def entries(desk: Desk, path: str) -> list[dict[str, Any]]:
    """The desk's menu; an entry is current on its page and on those below it, the first on its own page only."""
    found = []
    for words, name, is_for_managers in ENTRIES:
        if is_for_managers and not desk.is_manager:
            continue
        url = reverse(name, args=[desk.institution.slug])
        is_current = path == url if name == ENTRIES[0][1] else path.startswith(url)
        found.append({"words": words, "url": url, "is_current": is_current, "is_this_page": path == url})
    return found
