"""Meetings of an institution's own activities: which there are, which were held, which lack their numbers."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from activities.models import Activity, Meeting, Occurrence
from activities.models.meeting import MeetingQuerySet
from families.models import Attendance
from kopiena.floor.said import said
from partners.models import Institution

# What never was published did not take place, as far as the centre knows.
KNOWN = (Activity.State.PUBLISHED, Activity.State.ARCHIVED)


def own_meetings(institution: Institution) -> MeetingQuerySet:
    """Of the activities it organises, alone or with others, published or not; nothing discreet is ever among them."""
    own = Activity.objects.filter(organisers=institution).exclude(audience=Activity.Audience.DISCREET)
    return Meeting.objects.filter(occurrence__activity__in=own)


def held(meetings: MeetingQuerySet, now: datetime) -> MeetingQuerySet:
    """Those that took place or do now: begun, not called off, of an activity that was published."""
    return meetings.filter(
        starts_at__lte=now,
        is_cancelled=False,
        occurrence__state=Occurrence.State.PLANNED,
        occurrence__activity__state__in=KNOWN,
    )


def without_numbers(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """Those of which nobody has written how many came."""
    return meetings.filter(~Exists(Attendance.objects.filter(meeting=OuterRef("pk"))))


def is_called_off(meeting: Meeting) -> bool:
    """As a whole date, or this meeting alone."""
    return meeting.is_cancelled or meeting.occurrence.is_cancelled


def is_held(meeting: Meeting, now: datetime) -> bool:
    """The same as `held` of one meeting, with its date and activity at hand."""
    is_known = meeting.occurrence.activity.state in KNOWN
    return meeting.starts_at <= now and is_known and not is_called_off(meeting)


def title_of(meeting: Meeting) -> str:
    """The activity's title with the names of the date and the meeting."""
    names = [said(meeting.occurrence.activity, "title"), said(meeting.occurrence, "name"), said(meeting, "name")]
    return " – ".join(str(name) for name in names if name)
