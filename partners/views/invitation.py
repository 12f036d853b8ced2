"""The page of an invitation: what it is, and the one button that begins; looking at it changes nothing."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kopiena.floor import sign_in_codes
from kopiena.floor.access import by_link
from kopiena.floor.models import Centre, User
from kopiena.floor.said import said
from partners import inviting
from partners.models import Invitation, Membership
from partners.refusals import Refused

IN_HAND = "invitation"  # which invitation this browser is about to accept, in its session


@by_link
def invitation(request: HttpRequest, link: str) -> HttpResponse:
    """Whoever has the link sees what it is about; the button sends a code to the invited address and to no other."""
    now = timezone.now()
    found = inviting.invitation_of(link)
    if found is None:
        raise Http404
    stands = _stands(found, request.user, now)
    if request.method == "POST" and stands == "yours":
        return _accepted(request, found, now)
    if request.method == "POST" and stands == "open":
        return _code_sent(request, found, now)
    return _page(request, found, stands)


def arrived(request: HttpRequest, user: User, now: datetime) -> str | None:
    """Somebody has shown by the code that an address is theirs: the invitation they came by is accepted.

    Where it lets nobody in any more, the address of its page, which says why.
    """
    in_hand = request.session.pop(IN_HAND, None)
    if in_hand is None:
        return None
    try:
        welcome(request, inviting.accept(in_hand, user, now=now))
    except Refused as refusal:
        found = Invitation.objects.filter(pk=in_hand).first()
        if found is not None:
            return reverse("partners:invitation", args=[inviting.link_of(found)])
        messages.warning(request, refusal.message)
    return None


def welcome(request: HttpRequest, membership: Membership) -> None:
    """Say for whom they act now."""
    name = said(membership.institution, "short_name").text
    messages.success(request, _("Welcome! You now act for: %(institution)s") % {"institution": name})


def _stands(found: Invitation, user: Any, now: datetime) -> str:
    """ "open", "yours" (signed in with its address), or why nothing can be done with it."""
    state = found.state(now)
    if state != Invitation.State.OPEN:
        return str(state.value)
    if user.is_authenticated:
        return "yours" if user.email == found.email.lower() else "another"
    known = User.objects.filter(email=found.email.lower()).first()
    if known is None or (known.is_active and not known.is_staff):
        return "open"
    return "staff" if known.is_active else "off"


def _accepted(request: HttpRequest, found: Invitation, now: datetime) -> HttpResponse:
    try:
        welcome(request, inviting.accept(found.pk, request.user, now=now))  # type: ignore[arg-type]
    except Refused:  # taken back in this very moment
        return _page(request, found, "taken_back")
    return redirect("families:desk", found.institution.slug)


def _code_sent(request: HttpRequest, found: Invitation, now: datetime) -> HttpResponse:
    account = inviting.account_of(found)
    if not sign_in_codes.send_code(request, account.email, now):
        return _page(request, found, "open", refusal=sign_in_codes.too_many_asked())
    request.session[IN_HAND] = found.pk
    desk = reverse("families:desk", args=[found.institution.slug])
    return redirect(f"{reverse(sign_in_codes.TYPE)}?{urlencode({'next': desk})}")


def _page(request: HttpRequest, found: Invitation, stands: str, *, refusal: str = "") -> HttpResponse:
    status = HTTPStatus.OK if request.method != "POST" else HTTPStatus.CONFLICT
    context = {"invitation": found, "stands": stands, "refusal": refusal, "centre": Centre.objects.first()}
    if refusal:
        status = HTTPStatus.TOO_MANY_REQUESTS
    return render(request, "partners/invitation.html", context, status=status)
