"""Two registrations of one family for one date become one; what is left over goes to the queue."""

from datetime import datetime

from django.utils.translation import gettext as _

from activities.models import Activity
from families import gate, notices
from families.gate import Locked
from families.models import Registration
from families.refusals import NoRoom, Refused
from families.registering import rules
from families.registering.changing import CancelledBy, CancelledFor, leave
from kopiena.floor.models import User

COUNTS = ("adults", "children", "children_along")
BANDS = ("children_under_7", "children_7_to_12", "children_over_12")


def merge(kept_id: int, other_id: int, *, together: bool, by: User, now: datetime) -> Registration:
    """Keep the first registration, cancel the other; `together`: both parties come, else it was the same one twice.

    The kept one has the better of both: a place if either had one, the lower number in the queue. Its contact, code
    and link stay; the other's open nothing of the kept one, since knowing a contact must open nothing.
    """
    with gate.locked_with(kept_id, now=now) as (held, kept):
        other = Registration.objects.of(held.occurrence.pk).exclude(pk=kept_id).filter(pk=other_id).first()
        if other is None:
            raise Refused(_("Only two registrations for the same date can be joined."))
        _check_both(held, kept, other)
        was_placed, is_placed = kept.is_placed, kept.is_placed or other.is_placed
        had = sum(each.seats for each in (kept, other) if each.is_placed)
        seats = seats_together(held.capacity.unit, kept, other) if together else kept.seats
        if is_placed and seats > had and not held.has_room(seats - had, besides=(kept_id, other_id)):
            raise NoRoom(
                _(
                    "There are not enough places for all of them. Free: %(free)s. "
                    "Keep the other registration, or raise the number of places first."
                )
                % {"free": held.free_for_web or 0}
            )
        first_number = min(kept.queue_number, other.queue_number)
        leave(held, other, CancelledBy.CENTRE, CancelledFor.MERGED)
        gate.leave(held, kept)
        if together:
            _add(kept, other)
        _swap_numbers(kept, other, first_number)
        kept.seats = seats
        _stand(held, kept, is_placed=is_placed)
        kept.revision += 1
        kept.save()
        _tell(held, kept, other, was_placed=was_placed)
        gate.record(by, kept, "joined with another registration")
        gate.record(by, other, "status")
        gate.promote(held)
        kept.refresh_from_db()
        return kept


def _check_both(held: Locked, kept: Registration, other: Registration) -> None:
    for each in (kept, other):
        rules.check_still_theirs(held, each)
    if kept.is_group or other.is_group:
        raise Refused(_("A group of an institution cannot be joined with another registration."))


def _stand(held: Locked, kept: Registration, *, is_placed: bool) -> None:
    if not is_placed:
        gate.queue(held, kept)
        return
    placed_at = kept.placed_at
    gate.place(held, kept)
    kept.placed_at = placed_at or kept.placed_at


def _tell(held: Locked, kept: Registration, other: Registration, *, was_placed: bool) -> None:
    """Each owner of an address hears of it once: of the other's end only who does not read the kept one's letter."""
    gate.tell(held, notices.CHANGED if was_placed == kept.is_placed else notices.PROMOTED, kept)
    if other.sign_up.email and other.sign_up.email != kept.sign_up.email:
        notices.owe(notices.CANCELLED, [other], starts_at=None, now=held.now, is_called=False)


def seats_together(unit: str, kept: Registration, other: Registration) -> int:
    """One place for a family however large; otherwise the places of both."""
    return 1 if unit == Activity.Unit.FAMILIES else kept.seats + other.seats


def _add(kept: Registration, other: Registration) -> None:
    """The other party's people come with the kept one's."""
    are_known = [bool(each.participants.all()) or not each.children + each.children_along for each in (kept, other)]
    for name in COUNTS:
        setattr(kept, name, getattr(kept, name) + getattr(other, name))
    for name in BANDS:
        mine, theirs = getattr(kept, name), getattr(other, name)
        setattr(kept, name, None if mine is None and theirs is None else (mine or 0) + (theirs or 0))
    kept.needs_answer = "\n".join(text for text in (kept.needs_answer, other.needs_answer) if text)[:500]
    if all(are_known):
        other.participants.update(registration=kept)
    else:  # half a list of children is worse than their number
        kept.participants.all().delete()


def _swap_numbers(kept: Registration, other: Registration, first: int) -> None:
    """The kept one stands where the earlier of both stood; the database lets no number be held twice meanwhile."""
    if kept.queue_number == first:
        return
    number = kept.queue_number
    other.queue_number = 0  # nobody's: numbers begin with 1
    other.save(update_fields=["queue_number"])
    kept.queue_number = first
    kept.save(update_fields=["queue_number"])
    other.queue_number = number
    other.save(update_fields=["queue_number"])
