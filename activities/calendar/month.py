"""A month as the calendar shows it: weeks of days, with bars over them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils.translation import pgettext

from activities.calendar.entries import Happenings, happenings
from activities.calendar.grid import Day, Row, row_of
from activities.calendar.ways import (
    LAST_YEAR,
    MONTH,
    Way,
    month_address,
    month_after,
    month_before,
    month_name,
    views_of,
)
from kopiena.floor import dates


@dataclass(frozen=True)
class Month:
    """One month; its grid is laid only where it is shown."""

    first: date
    today: date
    found: Happenings
    kind = MONTH

    @property
    def label(self) -> str:
        """ "2027. gada marts"."""
        return dates.month(self.first.year, self.first.month)

    @property
    def address(self) -> str:
        return month_address(self.first)

    @property
    def year(self) -> int:
        return self.first.year

    @property
    def is_empty(self) -> bool:
        return self.found.is_empty

    @property
    def is_current(self) -> bool:
        return (self.first.year, self.first.month) == (self.today.year, self.today.month)

    @property
    def views(self) -> tuple[Way, ...]:
        return views_of(MONTH, self.today if self.is_current else self.first)

    @property
    def now(self) -> Way | None:
        """Back to the current month."""
        return None if self.is_current else Way(month_address(self.today), pgettext("calendar", "This month"))

    @property
    def previous(self) -> Way | None:
        before = month_before(self.first)
        return Way(month_address(before), month_name(before, self.first)) if before else None

    @property
    def next(self) -> Way | None:
        after = month_after(self.first)
        return Way(month_address(after), month_name(after, self.first)) if after.year <= LAST_YEAR else None

    @property
    def weekday_names(self) -> tuple[str, ...]:
        return dates.weekday_names()

    @cached_property
    def weeks(self) -> tuple[Row, ...]:
        """Whole weeks from Monday; a day of another month is None."""
        last = month_after(self.first) - timedelta(days=1)
        monday = self.first - timedelta(days=self.first.weekday())
        mondays = (monday + timedelta(days=7 * number) for number in range(6))
        return tuple(row_of(monday, self.first, last, self.found, self.today) for monday in mondays if monday <= last)

    @property
    def days(self) -> list[Day]:
        """The month's own days, one after the other."""
        return [day for week in self.weeks for day in week.days if day.is_shown]


def month_of(first: date, now: datetime) -> Month:
    """The month that begins on `first`, with everything anybody may see in it: one query."""
    return Month(first, dates.local_day(now), happenings(first, month_after(first), now))
