"""A month as the calendar shows it: an agenda of days for a phone, weeks with bars for a wide screen."""

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from activities.models import Activity, Meeting, Venue
from activities.models.meeting import RIGA
from activities.offer import elsewhere, lasts_days, venues_of
from kopiena.floor import dates
from kopiena.floor.date_tables import TABLES

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Entry:
    """A meeting on its day; meetings of one date side by side are one entry."""

    activity: Activity
    meetings: tuple[Meeting, ...]
    is_cancelled: bool

    @property
    def meeting(self) -> Meeting:
        return self.meetings[0]

    @property
    def clock(self) -> str:
        """ "14.00"; nothing where it lasts the whole day."""
        return "" if self.meeting.is_all_day else dates.bare_clock(self.meeting.starts_at)

    @property
    def hours(self) -> str:
        """ "14.00–16.00"."""
        if self.meeting.is_all_day:
            return ""
        return dates.clock_range(self.meeting.starts_at, self.meeting.ends_at)

    @property
    def venues(self) -> list[Venue]:
        return venues_of(self.meetings)

    @property
    def elsewhere(self) -> list[str]:
        return elsewhere(self.meetings)


@dataclass(frozen=True)
class Campaign:
    """Something that lasts several days."""

    entry: Entry
    first_day: date
    last_day: date
    today: date

    @property
    def span(self) -> str:
        return dates.span(self.first_day, self.last_day, today=self.today)


@dataclass(frozen=True)
class BarPiece:
    """One day's piece of a campaign's bar; the first piece in a week carries the name over `days` days."""

    campaign: Campaign
    is_start: bool
    is_end: bool
    is_named: bool
    days: int


@dataclass
class Day:
    """A day of the month, with its pieces of bars (None keeps a lane free) and its entries."""

    date: date
    is_today: bool
    bars: list[BarPiece | None] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    """One month; a day outside it is None in its week."""

    first: date
    today: date
    weeks: list[list[Day | None]]
    campaigns: list[Campaign]

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week if day]

    @property
    def label(self) -> str:
        """ "2027. gada marts"."""
        return dates.month(self.first.year, self.first.month)

    @property
    def previous_name(self) -> str:
        return self._name(self.previous)

    @property
    def next_name(self) -> str:
        return self._name(self.next)

    def _name(self, first: date | None) -> str:
        """ "februāris"; with its year where that is another one."""
        if first is None:
            return ""
        if first.year != self.first.year:
            return dates.month(first.year, first.month)
        return TABLES[dates.language_or_active()].month[first.month - 1]

    @property
    def weekday_names(self) -> tuple[str, ...]:
        return dates.weekday_names()

    @property
    def is_empty(self) -> bool:
        return not (self.campaigns or self.busy_days)

    @property
    def busy_days(self) -> list[Day]:
        return [day for day in self.days if day.entries]

    @property
    def days_ahead(self) -> list[Day]:
        """For the agenda: from today on; of another month all its days."""
        return [day for day in self.busy_days if day.date >= self.today or not self.is_current]

    @property
    def days_gone(self) -> list[Day]:
        return [day for day in self.busy_days if day.date < self.today] if self.is_current else []

    @property
    def is_current(self) -> bool:
        return (self.first.year, self.first.month) == (self.today.year, self.today.month)

    @property
    def previous(self) -> date | None:
        """The first day of the month before; None at the edge of our calendar."""
        before = self.first - timedelta(days=1)
        return before.replace(day=1) if before.year >= FIRST_YEAR else None

    @property
    def next(self) -> date | None:
        after = _after(self.first)
        return after if after.year <= LAST_YEAR else None


def month_of(first: date, now: datetime) -> Month:
    """The month that begins on `first`, with everything anybody may see in it: one query."""
    start, end = (datetime.combine(day, time.min, RIGA) for day in (first, _after(first)))
    meetings = Meeting.objects.public().between(start, end).select_related("occurrence__activity", "venue")
    today = dates.local_day(now)
    entries: dict[date, list[Entry]] = defaultdict(list)
    campaigns: list[Campaign] = []
    for entry in _entries(meetings):
        meeting = entry.meeting
        if lasts_days(meeting):
            campaigns.append(Campaign(entry, meeting.first_day, meeting.last_day, today))
        elif meeting.first_day >= first:  # last month's late evening stays in last month
            entries[meeting.first_day].append(entry)
    weeks = [
        [Day(day, day == today, entries=entries[day]) if day.month == first.month else None for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    for week in weeks:
        _lay_bars([day for day in week if day], campaigns)
    return Month(first, today, weeks, campaigns)


def _entries(meetings: Iterable[Meeting]) -> list[Entry]:
    side_by_side: dict[tuple[int, datetime, datetime], list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        side_by_side[meeting.occurrence_id, meeting.starts_at, meeting.ends_at].append(meeting)
    return [
        Entry(
            group[0].occurrence.activity,
            tuple(group),
            is_cancelled=group[0].occurrence.is_cancelled or all(meeting.is_cancelled for meeting in group),
        )
        for group in side_by_side.values()
    ]


def _lay_bars(week: list[Day], campaigns: list[Campaign]) -> None:
    """Each campaign keeps one lane for the whole week, so that its pieces make one straight bar."""
    ends: list[date] = []  # the last day taken in each lane
    for campaign in campaigns:
        days = [day for day in week if campaign.first_day <= day.date <= campaign.last_day]
        if not days:
            continue
        lane = next((number for number, taken in enumerate(ends) if taken < days[0].date), len(ends))
        ends[lane : lane + 1] = [days[-1].date]
        for day in days:
            day.bars += [None] * (lane + 1 - len(day.bars))
            day.bars[lane] = BarPiece(
                campaign,
                is_start=day.date == campaign.first_day,
                is_end=day.date == campaign.last_day,
                is_named=day is days[0],
                days=len(days),
            )


def _after(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)
