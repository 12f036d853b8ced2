"""Which places a person of the staff may give, and whose they pass over by it; never more than there are."""

from dataclasses import dataclass

from families.gate import Locked
from families.models import Registration
from families.models.registration import RegistrationQuerySet
from families.registering.staff import Override, held_is_used, order_is_broken


@dataclass(frozen=True)
class Room:
    """Whether so many places are there, how many of them come from those kept for callers, and what that breaks.

    `passed_over`: the waiting parties that would come first.
    """

    is_there: bool
    from_held: int
    broken: dict[str, str]
    passed_over: RegistrationQuerySet


def for_caller(held: Locked, seats: int, *, is_group: bool = False) -> Room:
    """For somebody who signs up by phone: the places kept for callers are theirs, the others in the queue's order."""
    from_held = min(held.held_left, seats)
    passed_over = held.fitting(held.free_for_web) if seats > from_held else Registration.objects.none()
    broken = {}
    if held.capacity.waiting and passed_over.exists():
        broken[Override.ORDER.value] = order_is_broken()
    return Room(_is_there(held, seats, is_group=is_group), from_held, broken, passed_over)


def by_hand(held: Locked, seats: int, *, is_group: bool, before: int | None = None) -> Room:
    """For a party already known: kept places are somebody else's, and the queue comes first.

    `before` is the number of a party that waits itself: only those before it are passed over.
    """
    if seats <= 0:
        return Room(is_there=True, from_held=0, broken={}, passed_over=Registration.objects.none())
    free = held.free_for_web
    from_held = 0 if free is None else max(0, seats - free)
    broken = {}
    if from_held:
        broken[Override.HELD.value] = held_is_used()
    passed_over = held.fitting(held.free_for_coordinator if from_held else free)
    if before is not None:
        passed_over = passed_over.filter(queue_number__lt=before)
    if held.capacity.waiting and passed_over.exists():
        broken[Override.ORDER.value] = order_is_broken()
    return Room(_is_there(held, seats, is_group=is_group), from_held, broken, passed_over)


def _is_there(held: Locked, seats: int, *, is_group: bool) -> bool:
    free = held.free_for_coordinator
    return (free is None or seats <= free) and held.is_within_groups(seats, is_group=is_group)
