"""The queue: who should have moved up, who will at the next settling, and who is owed a word."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Q

from activities.models import Occurrence
from activities.standing import Standing
from families import gate
from families.models import Registration
from families.moving_up import would_move_up


@dataclass(frozen=True)
class Edits:
    """When a date was last changed in the admin, and when the gate last left a line about it in the same log."""

    changed_at: datetime | None
    deed_at: datetime | None

    def are_later_than_deeds(self, registrations: Iterable[Registration]) -> bool:
        """Whether the last change came after everything the gate is known to have done there."""
        moments = [self.deed_at]
        for each in registrations:
            moments += [each.created_at, each.placed_at, each.cancelled_at]
        return self.changed_at is not None and all(moment is None or moment < self.changed_at for moment in moments)


def edits() -> dict[int, Edits]:
    """What the admin's log knows of each date."""
    by_gate = Q(change_message__in=[gate.log_message(what) for what in gate.OVER_A_DATE])
    logged = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Occurrence)).order_by()
    rows = logged.values("object_id").annotate(
        changed_at=Max("action_time", filter=~by_gate), deed_at=Max("action_time", filter=by_gate)
    )
    return {int(row["object_id"]): Edits(row["changed_at"], row["deed_at"]) for row in rows if row["object_id"]}


def moves_due(
    standing: Standing, registrations: list[Registration], edits: Edits | None
) -> tuple[list[str], list[str]]:
    """Who waits though their places are free and still go to the queue: what of it is wrong, and what is owed."""
    wrong: list[str] = []
    owed: list[str] = []
    waiting = [each for each in registrations if each.is_waiting]
    if standing.promotes and waiting:
        capacity, for_groups = standing.capacity, standing.capacity.free_for_groups()
        while_kept = would_move_up(waiting, capacity.free_beside(capacity.held), for_groups)
        if edits and edits.are_later_than_deeds(registrations):
            owed += [f"{_waits(each)} since the date was changed" for each in while_kept]
        else:
            wrong += [_waits(each) for each in while_kept]
        # Only what comes on top of that is due to kept places that lapsed.
        after_lapse = would_move_up(waiting, standing.free_for_web, for_groups)
        owed += [f"{_waits(each)} since kept places lapsed" for each in after_lapse if each not in while_kept]
    return wrong, owed


def _waits(registration: Registration) -> str:
    return f"registration {registration.pk}: waits for {registration.seats} places, which are free and go to the queue"


def owed(standing: Standing, untold: list[Registration]) -> Iterator[str]:
    """What the next settling will do; of what is over or will not take place nothing is owed any more."""
    capacity, now = standing.capacity, standing.now
    ends_at = standing.occurrence.ends_at
    if ends_at is None or ends_at <= now or standing.occurrence.is_cancelled:
        return
    if capacity.held and capacity.held_until is not None and not standing.held_left:
        yield f"date {standing.occurrence.pk}: {capacity.held} places kept for callers have lapsed"
    until = standing.promotes_until
    if until is not None and standing.has_stopped_promoting:
        for each in untold:
            if each.created_at < until:
                yield f"registration {each.pk}: is not told yet that no place came free"
