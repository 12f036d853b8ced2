"""Where else a party that was refused fits whole, right now: the way on that a refusal offers."""

from datetime import datetime

from django.conf import settings
from django.db.models import F, Q

from activities.models import Meeting, Occurrence
from activities.offer import Offer
from families import parties
from families.parties import Party
from families.refusals import Refused
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


def elsewhere(party: Party, occurrence: Occurrence, now: datetime, *, most: int = 3) -> list[Offer]:
    """Dates open now at which the whole party fits by age, company and places; those of the same activity first.

    Two queries, however many dates there are.
    """
    fitting = [other for other in _WITH_PLACES.rows(now, occurrence.pk) if _fits(party, other, now)]
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


def _is_the_queues(offer: Offer) -> bool:
    """What is free there is the coordinator's to give, to those who wait first."""
    return offer.free is not None and offer.occurrence.capacity.waiting > 0 and not offer.standing.promotes
