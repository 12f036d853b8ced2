"""The colleagues of an institution: a manager invites, changes what they may do, and removes."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kopiena.floor.models import User
from partners import desk as frame
from partners import inviting, people
from partners.acting import Desk, institutions_of, manager_required, member_required
from partners.forms import InviteForm, LettersForm, RoleForm
from partners.models import Invitation, Membership
from partners.refusals import Refused

DESK = "partners/colleagues/"


@manager_required
def colleagues(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who acts for the institution, who is invited, and the form that invites one more."""
    if request.method != "POST":
        return _page(request, desk, InviteForm(initial={"role": "editor", "language": desk.user.language}))
    form = InviteForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            inviting.invite(
                desk.institution, given["email"], given["role"], given["language"], by=desk.user, now=timezone.now()
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("The invitation is on its way to: %(email)s") % {"email": given["email"]})
            return redirect("partners:colleagues", desk.institution.slug)
    return _page(request, desk, form)


@manager_required
def colleague(request: HttpRequest, desk: Desk, membership_id: int) -> HttpResponse:
    """What one of them may do."""
    found = _found(desk, membership_id)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": found.role})
    if request.method == "POST" and form.is_valid():
        try:
            is_other = people.change_role(found.pk, form.cleaned_data["role"], now=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            if is_other:
                messages.success(request, _("Saved."))
            return _on(request, desk, found)
    return frame.page(request, desk, f"{DESK}colleague.html", {"colleague": found, "form": form})


@manager_required
def remove(request: HttpRequest, desk: Desk, membership_id: int) -> HttpResponse:
    """Ask once, then they are outside with their next click."""
    found, refusal = _found(desk, membership_id), ""
    if request.method == "POST":
        try:
            people.remove(found.pk, now=timezone.now())
        except Refused as refused:
            refusal = refused.message
        else:
            messages.success(request, _("Removed. What they made stays with the institution."))
            return _on(request, desk, found)
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return frame.page(
        request,
        desk,
        f"{DESK}remove.html",
        {"colleague": found, "refusal": refusal, "is_self": found.user == desk.user},
        status=status,
    )


@manager_required
@require_POST
def take_back(request: HttpRequest, desk: Desk, invitation_id: int) -> HttpResponse:
    """An invitation lets nobody in any more."""
    found = get_object_or_404(desk.institution.invitations, pk=invitation_id)
    try:
        inviting.revoke(found.pk, now=timezone.now())
        messages.success(request, _("The invitation is taken back."))
    except Refused as refusal:
        messages.warning(request, refusal.message)
    return redirect("partners:colleagues", desk.institution.slug)


@member_required
def letters(request: HttpRequest, desk: Desk) -> HttpResponse:
    """In which language the centre writes to the person who is here."""
    form = LettersForm(request.POST if request.method == "POST" else None, initial={"language": desk.user.language})
    if request.method == "POST" and form.is_valid():
        User.objects.filter(pk=desk.user.pk).update(language=form.cleaned_data["language"])
        messages.success(request, _("Saved."))
        return redirect("partners:letters", desk.institution.slug)
    return frame.page(request, desk, f"{DESK}letters.html", {"form": form})


def _found(desk: Desk, membership_id: int) -> Membership:
    ours = Membership.objects.filter(institution=desk.institution).select_related("user")
    return get_object_or_404(ours, pk=membership_id)


def _on(request: HttpRequest, desk: Desk, changed: Membership) -> HttpResponse:
    """Where whoever changed it goes on: her own session ends too, unless she still acts for an institution."""
    if changed.user_id != desk.user.pk:
        return redirect("partners:colleagues", desk.institution.slug)
    left: list[Any] = institutions_of(desk.user)
    if not left:
        logout(request)
        return redirect("families:home")
    update_session_auth_hash(request, User.objects.get(pk=desk.user.pk))
    is_here = any(each.institution_id == desk.institution.pk for each in left)
    return redirect("families:desk", desk.institution.slug) if is_here else redirect("families:desk_home")


def _page(request: HttpRequest, desk: Desk, form: InviteForm) -> HttpResponse:
    now = timezone.now()
    context: dict[str, Any] = {
        "form": form,
        "colleagues": Membership.objects.filter(institution=desk.institution)
        .select_related("user")
        .order_by("user__name", "user__email"),
        "invitations": _invitations(desk, now),
    }
    return frame.page(request, desk, f"{DESK}list.html", context)


def _invitations(desk: Desk, now: Any) -> list[dict[str, Any]]:
    """Those not accepted, the newest first: who was accepted stands among the colleagues."""
    found = desk.institution.invitations.filter(accepted_at__isnull=True)[:50]
    return [
        {"invitation": each, "is_open": each.is_open(now), "state": Invitation.State(each.state(now)).label}
        for each in found
    ]
