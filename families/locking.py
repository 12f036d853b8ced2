"""Locking the places of a date: only that row, for two seconds at most, and never in a way that starves others."""

import time

from django.conf import settings
from django.db import OperationalError, connection
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from psycopg2 import errors

from activities.models import Capacity, Occurrence
from families.refusals import Busy, Refused

# Occurrence id -> until when (monotonic seconds) its row is asked for without waiting, in this process.
# Without it every thread would stand two seconds at one locked row and starve the other pages.
_crowded: dict[int, float] = {}


def lock(occurrence_id: int) -> tuple[Occurrence, Capacity, bool]:
    """The date (with `starts_at`), its places locked, and whether every meeting is called off; read after the lock.

    Raises Busy when the row cannot be had in time, Refused when there is no such date.
    """
    capacity = _locked_row(occurrence_id)
    held = Count("meetings", filter=Q(meetings__is_cancelled=False))
    dated = Occurrence.objects.timed().annotate(held_meetings=held).select_related("activity")
    occurrence = dated.filter(pk=occurrence_id).first()
    if capacity is None or occurrence is None:
        raise Refused(_("This date is no longer here. Please choose another in the calendar."))
    return occurrence, capacity, occurrence.starts_at is not None and not occurrence.held_meetings


def _locked_row(occurrence_id: int) -> Capacity | None:
    at_once = _crowded.get(occurrence_id, 0) > time.monotonic()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{settings.LOCK_TIMEOUT_MS}ms"])
        # Only this row is locked: a title or picture of the occurrence can be saved meanwhile.
        return Capacity.objects.select_for_update(no_key=True, nowait=at_once).filter(pk=occurrence_id).first()
    except OperationalError as reason:
        if not isinstance(reason.__cause__, errors.LockNotAvailable):
            raise
        _remember_crowd(occurrence_id)
        raise Busy from reason


def _remember_crowd(occurrence_id: int) -> None:
    moment = time.monotonic()
    for known in [key for key, until in list(_crowded.items()) if until < moment]:
        _crowded.pop(known, None)
    _crowded[occurrence_id] = moment + settings.LOCK_RETRY_MS / 1000
