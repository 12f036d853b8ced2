"""Public meetings as calendar files: everything or what was asked for, to subscribe to; one activity, to keep."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from activities.feeds import addresses
from activities.feeds.chosen import Chosen
from activities.feeds.ical import CalendarFile, Event
from activities.models import Activity, Meeting
from activities.models.meeting import RIGA
from activities.whereabouts import place
from kopiena.floor import dates
from kopiena.floor.said import said

BEFORE, AHEAD = timedelta(days=31), timedelta(days=366)
REFRESH = "PT6H"
COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)

# What a file says, and nothing more: a row of each of these would be five times as much to fetch and to make.
READ = (
    *("starts_at", "ends_at", "is_all_day", "is_cancelled", "where", "changed_at"),
    *(f"occurrence__{name}" for name in ("state", "is_demo", "changed_at")),
    *(f"occurrence__activity__{name}" for name in ("slug", "theme", "is_demo", "changed_at")),
    *("venue__address", "room__venue_id"),
    *(
        f"{name}_{language}"
        for name in (
            "name",
            "occurrence__name",
            "occurrence__reason",
            "occurrence__activity__title",
            "occurrence__activity__summary",
            "venue__name",
            "room__name",
        )
        for language in dates.LANGUAGES
    ),
)
JOINED = ("occurrence__activity", "venue", "room")


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
    return CalendarFile(_events(meetings.select_related(*JOINED).only(*READ)), name, REFRESH)


def of_activity(slug: str, now: datetime) -> CalendarFile | None:
    """All the meetings of one activity still to come; None where anybody may see none: one query."""
    meetings = Meeting.objects.public().filter(occurrence__activity__slug=slug, ends_at__gt=now)
    events = _events(meetings.order_by("starts_at", "id").select_related(*JOINED).only(*READ))
    return CalendarFile(events, method="PUBLISH") if events else None


@dataclass(frozen=True, slots=True)
class _About:
    """What all meetings of an activity say alike."""

    title: str
    summary: str
    url: str
    theme: str
    is_demo: bool
    changed_at: datetime


def _events(meetings: Iterable[Meeting]) -> tuple[Event, ...]:
    """An event for each. What many say alike is looked up once: a year has thousands of meetings."""
    language, host = dates.language_or_active(), urlsplit(settings.SITE_URL).hostname
    themes = {value: str(label) for value, label in Activity.Theme.choices}
    page = addresses.pattern("activities:activity")

    @cache
    def about(activity: Activity) -> _About:
        return _About(
            title=said(activity, "title", language).text,
            summary=said(activity, "summary", language).text,
            url=page.of(activity.slug),
            theme=themes[activity.theme],
            is_demo=activity.is_demo,
            changed_at=activity.changed_at,
        )

    return tuple(_event(meeting, about(meeting.occurrence.activity), language, host) for meeting in meetings)


def _event(meeting: Meeting, about: _About, language: str, host: str | None) -> Event:
    occurrence = meeting.occurrence
    is_off = meeting.is_cancelled or occurrence.is_cancelled
    names = (said(occurrence, "name", language).text, said(meeting, "name", language).text)
    summary = " – ".join(filter(None, (about.title, *names)))
    described = (
        _("Example") if about.is_demo or occurrence.is_demo else "",
        said(occurrence, "reason", language).text if is_off else "",
        about.summary,
        about.url,
    )
    # Another time, or that it will not take place, makes a new copy the better one; a comma in the text does not.
    revised_at = max(meeting.changed_at, occurrence.changed_at)
    changed_at = max(revised_at, about.changed_at)
    return Event(
        uid=f"meeting-{meeting.pk}@{host}",
        stamped_at=changed_at,
        modified_at=changed_at,
        sequence=int((revised_at - COUNTED_FROM).total_seconds()),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        is_all_day=meeting.is_all_day,
        is_cancelled=is_off,
        summary=_("Will not take place: %(title)s") % {"title": summary} if is_off else summary,
        description="\n\n".join(filter(None, described)),
        location=place(meeting, language),
        url=about.url,
        category=about.theme,
    )
