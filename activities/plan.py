"""The year's plan: by season and month, what has a date and what has none yet; years gone by stay readable."""

from collections import defaultdict
from collections.abc import Sized
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.cards import further
from activities.models import Activity, Meeting
from activities.models.meeting import RIGA
from activities.offer import lasts_days, took_place
from kopiena.floor import dates
from kopiena.floor.date_tables import TABLES
from kopiena.floor.said import in_language

MOST = 40  # rows of a month, and without a date
READ = (
    *("starts_at", "ends_at", "is_all_day", "is_cancelled", "occurrence__state", "occurrence__activity__slug"),
    *(f"occurrence__activity__{name}_{code}" for name in ("title", "summary") for code in dates.LANGUAGES),
)
# December is winter again, but it stands at the end of the year it belongs to.
PARTS = (
    ("winter", (1, 2)),
    ("spring", (3, 4, 5)),
    ("summer", (6, 7, 8)),
    ("autumn", (9, 10, 11)),
    ("end", (12,)),
)


@dataclass(frozen=True)
class Row:
    """An activity in a month, once, with the days on which it takes place there."""

    activity: Activity
    meetings: tuple[Meeting, ...]
    now: datetime
    year: int  # of the plan: in its own year a date needs no other

    @property
    def is_cancelled(self) -> bool:
        return all(meeting.is_cancelled or meeting.occurrence.is_cancelled for meeting in self.meetings)

    @property
    def is_over(self) -> bool:
        return all(meeting.ends_at <= self.now for meeting in self.meetings)

    @property
    def when(self) -> str:
        """The first day or span, in the past tense once the whole of it is over."""
        of_the_plan, first = date(self.year, 1, 1), self.meetings[0]
        if self.is_over and not self.is_cancelled:
            return took_place(first, of_the_plan)
        if lasts_days(first):
            return dates.span(first.first_day, first.last_day, today=of_the_plan)
        return dates.day(first.first_day, today=of_the_plan)

    @property
    def more(self) -> str:
        """ "un vēl 2 datumi"."""
        count = len({meeting.first_day for meeting in self.meetings}) - 1
        return further(count) if count else ""


@dataclass(frozen=True)
class PlanMonth:
    """A month with something in it."""

    name: str
    address: str  # of its calendar: "2027-03"
    rows: list[Row]
    more: str = ""  # "un vēl 3 aktivitātes", which stand in the calendar


@dataclass(frozen=True)
class Part:
    """A season of the year."""

    name: str
    months: list[PlanMonth]
    undated: list[Activity]
    more: str = ""


@dataclass(frozen=True)
class Plan:
    """A whole year."""

    year: int
    parts: list[Part]
    some_time: list[Activity]  # planned for the year, not even the season is known
    years: list[int]  # that have a plan
    more: str = ""

    @property
    def year_in_words(self) -> str:
        """The digits alone: Latvian and Russian would otherwise part the thousands."""
        return str(self.year)

    @property
    def is_empty(self) -> bool:
        return not (self.parts or self.some_time)


def plan_of(year: int, now: datetime) -> Plan:
    """Everything anybody may see of the year: three queries."""
    months = _dated(year, now)
    undated: dict[str, list[Activity]] = defaultdict(list)
    meetings = Meeting.objects.filter(occurrence__activity=OuterRef("pk"))
    planned = Activity.objects.public().filter(~Exists(meetings), approximate_year=year)
    for activity in planned.order_by(in_language("title", "lv"), "pk"):
        undated[activity.approximate_season or Activity.Season.YEAR].append(activity)
    parts = [
        Part(
            _("The end of the year") if part == "end" else dates.season(year, part),
            [_month(year, number, months[number]) for number in numbers if number in months],
            undated[part][:MOST],
            _more(undated[part]),
        )
        for part, numbers in PARTS
    ]
    return Plan(
        year,
        [part for part in parts if part.months or part.undated],
        undated[Activity.Season.YEAR][:MOST],
        _years(now),
        _more(undated[Activity.Season.YEAR]),
    )


def _month(year: int, number: int, rows: list[Row]) -> PlanMonth:
    name = TABLES[dates.language_or_active()].month[number - 1]
    return PlanMonth(name, f"{year}-{number:02}", rows[:MOST], _more(rows))


def _more(rows: Sized) -> str:
    """ "un vēl 3 aktivitātes", where there are too many for the page."""
    count = len(rows) - MOST
    if count <= 0:
        return ""
    return ngettext("and %(count)d more activity", "and %(count)d more activities", count) % {"count": count}


def _dated(year: int, now: datetime) -> dict[int, list[Row]]:
    start, end = (datetime.combine(date(number, 1, 1), time.min, RIGA) for number in (year, year + 1))
    meetings = Meeting.objects.public().between(start, end).select_related("occurrence__activity").only(*READ)
    groups: dict[tuple[int, int], list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        month = meeting.first_day.month if meeting.first_day.year == year else 1
        groups[month, meeting.occurrence.activity_id].append(meeting)
    months: dict[int, list[Row]] = defaultdict(list)
    for (month, _activity), together in groups.items():
        months[month].append(Row(together[0].occurrence.activity, tuple(together), now, year))
    return months


def _years(now: datetime) -> list[int]:
    """The years that have something to show, and this one."""
    dated = Meeting.objects.public().annotate(year=ExtractYear("starts_at", tzinfo=RIGA)).values_list("year")
    planned = Activity.objects.public().filter(approximate_year__isnull=False).values_list("approximate_year")
    years = {year for (year,) in dated.order_by().union(planned.order_by())}
    return sorted(years | {dates.local_day(now).year})
