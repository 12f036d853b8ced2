"""What the coordinator reads first in the office: that a letter was not delivered, and the way to it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from kopiena.floor.access import is_coordinator
from kopiena.floor.admin.notice import UndeliveredFilter
from kopiena.floor.admin.notice_words import undelivered_of_late

Index = Callable[..., HttpResponse]


def with_undelivered(index: Index) -> Index:
    """The admin's first page, told how many letters were not delivered."""

    def front(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        told = {"undelivered": told_to(request)} if is_coordinator(request.user) else {}
        return index(request, {**told, **(extra_context or {})})

    return front


def told_to(request: HttpRequest) -> dict[str, str] | None:
    """The line and its address, for whoever may see notices; None while there is nothing to say."""
    number = undelivered_of_late(timezone.now()).count() if request.user.has_perm("floor.view_notice") else 0
    if not number:
        return None
    words = ngettext("%(number)s letter was not delivered", "%(number)s letters were not delivered", number)
    address = f"{reverse('admin:floor_notice_changelist')}?{UndeliveredFilter.parameter_name}=yes"
    return {"words": words % {"number": number}, "address": address}
