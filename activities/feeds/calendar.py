"""Public meetings as calendar files: everything or what was asked for, to subscribe to; one activity, to keep."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from activities.feeds import addresses
from activities.feeds.chosen import Chosen
from activities.feeds.ical import CalendarFile, Event
from activities.models import Activity, Meeting, Occurrence
from activities.models.meeting import RIGA, MeetingQuerySet
from activities.whereabouts import in_words
from kopiena.floor import dates
from kopiena.floor.said import in_language

BEFORE, AHEAD = timedelta(days=31), timedelta(days=366)
REFRESH = "PT6H"
COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)

# The column of a row that a file is made of, and where it is asked for from a meeting.
PLAIN = {
    "date_state": "occurrence__state",
    "date_is_demo": "occurrence__is_demo",
    "date_changed_at": "occurrence__changed_at",
    "slug": "occurrence__activity__slug",
    "theme": "occurrence__activity__theme",
    "is_demo": "occurrence__activity__is_demo",
    "activity_changed_at": "occurrence__activity__changed_at",
    "address": "venue__address",
}
SPOKEN = {
    "title": "occurrence__activity__title",
    "summary": "occurrence__activity__summary",
    "date_name": "occurrence__name",
    "reason": "occurrence__reason",
    "name": "name",
    "venue_name": "venue__name",
    "room_name": "room__name",
}
OWN = ("pk", "starts_at", "ends_at", "is_all_day", "is_cancelled", "where", "changed_at")


@dataclass(frozen=True)
class Window:
    """The time a feed covers. It moves at midnight only: between two, the same facts are the same bytes."""

    since: datetime
    until: datetime


def window(now: datetime) -> Window:
    """From about a month back to a year ahead."""
    midnight = datetime.combine(dates.local_day(now), time.min, RIGA)
    return Window(midnight - BEFORE, midnight + AHEAD)


def feed(chosen: Chosen, covered: Window) -> CalendarFile:
    """What was chosen, for subscribers, in the active language: one query."""
    meetings = Meeting.objects.public().between(covered.since, covered.until)
    if chosen.activities is not None:
        meetings = meetings.filter(occurrence__activity__in=chosen.activities.values("pk"))
    name = "Kopiena" + (f": {' · '.join(chosen.words)}" if chosen.words else "")
    return CalendarFile(_events(meetings), name, REFRESH)


def of_activity(slug: str, now: datetime) -> CalendarFile | None:
    """All the meetings of one activity still to come; None where anybody may see none: one query."""
    meetings = Meeting.objects.public().filter(occurrence__activity__slug=slug, ends_at__gt=now)
    events = _events(meetings.order_by("starts_at", "id"))
    return CalendarFile(events, method="PUBLISH") if events else None


def _events(meetings: MeetingQuerySet) -> tuple[Event, ...]:
    """An event for each: rows, not models, since a year has thousands of meetings."""
    language, host = dates.language_or_active(), urlsplit(settings.SITE_URL).hostname
    themes = {value: str(label) for value, label in Activity.Theme.choices}
    page = addresses.pattern("activities:activity")
    spoken = {column: in_language(name, language) for column, name in SPOKEN.items()}
    plain = {column: F(name) for column, name in PLAIN.items()}
    rows = meetings.annotate(**plain, **spoken).values_list(*OWN, *PLAIN, *SPOKEN, named=True)
    return tuple(_event(row, page.of(row.slug), themes[row.theme], f"meeting-{row.pk}@{host}") for row in rows)


def _event(row: Any, url: str, theme: str, uid: str) -> Event:
    is_off = row.is_cancelled or row.date_state == Occurrence.State.CANCELLED
    summary = " – ".join(filter(None, (row.title, row.date_name, row.name)))
    described = (
        _("Example") if row.is_demo or row.date_is_demo else "",
        row.reason if is_off else "",
        row.summary,
        url,
    )
    # Another time, or that it will not take place, makes a new copy the better one; a comma in the text does not.
    revised_at = max(row.changed_at, row.date_changed_at)
    changed_at = max(revised_at, row.activity_changed_at)
    return Event(
        uid=uid,
        stamped_at=changed_at,
        modified_at=changed_at,
        sequence=int((revised_at - COUNTED_FROM).total_seconds()),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        is_all_day=row.is_all_day,
        is_cancelled=is_off,
        summary=_("Will not take place: %(title)s") % {"title": summary} if is_off else summary,
        description="\n\n".join(filter(None, described)),
        location=in_words(row.where, row.venue_name, row.room_name, row.address),
        url=url,
        category=theme,
    )
