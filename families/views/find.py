"""Find my registration: by code and contact; nothing there and something wrong are answered alike."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from families import links
from families.forms import FindForm
from families.models import SignUp
from kopiena.floor import visitors
from kopiena.floor.access import kept_private, public_form
from kopiena.floor.models import Centre, Tally

TRY = "find"


@public_form
def find(request: HttpRequest) -> HttpResponse:
    """Code and contact lead to the private page; wrong guesses from one address are slowed."""
    now = timezone.now()
    form = FindForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        who = visitors.connection_of(request)
        if Tally.objects.tries(TRY, who, now) >= settings.FIND_ATTEMPTS_PER_HOUR:
            form.add_error(None, _("That was tried many times in a row. Please try again in an hour."))
            status = HTTPStatus.TOO_MANY_REQUESTS
        elif sign_up := _found(form.cleaned_data["code"], form.cleaned_data["contact"]):
            return kept_private(redirect("families:registration", links.link_of(sign_up)))
        else:
            Tally.objects.count_one(TRY, who, now)
            form.add_error(None, _not_found())
    return render(request, "families/find.html", {"form": form}, status=status)


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
