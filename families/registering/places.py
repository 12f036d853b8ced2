"""How many places there are, and what a place is for."""

from datetime import datetime

from django.utils.translation import gettext as _

from activities.models import Activity
from families import gate
from families.models import Registration
from families.refusals import Refused
from kopiena.floor.models import User


def set_places(occurrence_id: int, *, unit: str, places: int | None, by: User, now: datetime) -> None:
    """Set what a place is for and how many there are (None: no limit); the queue moves up where there is room now."""
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
        capacity.places = places
        gate.record(by, held.occurrence, "places")
        gate.promote(held, now)
        if places is None and capacity.waiting:
            # Too late to move up by itself: an unlimited date has no queue, so these would wait for nothing.
            raise Refused(
                _("Parties are still waiting, so the limit cannot be lifted. Give a number of places instead."),
                field="places",
            )
