"""What notices tell of, read for many at once: a list of calls asks no more of the database than a single one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from activities.models import Meeting, Occurrence, Venue
from families import notices
from families.models import Registration
from kopiena.floor.models import Notice

_GATHERED = "_told_of"  # beside a notice's own fields


@dataclass(frozen=True)
class Gathered:
    """What one notice tells of: None where the registration, or whose it is, is no more."""

    registration: Registration | None
    venues: Mapping[int, Venue]


def registrations() -> QuerySet[Registration]:
    """Those that can be told of, each with its date and its meetings."""
    meetings = Prefetch("occurrence__meetings", _in_order(Meeting.objects.all()))
    found = Registration.objects.filter(sign_up__erased_at__isnull=True).prefetch_related(meetings)
    return found.select_related("sign_up", "occurrence__activity", "occurrence__capacity")


def gather(asked: Iterable[Notice]) -> None:
    """Read for all of them what `registration_of` and `venues_of` would read for each."""
    ours = [notice for notice in asked if notice.about.startswith(notices.ABOUT)]
    found = registrations().in_bulk({notice.about_id() for notice in ours})
    venues = Venue.objects.in_bulk({pk for notice in ours for pk in _old_venues(notice)})
    for notice in ours:
        vars(notice)[_GATHERED] = Gathered(found.get(notice.about_id()), venues)


def registration_of(notice: Notice) -> Registration | None:
    """What it tells of, read anew from the database unless it was gathered."""
    gathered: Gathered | None = vars(notice).get(_GATHERED)
    return gathered.registration if gathered else registrations().filter(pk=notice.about_id()).first()


def venues_of(notice: Notice, asked: Collection[int]) -> Mapping[int, Venue]:
    """The venues at which it was to take place."""
    gathered: Gathered | None = vars(notice).get(_GATHERED)
    return gathered.venues if gathered else Venue.objects.in_bulk(asked)


def meetings_of(occurrence: Occurrence) -> tuple[Meeting, ...]:
    """Its meetings with where they are, the earliest first."""
    if "meetings" in vars(occurrence).get("_prefetched_objects_cache", {}):
        return tuple(occurrence.meetings.all())
    return tuple(_in_order(occurrence.meetings.all()))


def _in_order(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return meetings.select_related("venue", "room").order_by("starts_at", "pk")


def _old_venues(notice: Notice) -> list[int]:
    return [each["venue"] for each in notice.details.get("old", ()) if each["venue"]]
