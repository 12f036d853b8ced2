"""What people type for a day, an hour or a number, read as generously as can be; what cannot be read is said."""

import re
from datetime import date, time

from django.utils.translation import gettext as _

from activities.calendar.ways import FIRST_YEAR, LAST_YEAR
from kopiena.floor.typed import UNSEEN

# What the database cannot keep, or no screen can show.
ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
DAY_AS_SAID = re.compile(r"([0-9]{1,2})[./] ?([0-9]{1,2})[./] ?([0-9]{4})\.?")
HOUR = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?(?:[:.]00)?")
NUMBER = re.compile(r"0*([0-9]+)")


class Unreadable(Exception):
    """It is no day, hour or number of ours; `message` says how to write it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def cleaned(value: object, longest: int = 20_000) -> str:
    """A text as it may be kept: one kind of line end, nothing a database refuses, and not without end."""
    return readable(value[:longest]).strip() if isinstance(value, str) else ""


def readable(text: str) -> str:
    """The same letters with one kind of line end, those of a word processor among them, and nothing unprintable."""
    for end in ("\r\n", "\r", "\x0b"):
        text = text.replace(end, "\n")
    return UNSEEN.sub("", ODD.sub("", text))


def day_of(typed: str) -> date | None:
    """ "2027-03-27", "27.03.2027"; None where nothing is written."""
    if not typed:
        return None
    if found := DAY.fullmatch(typed):
        year, month, day = (int(part) for part in found.groups())
    elif found := DAY_AS_SAID.fullmatch(typed):
        day, month, year = (int(part) for part in found.groups())
    else:
        raise Unreadable(_("Write the day with its year, for example 27.03.2027."))
    try:
        on = date(year, month, day)
    except ValueError:
        raise Unreadable(_("There is no such day in the calendar. For example: 27.03.2027.")) from None
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise Unreadable(_("The year lies between 2000 and 2100."))
    return on


def hour_of(typed: str) -> time | None:
    """ "17:00", "17.00", "17"; None where nothing is written."""
    if not typed:
        return None
    found = HOUR.fullmatch(typed)
    hour, minute = (int(part or 0) for part in found.groups()) if found else (99, 0)
    if hour > 23 or minute > 59:
        raise Unreadable(_("Write the time by the clock, for example 17:00."))
    return time(hour, minute)


def number_of(typed: str, most: int) -> int | None:
    """A whole number from 0 to `most`; None where nothing is written."""
    if not typed:
        return None
    found = NUMBER.fullmatch(typed)
    if not found:
        raise Unreadable(_("Write a whole number, for example 20."))
    digits = found[1]
    if len(digits) > 9 or int(digits) > most:  # more digits than any of ours has are not even counted with
        raise Unreadable(_("The number is at most %(most)s.") % {"most": most})
    return int(digits)
