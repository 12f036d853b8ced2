"""All the dates a proposal of an activity asks for, read from what was typed, with what is wrong with each."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from activities.proposing.asked_date import AskedDate
from activities.proposing.repeats import EVERY, MOST, Repeat, TooMany
from activities.proposing.typed import Unreadable, cleaned, day_of, hour_of
from kopiena.floor import dates

Content = Mapping[str, Any]
ROW = ("day", "from", "until", "last", "whole")
REPEAT = ("repeat_weekdays", "repeat_from", "repeat_until", "repeat_first", "repeat_last")
LAST_MONTH = {"winter": 12, "spring": 5, "summer": 8, "autumn": 11, "year": 12, "": 12}


@dataclass
class When:
    """What was asked for as far as it can be read: each date once, the soonest first."""

    dates: list[AskedDate] = field(default_factory=list)
    repeated: list[AskedDate] = field(default_factory=list)  # what the repeat makes, those left out included
    left_out: set[date] = field(default_factory=set)
    faults: list[tuple[str, str]] = field(default_factory=list)  # name of a field, sentence

    def is_left_out(self, asked: AskedDate) -> bool:
        return asked.day in self.left_out


def read(content: Content, now: datetime, *, known: Collection[datetime] = ()) -> When:
    """The dates of a draft; `known` are the beginnings of those already published."""
    when = When()
    found = [*_single(content, when, now), *_repeating(content, when, now)]
    taken = {moment.timestamp() for moment in known}
    for name, asked in found:
        if asked.starts_at.timestamp() in taken:
            when.faults.append((name, _("This date is there already: %(date)s.") % {"date": asked.words()}))
        else:
            when.dates.append(asked)
    when.dates = sorted(dict.fromkeys(when.dates), key=lambda asked: (asked.starts_at, asked.ends_at))
    if len(when.dates) > MOST:
        when.faults.append(("", _too_many()))
    return when


def rows_of(content: Content) -> list[dict[str, Any]]:
    """The rows of single dates; one to begin with."""
    rows = [row for row in content.get("dates") or [] if isinstance(row, Mapping)]
    return [{name: row.get(name, "") for name in ROW} for row in rows[:MOST]] or [dict.fromkeys(ROW, "")]


def is_repeat_asked(content: Content) -> bool:
    """Whether anything is written of a repeat."""
    return any(content.get(name) for name in REPEAT)


def without_of(content: Content) -> set[date]:
    """The days the repeat leaves out."""
    found = set()
    for typed in list(content.get("repeat_without") or [])[:MOST]:
        try:
            found.add(date.fromisoformat(str(typed)))
        except ValueError:
            continue
    return found


def season_fault(year: int, season: str, today: date) -> str:
    """Why an approximate time will not do: it has passed."""
    if (year, LAST_MONTH.get(season, 12)) < (today.year, today.month):
        return _("This time has passed already.")
    return ""


def _single(content: Content, when: When, now: datetime) -> Iterator[tuple[str, AskedDate]]:
    for number, row in enumerate(rows_of(content), start=1):
        name = f"date_{number}_"
        if not any(row.values()):
            continue
        errors = len(when.faults)
        day, last = _read(when, day_of, name + "day", row["day"]), _read(when, day_of, name + "last", row["last"])
        begins, ends = _hours(when, name + "from", row["from"], name + "until", row["until"], is_asked=not row["whole"])
        if not row["day"]:
            when.faults.append((name + "day", _("Write on which day.")))
        if len(when.faults) > errors or day is None:
            continue
        if last is not None and last < day:
            when.faults.append((name + "last", _("The last day cannot be before the first.")))
            continue
        asked = AskedDate(day, last or day, begins, ends)
        if fault := asked.fault or _past(asked, now):
            when.faults.append((name + ("until" if asked.fault and not asked.is_all_day else "day"), fault))
        if not asked.fault:
            yield name + "day", asked


def _repeating(content: Content, when: When, now: datetime) -> Iterator[tuple[str, AskedDate]]:
    if not is_repeat_asked(content):
        return
    first = _read(when, day_of, "repeat_first", content.get("repeat_first"))
    last = _read(when, day_of, "repeat_last", content.get("repeat_last"))
    typed = content.get("repeat_from"), content.get("repeat_until")
    begins, ends = _hours(when, "repeat_from", typed[0], "repeat_until", typed[1], is_asked=True)
    if not content.get("repeat_first"):
        when.faults.append(("repeat_first", _("Write from which day it repeats.")))
    if not content.get("repeat_last"):
        when.faults.append(("repeat_last", _("Write until which day it repeats.")))
    if first is None or last is None:
        return
    if begins is None or ends is None:
        begins = ends = None  # as days, so that they can be seen before the hours are written
    days = _days(content, first, last, when)
    when.repeated = [AskedDate(day, day, begins, ends) for day in days]
    when.left_out = without_of(content) & set(days)
    kept = [asked for asked in when.repeated if asked.day not in when.left_out]
    if days and not kept:
        when.faults.append(("repeat_without", _("All dates are left out.")))
    if faults := [asked.fault for asked in kept if asked.fault]:
        when.faults.append(("repeat_until", faults[0]))
    elif past := [asked for asked in kept if asked.is_past(now)]:
        when.faults.append(("repeat_first", _past(past[0], now)))
    if begins is not None:
        yield from (("repeat_first", asked) for asked in kept if not asked.fault)


def _days(content: Content, first: date, last: date, when: When) -> list[date]:
    weekdays = frozenset(int(day) for day in content.get("repeat_weekdays") or [] if str(day) in "0123456" and day)
    weeks = cleaned(str(content.get("repeat_every") or "1"))
    every = next((number for number in EVERY if str(number) == weeks), 1)
    try:
        days = Repeat(first, last, weekdays, every).days()
    except TooMany:
        when.faults.append(("repeat_last", _too_many()))
        return []
    if not days:
        when.faults.append(("repeat_last", _("From the first day to the last there is no such date.")))
    return days


def _hours(
    when: When, from_name: str, from_typed: Any, until_name: str, until_typed: Any, *, is_asked: bool
) -> tuple[time | None, time | None]:
    if not is_asked:
        return None, None
    begins = _read(when, hour_of, from_name, from_typed)
    ends = _read(when, hour_of, until_name, until_typed)
    if not from_typed:
        when.faults.append((from_name, _("Write at what time it begins.")))
    if not until_typed:
        when.faults.append((until_name, _("Write at what time it ends.")))
    return begins, ends


def _read(when: When, reader: Any, name: str, typed: Any) -> Any:
    try:
        return reader(cleaned(typed, 40))
    except Unreadable as unreadable:
        when.faults.append((name, unreadable.message))
        return None


def _past(asked: AskedDate, now: datetime) -> str:
    if not asked.is_past(now):
        return ""
    return _("This has passed already: %(date)s.") % {"date": asked.words(today=dates.local_day(now))}


def _too_many() -> str:
    return _("That is too many dates. One proposal has at most: %(most)s.") % {"most": MOST}
