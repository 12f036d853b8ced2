"""The ways on from a page of the calendar: to the other views, to the time before and after, to now."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kopiena.floor import dates
from kopiena.floor.date_tables import TABLES

FIRST_YEAR, LAST_YEAR = 2000, 2100
MONTH, WEEK, DAYS = "month", "week", "days"
FIRST_MONDAY = date.fromisocalendar(FIRST_YEAR, 1, 1)  # the days before it belong to no week of ours


@dataclass(frozen=True)
class Way:
    """A link: where to, and what it says."""

    address: str
    name: str
    is_here: bool = False


def views_of(here: str, day: date) -> tuple[Way, ...]:
    """The switch "Mēnesis · Nedēļa · Pa dienām" around a day."""
    month, week, days = month_address(day), week_address(max(day, FIRST_MONDAY)), days_address(day)
    return (
        Way(month, pgettext("calendar", "Month"), here == MONTH),
        Way(week, pgettext("calendar", "Week"), here == WEEK),
        Way(days, _("Day by day"), here == DAYS),
    )


def month_address(day: date) -> str:
    """The lasting address of the day's month."""
    return _address("activities:calendar_month", day.replace(day=1), get_language())


def days_address(day: date) -> str:
    """The lasting address of the day's month, its days one below the other."""
    return _address("activities:calendar_days", day.replace(day=1), get_language())


def week_address(day: date) -> str:
    """The lasting address of the day's week."""
    return _address("activities:calendar_week", day - timedelta(days=day.weekday()), get_language())


@lru_cache(maxsize=1024)
def _address(name: str, day: date, _language: str | None) -> str:
    """Remembered by language, which is the prefix: a page of the calendar has a dozen of them."""
    return reverse(name, args=[day])


def week_label(monday: date) -> str:
    """ "12. nedēļa"."""
    return _("Week %(number)s") % {"number": monday.isocalendar().week}


def month_before(first: date) -> date | None:
    """The first day of the month before; None at the edge of our calendar."""
    before = (first - timedelta(days=1)).replace(day=1)
    return before if before.year >= FIRST_YEAR else None


def month_after(first: date) -> date:
    """The first day of the month after, past the edge too."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_name(first: date, beside: date) -> str:
    """ "februāris"; with its year where that is another one than beside."""
    if first.year != beside.year:
        return dates.month(first.year, first.month)
    return TABLES[dates.language_or_active()].month[first.month - 1]
