"""Come in another number, or not at all."""

from datetime import datetime

from django.conf import settings

from families import gate, parties
from families.gate import Locked
from families.models import Registration
from families.parties import Party
from families.registering import people, rules
from kopiena.floor.models import User

CancelledBy = Registration.CancelledBy


def change(registration_id: int, party: Party, *, now: datetime) -> Registration:
    """Come in another number: fewer always, more if they fit; a waiting party keeps its number."""
    occurrence_id = Registration.objects.values_list("occurrence_id", flat=True).get(pk=registration_id)
    with gate.locked(occurrence_id, now=now) as held:
        registration = Registration.objects.get(pk=registration_id)
        rules.check_still_theirs(held, registration, now)
        largest = max(settings.LARGEST_PARTY_ON_THE_WEB, registration.people)  # staff may have let more in
        parties.check(party, held.activity, held.capacity.unit, largest=largest)
        seats = party.seats(held.capacity.unit, is_companion_seated=held.activity.is_companion_seated)
        more = seats - registration.seats
        if registration.is_placed:
            if more > 0 and not held.has_room(more, now):
                raise rules.no_room(held, party, seats, now, already=registration.seats)
            held.capacity.taken += more
        registration.adults, registration.children = party.adults, party.children
        registration.children_along, registration.seats = party.children_along, seats
        registration.revision += 1
        for name, count in party.age_bands().items():
            setattr(registration, name, count)
        registration.save()
        registration.participants.all().delete()
        people.write_people(registration, party)
        gate.promote(held, now)
        registration.refresh_from_db()
        return registration


def cancel(registration_id: int, *, by: User | None = None, now: datetime) -> Registration:
    """Give the places back; they go at once to the first waiting party that fits. Cancelled twice is cancelled once.

    `by` is the person of the staff who cancels for the centre; without it the family does.
    """
    occurrence_id = Registration.objects.values_list("occurrence_id", flat=True).get(pk=registration_id)
    with gate.locked(occurrence_id, now=now) as held:
        registration = Registration.objects.get(pk=registration_id)
        if registration.is_cancelled:
            return registration
        if by is None:
            rules.check_not_begun(held, now)
        else:
            gate.record(by, registration, "status")
        leave(held, registration, CancelledBy.CENTRE if by else CancelledBy.FAMILY, now)
        return registration


def leave(held: Locked, registration: Registration, by: str, now: datetime) -> None:
    """Cancel behind the lock; what was held goes to the queue."""
    gate.leave(held, registration)
    registration.status = Registration.Status.CANCELLED
    registration.cancelled_at, registration.cancelled_by = now, by
    registration.revision += 1
    registration.save(update_fields=["status", "cancelled_at", "cancelled_by", "revision"])
    gate.promote(held, now)
