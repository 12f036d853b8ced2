"""The demonstration as plain objects, before it becomes rows: built for a day, checked by tests without a database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from kopiena.floor.dates import RIGA


@dataclass(frozen=True)
class PlannedMeeting:
    """When and where; `venue` and `room` are keys of kopiena.demo.venues, `name` its texts in three languages."""

    starts_at: datetime
    ends_at: datetime
    venue: str = ""
    room: str = ""
    where: str = "venue"
    is_all_day: bool = False
    name: dict[str, str] = field(default_factory=dict)
    online_link: str = ""


@dataclass(frozen=True)
class PlannedOccurrence:
    """What one signs up to, and how many made-up families do, beginning with which."""

    meetings: tuple[PlannedMeeting, ...]
    fields: dict[str, Any] = field(default_factory=dict)
    guests: int = 0
    first_guest: int = 0


@dataclass(frozen=True)
class PlannedActivity:
    """One activity with everything that hangs on it; `organisers` are addresses of institutions."""

    key: str
    fields: dict[str, Any]
    organisers: tuple[str, ...]
    occurrences: tuple[PlannedOccurrence, ...] = ()
    needs: tuple[dict[str, Any], ...] = ()
    project: str = ""
    made_for: str = ""


def at(day: date, clock: str) -> datetime:
    """The moment when the clocks of Riga show this on that day: 17:00 stays 17:00 across the clock change."""
    return datetime.combine(day, time.fromisoformat(clock), RIGA)


def meeting(day: date, begins: str, ends: str, venue: str, room: str = "", **more: Any) -> PlannedMeeting:
    """A meeting by the clock, at a venue."""
    return PlannedMeeting(at(day, begins), at(day, ends), venue, room, **more)


def online(day: date, begins: str, ends: str, link: str) -> PlannedMeeting:
    """A meeting by the clock, online."""
    return PlannedMeeting(at(day, begins), at(day, ends), where="online", online_link=link)


def whole_days(first: date, last: date, venue: str = "", **more: Any) -> PlannedMeeting:
    """Whole days, both included; at home where no venue is given."""
    ends_at = at(last + timedelta(days=1), "00:00")
    where = "venue" if venue else "home"
    return PlannedMeeting(at(first, "00:00"), ends_at, venue, where=where, is_all_day=True, **more)


def one(*meetings: PlannedMeeting, guests: int = 0, first_guest: int = 0, **fields: Any) -> PlannedOccurrence:
    """One occurrence with these meetings."""
    return PlannedOccurrence(meetings, fields, guests, first_guest)


def just_come(*meetings: PlannedMeeting, **fields: Any) -> PlannedOccurrence:
    """One occurrence to which nobody signs up."""
    return PlannedOccurrence(meetings, {"is_sign_up_needed": False, **fields})


def repeated(meetings: Iterable[PlannedMeeting], guests: tuple[int, ...] = ()) -> tuple[PlannedOccurrence, ...]:
    """An occurrence for each meeting; `guests` come to the first ones."""
    return tuple(
        PlannedOccurrence((each,), guests=guests[number] if number < len(guests) else 0, first_guest=3 * number)
        for number, each in enumerate(meetings)
    )
