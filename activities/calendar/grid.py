"""Days side by side in weeks, with the bars of campaigns laid over them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.utils.safestring import SafeString

from activities.calendar.entries import Entry, Happenings, Printed
from activities.calendar.ways import FIRST_MONDAY, LAST_YEAR, week_address, week_label
from kopiena.floor import dates


@dataclass(frozen=True)
class Bar(Printed):
    """One day's piece of a campaign's bar; the first piece in a week carries the name over `days` days."""

    campaign: Entry | None  # None keeps the lane free under another campaign
    is_start: bool = False
    is_end: bool = False
    is_named: bool = False
    days: int = 1

    @property
    def classes(self) -> SafeString:
        """What the style sheet knows the piece by."""
        if self.campaign is None:
            return SafeString("month__bar month__bar--gap")
        over = f" month__bar--over-{self.days}" if self.is_named and self.days > 1 else ""
        ends = f"{' month__bar--start' if self.is_start else ''}{' month__bar--end' if self.is_end else ''}"
        return SafeString(f"month__bar theme--{self.campaign.theme}{over}{ends}")


class Face(NamedTuple):
    """How a day is written and heard: the same whatever happens on it."""

    date: date
    iso: SafeString  # "2027-03-27"
    numeral: SafeString
    label: SafeString  # "sestdiena, 27. marts"


@dataclass(frozen=True)
class Day(Printed):
    """A day of the grid, with its pieces of bars and its entries; of another month only its face."""

    date: date
    iso: SafeString
    numeral: SafeString
    label: SafeString
    is_shown: bool = False
    is_today: bool = False
    bars: tuple[Bar, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Row:
    """A week of the grid."""

    number: SafeString
    label: str  # "12. nedēļa"
    address: str  # of its own page; empty at the edges of our calendar
    days: tuple[Day, ...]


def row_of(monday: date, first: date, last: date, found: Happenings, today: date) -> Row:
    """The week that begins on `monday`; its days before `first` and after `last` are not shown."""
    faces = _faces(monday, dates.language_or_active())
    bars = _lay_bars([face.date for face in faces if first <= face.date <= last], found.campaigns)
    days = tuple(
        Day(*face, True, face.date == today, bars[face.date], found.by_day.get(face.date, ()))
        if face.date in bars
        else Day(*face)
        for face in faces
    )
    year, number, _day = monday.isocalendar()
    is_ours = monday >= FIRST_MONDAY and year <= LAST_YEAR
    return Row(SafeString(number), week_label(monday), week_address(monday) if is_ours else "", days)


@lru_cache(maxsize=512)
def _faces(monday: date, code: str) -> tuple[Face, ...]:
    """The seven days of a week, put into words once."""
    days = (monday + timedelta(days=number) for number in range(7))
    return tuple(
        Face(
            day,
            SafeString(day.isoformat()),
            SafeString(day.day),
            SafeString(dates.day_label(day, code, today=day)),
        )
        for day in days
    )


def _lay_bars(days: list[date], campaigns: Iterable[Entry]) -> dict[date, tuple[Bar, ...]]:
    """Each campaign keeps one lane for the whole week, so that its pieces make one straight bar."""
    laid: dict[date, list[Bar]] = {day: [] for day in days}
    ends: list[date] = []  # the last day taken in each lane
    for campaign in campaigns:
        covered = [day for day in days if campaign.first_day <= day <= campaign.last_day]
        if not covered:
            continue
        lane = next((number for number, taken in enumerate(ends) if taken < covered[0]), len(ends))
        ends[lane : lane + 1] = [covered[-1]]
        for day in covered:
            laid[day] += [Bar(None)] * (lane + 1 - len(laid[day]))
            laid[day][lane] = Bar(
                campaign,
                is_start=day == campaign.first_day,
                is_end=day == campaign.last_day,
                is_named=day is covered[0],
                days=len(covered),
            )
    return {day: tuple(bars) for day, bars in laid.items()}
