"""What of the catalogue stands on the home page: the next seven days, what is new, and what to know today."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from activities.models.meeting import RIGA
from kopiena.floor import dates

NEAR_DAYS, FEW = 7, 12
Row = Any  # a tuple with names: rows of models would take five times the memory


def is_held(meeting: Row) -> bool:
    """Whether it takes place."""
    return not meeting.is_cancelled and meeting.occurrence__state != "cancelled"


def week(meetings: Iterable[Row], places: dict[int, int], now: datetime) -> list[int]:
    """By the meeting a card speaks of: the next that takes place, else the next that is called off."""
    end = datetime.combine(dates.local_day(now) + timedelta(days=NEAR_DAYS), datetime.min.time(), RIGA)
    begins: dict[int, tuple[bool, datetime]] = {}
    for meeting in meetings:
        if meeting.occurrence__activity_id in places:
            this = (not is_held(meeting), meeting.starts_at)
            begins[meeting.occurrence__activity_id] = min(begins.get(meeting.occurrence__activity_id, this), this)
    near = [(at, places[activity], activity) for activity, (_is_off, at) in begins.items() if at < end]
    return [activity for _at, _place, activity in sorted(near)]


def newest(rows: Iterable[Row], now: datetime) -> list[int]:
    """What was published last, the latest first."""
    published = [row for row in rows if row.published_at and row.published_at <= now]
    return [row.pk for row in sorted(published, key=lambda row: row.published_at, reverse=True)[:FEW]]


def today(meetings: Iterable[Row], places: dict[int, int], now: datetime) -> list[int]:
    """What is called off or decided upon today."""
    day = dates.local_day(now)

    def matters(meeting: Row) -> bool:
        is_off = not is_held(meeting) and dates.local_day(meeting.starts_at) == day
        decided_at = meeting.occurrence__decision_at
        return is_off or (decided_at is not None and dates.local_day(decided_at) == day)

    found = [meeting.occurrence__activity_id for meeting in meetings if matters(meeting)]
    return [activity for activity in dict.fromkeys(found) if activity in places]
