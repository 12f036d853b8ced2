"""Which of the dates to come still have room for a party, by the same formula as the gate's."""

from dataclasses import dataclass
from datetime import datetime

from activities.finder.catalogue import Bits, Catalogue, Span, bits_of
from activities.finder.filters import Filters
from activities.models import Activity, Occurrence
from activities.models.occurrence import SignUpState
from activities.standing import Standing
from kopiena.floor import kept

MAY_COME = (SignUpState.OPEN, SignUpState.NOT_YET, SignUpState.NOT_NEEDED)


@dataclass(frozen=True)
class Room:
    """The places one date has left; None without a limit."""

    activity: int
    date: int  # the occurrence
    unit: str
    free: int | None


def with_room(catalogue: Catalogue, filters: Filters, now: datetime, span: Span | None = None) -> Bits:
    """The activities with a date on which this party still fits whole; `span`: and which falls on these days."""
    if filters.party is None:
        return catalogue.everything
    those_days = catalogue.dates_between(*span) if span else None
    seats = seats_of(filters.party, filters.children)
    rooms = kept.part("rooms", lambda: _rooms(now), lambda rooms: 150 * len(rooms))
    fitting = {
        room.activity
        for room in rooms
        if (room.free is None or room.free >= seats[room.unit]) and (those_days is None or room.date in those_days)
    }
    return bits_of((catalogue.places[pk] for pk in fitting if pk in catalogue.places), len(catalogue.ids))


def seats_of(people: int, children: int) -> dict[str, int]:
    """How many places the party takes by what a place is; of unknown children all but one adult are counted."""
    return {
        Activity.Unit.PEOPLE: people,
        Activity.Unit.CHILDREN: children or max(people - 1, 1),
        Activity.Unit.FAMILIES: 1,
    }


def _rooms(now: datetime) -> list[Room]:
    dates = Occurrence.objects.public().coming(now).with_meetings_held().select_related("capacity")
    standings = [Standing.of(date, date.capacity, now) for date in dates]
    return [
        Room(
            each.occurrence.activity_id,
            each.occurrence.pk,
            each.capacity.unit,
            None if each.state is SignUpState.NOT_NEEDED else each.free_for_web,
        )
        for each in standings
        if each.state in MAY_COME
    ]
