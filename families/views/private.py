"""The private pages behind the link: see, change, cancel, erase, calendar file and slip."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from activities.offer import MEETINGS, Offer
from families import calendar_file as calendar_files
from families import links, registering
from families.elsewhere import elsewhere
from families.forms import PartyForm
from families.forms.group import GroupPartyForm, group_as_typed
from families.forms.party import as_asked, as_typed, typed_with_row_added
from families.groups import Group
from families.models import Participant, Registration
from kopiena.floor.access import by_link
from kopiena.floor.composed import Composed
from kopiena.floor.models import Centre

_REGISTRATION = Composed(
    lambda sign_up: Registration.objects.filter(sign_up=sign_up).select_related(
        "occurrence__activity", "occurrence__capacity"
    )[:1]
)
_PEOPLE = Composed(lambda registration: Participant.objects.filter(registration=registration))


@by_link
def registration(request: HttpRequest, link: str) -> HttpResponse:
    """Status, number in the queue and its rule, party, code, and what can be done."""
    ours = _ours(link)
    done = request.GET.get("done")
    told = {"done": done if done in ("changed", "cancelled") else ""}
    centre = Centre.objects.first() if ours.is_cancelled else None  # whom to call where it is a mistake
    return _page(request, "families/registration.html", ours, centre=centre, **told)


@by_link
def change(request: HttpRequest, link: str) -> HttpResponse:
    """Come in another number."""
    ours = _ours(link)
    asked = as_asked(ours)
    if request.method != "POST":
        return _page(request, "families/change.html", ours, form=_form(ours, initial=_as_typed(ours), **asked))
    if not ours.is_group and ("add_child" in request.POST or "remove_child" in request.POST):
        typed = typed_with_row_added(request.POST.dict(), request.POST, asked["largest"])
        return _page(request, "families/change.html", ours, form=PartyForm(initial=typed, **asked))
    form = _form(ours, request.POST, **asked)
    if form.is_valid():
        try:
            registering.change(ours.pk, form.party(), photo=form.photo_answer(), now=timezone.now())
        except registering.Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        except registering.Busy:
            return _busy(_page(request, "families/change.html", ours, form=form, is_busy=True))
        else:
            return _back(link, "changed")
    return _page(request, "families/change.html", ours, form=form)


@by_link
def cancel(request: HttpRequest, link: str) -> HttpResponse:
    """Ask once, warn where a queue waits, then give the places back."""
    ours = _ours(link)
    if request.method != "POST":
        return _page(request, "families/cancel.html", ours)
    try:
        registering.cancel(ours.pk, now=timezone.now())
    except registering.Refused as refusal:
        return _page(request, "families/cancel.html", ours, refusal=refusal)
    except registering.Busy:
        return _busy(_page(request, "families/cancel.html", ours, is_busy=True))
    return _back(link, "cancelled")


@by_link
def erase(request: HttpRequest, link: str) -> HttpResponse:
    """Ask once, then forget who it was; the link dies with it."""
    ours = _ours(link)
    if request.method != "POST":
        return _page(request, "families/erase.html", ours)
    try:
        registering.erase(ours.sign_up_id, now=timezone.now())
    except registering.Busy:
        return _busy(_page(request, "families/erase.html", ours, is_busy=True))
    return render(request, "families/erased.html")


@by_link
def calendar_file(request: HttpRequest, link: str) -> HttpResponse:
    """The meetings as a calendar file; only for those who have a place."""
    ours = _ours(link)
    if not ours.is_placed:
        raise Http404
    content = calendar_files.of_registration(ours, timezone.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="kopiena.ics"'
    return response


@by_link
def slip(request: HttpRequest, link: str) -> HttpResponse:
    """One sheet to print, with the code in large digits."""
    return _page(request, "families/slip.html", _ours(link), centre=Centre.objects.first())


def _ours(link: str) -> Registration:
    """The registration a link opens; whatever is wrong with the link, the page does not exist."""
    sign_up = links.sign_up_of(link)
    if sign_up is None:
        raise Http404
    found = _REGISTRATION.one(sign_up.pk)
    if found is None:
        raise Http404
    found.sign_up = sign_up
    MEETINGS.into(found.occurrence, "meetings", found.occurrence_id)
    _PEOPLE.into(found, "participants", found.pk)
    return found


def _form(ours: Registration, *given: Any, **asked: Any) -> PartyForm:
    """Rows or numbers for a family; numbers and the answer about photographs for a group."""
    return (GroupPartyForm if ours.is_group else PartyForm)(*given, **asked)


def _as_typed(ours: Registration) -> dict[str, Any]:
    return group_as_typed(ours) if ours.is_group else as_typed(ours)


def _page(request: HttpRequest, template: str, ours: Registration, **also: Any) -> HttpResponse:
    now: datetime = timezone.now()
    occurrence = ours.occurrence
    offer = Offer(occurrence, tuple(occurrence.meetings.all()), now)
    starts_at = offer.starts_at
    waits_in_vain = ours.is_waiting and offer.standing.has_stopped_promoting
    context = {
        "registration": ours,
        "sign_up": ours.sign_up,
        "occurrence": occurrence,
        "activity": occurrence.activity,
        "offer": offer,
        "elsewhere": _elsewhere(ours, now) if waits_in_vain else (),
        "group": Group(ours, offer) if ours.is_group else None,
        "participants": ours.participants.all(),
        "children": ours.children + ours.children_along,
        "link": links.link_of(ours.sign_up),
        "address": settings.SITE_URL + reverse("families:registration", args=[links.link_of(ours.sign_up)]),
        "find_address": settings.SITE_URL + reverse("families:find"),
        "number": ours.number_in_queue,
        "can_change": not ours.is_cancelled and not occurrence.is_cancelled and (starts_at is None or now < starts_at),
        "is_over": offer.is_over,
        "others_wait": ours.is_placed and occurrence.capacity.waiting > 0,
        **also,
    }
    return render(request, template, context)


def _elsewhere(ours: Registration, now: datetime) -> list[Offer]:
    return elsewhere(registering.party_of(ours), ours.occurrence, now, is_group=ours.is_group)


def _back(link: str, done: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('families:registration', args=[link])}?done={done}")


def _busy(response: HttpResponse) -> HttpResponse:
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    response["Retry-After"] = str(settings.RETRY_AFTER_SECONDS)
    return response
