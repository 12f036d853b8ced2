"""What the calendar shows: everything public in a span of days, asked in one query and put into words once."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from activities.models import Meeting, Occurrence
from activities.models.meeting import RIGA
from activities.offer import LONG
from kopiena.floor import dates
from kopiena.floor.composed import Composed
from kopiena.floor.said import said


class Row(NamedTuple):
    """A meeting with the little of its activity and venue that a calendar says: tuples, for a month is asked often."""

    occurrence_id: int
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool
    where: str
    is_cancelled: bool
    state: str
    slug: str
    theme: str
    title_lv: str
    title_ru: str
    title_en: str
    venue_lv: str | None
    venue_ru: str | None
    venue_en: str | None


class Title(NamedTuple):
    """What an activity is called."""

    title_lv: str
    title_ru: str
    title_en: str


class Place(NamedTuple):
    """Where a meeting is: the kind of place, and the names of the venue."""

    where: str
    name_lv: str | None
    name_ru: str | None
    name_en: str | None


ROWS = Composed(
    lambda start, end: (
        Meeting.objects.public()
        .between(start, end)
        .values_list(
            *("occurrence_id", "starts_at", "ends_at", "is_all_day", "where", "is_cancelled", "occurrence__state"),
            *(f"occurrence__activity__{name}" for name in ("slug", "theme", "title_lv", "title_ru", "title_en")),
            *(f"venue__name_{code}" for code in ("lv", "ru", "en")),
        )
    )
)


class Printed:
    """Found by a template at its first try: it asks for `thing["name"]` before `thing.name`, and a month asks a lot."""

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)


@dataclass(frozen=True)
class Entry(Printed):
    """What happens at one time: meetings of one date side by side are one. Every text is in the active language.

    What templates print comes escaped once, as a SafeString; escaping it anew would take longer than all else about it.
    """

    address: SafeString
    title: SafeString  # with its `lang` where it is a fallback
    theme: SafeString
    first_day: date
    last_day: date
    clock: SafeString  # "14.00"; nothing where it lasts whole days
    hours: SafeString  # "14.00–16.00"
    span: SafeString  # "no 2. līdz 9. martam" of a campaign of several days; else nothing
    off: SafeString  # "Nenotiks", once it is past "Nenotika"; else nothing
    where: SafeString  # "Mezgls, Tiešsaistē"


@dataclass(frozen=True)
class Happenings:
    """All that is public in a span of days."""

    by_day: dict[date, tuple[Entry, ...]]
    campaigns: tuple[Entry, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.by_day or self.campaigns)


def happenings(first: date, after: date, now: datetime) -> Happenings:
    """From the day `first` until before the day `after`: one query."""
    start, end = (datetime.combine(day, time.min, RIGA) for day in (first, after))
    side_by_side: dict[tuple[int, datetime, datetime], list[Row]] = defaultdict(list)
    for row in map(Row._make, ROWS.rows(start, end)):
        side_by_side[row.occurrence_id, row.starts_at, row.ends_at].append(row)
    code = dates.language_or_active()  # asked once: it is the dearest part of each word
    before_slug = reverse("activities:activity", args=["-"]).removesuffix("-/")
    by_day: dict[date, list[Entry]] = defaultdict(list)
    campaigns = []
    for rows in side_by_side.values():
        entry = _entry(rows, f"{before_slug}{rows[0].slug}/", now, code)
        if entry.span:
            campaigns.append(entry)
        elif entry.first_day >= first:  # a late evening of the day before stays there
            by_day[entry.first_day].append(entry)
    return Happenings({day: tuple(entries) for day, entries in by_day.items()}, tuple(campaigns))


def _entry(rows: list[Row], address: str, now: datetime, code: str) -> Entry:
    row, held = rows[0], [each for each in rows if not each.is_cancelled]
    begins, ends = row.starts_at.astimezone(RIGA), row.ends_at.astimezone(RIGA)
    first_day, last_day = begins.date(), (ends - timedelta(microseconds=1)).date()
    off = span = clock = hours = SafeString()
    if not held or row.state == Occurrence.State.CANCELLED:
        off = SafeString(_("Did not take place") if row.ends_at <= now else _("Will not take place"))
    if first_day != last_day and (row.is_all_day or row.ends_at - row.starts_at >= LONG):
        span = SafeString(dates.span(first_day, last_day, code, today=dates.local_day(now)))
    if not row.is_all_day:
        clock, hours = _hours(begins.time(), ends.time(), code)
    return Entry(
        SafeString(address),
        _title(Title(*row[-6:-3]), code),
        SafeString(row.theme),
        first_day,
        last_day,
        clock,
        hours,
        span,
        off,
        _where(tuple(Place(each.where, *each[-3:]) for each in held or rows), code),
    )


# Words are kept, for the same titles, hours and venues are said again and again: each depends on its arguments alone.
@lru_cache(maxsize=2048)
def _title(title: Title, code: str) -> SafeString:
    return said(title, "title", code).__html__()


@lru_cache(maxsize=2048)
def _hours(begins: time, ends: time, code: str) -> tuple[SafeString, SafeString]:
    """ "14.00" and "14.00–16.00"."""
    return SafeString(dates.bare_clock(begins, code)), SafeString(dates.clock_range(begins, ends, code))


@lru_cache(maxsize=2048)
def _where(places: tuple[Place, ...], code: str) -> SafeString:
    """Each place once: venues by name, then at home, then online."""
    kinds = {place.where for place in places}
    words = [said(place, "name", code).__html__() for place in places if place.where == Meeting.Where.VENUE]
    if Meeting.Where.HOME in kinds:
        words.append(conditional_escape(_("At home")))
    if Meeting.Where.ONLINE in kinds:
        words.append(conditional_escape(_("Online")))
    return SafeString(", ".join(dict.fromkeys(words)))
