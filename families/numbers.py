"""People reached by an institution in a span of days: one object from which the page, the file and the tests are made.

What counts, once and for all:

- **A meeting held**: it has begun, neither it nor its date was called off, and its activity was published. It belongs
  to the day on which it began, by the clock of Riga, with however many days it lasted.
- **People who came**: what was written down of it (`families.attending`), of those who signed up, of own groups and of
  all others; never who only signed up. Whoever comes to two meetings is counted at both.
- **Without numbers**: a meeting held of which nothing is written down. It counts among the meetings and adds no people.
- **For the first time**: registrations that said so and of which somebody came; each is counted once, at the first
  meeting to which it came.
- An activity belongs to each of its organisers whole: two that organise together both count everybody.
- Discreet activities are never in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce

from django.db.models import Q

from activities.models import Meeting
from activities.models.meeting import RIGA
from families.attending import came_to
from families.models import Attendance
from families.own_meetings import held, own_meetings, title_of
from kopiena.floor.alphabet import in_alphabet
from kopiena.floor.said import said
from partners.models import Institution


@dataclass(frozen=True)
class Sum:
    """What was reached, of one meeting or of many."""

    adults: int = 0
    children: int = 0
    meetings: int = 0
    without_numbers: int = 0
    first_timers: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(
            self.adults + other.adults,
            self.children + other.children,
            self.meetings + other.meetings,
            self.without_numbers + other.without_numbers,
            self.first_timers + other.first_timers,
        )

    @property
    def people(self) -> int:
        return self.adults + self.children


@dataclass(frozen=True)
class Held:
    """One meeting; `project` is empty where its activity stands alone."""

    day: date
    project: str
    activity: str
    title: str  # with the names of date and meeting
    sum: Sum

    @property
    def month(self) -> tuple[int, int]:
        return self.day.year, self.day.month


@dataclass(frozen=True)
class Part:
    """A project with its activities, or a month, and what they add up to."""

    name: str
    sum: Sum
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True)
class Report:
    """The numbers of an institution from the first day to the last, both included."""

    institution: str
    first: date
    last: date
    held: tuple[Held, ...]

    @property
    def total(self) -> Sum:
        return _total(self.held)

    @property
    def projects(self) -> list[Part]:
        """By the alphabet, each with its activities; those without a project last, under an empty name."""
        names = sorted({each.project for each in self.held}, key=lambda name: (not name, in_alphabet(name)))
        return [self._project(name) for name in names]

    @property
    def months(self) -> list[tuple[tuple[int, int], Sum]]:
        """Each month with a meeting, as (year, number), in the order of time."""
        months = sorted({each.month for each in self.held})
        return [(month, _total(each for each in self.held if each.month == month)) for month in months]

    def _project(self, name: str) -> Part:
        ours = [each for each in self.held if each.project == name]
        titles = sorted({each.activity for each in ours}, key=in_alphabet)
        parts = tuple(Part(title, _total(each for each in ours if each.activity == title)) for title in titles)
        return Part(name, _total(ours), parts)


def report(institution: Institution, first: date, last: date, now: datetime) -> Report:
    """The numbers; three queries, however many meetings there were."""
    meetings = held(own_meetings(institution), now).filter(
        starts_at__gte=_midnight(first), starts_at__lt=_midnight(last + timedelta(days=1))
    )
    found = list(meetings.select_related("occurrence__activity__project").order_by("starts_at", "pk"))
    came, new = came_to({each.pk for each in found}), _first_timers(institution, now)
    rows = []
    for each in found:
        activity, numbers = each.occurrence.activity, came.get(each.pk)
        adults, children = numbers or (0, 0)
        rows.append(
            Held(
                day=each.first_day,
                project=str(said(activity.project, "title")) if activity.project else "",
                activity=str(said(activity, "title")),
                title=title_of(each),
                sum=Sum(adults, children, 1, int(numbers is None), new.get(each.pk, 0)),
            )
        )
    return Report(str(said(institution, "name")), first, last, tuple(rows))


def first_year(institution: Institution, now: datetime) -> int | None:
    """The year of the first meeting held; None before there is any."""
    first: Meeting | None = held(own_meetings(institution), now).order_by("starts_at").first()
    return first.first_day.year if first is not None else None


def _first_timers(institution: Institution, now: datetime) -> dict[int, int]:
    """How many registrations came for the first time, by the meeting to which each came first."""
    came = Attendance.objects.filter(
        Q(adults__gt=0) | Q(children__gt=0),
        registration__is_first_time=True,
        meeting__in=held(own_meetings(institution), now),
    )
    first = came.order_by("registration_id", "meeting__starts_at", "meeting_id").distinct("registration_id")
    found: dict[int, int] = {}
    for meeting in first.values_list("meeting_id", flat=True):
        found[meeting] = found.get(meeting, 0) + 1
    return found


def _total(held: Iterable[Held]) -> Sum:
    return reduce(Sum.__add__, (each.sum for each in held), Sum())


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=RIGA)
