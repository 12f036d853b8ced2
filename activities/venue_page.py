"""What a venue's page tells: how to get there and in, what is coming there and what has been."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from activities import lines
from activities.fetching import in_three, told
from activities.finder.loading import district_key
from activities.lines import Lines
from activities.models import Meeting, Room, Venue
from activities.models.meeting import MeetingQuerySet
from activities.way_in import WayIn
from kopiena.floor.composed import Composed
from kopiena.floor.said import Said, said


def _one(slug: Any) -> Any:
    used = Meeting.objects.public().filter(venue=OuterRef("pk"))
    rooms = Room.objects.filter(venue=OuterRef("pk")).order_by("name_lv", "pk")
    return Venue.objects.filter(Exists(used), slug=slug).annotate(rooms_told=told(rooms, *in_three("name"))).order_by()


VENUE = Composed(_one)


@dataclass(frozen=True)
class VenuePage:
    """One venue at a given moment; every text is in the active language."""

    venue: Venue
    rooms: Sequence[Room]
    coming: Lines
    past: Lines

    @property
    def way(self) -> WayIn:
        return WayIn(self.venue)

    @property
    def district(self) -> Said:
        return said(self.venue, "district")

    @property
    def district_key(self) -> str:
        """As it stands in the list's address: "kimija"."""
        return district_key(self.venue.district_lv)


def used_venue(slug: str) -> Any:
    """The venue where something that anybody may see is or was; None otherwise, as if there were no such place."""
    return VENUE.one(slug)


def page_of(slug: str, now: datetime) -> VenuePage | None:
    """Everything the page tells: three queries."""
    venue = used_venue(slug)
    if venue is None:
        return None
    here = Meeting.objects.filter(venue=venue)
    rooms = [Room(**each) for each in venue.rooms_told]
    return VenuePage(venue, rooms, lines.coming(_is_here(here), here, now), past_there(venue, now))


def past_there(venue: Venue, now: datetime, number: int = 1) -> Lines:
    """A page of what has been there."""
    here = Meeting.objects.filter(venue=venue)
    return lines.past(_is_here(here), here, now, number)


def _is_here(here: MeetingQuerySet) -> Q:
    return Q(pk__in=here.values("occurrence__activity"))
