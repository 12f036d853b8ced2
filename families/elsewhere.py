"""Where else a party that was refused fits whole, right now: the way on that a refusal offers."""

from datetime import datetime

from django.conf import settings

from activities.models import Meeting, Occurrence
from activities.offer import Offer
from families import parties
from families.parties import Party
from families.refusals import Refused

LOOKED_AT = 60  # dates to come: more than half a year of the centre's plan


def elsewhere(party: Party, occurrence: Occurrence, now: datetime, *, most: int = 3) -> list[Offer]:
    """Dates open now at which the whole party fits by age, company and places; those of the same activity first.

    Two queries, however many dates there are.
    """
    coming = (
        Occurrence.objects.public()
        .coming(now)
        .filter(state=Occurrence.State.PLANNED, is_sign_up_needed=True)
        .exclude(pk=occurrence.pk)
        .select_related("activity", "capacity")[:LOOKED_AT]
    )
    meetings: dict[int, list[Meeting]] = {}
    rows = Meeting.objects.filter(occurrence__in=[other.pk for other in coming]).select_related("venue", "room")
    for meeting in rows.order_by("starts_at", "pk"):
        meetings.setdefault(meeting.occurrence_id, []).append(meeting)
    offers = [Offer(other, tuple(meetings.get(other.pk, ())), now) for other in coming]
    fitting = [offer for offer in offers if offer.is_open and _fits(party, offer)]
    return sorted(fitting, key=lambda offer: offer.occurrence.activity_id != occurrence.activity_id)[:most]


def _fits(party: Party, offer: Offer) -> bool:
    activity, capacity = offer.occurrence.activity, offer.occurrence.capacity
    if (party.all_children and not party.people and activity.is_age_asked) or parties.wrong_age(party, activity):
        return False  # ages that are not known fit nowhere for sure
    try:
        parties.check(party, activity, capacity.unit, largest=settings.LARGEST_PARTY_ON_THE_WEB)
    except Refused:
        return False
    seats = party.seats(capacity.unit, is_companion_seated=activity.is_companion_seated)
    is_the_queues = capacity.waiting > 0 and not offer.standing.promotes
    return offer.free is None or (seats <= offer.free and not is_the_queues)
