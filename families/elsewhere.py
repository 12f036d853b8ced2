"""Where else a party that was refused fits whole, right now: the way on that a refusal offers."""

from datetime import datetime

from django.conf import settings
from django.db.models import F, Q

from activities.models import Activity, Meeting, Occurrence
from activities.offer import Offer
from families import parties
from families.parties import Party
from families.refusals import Refused
from families.registering.rules import LARGEST_PARTY
from kopiena.floor.composed import Composed

LOOKED_AT = 30  # dates to come with a place free: months of the centre's plan

_HAS_PLACES = Q(capacity__places__isnull=True) | Q(capacity__places__gt=F("capacity__taken"))
_WITH_PLACES = Composed(
    lambda now, pk: (
        Occurrence.objects.public()
        .coming(now)
        .filter(_HAS_PLACES, state=Occurrence.State.PLANNED, is_sign_up_needed=True)
        .exclude(pk=pk)
        .select_related("activity", "capacity")[:LOOKED_AT]
    )
)


def elsewhere(
    party: Party, occurrence: Occurrence, now: datetime, *, is_group: bool = False, most: int = 3
) -> list[Offer]:
    """Dates open now at which the whole party fits by age, company and places; those of the same activity first.

    Two queries, however many dates there are.
    """
    dates = _WITH_PLACES.rows(now, occurrence.pk)
    if is_group:
        fitting = [other for other in dates if _fits_group(party, other, occurrence.activity, now)]
    else:
        fitting = [other for other in dates if _fits(party, other, now)]
    # A few more than are shown: some may not be open.
    nearest = sorted(fitting, key=lambda other: other.activity_id != occurrence.activity_id)[: 3 * most]
    meetings: dict[int, list[Meeting]] = {}
    for meeting in Meeting.objects.filter(occurrence__in=[other.pk for other in nearest]).order_by("starts_at", "pk"):
        meetings.setdefault(meeting.occurrence_id, []).append(meeting)
    offers = [Offer(other, tuple(meetings.get(other.pk, ())), now) for other in nearest]
    return [offer for offer in offers if offer.is_open and not _is_the_queues(offer)][:most]


def _fits(party: Party, other: Occurrence, now: datetime) -> bool:
    activity, capacity = other.activity, other.capacity
    if (party.all_children and not party.people and activity.is_age_asked) or parties.wrong_age(party, activity):
        return False  # ages that are not known fit nowhere for sure
    try:
        parties.check(party, activity, capacity.unit, largest=settings.LARGEST_PARTY_ON_THE_WEB)
    except Refused:
        return False
    free = capacity.free_for_web(now)
    return free is None or party.seats(capacity.unit, is_companion_seated=activity.is_companion_seated) <= free


def _fits_group(party: Party, other: Occurrence, instead_of: Activity, now: datetime) -> bool:
    """As for a family, within the limit for groups; ages are not known, so the other must be for at least the same."""
    activity, capacity = other.activity, other.capacity
    if activity.pk != instead_of.pk and not _is_for_ages_of(activity, instead_of):
        return False
    try:
        parties.check(party, activity, capacity.unit, largest=LARGEST_PARTY, is_group=True)
    except Refused:
        return False
    seats = party.seats(capacity.unit, is_companion_seated=activity.is_companion_seated)
    return all(free is None or seats <= free for free in (capacity.free_for_web(now), capacity.free_for_groups()))


def _is_for_ages_of(activity: Activity, instead_of: Activity) -> bool:
    """Whether whoever suits the one by age suits the other."""
    lowest, highest = activity.age_from or 0, activity.age_to
    is_young_enough = highest is None or (instead_of.age_to is not None and instead_of.age_to <= highest)
    return lowest <= (instead_of.age_from or 0) and is_young_enough


def _is_the_queues(offer: Offer) -> bool:
    """What is free there is the coordinator's to give, to those who wait first."""
    return offer.free is not None and offer.occurrence.capacity.waiting > 0 and not offer.standing.promotes
