"""A burst of junk is cancelled in one go, and comes back in one go where it was none."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from families import gate, notices
from families.gate import Locked
from families.models import Registration
from families.registering.changing import CancelledBy, CancelledFor, leave
from families.registering.placing import party_of
from kopiena.floor.models import User


@dataclass(frozen=True)
class Restored:
    """How many came back with their places, how many wait again, how many could not come back."""

    placed: int
    waiting: int
    left_out: int


def clear_junk(registration_ids: Collection[int], *, by: User, now: datetime) -> int:
    """Cancel all of them as junk, all or none; returns how many. All bear the same moment, by which they are found."""
    chosen = Registration.objects.filter(pk__in=registration_ids)
    with gate.locked_all(_dates(chosen), now=now) as dates:
        count = 0
        live = chosen.filter(occurrence__in=dates.keys()).exclude(status=Registration.Status.CANCELLED)
        for registration in live.order_by("pk"):
            leave(dates[registration.occurrence_id], registration, CancelledBy.CENTRE, CancelledFor.JUNK)
            gate.record(by, registration, "status")
            count += 1
        for held in dates.values():
            gate.promote(held)
        return count


def restore(cleared_at: datetime, *, by: User, now: datetime) -> Restored:
    """Bring back what was cleared at that moment: with places while they last, else to its old number in the queue.

    What has begun, will not take place or was erased meanwhile stays cancelled.
    """
    cleared = Registration.objects.filter(
        cancelled_for=CancelledFor.JUNK, cancelled_at=cleared_at, sign_up__erased_at__isnull=True
    )
    placed = waiting = left_out = 0
    with gate.locked_all(_dates(cleared), now=now) as dates:
        found = cleared.filter(occurrence__in=dates.keys()).select_related("sign_up")
        for registration in found.order_by("queue_number"):
            held = dates[registration.occurrence_id]
            registration.seats = _seats(held, registration)
            had_place = registration.placed_at is not None
            if held.has_begun or held.is_called_off or not registration.seats:
                left_out += 1
                continue
            if held.has_room(registration.seats, is_group=registration.is_group):
                gate.place(held, registration)
                placed += 1
            elif held.capacity.places is not None:
                gate.queue(held, registration)
                waiting += 1
            else:
                left_out += 1
                continue
            registration.cancelled_at, registration.cancelled_by = None, CancelledBy.NOBODY
            registration.cancelled_for = CancelledFor.NOTHING
            registration.revision += 1
            registration.save()
            if registration.is_waiting and had_place:  # it was told that it has its places
                gate.tell(held, notices.WAITING, registration)
            gate.record(by, registration, "status")
    return Restored(placed, waiting, left_out)


def _seats(held: Locked, registration: Registration) -> int:
    """The places it takes now, since what a place is for may have changed meanwhile; 0 where it suits no more."""
    unit = held.capacity.unit
    if registration.is_group and unit == held.activity.Unit.FAMILIES:
        return 0
    return party_of(registration).seats(unit, is_companion_seated=held.activity.is_companion_seated)


def _dates(registrations: Iterable[Registration]) -> set[int]:
    return {registration.occurrence_id for registration in registrations}
