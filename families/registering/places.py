"""How many places there are, what a place is for, and how many are kept for callers."""

from datetime import datetime

from django.utils.translation import gettext as _

from activities.models import Activity
from families import gate
from families.gate import Locked
from families.models import Registration
from families.refusals import Refused
from kopiena.floor.models import User


def set_places(
    occurrence_id: int, *, unit: str, places: int | None, for_groups: int | None = None, by: User, now: datetime
) -> None:
    """Set what a place is for, how many there are and how many groups may have (None: no limit).

    The queue moves up where there is room now; fewer than are taken is refused.
    """
    with gate.locked(occurrence_id, now=now) as held:
        capacity = held.capacity
        if unit != capacity.unit:
            if Registration.objects.of(occurrence_id).exclude(status=Registration.Status.CANCELLED).exists():
                raise Refused(_("What a place is for can be changed only while nobody has signed up."), field="unit")
            if unit not in Activity.Unit.values:
                raise Refused(_("A place is for people, children or families."), field="unit")
            capacity.unit = unit
        if places is not None and places < capacity.taken:
            raise Refused(
                _("%(taken)s places are taken already. Cancel some registrations first, or keep at least as many.")
                % {"taken": capacity.taken},
                field="places",
            )
        if for_groups is not None and for_groups < capacity.taken_by_groups:
            raise Refused(
                _("Groups already have: %(taken)s. Make a group smaller first, or keep at least as many for groups.")
                % {"taken": capacity.taken_by_groups},
                field="for_groups",
            )
        capacity.places, capacity.for_groups = places, for_groups
        gate.record(by, held.occurrence, "places")
        gate.promote(held)
        if places is None and capacity.waiting:
            # Too late to move up by itself: an unlimited date has no queue, so these would wait for nothing.
            raise Refused(
                _("Parties are still waiting, so the limit cannot be lifted. Give a number of places instead."),
                field="places",
            )


def hold_places(occurrence_id: int, *, held: int, until: datetime | None, by: User, now: datetime) -> None:
    """Keep so many free places for people who sign up by phone, until then; 0 gives them back to all at once."""
    with gate.locked(occurrence_id, now=now) as date:
        if held:
            _check_can_be_held(date, held, until)
        date.capacity.held, date.capacity.held_until = held, until if held else None
        gate.record(by, date.occurrence, "kept for callers")
        gate.promote(date)


def _check_can_be_held(date: Locked, held: int, until: datetime | None) -> None:
    free = date.free_for_coordinator
    if free is None:
        raise Refused(_("Here the number of places has no limit, so none need be kept."), field="held")
    if held > free:
        raise Refused(_("Free places: %(free)s. No more than that can be kept.") % {"free": free}, field="held")
    if until is None or until <= date.now:
        raise Refused(_("Say until when the places are kept: a moment still to come."), field="until")
    if date.starts_at is not None and until > date.starts_at:
        raise Refused(_("The places can be kept at most until it begins."), field="until")
