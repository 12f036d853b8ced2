"""Come in another number, or not at all."""

from datetime import datetime

from django.conf import settings

from families import gate, notices, parties
from families.gate import Locked
from families.models import Registration
from families.parties import Party
from families.photos import Photo
from families.registering import people, room, rules
from families.registering.staff import Override, Staff
from kopiena.floor.models import User

CancelledBy = Registration.CancelledBy
CancelledFor = Registration.CancelledFor


def change(
    registration_id: int, party: Party, *, photo: Photo | None = None, staff: Staff | None = None, now: datetime
) -> Registration:
    """Come in another number: fewer always, more if they fit; a waiting party keeps its number.

    `photo` is a group's new answer, `staff` the person who changes it for the family, and what they let pass.
    """
    with gate.locked_with(registration_id, now=now) as (held, registration):
        rules.check_still_theirs(held, registration)
        broken = _check_party(held, registration, party, staff)
        seats = party.seats(held.capacity.unit, is_companion_seated=held.activity.is_companion_seated)
        if _is_smaller(party, registration):  # always possible, also where a place has come to mean more since
            seats = min(seats, registration.seats)
        if registration.is_placed:
            _take_more(held, registration, seats, staff, broken)
        elif staff is not None:
            staff.answer_for(registration, broken)
        registration.adults, registration.children = party.adults, party.children
        registration.children_along, registration.seats = party.children_along, seats
        registration.revision += 1
        for name, count in party.age_bands().items():
            setattr(registration, name, count)
        registration.save()
        registration.participants.all().delete()
        people.write_people(registration, party)
        _answer_photo(registration, photo, party)
        if staff:
            gate.record(staff.by, registration, "places")
        gate.tell(held, notices.CHANGED, registration)
        gate.promote(held)
        registration.refresh_from_db()
        return registration


def _answer_photo(registration: Registration, photo: Photo | None, party: Party) -> None:
    """Write a group's new answer; where none is given, the old one for no more children than come now."""
    if not registration.is_group:
        return
    sign_up = registration.sign_up
    if photo is None:
        photo = Photo.of(sign_up).of_so_many(party.all_children)
    rules.check_photo(photo, party)
    sign_up.may_be_photographed, sign_up.not_photographed = photo.is_yes, photo.not_for
    sign_up.save(update_fields=["may_be_photographed", "not_photographed"])


def _is_smaller(party: Party, registration: Registration) -> bool:
    return all(getattr(party, name) <= getattr(registration, name) for name in ("adults", "children", "children_along"))


def _check_party(held: Locked, registration: Registration, party: Party, staff: Staff | None) -> dict[str, str]:
    """Refuse a party that does not suit; returns what of it the staff have to answer for."""
    is_group = registration.is_group
    largest = max(settings.LARGEST_PARTY_ON_THE_WEB, registration.people)  # staff may have let more in
    largest = rules.LARGEST_PARTY if staff or is_group else largest
    parties.check(party, held.activity, held.capacity.unit, largest=largest, is_group=is_group)
    refusal = parties.wrong_age(party, held.activity)
    if refusal is None:
        return {}
    if staff is None and Override.AGE.value not in registration.overrides:  # what was let pass stays so
        raise refusal
    return {Override.AGE.value: refusal.message}


def _take_more(
    held: Locked, registration: Registration, seats: int, staff: Staff | None, broken: dict[str, str]
) -> None:
    """Count the places of a party that has its own and comes in another number; refuse what does not fit.

    All that stands in the way is asked at once: a page that showed one rule at a time would never come to an end.
    """
    more, is_group = seats - registration.seats, registration.is_group
    if staff is not None:
        found = room.by_hand(held, more, is_group=is_group)
        if not found.is_there:
            raise rules.no_more_room(held, registration, more)
        staff.answer_for(registration, broken | found.broken)
        gate.use_held(held, found.from_held)
    elif more > 0 and not held.has_room(more, is_group=is_group):
        raise rules.no_more_room(held, registration, more)
    gate.resize(held, registration, more)


def cancel(registration_id: int, *, by: User | None = None, is_called: bool = True, now: datetime) -> Registration:
    """Give the places back; they go at once to the first waiting party that fits. Cancelled twice is cancelled once.

    `by` is the person of the staff who cancels for the centre; without it the family does. Whom the centre cancels is
    rung up where there is no e-mail, unless `is_called` says that they know.
    """
    with gate.locked_with(registration_id, now=now) as (held, registration):
        if registration.is_cancelled:
            return registration
        if by is None:
            rules.check_not_begun(held)
        else:
            gate.record(by, registration, "status")
        leave(held, registration, CancelledBy.CENTRE if by else CancelledBy.FAMILY)
        is_called = is_called and by is not None
        notices.owe(notices.CANCELLED, [registration], starts_at=held.starts_at, now=now, is_called=is_called)
        gate.promote(held)
        return registration


def leave(held: Locked, registration: Registration, by: str, cancelled_for: str = CancelledFor.NOTHING) -> None:
    """Cancel behind the lock; whoever calls this promotes afterwards, and tells the family where it is to be told."""
    gate.leave(held, registration)
    registration.status = Registration.Status.CANCELLED
    registration.cancelled_at, registration.cancelled_by = held.now, by
    registration.cancelled_for = cancelled_for
    registration.revision += 1
    registration.save(update_fields=["status", "cancelled_at", "cancelled_by", "cancelled_for", "revision"])
    notices.take_back(registration.pk)
