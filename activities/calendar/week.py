"""A week as the calendar shows it: seven days with hours and places."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils.translation import pgettext

from activities.calendar.entries import Happenings, happenings
from activities.calendar.grid import Day, Row, row_of
from activities.calendar.ways import FIRST_MONDAY, LAST_YEAR, WEEK, Way, views_of, week_address, week_label
from kopiena.floor import dates

A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """One week from Monday to Sunday, by the numbers of ISO 8601."""

    monday: date
    today: date
    found: Happenings
    kind = WEEK

    @property
    def label(self) -> str:
        """ "2027. gada 22.–28. marts"."""
        return dates.days_label(self.monday, self._sunday)

    @property
    def number(self) -> str:
        """ "12. nedēļa"."""
        return week_label(self.monday)

    @property
    def year(self) -> int:
        return self.middle.year

    @property
    def address(self) -> str:
        return week_address(self.monday)

    @property
    def is_empty(self) -> bool:
        return self.found.is_empty

    @property
    def is_current(self) -> bool:
        return self.monday <= self.today <= self._sunday

    @property
    def middle(self) -> date:
        """The day whose month the week belongs to: today, else its Thursday."""
        return self.today if self.is_current else self.monday + timedelta(days=3)

    @property
    def views(self) -> tuple[Way, ...]:
        return views_of(WEEK, self.middle)

    @property
    def now(self) -> Way | None:
        """Back to the current week."""
        return None if self.is_current else Way(week_address(self.today), pgettext("calendar", "This week"))

    @property
    def previous(self) -> Way | None:
        return self._way(self.monday - A_WEEK) if self.monday > FIRST_MONDAY else None

    @property
    def next(self) -> Way | None:
        after = self.monday + A_WEEK
        return self._way(after) if after.isocalendar().year <= LAST_YEAR else None

    def _way(self, monday: date) -> Way:
        """Named by its days: "15.–21. marts"."""
        last = monday + timedelta(days=6)
        with_year = {monday.year, last.year} != {self._sunday.year}
        return Way(week_address(monday), dates.days_label(monday, last, with_year=with_year))

    @property
    def _sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def weekday_names(self) -> tuple[str, ...]:
        return dates.weekday_names()

    @cached_property
    def weeks(self) -> tuple[Row, ...]:
        """The one row of its grid."""
        return (row_of(self.monday, self.monday, self._sunday, self.found, self.today),)

    @property
    def days(self) -> tuple[Day, ...]:
        return self.weeks[0].days


def week_of(monday: date, now: datetime) -> Week:
    """The week that begins on `monday`, with everything anybody may see in it: one query."""
    return Week(monday, dates.local_day(now), happenings(monday, monday + A_WEEK, now))
