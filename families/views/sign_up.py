"""The page on which the whole family signs up."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from activities.models import Occurrence
from activities.models.occurrence import OccurrenceQuerySet
from activities.offer import MEETINGS, Offer
from families import junk, links, registering
from families.elsewhere import elsewhere
from families.forms import SignUpForm
from families.forms.party import typed_for, typed_with_row_added
from kopiena.floor import visitors
from kopiena.floor.access import public_form
from kopiena.floor.composed import Composed
from kopiena.floor.models import Centre
from kopiena.floor.sent_once import TRAP


@public_form
def sign_up(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """Show the form, sign the party up, answer with its private page; nothing typed is ever lost."""
    now = timezone.now()
    occurrence = _PUBLIC.one(occurrence_id)
    if occurrence is None:
        raise Http404
    if request.method != "POST":
        return _page(request, SignUpForm(occurrence=occurrence, now=now), now)
    if "add_child" in request.POST or "remove_child" in request.POST:
        typed = typed_with_row_added(request.POST.dict(), request.POST)
        return _page(request, SignUpForm(initial=typed, occurrence=occurrence, now=now), now)
    if "take_along" in request.POST:  # from another date's form, which refused the party
        typed = typed_for(occurrence.activity, request.POST.dict())
        return _page(request, SignUpForm(initial=typed, occurrence=occurrence, now=now), now)
    return _sent(request, SignUpForm(request.POST, occurrence=occurrence, now=now), now)


def _sent(request: HttpRequest, form: SignUpForm, now: datetime) -> HttpResponse:
    """The answer to a form that was sent: its private page, or the form again with what stands in the way."""
    if not form.is_valid():
        return _page(request, form, now)
    sender, party = form.sender(request.LANGUAGE_CODE), form.party()
    tries = junk.tries_of(sender, visitors.connection_of(request))
    may_wait = "wait" in request.POST
    try:
        junk.check(tries, form.random, now)
        sent = registering.register(form.random, form.occurrence.pk, sender, party, may_wait=may_wait, now=now)
    except junk.TooMany as refusal:
        status, centre = HTTPStatus.TOO_MANY_REQUESTS, Centre.objects.first()
        return _page(request, form, now, refusal=refusal, is_too_many=True, centre=centre, status=status)
    except registering.AlreadySent as refusal:
        form.renew_token(keep=False)
        return _page(request, form, now, refusal=refusal, status=HTTPStatus.CONFLICT)
    except registering.Refused as refusal:  # full, closed meanwhile, too young: said on the form
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, form, now, refusal=refusal, elsewhere=elsewhere(party, form.occurrence, now))
    except registering.Busy:
        return _page(request, form, now, is_busy=True, status=HTTPStatus.SERVICE_UNAVAILABLE)
    if sent.created_at == now:  # else it was made by this same form before
        junk.count(tries, now)
    return redirect("families:registration", links.link_of(sent))


def _page(request: HttpRequest, form: SignUpForm, now: datetime, **also: Any) -> HttpResponse:
    status = also.pop("status", HTTPStatus.OK)
    occurrence, refusal = form.occurrence, also.get("refusal")
    offer = Offer(occurrence, tuple(MEETINGS.rows(occurrence.pk)), now)
    context = {
        "form": form,
        "trap": TRAP,
        "occurrence": occurrence,
        "activity": occurrence.activity,
        "offer": offer,
        "is_open": offer.is_open,
        "is_full": offer.is_full,
        "may_wait": offer.is_full or isinstance(refusal, registering.NoRoom),
        "is_sent_before": isinstance(refusal, registering.AlreadySent),
        "others": _others(occurrence, now),
        **also,
    }
    response = render(request, "families/sign_up.html", context, status=status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(settings.RETRY_AFTER_SECONDS)
    if isinstance(refusal, junk.TooMany):
        response["Retry-After"] = str(round(refusal.retry_after.total_seconds()))
    return response


def _coming(activity: Any, now: Any, this: Any) -> OccurrenceQuerySet:
    planned = (
        Occurrence.objects.coming(now).with_whole_days().filter(is_sign_up_needed=True, state=Occurrence.State.PLANNED)
    )
    return planned.filter(activity=activity).exclude(pk=this)[:5]


_PUBLIC = Composed(lambda pk: Occurrence.objects.public().select_related("activity", "capacity").filter(pk=pk))
_COMING = Composed(_coming)


def _others(occurrence: Occurrence, now: datetime) -> list[Occurrence]:
    """Further dates of the same activity, for whoever cannot come on this one."""
    return _COMING.rows(occurrence.activity_id, now, occurrence.pk)
