"""When and where a date was, kept as plain data: what a letter says of the old time once the new one is there."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict

from django.utils.dateparse import parse_datetime

from activities.models import Meeting, Occurrence


class Told(TypedDict):
    """One meeting as it was."""

    meeting: int
    starts_at: str  # ISO 8601
    ends_at: str
    is_all_day: bool
    where: str
    venue: int | None
    room: int | None


def told(occurrence: Occurrence, meetings: Iterable[Meeting] | None = None) -> list[Told]:
    """Its meetings that were to take place, as data that fits into a notice's details."""
    found = occurrence.meetings.filter(is_cancelled=False) if meetings is None else meetings
    return [
        Told(
            meeting=meeting.pk,
            starts_at=meeting.starts_at.isoformat(),
            ends_at=meeting.ends_at.isoformat(),
            is_all_day=meeting.is_all_day,
            where=meeting.where,
            venue=meeting.venue_id,
            room=meeting.room_id,
        )
        for meeting in found
    ]


def moments(told: Told) -> tuple[datetime, datetime]:
    """Begin and end of one that was told."""
    starts_at, ends_at = parse_datetime(told["starts_at"]), parse_datetime(told["ends_at"])
    assert starts_at is not None
    assert ends_at is not None
    return starts_at, ends_at
