"""The dates of an activity as search engines understand them: schema.org/Event, as JSON-LD on its page."""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from activities.models import Activity, Meeting, Venue
from activities.models.capacity import Capacity
from activities.models.meeting import RIGA
from activities.offer import Offer
from activities.whereabouts import place
from kopiena.floor.said import said

MOST = 20  # dates, and meetings of one date
SCHEMA = "https://schema.org"
POSTCODE = re.compile(r"LV-?\d{4}")
# Inside a script nothing may look like its end.
AS_IN_A_SCRIPT = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}

Data = dict[str, Any]


def script(activity: Activity, offers: Sequence[Offer]) -> SafeString:
    """The block for the page, data that no browser runs; empty where nothing with a time is to come."""
    events = events_of(activity, offers)
    if not events:
        return mark_safe("")
    written = json.dumps(events[0] if len(events) == 1 else events, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(f'<script type="application/ld+json">{written.translate(AS_IN_A_SCRIPT)}</script>')


def events_of(activity: Activity, offers: Sequence[Offer]) -> list[Data]:
    """One event for each date still to come, in the active language; of an activity by invitation none, ever."""
    if not activity.is_public:
        return []
    alike = _about(activity)
    coming = [offer for offer in offers if offer.is_dated and not offer.is_over]
    return [{"@context": SCHEMA, **_of_date(offer, alike)} for offer in coming[:MOST]]


def _about(activity: Activity) -> Data:
    """What all its dates say alike."""
    organisers = [
        _organisation(said(each, "name").text, settings.SITE_URL + each.get_absolute_url())
        for each in activity.organisers.all()
    ]
    if others := said(activity, "other_organisers").text:
        organisers.append(_organisation(others))
    about = said(activity, "summary").text or said(activity, "description").text
    spoken = {"lv": activity.is_in_latvian, "ru": activity.is_in_russian, "en": activity.is_in_english}
    return _known(
        name=said(activity, "title").text,
        description=" ".join(filter(None, (_made_up(activity), about))),
        url=settings.SITE_URL + activity.get_absolute_url(),
        image=_picture(activity),
        organizer=_one_or_many(organisers),
        typicalAgeRange=ages(activity.age_from, activity.age_to),
        inLanguage=_one_or_many([code for code, is_spoken in spoken.items() if is_spoken]),
        isAccessibleForFree=True if activity.is_free else None,  # what is not ticked is not said to cost money
    )


def _of_date(offer: Offer, alike: Data) -> Data:
    held = [meeting for meeting in offer.meetings if not meeting.is_cancelled] or list(offer.meetings)
    name = " – ".join(filter(None, (alike["name"], said(offer.occurrence, "name").text, _only_name(offer.meetings))))
    parts = offer.meetings[:MOST] if len(offer.meetings) > 1 else ()
    return {
        "@type": "Event",
        **alike,
        "name": name,
        **_times(held[0], max(held, key=lambda meeting: meeting.ends_at), is_off=offer.is_cancelled),
        **_places(held, alike["url"]),
        **_known(
            maximumAttendeeCapacity=_most(offer.occurrence.capacity),
            subEvent=[_of_meeting(part, offer, name, alike["url"]) for part in parts],
        ),
    }


def _of_meeting(meeting: Meeting, offer: Offer, name: str, url: str) -> Data:
    """One of the meetings of a course, or of what happens side by side."""
    is_off = meeting.is_cancelled or offer.occurrence.is_cancelled
    return {
        "@type": "Event",
        "name": " – ".join(filter(None, (name, said(meeting, "name").text))),
        "url": url,
        **_times(meeting, meeting, is_off=is_off),
        **_places([meeting], url),
    }


def _times(first: Meeting, last: Meeting, *, is_off: bool) -> Data:
    """From when to when, and whether as planned. The last of whole days is said itself, unlike in a calendar file."""
    begins = _moment(first.starts_at, is_day=first.is_all_day)
    before = _moment(first.moved_from, is_day=first.is_all_day) if first.moved_from else begins
    status = "EventCancelled" if is_off else "EventScheduled" if before == begins else "EventRescheduled"
    return _known(
        startDate=begins,
        endDate=last.last_day.isoformat() if last.is_all_day else _moment(last.ends_at),
        eventStatus=f"{SCHEMA}/{status}",
        previousStartDate=before if before != begins else None,
    )


def _places(meetings: Sequence[Meeting], url: str) -> Data:
    """Where, each place once. Of what is online the page is said: the link is for those signed up."""
    places: dict[Any, Data] = {}
    for meeting in meetings:
        key = (meeting.where, meeting.venue_id)
        if meeting.where == Meeting.Where.ONLINE:
            places[key] = {"@type": "VirtualLocation", "url": url}
        elif meeting.venue is not None:
            places[key] = _place(said(meeting.venue, "name").text, _address(meeting.venue))
        else:
            places[key] = _place(place(meeting), _country())
    is_online = [where == Meeting.Where.ONLINE for where, _venue in places]
    mode = "Online" if all(is_online) else "Mixed" if any(is_online) else "Offline"
    return _known(
        eventAttendanceMode=f"{SCHEMA}/{mode}EventAttendanceMode", location=_one_or_many(list(places.values()))
    )


def _place(name: str, address: Data) -> Data:
    return {"@type": "Place", "name": name, "address": address}


def _address(venue: Venue) -> Data:
    """The address in its parts, as far as it is written."""
    parts = [part.strip() for part in venue.address.split(",") if part.strip()]
    postcode = next((part for part in parts if POSTCODE.fullmatch(part)), "")
    parts = [part for part in parts if part != postcode]
    has_town = len(parts) > 1 and not re.search(r"\d", parts[-1])
    town = parts.pop() if has_town else ""
    return _country() | _known(streetAddress=", ".join(parts), addressLocality=town, postalCode=postcode)


def _country() -> Data:
    return {"@type": "PostalAddress", "addressCountry": "LV"}


def ages(age_from: int | None, age_to: int | None) -> str:
    """ "4-7", "4-", "0-7"; nothing where anybody may come."""
    if not age_from and age_to is None:
        return ""
    return f"{age_from or 0}-{'' if age_to is None else age_to}"


def _most(capacity: Capacity) -> int | None:
    """How many may come, where a place is a person's: with families or children nobody can know."""
    return capacity.places if capacity.unit == Activity.Unit.PEOPLE else None


def _only_name(meetings: Sequence[Meeting]) -> str:
    return said(meetings[0], "name").text if len(meetings) == 1 else ""


def _made_up(activity: Activity) -> str:
    """Nobody shall find a demonstration in a search engine and stand before a closed door."""
    return _("This is an example: the date is made up to show how the portal works.") if activity.is_demo else ""


def _organisation(name: str, url: str = "") -> Data:
    return {"@type": "Organization", **_known(name=name, url=url)}


def _picture(activity: Activity) -> str:
    try:
        return settings.SITE_URL + reverse("activities:picture", args=[activity.slug])
    except NoReverseMatch:
        return settings.SITE_URL + activity.picture.url if activity.picture else ""


def _moment(moment: datetime, *, is_day: bool = False) -> str:
    local = moment.astimezone(RIGA)
    return local.date().isoformat() if is_day else local.isoformat(timespec="seconds")


def _one_or_many(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _known(**values: Any) -> Data:
    """What is empty is not said; a zero is something."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}
