"""The coordinator gives places by hand: to a party that waits, or at another date."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from activities.standing import Standing
from families import gate, meeting_times, news, notices, parties
from families.gate import Locked
from families.models import Registration
from families.parties import Child, Party
from families.refusals import Busy, NoRoom, Refused
from families.registering import room, rules
from families.registering.staff import Override, Staff


@dataclass(frozen=True)
class Foreseen:
    """What a deed by hand would break (override -> sentence), and the waiting parties it would pass over."""

    broken: dict[str, str]
    passed_over: list[Registration]


def place_by_hand(registration_id: int, *, staff: Staff, now: datetime) -> Registration:
    """Give a waiting party its places, past others only with a reason. Never more than there are: raise them first."""
    with gate.locked_with(registration_id, now=now) as (held, registration):
        rules.check_not_over(held, registration)
        if registration.is_placed:
            return registration
        found = _room_by_hand(held, registration)
        staff.answer_for(registration, found.broken)
        gate.use_held(held, found.from_held)
        gate.leave(held, registration)
        gate.place(held, registration)
        registration.revision += 1
        registration.save()
        gate.tell(held, notices.PROMOTED, registration)
        gate.record(staff.by, registration, "status")
        return registration


def foresee(registration: Registration, standing: Standing) -> Foreseen:
    """What placing it by hand would break, and whom it would pass over; looked at without the lock, so it may change.

    Raises Refused where it could not be done at all.
    """
    unlocked = Locked(
        standing.occurrence, standing.capacity, standing.starts_at, standing.has_no_meeting_left, standing.now
    )
    rules.check_not_over(unlocked, registration)
    found = _room_by_hand(unlocked, registration)
    return Foreseen(found.broken, list(found.passed_over.select_related("sign_up")))


def _room_by_hand(held: Locked, registration: Registration) -> room.Room:
    """The places for a waiting party, and all that giving them would break; refuses what is not there."""
    before = registration.queue_number
    found = room.by_hand(held, registration.seats, is_group=registration.is_group, before=before)
    if not found.is_there:
        raise _not_there(held, registration)
    begun = {Override.WINDOW.value: _("The activity has begun.")} if held.has_begun else {}
    return replace(found, broken=found.broken | begun)


def _not_there(held: Locked, registration: Registration) -> NoRoom:
    if not held.is_within_groups(registration.seats, is_group=registration.is_group):
        return NoRoom(
            _("Places free for groups: %(number)s. Raise the limit for groups first.")
            % {"number": held.capacity.free_for_groups()}
        )
    return NoRoom(
        _("Free places: %(free)s, needed: %(needed)s. Raise the number of places first, or cancel a registration.")
        % {"free": held.free_for_coordinator, "needed": registration.seats}
    )


def move(
    registration_id: int, occurrence_id: int, *, staff: Staff, may_wait: bool = False, now: datetime
) -> Registration:
    """Move a party to another date: placed there whole or, where `may_wait`, at the end of the queue.

    What it held goes to the queue of the old date. Ages and time are asked anew; kept places and order too.
    """
    from_id = Registration.objects.values_list("occurrence_id", flat=True).get(pk=registration_id)
    if from_id == occurrence_id:
        raise Refused(_("The registration already is for this date."), field="occurrence")
    with gate.locked_all([from_id, occurrence_id], now=now) as dates:
        old, new = dates[from_id], dates[occurrence_id]
        registration = Registration.objects.of(from_id).select_related("sign_up").filter(pk=registration_id).first()
        if registration is None:  # moved by somebody else at this very moment
            raise Busy
        if registration.is_cancelled:
            raise Refused(_("This registration is cancelled. To come after all, please sign up again."))
        if old.has_begun and not old.is_called_off:
            raise Refused(_("The activity has begun, so the registration can no longer be changed."))
        if registration.sign_up.registrations.filter(occurrence_id=occurrence_id).exists():
            raise Refused(_("This form already holds a registration for this date."), field="occurrence")
        party = party_of(registration)
        is_group = registration.is_group
        parties.check(party, new.activity, new.capacity.unit, largest=rules.LARGEST_PARTY, is_group=is_group)
        broken = rules.broken_by_staff(new, party)
        seats = party.seats(new.capacity.unit, is_companion_seated=new.activity.is_companion_seated)
        gate.leave(old, registration)
        registration.occurrence, registration.seats, registration.placed_at = new.occurrence, seats, None
        registration.queue_number = gate.next_number(new)
        _arrive(new, registration, party, broken, staff, may_wait=may_wait)
        registration.revision += 1
        registration.save()
        was = meeting_times.told(old.occurrence)
        news.owe_moved([registration], was, from_date=from_id, starts_at=new.starts_at, now=now)
        gate.record(staff.by, registration, "date")
        gate.promote(old)
        return registration


def _arrive(
    held: Locked, registration: Registration, party: Party, broken: dict[str, str], staff: Staff, *, may_wait: bool
) -> None:
    found = room.by_hand(held, registration.seats, is_group=registration.is_group)
    may_be_placed = found.is_there and staff.allows(broken | found.broken)
    if not may_be_placed and may_wait and held.capacity.places is not None:
        staff.answer_for(registration, broken)
        gate.queue(held, registration)
        return
    if not found.is_there:
        raise rules.no_room(held, party, registration.seats, is_group=registration.is_group, by_staff=True)
    staff.answer_for(registration, broken | found.broken)
    gate.use_held(held, found.from_held)
    gate.place(held, registration)


def party_of(registration: Registration) -> Party:
    """Who comes, as it was written down."""
    people = tuple(
        Child(age=person.age, first_name=person.first_name, is_along=person.kind == person.Kind.CHILD_ALONG)
        for person in registration.participants.all()
        if person.age is not None
    )
    return Party(
        adults=registration.adults,
        children=registration.children,
        children_along=registration.children_along,
        people=people,
    )
