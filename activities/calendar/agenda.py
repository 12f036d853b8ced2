"""The days of a month one below the other: what a phone shows first."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from activities.calendar.entries import Entry, Printed
from activities.calendar.month import Month, month_of
from activities.calendar.ways import DAYS, LAST_YEAR, Way, days_address, month_after, month_before, month_name, views_of
from kopiena.floor import dates


@dataclass(frozen=True)
class AgendaDay(Printed):
    """A day on which something happens, with the words of its date block."""

    date: date
    iso: SafeString
    numeral: SafeString
    month: SafeString
    weekday: SafeString
    label: SafeString  # "sestdien, 27. martā": what is heard
    is_today: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Agenda:
    """A month's campaigns and busy days; of the current month those still to come stand first."""

    month: Month
    kind = DAYS

    @property
    def label(self) -> str:
        return self.month.label

    @property
    def address(self) -> str:
        return days_address(self.month.first)

    @property
    def year(self) -> int:
        return self.month.year

    @property
    def is_empty(self) -> bool:
        return self.month.is_empty

    @property
    def views(self) -> tuple[Way, ...]:
        return views_of(DAYS, self.month.today if self.month.is_current else self.month.first)

    @property
    def now(self) -> Way | None:
        if self.month.is_current:
            return None
        return Way(days_address(self.month.today), pgettext("calendar", "This month"))

    @property
    def previous(self) -> Way | None:
        before = month_before(self.month.first)
        return Way(days_address(before), month_name(before, self.month.first)) if before else None

    @property
    def next(self) -> Way | None:
        after = month_after(self.month.first)
        return Way(days_address(after), month_name(after, self.month.first)) if after.year <= LAST_YEAR else None

    @property
    def campaigns(self) -> tuple[Entry, ...]:
        return self.month.found.campaigns

    @cached_property
    def ahead(self) -> list[AgendaDay]:
        """From today on; of another month all its days."""
        return [day for day in self._days if day.date >= self.month.today or not self.month.is_current]

    @cached_property
    def gone(self) -> list[AgendaDay]:
        """Of the current month the days before today."""
        return [day for day in self._days if day.date < self.month.today] if self.month.is_current else []

    @cached_property
    def _days(self) -> list[AgendaDay]:
        code = dates.language_or_active()
        return [
            AgendaDay(
                day,
                SafeString(day.isoformat()),
                SafeString(day.day),
                SafeString(dates.month_short(day, code)),
                SafeString(dates.weekday_short(day, code)),
                SafeString(dates.day(day, code, today=self.month.first)),
                day == self.month.today,
                entries,
            )
            for day, entries in sorted(self.month.found.by_day.items())
        ]


def agenda_of(first: date, now: datetime) -> Agenda:
    """The days of the month that begins on `first`: one query."""
    return Agenda(month_of(first, now))
