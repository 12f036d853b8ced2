"""Where and when, in words: a meeting as it is, and as a notice remembers that it was."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from activities.models import Meeting
from activities.whereabouts import place
from families import meeting_times
from families.letters.gathering import Gathered
from kopiena.floor import dates
from kopiena.floor.said import said


def time(meeting: Meeting, today: date) -> str:
    """ "sestdien, 27. martā, plkst. 14.00–16.00"."""
    return dates.when(meeting.starts_at, meeting.ends_at, is_all_day=meeting.is_all_day, today=today)


def begins(meeting: Meeting, today: date) -> str:
    """ "rīt, sestdien, 27. martā, plkst. 14.00"; whole days as they are: "no 5. līdz 9. aprīlim"."""
    if meeting.is_all_day:
        return time(meeting, today)
    near = dates.near(meeting.starts_at, today)
    return ", ".join(filter(None, [near, dates.moment(meeting.starts_at, today=today)]))


def time_and_place(meeting: Meeting, today: date) -> str:
    """Both on one line, with the name of what meets and the word that it does not."""
    said_of_it = filter(None, [said(meeting, "name").text, time(meeting, today), place(meeting)])
    words = ", ".join(said_of_it)
    return off(words) if meeting.is_cancelled else words


def off(words: str) -> str:
    """ "sestdien, 27. martā, plkst. 14.00 – Nenotiks"."""
    return _("%(when)s – will not take place") % {"when": words}


def remembered(told: Iterable[meeting_times.Told], known: Gathered) -> list[Meeting]:
    """What `meeting_times.told` kept, as meetings that are in no database."""
    made = []
    for each in told:
        starts_at, ends_at = meeting_times.moments(each)
        now = known.meetings.get(each["meeting"], Meeting())
        made.append(
            Meeting(
                starts_at=starts_at,
                ends_at=ends_at,
                is_all_day=each["is_all_day"],
                where=each["where"],
                venue=known.venues.get(each["venue"] or 0),
                room=known.rooms.get(each["room"] or 0),
                **{name: getattr(now, name) for name in ("name_lv", "name_ru", "name_en")},
            )
        )
    return made
