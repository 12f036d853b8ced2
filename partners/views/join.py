"""How an institution becomes a partner, and the form by which it asks."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kopiena.floor import visitors
from kopiena.floor.access import public_form
from kopiena.floor.models import Centre
from kopiena.floor.sent_once import TRAP
from partners import joining
from partners.forms import JoinForm

SENT = "?sent=1"


@public_form
def join(request: HttpRequest) -> HttpResponse:
    """Show the form, keep the request, say what follows; a known address is answered as an unknown one."""
    now = timezone.now()
    if request.method != "POST":
        return _page(request, JoinForm(now=now), is_sent="sent" in request.GET)
    form = JoinForm(request.POST, now=now)
    return _sent(request, form, now) if form.is_valid() else _page(request, form)


def _sent(request: HttpRequest, form: JoinForm, now: datetime) -> HttpResponse:
    asked = form.asked(request.LANGUAGE_CODE)
    try:
        joining.ask(asked, form.random, visitors.connection_of(request), now=now)
    except joining.TooMany as refusal:
        form.add_error(None, refusal.message)
        return _page(request, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    return redirect(reverse("partners:join") + SENT)


def _page(request: HttpRequest, form: JoinForm, *, status: int = HTTPStatus.OK, **also: Any) -> HttpResponse:
    context = {"form": form, "trap": TRAP, "centre": Centre.objects.first(), **also}
    return render(request, "partners/join.html", context, status=status)
