"""Where a meeting is, on one line: for letters, calendars and search engines."""

from django.utils.translation import gettext as _

from activities.models import Meeting
from kopiena.floor.said import said


def place(meeting: Meeting, language: str | None = None) -> str:
    """ "Kultūras pils, 2. zāle, Smilšu iela 92", "Mājās", "Tiešsaistē"; nothing where it is not known any more.

    The link to what is online is nobody's but theirs who signed up.
    """
    venue = said(meeting.venue, "name", language).text if meeting.venue else ""
    room = said(meeting.room, "name", language).text if meeting.room else ""
    return in_words(meeting.where, venue, room, meeting.venue.address if meeting.venue else "")


def in_words(where: str, *parts: str | None) -> str:
    """The same of what is known of a meeting: `parts` are the venue, the room and the address."""
    if where != Meeting.Where.VENUE:
        return _("At home") if where == Meeting.Where.HOME else _("Online")
    return ", ".join(filter(None, parts))
