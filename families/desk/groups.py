"""The desk's pages of groups and classes: those signed up, the dates open to them, sign up, change, cancel."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Activity, Occurrence
from activities.offer import MEETINGS, Offer
from families import groups, registering
from families.elsewhere import elsewhere
from families.forms.group import GroupForm, GroupPartyForm, group_as_typed
from families.forms.party import as_asked
from families.groups import Group, OpenDate
from families.models import Registration
from partners import desk as frame
from partners.acting import Desk, member_required, while_open

DATES_A_PAGE = 30


@member_required
def own(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The institution's groups: those to come with their status first, then those that were."""
    now = timezone.now()
    context = {
        "coming": groups.open_groups(desk.institution, now),
        "past": groups.past_groups(desk.institution, now),
    }
    return frame.page(request, desk, "desk/groups.html", context)


@member_required
def dates(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Dates that a group can be signed up for now, with what is free for groups."""
    now = timezone.now()
    shown = Paginator(groups.open_dates(now), DATES_A_PAGE).get_page(request.GET.get("page"))
    context = {"dates": list(groups.as_open_dates(shown, now)), "shown": shown}
    return frame.page(request, desk, "desk/group_dates.html", context)


@member_required
@while_open
def new(request: HttpRequest, desk: Desk, occurrence_id: int) -> HttpResponse:
    """Show the form, sign the group up; whatever comes in the way, nothing typed is lost."""
    now = timezone.now()
    public = Occurrence.objects.public().select_related("activity", "capacity")
    occurrence = get_object_or_404(public, pk=occurrence_id)
    if request.method != "POST":
        known = {"contact_name": desk.user.name, "email": desk.user.email, "language": request.LANGUAGE_CODE}
        return _new_page(request, desk, GroupForm(initial=known, occurrence=occurrence, now=now))
    if "take_along" in request.POST:  # from another date's form, which refused the group
        return _new_page(request, desk, GroupForm(initial=request.POST.dict(), occurrence=occurrence, now=now))
    return _sent(request, desk, GroupForm(request.POST, occurrence=occurrence, now=now))


def _sent(request: HttpRequest, desk: Desk, form: GroupForm) -> HttpResponse:
    """The answer to a form that was sent: the group's page, or the form again with what stands in the way."""
    if not form.is_valid():
        return _new_page(request, desk, form)
    party, occurrence, now = form.party(), form.occurrence, form.now
    try:
        sent = registering.register_group(
            form.random,
            occurrence.pk,
            form.sender(),
            party,
            institution=desk.institution,
            may_wait="wait" in request.POST,
            now=now,
        )
    except registering.AlreadySent as refusal:
        form.renew_token(keep=False)
        return _new_page(request, desk, form, refusal=refusal, status=HTTPStatus.CONFLICT)
    except registering.Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        others = elsewhere(party, occurrence, now, is_group=True)
        return _new_page(request, desk, form, refusal=refusal, elsewhere=others)
    except registering.Busy:
        return _new_page(request, desk, form, is_busy=True, status=HTTPStatus.SERVICE_UNAVAILABLE)
    made = sent.registrations.get()
    messages.success(request, _said_of(made))
    return redirect("families:desk_group", desk.institution.slug, made.pk)


def _said_of(made: Registration) -> str:
    if made.is_placed:
        return _("Done: the group is signed up.")
    return _("Done: the group is on the waiting list.")


@member_required
def one(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """One group: how it stands, who comes, and what can be done."""
    group = _group(desk, pk, timezone.now())
    ours, now = group.registration, group.offer.now
    waits_in_vain = ours.is_waiting and group.is_coming and group.offer.standing.has_stopped_promoting
    others: Sequence[Offer] = ()
    if waits_in_vain:
        others = elsewhere(registering.party_of(ours), ours.occurrence, now, is_group=True)
    return _group_page(request, desk, "desk/group.html", group, elsewhere=others)


@member_required
def change(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Come in another number: fewer always, more if there is room; and another answer about photographs."""
    group = _group(desk, pk, timezone.now())
    ours, template = group.registration, "desk/group_change.html"
    asked = as_asked(ours)
    if request.method != "POST":
        return _group_page(request, desk, template, group, form=GroupPartyForm(initial=group_as_typed(ours), **asked))
    form = GroupPartyForm(request.POST, **asked)
    if form.is_valid():
        try:
            registering.change(ours.pk, form.party(), photo=form.photo_answer(), now=group.offer.now)
        except registering.Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        except registering.Busy:
            return _group_page(request, desk, template, group, form=form, is_busy=True)
        else:
            messages.success(request, _("Done: the group's registration is changed."))
            return redirect("families:desk_group", desk.institution.slug, pk)
    return _group_page(request, desk, template, group, form=form)


@member_required
def cancel(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Ask once, warn where a queue waits, then give the places back."""
    group = _group(desk, pk, timezone.now())
    if request.method != "POST":
        return _group_page(request, desk, "desk/group_cancel.html", group)
    try:
        registering.cancel(pk, now=group.offer.now)
    except registering.Refused as refusal:
        return _group_page(request, desk, "desk/group_cancel.html", group, refusal=refusal)
    except registering.Busy:
        return _group_page(request, desk, "desk/group_cancel.html", group, is_busy=True)
    messages.success(request, _("Done: the group's registration is cancelled. Thank you for telling us."))
    return redirect("families:desk_group", desk.institution.slug, pk)


def _group(desk: Desk, pk: int, now: datetime) -> Group:
    """The institution's own; a family's, another's or one that is to stay unseen does not exist."""
    return Group.of(get_object_or_404(groups.groups_of(desk.institution), pk=pk), now)


def _new_page(request: HttpRequest, desk: Desk, form: GroupForm, **also: Any) -> HttpResponse:
    status = also.pop("status", HTTPStatus.OK)
    occurrence, refusal = form.occurrence, also.get("refusal")
    offer = Offer(occurrence, tuple(MEETINGS.rows(occurrence.pk)), form.now)
    date = OpenDate(offer)
    has_queue = occurrence.capacity.places is not None
    may_come = occurrence.capacity.unit != Activity.Unit.FAMILIES and occurrence.capacity.for_groups != 0
    context = {
        "form": form,
        "activity": occurrence.activity,
        "occurrence": occurrence,
        "offer": offer,
        "date": date,
        "may_come": may_come,
        "is_open": offer.is_open and may_come,
        "is_full": date.free == 0 and has_queue,
        "may_wait": has_queue and (date.free == 0 or isinstance(refusal, registering.NoRoom)),
        "is_sent_before": isinstance(refusal, registering.AlreadySent),
        **also,
    }
    return _with_retry(frame.page(request, desk, "desk/group_new.html", context, status=status))


def _group_page(request: HttpRequest, desk: Desk, template: str, group: Group, **also: Any) -> HttpResponse:
    occurrence = group.registration.occurrence
    context = {
        "group": group,
        "registration": group.registration,
        "sign_up": group.registration.sign_up,
        "activity": occurrence.activity,
        "offer": group.offer,
        "others_wait": group.registration.is_placed and occurrence.capacity.waiting > 0,
        **also,
    }
    status = HTTPStatus.SERVICE_UNAVAILABLE if also.get("is_busy") else HTTPStatus.OK
    return _with_retry(frame.page(request, desk, template, context, status=status))


def _with_retry(response: HttpResponse) -> HttpResponse:
    if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(settings.RETRY_AFTER_SECONDS)
    return response
