"""The counts kept beside the registrations, and each registration in itself."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count

from activities.models import Activity, Capacity
from activities.standing import Standing
from families.models import Participant, Registration
from families.parties import Party

Kind = Participant.Kind


def of_date(capacity: Capacity, registrations: list[Registration]) -> Iterator[str]:
    """What is wrong between the counts kept and the registrations they count."""
    placed = [each for each in registrations if each.is_placed]
    counted = {
        "places taken": (capacity.taken, sum(each.seats for each in placed)),
        "places taken by groups": (capacity.taken_by_groups, sum(each.seats for each in placed if each.is_group)),
        "parties waiting": (capacity.waiting, sum(each.is_waiting for each in registrations)),
    }
    for what, (said, true) in counted.items():
        if said != true:
            yield f"{what}: {said} by the count kept, {true} by the registrations"
    taken, taken_by_groups, waiting = (true for _, true in counted.values())
    if capacity.places is not None and taken > capacity.places:
        yield f"{taken} places are taken, there are {capacity.places}"
    if capacity.for_groups is not None and taken_by_groups > capacity.for_groups:
        yield f"groups have {taken_by_groups} places, at most {capacity.for_groups} are for them"
    if capacity.places is None and waiting:
        yield f"{waiting} parties wait though the places have no limit"
    if capacity.held and capacity.held_until is None:
        yield f"{capacity.held} places are kept for callers without an end"
    numbers = Counter(each.queue_number for each in registrations)
    if numbers and max(numbers) > capacity.last_queue_number:
        yield f"number {max(numbers)} is given, the last one is said to be {capacity.last_queue_number}"
    for number in sorted(number for number, count in numbers.items() if count > 1):
        yield f"number {number} is given {numbers[number]} times"


Named = dict[tuple[int, str], int]  # how many people of a kind are written down in a registration


def named() -> Named:
    """Whoever is written down by age or name, only counted."""
    rows = Participant.objects.order_by().values_list("registration_id", "kind").annotate(Count("pk"))
    return {(pk, kind): number for pk, kind, number in rows}


def of_registration(registration: Registration, standing: Standing, named: Named) -> Iterator[str]:
    """What is wrong with the registration itself."""
    for kind, name in ((Kind.ADULT, "adults"), (Kind.CHILD, "children"), (Kind.CHILD_ALONG, "children_along")):
        counted, written = getattr(registration, name), named.get((registration.pk, kind), 0)
        if written > counted:
            yield f"{written} {name.replace('_', ' ')} are written down, {counted} come"
    if registration.status not in Registration.Status.values:
        yield f"its status is {registration.status!r}"
    if registration.is_placed and registration.placed_at is None:
        yield "has its places, but not since when"
    if registration.is_waiting and registration.placed_at is not None:
        yield "waits, but says since when it has its places"
    is_dated = registration.cancelled_at is not None and bool(registration.cancelled_by)
    if registration.is_cancelled and not is_dated:
        yield "is cancelled, but not when and by whom"
    if not registration.is_cancelled and (registration.cancelled_at or registration.cancelled_by):
        yield "is not cancelled, but says when or by whom"
    if not registration.is_cancelled and registration.cancelled_for:
        yield f"is not cancelled, but says it was for {registration.cancelled_for!r}"
    if registration.is_cancelled:
        return  # what a place is for may have changed since
    unit = standing.capacity.unit
    if registration.is_group and unit == Activity.Unit.FAMILIES:
        yield "is a group where each place is for a family"
    low, high = _seats(registration, unit)
    if not low <= registration.seats <= high:
        yield f"has {registration.seats} places, the party takes {low if low == high else f'{low} to {high}'}"


def _seats(registration: Registration, unit: str) -> tuple[int, int]:
    """The fewest and the most places the party can take.

    Whether children who come along use a place can be switched while parties are signed up; each keeps what it was
    given, and of two that were joined each may have been counted in another way.
    """
    party = Party(registration.adults, registration.children, registration.children_along)
    low, high = (party.seats(unit, is_companion_seated=is_seated) for is_seated in (False, True))
    return max(low, 1), high
