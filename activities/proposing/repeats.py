"""A date that repeats by the wall clock: every one, two or four weeks on these weekdays, without some of the days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import WEEKLY, rrule

from kopiena.floor.dates import RIGA

MOST = 60  # dates of one proposal
EVERY = (1, 2, 4)  # weeks
WEEK = 7


class TooMany(Exception):
    """It would make more dates than one proposal may have."""


@dataclass(frozen=True)
class Repeat:
    """Which days it falls on. The hour is none of its business: 17.00 stays 17.00 whatever the clocks do."""

    first: date
    last: date
    weekdays: frozenset[int]  # Monday is 0; none is the weekday of the first day
    every: int = 1  # weeks

    def days(self) -> list[date]:
        """All its days; raises TooMany, having counted no further than one too many."""
        weekdays = self.weekdays or frozenset({self.first.weekday()})
        # "Every second Tuesday" counts from the first Tuesday there is, not from the week of the first day.
        begin = next(day for day in map(self._later, range(WEEK)) if day.weekday() in weekdays)
        rule = rrule(
            WEEKLY,
            interval=self.every,
            byweekday=sorted(weekdays),
            dtstart=datetime.combine(begin, time.min),
            until=datetime.combine(self.last, time.min),
        )
        found = [moment.date() for moment in islice(rule, MOST + 1)]
        if len(found) > MOST:
            raise TooMany
        return found

    def _later(self, days: int) -> date:
        return self.first + timedelta(days=days)


def is_skipped(day: date, at: time) -> bool:
    """Whether the clock never shows this hour on that day, because it is put forward."""
    moment = datetime.combine(day, at, RIGA)
    return moment.timestamp() != moment.replace(fold=1).timestamp() and not _is_back(moment)


def is_twice(day: date, at: time) -> bool:
    """Whether the clock shows this hour twice on that day, because it is put back; the first one is meant."""
    return _is_back(datetime.combine(day, at, RIGA))


def _is_back(moment: datetime) -> bool:
    return moment.replace(fold=1).timestamp() > moment.timestamp()
