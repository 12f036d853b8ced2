"""A proposal as the public will see it: written, shown as the public page itself, and never committed."""

from copy import copy
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import resolve

from activities.models import Proposal
from activities.proposing.drafts import NotNow
from activities.proposing.kinds import Apply
from activities.proposing.refused import sentence_of
from kopiena.floor import stamps

MAIN = '<main id="main" tabindex="-1">'


def as_published(apply: Apply, proposal: Proposal, request: HttpRequest, now: datetime) -> HttpResponse:
    """The public page of what `apply` would write, with a line above that says what it is.

    Raises NotNow where it cannot be applied. Nothing of it is kept in any store of pages, for it never happened.
    """
    by: Any = request.user
    try:
        with transaction.atomic(), stamps.unkept():
            row = apply(proposal, by=by, now=now)
            answer = _public_page(row.get_absolute_url(), request)
            transaction.set_rollback(True)
    except IntegrityError as refusal:
        raise NotNow(sentence_of(refusal)) from refusal
    del answer["ETag"]
    line = render_to_string("activities/desk/_preview_line.html", {"proposal": proposal}, request)
    answer.content = answer.content.decode().replace(MAIN, MAIN + line, 1).encode()
    return answer


def _public_page(address: str, request: HttpRequest) -> HttpResponse:
    """What anybody would get at this address, asked for by this same browser."""
    match = resolve(address)
    asked: Any = copy(request)
    asked.method, asked.path, asked.path_info, asked.resolver_match = "GET", address, address, match
    asked.GET, asked.META = QueryDict(), {**request.META, "QUERY_STRING": "", "REQUEST_METHOD": "GET"}
    asked.POST, asked.known_query = QueryDict(), ""
    page: HttpResponse = match.func(asked, *match.args, **match.kwargs)
    return page
