"""The inside of the gate: lock the places, settle what is owed, count what is taken.

Only the deeds of `registering` use this. The order never changes: one durable transaction, the Capacity row locked
first (several in the order of their ids), everything else read after the lock, what time has made due settled, then
the deed.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import Model, Q

from activities.models import Occurrence
from activities.standing import Standing
from families import locking, notices, turns
from families.models import Registration
from families.models.registration import RegistrationQuerySet
from families.refusals import Busy
from kopiena.floor.models import User

MOVES_BORNE = 3
# What deeds over a whole date record.
OVER_A_DATE = ("places", "kept for callers", "state", "sign-up closes", "time or place", "reason")


@dataclass
class Locked(Standing):
    """One date as it stands behind the lock; what is changed of its places is saved at the end."""

    def look_again(self) -> None:
        """Its bounds once more, after meetings of it were changed behind the lock."""
        found = Occurrence.objects.timed().with_meetings_held().get(pk=self.occurrence.pk)
        self.starts_at = found.starts_at
        self.has_no_meeting_left = found.starts_at is not None and not found.meetings_held

    def waiting_parties(self) -> RegistrationQuerySet:
        """Who waits, the first in line first."""
        return Registration.objects.of(self.occurrence.pk).in_queue()

    def fitting(self, free: int | None) -> RegistrationQuerySet:
        """Waiting parties for which so many places are enough (None: any), a group within the limit for groups."""
        parties = self.waiting_parties() if free is None else self.waiting_parties().filter(seats__lte=free)
        for_groups = self.capacity.free_for_groups()
        return parties if for_groups is None else parties.filter(Q(is_group=False) | Q(seats__lte=for_groups))

    def is_within_groups(self, seats: int, *, is_group: bool) -> bool:
        """Whether groups may have so many places more; always so for a family."""
        for_groups = self.capacity.free_for_groups()
        return not is_group or for_groups is None or seats <= for_groups

    def has_room(self, seats: int, *, is_group: bool = False, besides: Collection[int] = ()) -> bool:
        """Whether a newcomer may have so many places: free for the web, and no waiting party (`besides` those) fits.

        Such parties are only there once freed places no longer go to the queue by themselves; then they are the
        coordinator's to give, and nobody may jump the queue.
        """
        if not self.is_within_groups(seats, is_group=is_group):
            return False
        free = self.free_for_web
        if free is None:
            return True
        return seats <= free and not (self.capacity.waiting and self.fitting(free).exclude(pk__in=besides).exists())


@contextmanager
def locked(occurrence_id: int, *, now: datetime) -> Iterator[Locked]:
    """The date, locked and settled for `now`.

    Raises Busy when the row cannot be had in time, Refused when there is no such date.
    """
    with locked_all([occurrence_id], now=now) as all_held:
        yield all_held[occurrence_id]


@contextmanager
def locked_with(registration_id: int, *, now: datetime) -> Iterator[tuple[Locked, Registration]]:
    """The registration behind the lock of its date, even where it is moved to another date at this very moment."""
    for _ in range(MOVES_BORNE):
        occurrence_id = Registration.objects.values_list("occurrence_id", flat=True).get(pk=registration_id)
        with locked(occurrence_id, now=now) as held:
            if found := Registration.objects.of(occurrence_id).filter(pk=registration_id).first():
                yield held, found
                return
    raise Busy


@contextmanager
def locked_all(occurrence_ids: Iterable[int], *, now: datetime) -> Iterator[dict[int, Locked]]:
    """Several dates at once, locked in the order of their ids so that no two deeds wait for each other."""
    with ExitStack() as deed:
        # The turns are waited for outside the transaction and kept until it has ended.
        lines = {pk: deed.enter_context(turns.turn(pk)) for pk in sorted(set(occurrence_ids))}
        deed.enter_context(transaction.atomic(durable=True))
        all_held = {}
        for occurrence_id, line in lines.items():
            all_held[occurrence_id] = Locked.of(*locking.lock(occurrence_id, line), now)
        for held in all_held.values():
            _settle(held)
        yield all_held
        for held in all_held.values():
            held.capacity.save(force_update=True)


def place(held: Locked, registration: Registration) -> None:
    """Give the party its places."""
    registration.status = Registration.Status.PLACED
    registration.placed_at = held.now
    resize(held, registration, registration.seats)


def queue(held: Locked, registration: Registration) -> None:
    """Let the party wait whole."""
    registration.status, registration.placed_at = Registration.Status.WAITING, None
    held.capacity.waiting += 1


def leave(held: Locked, registration: Registration) -> None:
    """Give back what the party holds: its places, or its place in the queue."""
    if registration.is_placed:
        resize(held, registration, -registration.seats)
    elif registration.is_waiting:
        held.capacity.waiting -= 1
        # Written, too, when the date was put off after it had stopped.
        notices.take_back(registration.pk, notices.NO_PLACE)


def resize(held: Locked, registration: Registration, more: int) -> None:
    """Count so many places more, or fewer, for a party that has its places."""
    held.capacity.taken += more
    if registration.is_group:
        held.capacity.taken_by_groups += more


def next_number(held: Locked) -> int:
    """The number of whoever comes now: each is given once, in the order of coming."""
    held.capacity.last_queue_number += 1
    return held.capacity.last_queue_number


def use_held(held: Locked, seats: int) -> None:
    """So many of the places kept for callers have found their caller."""
    held.capacity.held = max(0, held.capacity.held - seats)
    if not held.capacity.held:
        held.capacity.held_until = None


def promote(held: Locked) -> list[Registration]:
    """Place waiting parties, the first that fits whole first, until no more fit; returns those placed."""
    promoted: list[Registration] = []
    if not held.promotes:
        return promoted
    while held.capacity.waiting and held.free_for_web != 0:
        party = held.fitting(held.free_for_web).select_related("sign_up").first()
        if party is None:
            break
        leave(held, party)
        place(held, party)
        party.revision += 1
        party.save(update_fields=["status", "placed_at", "revision"])
        tell(held, notices.PROMOTED, party)
        promoted.append(party)
    return promoted


def tell(held: Locked, kind: str, *registrations: Registration, **details: Any) -> None:
    """Owe them this word, in the deed's own transaction."""
    notices.owe(kind, registrations, starts_at=held.starts_at, now=held.now, details=details)


def record(by: User, row: Model, what: str) -> None:
    """Write down, in the deed's own transaction, who of the staff changed what; never whose it was."""
    LogEntry.objects.log_actions(by.pk, [row], CHANGE, log_message(what), single_object=True)


def log_message(what: str) -> str:
    """The line of the log by which a deed of the gate is known from a form saved in the admin."""
    return json.dumps([{"changed": {"fields": [what]}}])


def _settle(held: Locked) -> None:
    """Do what the passing of time has made due: kept places lapse, the queue moves up, who waits in vain is told."""
    if held.capacity.held and not held.held_left:
        use_held(held, held.capacity.held)
    promote(held)
    if held.capacity.waiting and held.has_stopped_promoting and held.promotes_until:
        until, starts_at = held.promotes_until, held.starts_at
        notices.owe_no_place(held.occurrence.pk, until, starts_at=starts_at, now=held.now)
