"""Days around today by weekday, so that the demonstration looks alive whenever it is loaded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)

# (month, day) on which nobody would come: the fixed public holidays of Latvia and the evenings before.
FEASTS = {(1, 1), (5, 1), (5, 4), (6, 23), (6, 24), (11, 18), (12, 24), (12, 25), (12, 26), (12, 31)}


@dataclass(frozen=True)
class Weeks:
    """Weeks of seven days counted from tomorrow: week 0 holds each weekday once, all of them still to come."""

    today: date

    def coming(self, weekday: int, week: int = 0) -> date:
        """That weekday in that week; on a feast the same weekday a week later."""
        day = self._day(weekday, week)
        while is_feast(day):
            day += timedelta(days=7)
        return day

    def each(self, weekday: int, weeks: Iterable[int]) -> list[date]:
        """That weekday in those weeks, feasts left out."""
        return [day for week in weeks if not is_feast(day := self._day(weekday, week))]

    def course(self, weekday: int, count: int) -> list[date]:
        """That weekday so many times, feasts left out."""
        return self.each(weekday, range(count + len(FEASTS)))[:count]

    def past(self, weekday: int) -> date:
        """That weekday in the seven days before today."""
        return self.today - timedelta(days=1 + (self.today.weekday() - 1 - weekday) % 7)

    def _day(self, weekday: int, week: int) -> date:
        return self.today + timedelta(days=1 + (weekday - self.today.weekday() - 1) % 7 + 7 * week)


def is_feast(day: date) -> bool:
    """Whether nothing is planned on that day."""
    return (day.month, day.day) in FEASTS
