"""A calendar file, RFC 5545, written line by line: the library needs seconds for the meetings of a year."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from kopiena.floor.dates import RIGA

PRODUCT = "-//Kopiena//lv"
MEDIA_TYPE = "text/calendar; charset=utf-8"
LONGEST = 75  # octets of a line, its end not counted

# When the clocks of Riga are shifted, by the rule that stands since 2001: so every reader knows, of Riga or not.
ZONE = (
    "BEGIN:VTIMEZONE",
    f"TZID:{RIGA.key}",
    "BEGIN:DAYLIGHT",
    "DTSTART:20010325T030000",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
    "TZNAME:EEST",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0300",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:20011028T040000",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    "TZNAME:EET",
    "TZOFFSETFROM:+0300",
    "TZOFFSETTO:+0200",
    "END:STANDARD",
    "END:VTIMEZONE",
)

# What some readers take for the end of a line becomes one that all read; what no text may hold is left out.
ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
ENDS_OF_LINES = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


@dataclass(frozen=True, slots=True)
class Event:
    """One meeting in a calendar. What is empty is left out; the end of whole days is the midnight after the last."""

    uid: str
    stamped_at: datetime  # when what it says was last changed; not "now", so that the same facts are the same bytes
    starts_at: datetime
    ends_at: datetime
    summary: str
    is_all_day: bool = False
    is_cancelled: bool = False
    sequence: int = 0  # of two copies a calendar keeps the one with the higher number
    modified_at: datetime | None = None
    description: str = ""
    location: str = ""
    url: str = ""
    category: str = ""


@dataclass(frozen=True)
class CalendarFile:
    """Events with what a calendar says of itself. `name` and `refresh` (an RFC 5545 duration) are for subscribers."""

    events: tuple[Event, ...]
    name: str = ""
    refresh: str = ""
    method: str = ""

    def written(self) -> bytes:
        """The file."""
        return b"".join(map(folded, self._lines()))

    def _lines(self) -> Iterator[str]:
        yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN")
        if self.method:
            yield f"METHOD:{self.method}"
        if self.name:
            yield from (f"NAME:{text(self.name)}", f"X-WR-CALNAME:{text(self.name)}", f"X-WR-TIMEZONE:{RIGA.key}")
        if self.refresh:
            yield from (f"REFRESH-INTERVAL;VALUE=DURATION:{self.refresh}", f"X-PUBLISHED-TTL:{self.refresh}")
        yield from ZONE
        for event in self.events:
            yield from _event(event)
        yield "END:VCALENDAR"


def text(value: str) -> str:
    """The value as it stands in a line: RFC 5545, 3.3.11."""
    if ODD.search(value):
        value = ODD.sub(lambda found: "\n" if found[0] in ENDS_OF_LINES else "", value.replace("\r\n", "\n"))
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> bytes:
    """The line as octets, broken before it is too long and never inside a letter: RFC 5545, 3.1."""
    raw = line.encode()
    if len(raw) <= LONGEST:
        return raw + b"\r\n"
    pieces, begin, room = [], 0, LONGEST
    while len(raw) - begin > room:
        end = begin + room
        while raw[end] & 0xC0 == 0x80:  # in the middle of a letter
            end -= 1
        pieces.append(raw[begin:end])
        begin, room = end, LONGEST - 1  # the space before each further piece counts
    pieces.append(raw[begin:])
    return b"\r\n ".join(pieces) + b"\r\n"


def utc(moment: datetime) -> str:
    """ "20270327T120000Z"."""
    return _clock(moment.astimezone(UTC)) + "Z"


def _clock(at: datetime) -> str:
    return at.isoformat()[:19].replace("-", "").replace(":", "")


def _moment(name: str, moment: datetime, *, is_day: bool) -> str:
    local = moment.astimezone(RIGA)
    if is_day:
        return f"{name};VALUE=DATE:{local.year:04}{local.month:02}{local.day:02}"
    if local.fold or local.utcoffset() != local.replace(fold=1).utcoffset():
        # The hour that the clock runs twice in October: by the clock readers do not agree which run is meant.
        return f"{name}:{utc(moment)}"
    return f"{name};TZID={RIGA.key}:{_clock(local)}"


def _event(event: Event) -> Iterable[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{utc(event.stamped_at)}",
        _moment("DTSTART", event.starts_at, is_day=event.is_all_day),
        _moment("DTEND", event.ends_at, is_day=event.is_all_day),
        f"SEQUENCE:{event.sequence}",
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
        f"SUMMARY:{text(event.summary)}",
    ]
    if event.modified_at:
        lines.append(f"LAST-MODIFIED:{utc(event.modified_at)}")
    said = {"DESCRIPTION": event.description, "LOCATION": event.location, "CATEGORIES": event.category}
    lines += [f"{name}:{text(value)}" for name, value in said.items() if value]
    if event.url:
        lines.append(f"URL:{event.url}")
    lines.append("END:VEVENT")
    return lines
