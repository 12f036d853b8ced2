"""What notices tell of, read for many at once: a list of calls asks no more of the database than a single one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from activities.models import Meeting, Occurrence, Room, Venue
from families import notices
from families.models import Registration
from kopiena.floor.models import Notice

_GATHERED = "_told_of"  # beside a notice's own fields


@dataclass(frozen=True)
class Gathered:
    """What one notice tells of, as it is now, and what it remembers."""

    registration: Registration | None  # None where it, or whose it is, is no more
    left: Occurrence | None  # the date the remembered meetings belong to
    venues: Mapping[int, Venue]
    rooms: Mapping[int, Room]
    meetings: Mapping[int, Meeting]


def registrations() -> QuerySet[Registration]:
    """Those that can be told of, each with its date and its meetings."""
    meetings = Prefetch("occurrence__meetings", _in_order(Meeting.objects.all()))
    found = Registration.objects.filter(sign_up__erased_at__isnull=True).prefetch_related(meetings).with_number()
    return found.select_related("sign_up__institution", "occurrence__activity", "occurrence__capacity")


def gather(asked: Iterable[Notice]) -> None:
    """Read for all of them what `of` would read for each."""
    every = list(asked)
    ours = {notice.pk: notice.about_id() for notice in every if notice.about.startswith(notices.ABOUT)}
    old = [told for notice in every for told in notice.details.get("old", ())]
    found = registrations().in_bulk(set(ours.values()))
    dates = {notice.details.get("date") for notice in every} - {None}
    left = Occurrence.objects.select_related("activity").in_bulk(dates)
    venues = Venue.objects.in_bulk({told["venue"] for told in old} - {None})
    rooms = Room.objects.in_bulk({told.get("room") for told in old} - {None})
    meetings = Meeting.objects.in_bulk({told["meeting"] for told in old})
    for notice in every:
        registration, before = found.get(ours.get(notice.pk, 0)), left.get(notice.details.get("date", 0))
        vars(notice)[_GATHERED] = Gathered(registration, before, venues, rooms, meetings)


def of(notice: Notice) -> Gathered:
    """What it tells of, read anew from the database unless it was gathered."""
    if _GATHERED not in vars(notice):
        gather([notice])
    gathered: Gathered = vars(notice)[_GATHERED]
    return gathered


def meetings_of(occurrence: Occurrence) -> tuple[Meeting, ...]:
    """Its meetings with where they are, the earliest first."""
    if "meetings" in vars(occurrence).get("_prefetched_objects_cache", {}):
        return tuple(occurrence.meetings.all())
    return tuple(_in_order(occurrence.meetings.all()))


def _in_order(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return meetings.select_related("venue", "room").order_by("starts_at", "pk")
