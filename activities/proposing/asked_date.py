"""One date an institution asks for: a day or several, by the clock of the wall or whole days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from activities.proposing.repeats import is_skipped, is_twice
from kopiena.floor import dates
from kopiena.floor.dates import RIGA

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class AskedDate:
    """From the first day to the last, both included; without hours it is whole days."""

    day: date
    last: date
    begins: time | None = None
    ends: time | None = None

    @property
    def is_all_day(self) -> bool:
        return self.begins is None or self.ends is None

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day, self.begins or time.min, RIGA)

    @property
    def ends_at(self) -> datetime:
        """For whole days the midnight after the last."""
        if self.is_all_day or self.ends is None:
            return datetime.combine(self.last + timedelta(days=1), time.min, RIGA)
        return datetime.combine(self.last, self.ends, RIGA)

    def words(self, language: str | None = None, *, today: date | None = None) -> str:
        """When it is, as the public page says it."""
        return dates.when(self.starts_at, self.ends_at, is_all_day=self.is_all_day, language=language, today=today)

    def told(self, language: str | None = None, *, today: date | None = None) -> str:
        """The same with what is worth knowing of it."""
        return " – ".join(filter(None, (self.words(language, today=today), self.note)))

    def is_past(self, now: datetime) -> bool:
        """Whether it is too late to invite anybody: it has begun, or its whole days are over."""
        return (self.ends_at if self.is_all_day else self.starts_at) <= now

    @property
    def fault(self) -> str:
        """Why there can be no such date; empty where there can."""
        for day, at in self._hours():
            if is_skipped(day, at):
                told = {"day": dates.plain_day(day), "hour": dates.bare_clock(at)}
                return _("There is no %(hour)s: on %(day)s the clocks go forward. Choose another hour.") % told
        # By the moments, not by the clock: where it is put back, 3.50 may come before 3.10.
        if self.ends_at.timestamp() <= self.starts_at.timestamp():
            return _("The end must be after the beginning.")
        if self.last - self.day > LONGEST:
            return _("One date lasts a year at most.")
        return ""

    @property
    def note(self) -> str:
        """What is worth knowing of it: an hour the clock shows twice."""
        for day, at in self._hours():
            if is_twice(day, at):
                told = {"day": dates.plain_day(day), "hour": dates.bare_clock(at)}
                return _("On %(day)s the clocks go back and show %(hour)s twice; the first time is meant.") % told
        return ""

    def _hours(self) -> list[tuple[date, time]]:
        return [(self.day, self.begins), (self.last, self.ends)] if self.begins and self.ends else []
