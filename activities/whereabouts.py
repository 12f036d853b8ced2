"""Where a meeting is, on one line: for letters, calendars and search engines."""

from django.utils.translation import gettext as _

from activities.models import Meeting
from kopiena.floor.said import said


def place(meeting: Meeting, language: str | None = None) -> str:
    """ "Kultūras pils, 2. zāle, Smilšu iela 92", "Mājās", "Tiešsaistē"; nothing where it is not known any more.

    The link to what is online is nobody's but theirs who signed up.
    """
    if meeting.where != Meeting.Where.VENUE:
        return _("At home") if meeting.where == Meeting.Where.HOME else _("Online")
    if meeting.venue is None:
        return ""
    room = said(meeting.room, "name", language).text if meeting.room else ""
    return ", ".join(filter(None, [said(meeting.venue, "name", language).text, room, meeting.venue.address]))
