"""A registration as a calendar file: its meetings, with no name of anybody in it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from activities.feeds.ical import CalendarFile, Event
from activities.models import Activity, Meeting, Occurrence
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
    events = []
    if registration.placed_at is not None:
        for meeting in registration.occurrence.meetings.select_related("venue", "room"):
            events.append(_event(registration, meeting, now))
    if left is not None:
        for each in told:
            events.append(_left(registration, left.activity, each, now))
    return CalendarFile(tuple(events), method="PUBLISH").written()


def _event(registration: Registration, meeting: Meeting, now: datetime) -> Event:
    occurrence = registration.occurrence
    place = ""
    if meeting.venue is not None and not occurrence.activity.is_discreet:
        language = registration.sign_up.language
        room = said(meeting.room, "name", language).text if meeting.room else ""
        where = (said(meeting.venue, "name", language).text, room, meeting.venue.address)
        place = ", ".join(filter(None, where))
    return Event(
        uid=_uid(registration, meeting.pk),
        stamped_at=now,
        sequence=registration.revision,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        is_all_day=meeting.is_all_day,
        is_cancelled=meeting.is_cancelled or occurrence.is_cancelled or registration.is_cancelled,
        location=place,
        **_described(registration, occurrence.activity),
    )


def _left(registration: Registration, activity: Activity, told: Told, now: datetime) -> Event:
    """A meeting of a date it is no longer for."""
    starts_at, ends_at = moments(told)
    return Event(
        uid=_uid(registration, told["meeting"]),
        stamped_at=now,
        sequence=registration.revision,
        starts_at=starts_at,
        ends_at=ends_at,
        is_all_day=told["is_all_day"],
        is_cancelled=True,
        **_described(registration, activity),
    )


def _uid(registration: Registration, meeting_id: int) -> str:
    return f"registration-{registration.pk}-meeting-{meeting_id}@kopiena"


def _described(registration: Registration, activity: Activity) -> dict[str, Any]:
    if activity.is_discreet:
        return {"summary": "Kopiena"}
    url = settings.SITE_URL + activity.get_absolute_url() if activity.is_public else ""
    return {"summary": said(activity, "title", registration.sign_up.language).text, "url": url}
