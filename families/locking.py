"""Locking the places of a date: only that row, not for long, and never in a way that starves others."""

import time

from django.conf import settings
from django.db import OperationalError, connection
from django.utils.translation import gettext as _
from psycopg2 import errors

from activities.models import Capacity, Occurrence
from families.refusals import Busy, Refused
from families.turns import Line
from kopiena.floor.composed import Composed

# Only this row is locked: a title or picture of the occurrence can be saved meanwhile.
_LOCKED = Composed(lambda pk: Capacity.objects.select_for_update(no_key=True).filter(pk=pk))
_DATED = Composed(lambda pk: Occurrence.objects.timed().with_meetings_held().select_related("activity").filter(pk=pk))


def lock(occurrence_id: int, line: Line) -> tuple[Occurrence, Capacity]:
    """The date with its bounds, and its places locked; all read after the lock.

    `line` is this thread's turn at it (`families.turns`). Raises Busy when the row cannot be had in time, Refused
    when there is no such date.
    """
    capacity = _locked_row(occurrence_id, line)
    occurrence = _DATED.one(occurrence_id)
    if capacity is None or occurrence is None:
        raise Refused(_("This date is no longer here. Please choose another in the calendar."))
    return occurrence, capacity


def _locked_row(occurrence_id: int, line: Line) -> Capacity | None:
    patience = settings.LOCK_RETRY_MS if line.is_stuck else settings.LOCK_TIMEOUT_MS
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{patience}ms"])
        row = _LOCKED.one(occurrence_id)
    except OperationalError as reason:
        if not isinstance(reason.__cause__, errors.LockNotAvailable):
            raise
        line.is_stuck = True
        raise Busy from reason
    line.is_stuck, line.moved_at = False, time.monotonic()
    return row
