"""A line for each meeting: when and where, who signed up, who came, and whether its numbers are still missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Sum

from activities.models import Meeting
from activities.models.meeting import MeetingQuerySet
from activities.offer import when
from families.attending import Numbers, came_to
from families.door_list import where_of
from families.models import Registration
from families.own_meetings import is_called_off, is_held, title_of
from kopiena.floor import counted, dates


@dataclass(frozen=True)
class Line:
    """One meeting of an activity of the institution's own."""

    meeting: Meeting
    title: str
    when: str
    where: str
    is_called_off: bool
    is_over: bool
    is_sign_up_needed: bool
    parties: int
    adults: int
    children: int
    free: int | None  # None: no limit
    waiting: int
    came: Numbers | None
    is_missing: bool  # over, and nobody has written how many came

    @property
    def signed_up(self) -> str:
        """ "3 pieteikumi: 5 pieaugušie, 6 bērni"; nothing where nobody need sign up and nobody has."""
        if not self.parties:
            return "" if not self.is_sign_up_needed else counted.registrations(0)
        people = f"{counted.adults(self.adults)}, {counted.children(self.children)}"
        return f"{counted.registrations(self.parties)}: {people}"

    @property
    def places(self) -> str:
        """How many are free and who waits, while that still matters."""
        if self.is_over or self.is_called_off or not self.is_sign_up_needed or self.free is None:
            return ""
        free = counted.places_left(self.free)
        return f"{free} · {counted.waiting(self.waiting)}" if self.waiting else free

    @property
    def attended(self) -> str:
        """ "5 pieaugušie, 6 bērni", once it is written down."""
        return (
            "" if self.came is None else f"{counted.adults(self.came.adults)}, {counted.children(self.came.children)}"
        )


def with_all_said(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """The meetings with all that a line says of them but numbers."""
    return meetings.select_related("occurrence__activity", "occurrence__capacity", "venue", "room")


def lines(meetings: Iterable[Meeting], now: datetime) -> list[Line]:
    """Two queries, however many meetings `with_all_said` there are."""
    found = list(meetings)
    signed_up = _signed_up({meeting.occurrence_id for meeting in found})
    came = came_to({meeting.pk for meeting in found})
    return [_line(each, signed_up.get(each.occurrence_id, (0, 0, 0)), came.get(each.pk), now) for each in found]


def _signed_up(occurrence_ids: Iterable[int]) -> dict[int, tuple[int, int, int]]:
    rows = Registration.objects.placed().filter(occurrence__in=occurrence_ids).order_by().values("occurrence_id")
    young = Sum(F("children") + F("children_along"))
    sums = rows.annotate(parties=Count("pk"), grown=Sum("adults"), young=young)
    return {row["occurrence_id"]: (row["parties"], row["grown"], row["young"]) for row in sums}


def _line(meeting: Meeting, signed_up: tuple[int, int, int], came: Numbers | None, now: datetime) -> Line:
    parties, adults, children = signed_up
    is_over = meeting.ends_at <= now
    capacity = meeting.occurrence.capacity
    return Line(
        meeting=meeting,
        title=title_of(meeting),
        when=when(meeting, dates.local_day(now)),
        where=where_of(meeting),
        is_called_off=is_called_off(meeting),
        is_over=is_over,
        is_sign_up_needed=meeting.occurrence.is_sign_up_needed,
        parties=parties,
        adults=adults,
        children=children,
        free=capacity.free_for_web(now),
        waiting=capacity.waiting,
        came=came,
        is_missing=is_over and came is None and is_held(meeting, now),
    )
