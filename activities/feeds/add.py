"""The ways to put a date into one's own calendar: our file, or another's page that opens filled in."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse

from activities.feeds.ical import utc
from activities.models import Meeting
from activities.models.meeting import RIGA
from activities.offer import Offer
from activities.whereabouts import place
from kopiena.floor.said import said

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"


@dataclass(frozen=True)
class AddLinks:
    """Addresses to follow; nothing of them is loaded before. The file has all dates, the others the next one."""

    file: str
    google: str
    outlook: str


def add_links(offer: Offer) -> AddLinks | None:
    """The ways for the next meeting of a date, in the active language; None where nothing of it is to come."""
    meeting = offer.next_meeting
    if meeting is None or meeting.ends_at <= offer.now or offer.is_cancelled or meeting.is_cancelled:
        return None
    activity = offer.occurrence.activity
    if not activity.is_public:
        return None
    title = " – ".join(filter(None, (said(row, name).text for row, name in _names(offer, meeting))))
    page = settings.SITE_URL + activity.get_absolute_url()
    about = "\n\n".join(filter(None, (said(activity, "summary").text, page)))
    where = place(meeting)
    return AddLinks(
        file=reverse("activities:activity_file", args=[activity.slug]),
        google=_google(meeting, title, about, where),
        outlook=_outlook(meeting, title, about, where),
    )


def _names(offer: Offer, meeting: Meeting) -> tuple[tuple[object, str], ...]:
    return ((offer.occurrence.activity, "title"), (offer.occurrence, "name"), (meeting, "name"))


def _google(meeting: Meeting, title: str, about: str, where: str) -> str:
    moments = (meeting.starts_at, meeting.ends_at)
    from_to = "/".join(f"{_day(at):%Y%m%d}" if meeting.is_all_day else utc(at) for at in moments)
    asked = {"action": "TEMPLATE", "text": title, "dates": from_to, "details": about, "location": where}
    return _address(GOOGLE, asked | {"ctz": RIGA.key})


def _outlook(meeting: Meeting, title: str, about: str, where: str) -> str:
    moments = (meeting.starts_at, meeting.ends_at)
    begins, ends = (
        f"{_day(at):%Y-%m-%d}" if meeting.is_all_day else f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for at in moments
    )
    asked = {"path": "/calendar/action/compose", "rru": "addevent", "subject": title, "startdt": begins, "enddt": ends}
    asked |= {"body": about, "location": where}
    return _address(OUTLOOK, asked | ({"allday": "true"} if meeting.is_all_day else {}))


def _day(moment: datetime) -> datetime:
    """In both, as in a calendar file, whole days end with the day after the last."""
    return moment.astimezone(RIGA)


def _address(page: str, asked: dict[str, str]) -> str:
    """A space is %20: one of them would show the plus."""
    return f"{page}?{urlencode({name: value for name, value in asked.items() if value}, quote_via=quote)}"
