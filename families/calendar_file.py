"""A registration as a calendar file: its meetings, with no name of anybody in it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from activities.models import Activity, Meeting, Occurrence
from activities.models.meeting import RIGA
from families.meeting_times import Told, moments
from families.models import Registration
from kopiena.floor.said import said


def of_registration(
    registration: Registration, now: datetime, *, left: Occurrence | None = None, told: Iterable[Told] = ()
) -> bytes:
    """RFC 5545 bytes, one event for each meeting; the stable UID and the SEQUENCE let a calendar update its entry.

    `told` are the meetings of a date it `left` for this one: they come as cancelled. Its own stand there only once it
    had a place; whoever waits has nothing to put into a calendar.

    A discreet activity is named by its centre only: the file lies about on phones that others see.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Kopiena//lv")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_clock_of_riga())
    if registration.placed_at is not None:
        for meeting in registration.occurrence.meetings.select_related("venue", "room"):
            calendar.add_component(_event(registration, meeting, now))
    if left is not None:
        for each in told:
            calendar.add_component(_left(registration, left.activity, each, now))
    return calendar.to_ical()


def _clock_of_riga() -> Timezone:
    """When the clocks of Riga are shifted, by the rule that stands since 2001.

    Written out: the library's own table has spring begin an hour late and reaches back to 1970.
    """
    winter, summer = timedelta(hours=2), timedelta(hours=3)
    zone = Timezone()
    zone.add("tzid", RIGA.key)
    for part, name, before, after, begins, month in (
        (TimezoneDaylight(), "EEST", winter, summer, datetime(2001, 3, 25, 3), 3),
        (TimezoneStandard(), "EET", summer, winter, datetime(2001, 10, 28, 4), 10),
    ):
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        zone.add_component(part)
    return zone


def _event(registration: Registration, meeting: Meeting, now: datetime) -> Event:
    occurrence = registration.occurrence
    event = _at(registration, meeting.pk, meeting.starts_at, meeting.ends_at, is_all_day=meeting.is_all_day, now=now)
    is_off = meeting.is_cancelled or occurrence.is_cancelled or registration.is_cancelled
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    _describe(event, registration, occurrence.activity)
    if meeting.venue is not None and not occurrence.activity.is_discreet:
        language = registration.sign_up.language
        room = said(meeting.room, "name", language).text if meeting.room else ""
        where = (said(meeting.venue, "name", language).text, room, meeting.venue.address)
        event.add("location", ", ".join(filter(None, where)))
    return event


def _left(registration: Registration, activity: Activity, told: Told, now: datetime) -> Event:
    """A meeting of a date it is no longer for."""
    starts_at, ends_at = moments(told)
    event = _at(registration, told["meeting"], starts_at, ends_at, is_all_day=told["is_all_day"], now=now)
    event.add("status", "CANCELLED")
    _describe(event, registration, activity)
    return event


def _at(
    registration: Registration, meeting_id: int, start: datetime, end: datetime, *, is_all_day: bool, now: datetime
) -> Event:
    event = Event()
    event.add("uid", f"registration-{registration.pk}-meeting-{meeting_id}@kopiena")
    event.add("dtstamp", now)
    event.add("sequence", registration.revision)
    local_start, local_end = start.astimezone(RIGA), end.astimezone(RIGA)
    event.add("dtstart", local_start.date() if is_all_day else local_start)
    event.add("dtend", local_end.date() if is_all_day else local_end)
    return event


def _describe(event: Event, registration: Registration, activity: Activity) -> None:
    if activity.is_discreet:
        event.add("summary", "Kopiena")
        return
    event.add("summary", said(activity, "title", registration.sign_up.language).text)
    if activity.is_public:
        event.add("url", settings.SITE_URL + activity.get_absolute_url())
