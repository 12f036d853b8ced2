"""What the calendar shows: everything public in a span of days, asked in one query and put into words once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.template.loader import get_template
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

    What templates print comes escaped once, as a SafeString: escaping it anew would take longer than all else about it.
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

    @cached_property
    def in_month(self) -> str:
        """Its line in the grid of a month."""
        return get_template("activities/_month_entry.html").render({"entry": self})

    @cached_property
    def in_days(self) -> str:
        """Its lines below its day."""
        return get_template("activities/_agenda_entry.html").render({"entry": self})


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
    code, this_year = dates.language_or_active(), dates.local_day(now).year
    before_slug = reverse("activities:activity", args=["-"]).removesuffix("-/")
    by_day: dict[date, list[Entry]] = defaultdict(list)
    campaigns = []
    for rows in side_by_side.values():
        entry = _entry(tuple(rows), before_slug, rows[0].ends_at <= now, this_year, code)
        if entry.span:
            campaigns.append(entry)
        elif entry.first_day >= first:  # a late evening of the day before stays there
            by_day[entry.first_day].append(entry)
    return Happenings({day: tuple(entries) for day, entries in by_day.items()}, tuple(campaigns))


# Kept from page to page, with its lines once they are made: it depends on what the database has just said and on
# nothing else, so a row that changed is another entry.
@lru_cache(maxsize=2048)
def _entry(rows: tuple[Row, ...], before_slug: str, is_over: bool, this_year: int, code: str) -> Entry:
    row, held = rows[0], [each for each in rows if not each.is_cancelled]
    begins, ends = row.starts_at.astimezone(RIGA), row.ends_at.astimezone(RIGA)
    first_day, last_day = begins.date(), (ends - timedelta(microseconds=1)).date()
    off = span = clock = hours = SafeString()
    if not held or row.state == Occurrence.State.CANCELLED:
        off = SafeString(_("Did not take place") if is_over else _("Will not take place"))
    if first_day != last_day and (row.is_all_day or row.ends_at - row.starts_at >= LONG):
        span = SafeString(dates.span(first_day, last_day, code, today=date(this_year, 1, 1)))
    if not row.is_all_day:
        clock = SafeString(dates.bare_clock(begins, code))
        hours = SafeString(dates.clock_range(begins, ends, code))
    return Entry(
        address=SafeString(f"{before_slug}{row.slug}/"),
        title=said(row, "title", code).__html__(),
        theme=SafeString(row.theme),
        first_day=first_day,
        last_day=last_day,
        clock=clock,
        hours=hours,
        span=span,
        off=off,
        where=_where(held or rows, code),
    )


def _where(rows: Sequence[Row], code: str) -> SafeString:
    """Each place once: venues by name, then at home, then online."""
    kinds = {row.where for row in rows}
    words = [said(row, "venue", code).__html__() for row in rows if row.where == Meeting.Where.VENUE]
    if Meeting.Where.HOME in kinds:
        words.append(conditional_escape(_("at home") if words else _("At home")))
    if Meeting.Where.ONLINE in kinds:
        words.append(conditional_escape(_("online") if words else _("Online")))
    return SafeString(", ".join(dict.fromkeys(words)))
