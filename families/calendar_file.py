"""A registration as a calendar file: its meetings, with no name of anybody in it."""

from datetime import datetime

from django.conf import settings
from icalendar import Calendar, Event

from activities.models import Meeting
from activities.models.meeting import RIGA
from families.models import Registration
from kopiena.floor.said import said


def of_registration(registration: Registration, now: datetime) -> bytes:
    """RFC 5545 bytes, one event for each meeting; the stable UID and the SEQUENCE let a calendar update its entry.

    A discreet activity is named by its centre only: the file lies about on phones that others see.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Kopiena//lv")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for meeting in registration.occurrence.meetings.all():
        calendar.add_component(_event(registration, meeting, now))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(registration: Registration, meeting: Meeting, now: datetime) -> Event:
    activity = registration.occurrence.activity
    event = Event()
    event.add("uid", f"registration-{registration.pk}-meeting-{meeting.pk}@kopiena")
    event.add("dtstamp", now)
    event.add("sequence", registration.revision)
    if meeting.is_all_day:
        event.add("dtstart", meeting.first_day)
        event.add("dtend", meeting.ends_at.astimezone(RIGA).date())
    else:
        event.add("dtstart", meeting.starts_at.astimezone(RIGA))
        event.add("dtend", meeting.ends_at.astimezone(RIGA))
    event.add("status", "CANCELLED" if meeting.is_cancelled or registration.occurrence.is_cancelled else "CONFIRMED")
    if activity.is_discreet:
        event.add("summary", "Kopiena")
        return event
    language = registration.sign_up.language
    event.add("summary", said(activity, "title", language).text)
    if activity.is_public:
        event.add("url", settings.SITE_URL + activity.get_absolute_url())
    if meeting.venue is not None:
        event.add(
            "location", ", ".join(filter(None, [said(meeting.venue, "name", language).text, meeting.venue.address]))
        )
    return event
