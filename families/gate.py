"""The inside of the gate: lock the places, settle what is owed, count what is taken.

Only the deeds of `registering` use this. The order never changes: one durable transaction, the Capacity row locked
first, everything else read after the lock, what time has made due settled, then the deed.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import OperationalError, connection, transaction
from django.db.models import Count, Min, Model, Q
from django.utils.translation import gettext as _
from psycopg2 import errors

from activities.models import Activity, Capacity, Meeting, Occurrence
from families.models import Registration
from families.models.registration import RegistrationQuerySet
from families.refusals import Busy, Refused
from kopiena.floor.models import User

# Occurrence id -> until when (monotonic seconds) its row is asked for without waiting, in this process.
# Without it every thread would stand two seconds at one locked row and starve the other pages.
_crowded: dict[int, float] = {}


@dataclass
class Locked:
    """One occurrence as it stands behind the lock."""

    occurrence: Occurrence
    capacity: Capacity
    starts_at: datetime | None
    is_called_off: bool  # as a whole, or meeting by meeting

    @property
    def activity(self) -> Activity:
        return self.occurrence.activity

    def has_begun(self, now: datetime) -> bool:
        return self.starts_at is not None and self.starts_at <= now

    def has_room(self, seats: int, now: datetime) -> bool:
        """Whether a newcomer may have so many places: free for the web, and no waiting party fits into them.

        Such parties are only there once freed places no longer go to the queue by themselves; then they are the
        coordinator's to give, and nobody may jump the queue.
        """
        free = self.capacity.free_for_web(now)
        if free is None:
            return True
        return seats <= free and not (self.capacity.waiting and self.fitting(free).exists())

    def fitting(self, free: int) -> RegistrationQuerySet:
        """Waiting parties for which so many places are enough, the first in line first."""
        return Registration.objects.of(self.occurrence.pk).in_queue().filter(seats__lte=free)

    def promotes(self, now: datetime) -> bool:
        """Whether freed places still go to the queue by themselves."""
        if self.starts_at is None or self.is_called_off:
            return False
        return now < min(self.occurrence.promotes_until(self.starts_at), self.starts_at)


@contextmanager
def locked(occurrence_id: int, *, now: datetime) -> Iterator[Locked]:
    """The occurrence, locked and settled for `now`; what was changed of its places is saved at the end.

    Raises Busy when the row cannot be had in time, Refused when there is no such occurrence.
    """
    with transaction.atomic(durable=True):
        held = _lock(occurrence_id)
        _settle(held, now)
        yield held
        held.capacity.save(force_update=True)


def place(held: Locked, registration: Registration, now: datetime) -> None:
    """Give the party its places."""
    registration.status = Registration.Status.PLACED
    registration.placed_at = now
    held.capacity.taken += registration.seats


def queue(held: Locked, registration: Registration) -> None:
    """Let the party wait whole."""
    registration.status = Registration.Status.WAITING
    held.capacity.waiting += 1


def leave(held: Locked, registration: Registration) -> None:
    """Give back what the party holds: its places, or its place in the queue."""
    if registration.is_placed:
        held.capacity.taken -= registration.seats
    elif registration.is_waiting:
        held.capacity.waiting -= 1


def record(by: User, row: Model, what: str) -> None:
    """Write down, in the deed's own transaction, who of the staff changed what; never whose it was."""
    LogEntry.objects.log_actions(by.pk, [row], CHANGE, [{"changed": {"fields": [what]}}], single_object=True)


def promote(held: Locked, now: datetime) -> list[Registration]:
    """Place waiting parties, the first that fits whole first, until no more fit; returns those placed."""
    promoted: list[Registration] = []
    if not held.promotes(now):
        return promoted
    while held.capacity.waiting:
        free = held.capacity.free_for_web(now)
        queue = Registration.objects.of(held.occurrence.pk).in_queue()
        party = queue.first() if free is None else held.fitting(free).first()
        if party is None:
            break
        leave(held, party)
        place(held, party, now)
        party.revision += 1
        party.save(update_fields=["status", "placed_at", "revision"])
        promoted.append(party)
    return promoted


def _settle(held: Locked, now: datetime) -> None:
    """Do what the passing of time has made due: places kept for callers lapse, and the queue moves up."""
    capacity = held.capacity
    if capacity.held and not capacity.held_left(now):
        capacity.held, capacity.held_until = 0, None
    promote(held, now)


def _lock(occurrence_id: int) -> Locked:
    at_once = _crowded.get(occurrence_id, 0) > time.monotonic()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{settings.LOCK_TIMEOUT_MS}ms"])
        # Only this row is locked: a title or picture of the occurrence can be saved meanwhile.
        capacity = Capacity.objects.select_for_update(no_key=True, nowait=at_once).filter(pk=occurrence_id).first()
    except OperationalError as reason:
        if not isinstance(reason.__cause__, errors.LockNotAvailable):
            raise
        _remember_crowd(occurrence_id)
        raise Busy from reason
    occurrence = Occurrence.objects.select_related("activity").filter(pk=occurrence_id).first()
    if capacity is None or occurrence is None:
        raise Refused(_("This date is no longer here. Please choose another in the calendar."))
    held_meetings = Count("pk", filter=Q(is_cancelled=False))
    known = Meeting.objects.filter(occurrence_id=occurrence_id).aggregate(start=Min("starts_at"), held=held_meetings)
    is_called_off = occurrence.is_cancelled or (known["start"] is not None and not known["held"])
    return Locked(occurrence, capacity, known["start"], is_called_off)


def _remember_crowd(occurrence_id: int) -> None:
    moment = time.monotonic()
    for known in [key for key, until in list(_crowded.items()) if until < moment]:
        _crowded.pop(known, None)
    _crowded[occurrence_id] = moment + settings.LOCK_RETRY_MS / 1000
