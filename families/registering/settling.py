"""What the passing of time has made due at a date, done where no deed has come by to do it."""

from datetime import datetime

from django.db.models import Q

from activities.models import Occurrence
from families import gate
from families.refusals import Busy, Refused
from kopiena.floor import night


def settle(occurrence_id: int, *, now: datetime) -> None:
    """Let lapsed places go and the queue move up; every deed does this too, before its own work."""
    with gate.locked(occurrence_id, now=now):
        pass


def settle_all(now: datetime) -> int:
    """Settle every date to come where somebody waits or places are kept too long; returns how many.

    One that is busy, or fails, is left for the next time and keeps no other from its due.
    """
    count = 0
    due = Q(capacity__waiting__gt=0) | Q(capacity__held_until__lte=now)
    coming = Occurrence.objects.coming(now).filter(due, state=Occurrence.State.PLANNED)
    for occurrence_id in coming.values_list("pk", flat=True):
        try:
            settle(occurrence_id, now=now)
        except (Busy, Refused):
            continue
        except Exception as reason:
            if night.is_away():
                raise
            night.say(f"settling date {occurrence_id}", reason)
            continue
        count += 1
    return count
