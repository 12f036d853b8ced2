"""Find my registration: by code and contact; or have the link sent once more, or be rung up.

Nothing there and something wrong are answered alike, and so is whatever is asked with a mere e-mail or phone.
"""

from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from families import asking, links
from families.forms import FindForm
from families.forms.find import CallForm, LinkForm
from families.models import SignUp
from kopiena.floor import visitors
from kopiena.floor.access import kept_private, public_form
from kopiena.floor.models import Centre, Tally

TRY = "find"


@public_form
def find(request: HttpRequest) -> HttpResponse:
    """Three small forms, each with its own button; the one that was sent is answered."""
    if request.method != "POST":
        return _page(request)
    answers = {"link": _send_links, "call": _call_back}
    return answers.get(request.POST.get("ask", ""), _open)(request)


def _open(request: HttpRequest) -> HttpResponse:
    """Code and contact lead to the private page; wrong guesses from one address are slowed."""
    now = timezone.now()
    form = FindForm(request.POST)
    status = HTTPStatus.OK
    if form.is_valid():
        who = visitors.connection_of(request)
        if Tally.objects.tries(TRY, who, now) >= settings.FIND_ATTEMPTS_PER_HOUR:
            status = _refuse(form)
        elif sign_up := _found(form.cleaned_data["code"], form.cleaned_data["contact"]):
            return kept_private(redirect("families:registration", links.link_of(sign_up)))
        else:
            Tally.objects.count_one(TRY, who, now)
            form.add_error(None, _not_found())
    return _page(request, form, status=status)


def _send_links(request: HttpRequest) -> HttpResponse:
    """The owner of the e-mail gets the links; whoever asks learns nothing."""
    form, now = LinkForm(request.POST), timezone.now()
    if not form.is_valid():
        return _page(request, form)
    if not asking.may_ask(visitors.connection_of(request), now):
        return _page(request, form, status=_refuse(form))
    asking.send_links(form.cleaned_data["email"], now=now)
    told = _("If there is a registration with this address, we will send the link within a few minutes.")
    return _page(request, answer=told)


def _call_back(request: HttpRequest) -> HttpResponse:
    """The wish to be rung up goes onto the coordinator's list."""
    form, now = CallForm(request.POST), timezone.now()
    if not form.is_valid():
        return _page(request, form)
    if not asking.may_ask(visitors.connection_of(request), now):
        return _page(request, form, status=_refuse(form))
    wish = form.cleaned_data
    asking.be_called(wish["phone"], safe_to_call=wish["safe_to_call"], language=request.LANGUAGE_CODE, now=now)
    return _page(request, answer=_("Thank you! We will call you."))


def _page(
    request: HttpRequest, sent: forms.Form | None = None, *, answer: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    """The page with the form that was sent, if it could not be answered; the others empty."""
    context: dict[str, Any] = {"sent": sent, "answer": answer}
    for name, kind in (("form", FindForm), ("link_form", LinkForm), ("call_form", CallForm)):
        context[name] = sent if isinstance(sent, kind) else kind()
    return render(request, "families/find.html", context, status=status)


def _refuse(form: forms.Form) -> HTTPStatus:
    form.add_error(None, _("That was tried many times in a row. Please try again in an hour."))
    return HTTPStatus.TOO_MANY_REQUESTS


def _found(code: str, contact: str) -> SignUp | None:
    sign_up = SignUp.objects.filter(code=code, erased_at__isnull=True).first()
    if sign_up is None or not contact:
        return None
    known = [text for text in (sign_up.email, sign_up.phone) if text]
    return sign_up if any(constant_time_compare(contact, text) for text in known) else None


def _not_found() -> str:
    centre = Centre.objects.first()
    if centre is not None and centre.has_contact:
        return _("Nothing was found with this code and contact. Check the digits or call us.")
    return _("Nothing was found with this code and contact. Check the digits.")
