"""For tests of whole days: a date none of whose meetings has a clock time."""

from datetime import datetime, time, timedelta
from typing import Any

from kopiena.floor.dates import RIGA, local_day


def on_whole_days(occurrence: Any, days: int = 1) -> None:
    """Its meetings last from the morning of their day for so many days."""
    for meeting in occurrence.meetings.all():
        first = local_day(meeting.starts_at)
        begins, ends = (datetime.combine(day, time.min, RIGA) for day in (first, first + timedelta(days=days)))
        occurrence.meetings.filter(pk=meeting.pk).update(starts_at=begins, ends_at=ends, is_all_day=True)
