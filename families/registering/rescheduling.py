"""Another time or another place for a date, and everybody who comes or waits is told of both, the old and the new."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from activities.models import Meeting, Room, Venue
from families import gate, meeting_times, news
from families.gate import Locked
from families.refusals import Refused
from families.registering import rooms
from families.registering.dates import revised
from kopiena.floor.models import User

MOMENTS = ("sign_up_closes_at", "promote_until", "decision_at")


@dataclass(frozen=True)
class Rescheduled:
    """One meeting as it shall be."""

    meeting_id: int
    starts_at: datetime
    ends_at: datetime
    where: str = Meeting.Where.VENUE
    venue: Venue | None = None
    room: Room | None = None


def reschedule(occurrence_id: int, meetings: Collection[Rescheduled], *, by: User, now: datetime) -> bool:
    """Hold these meetings at another time or place; returns whether anything changed.

    Moments of the date that were set by hand (sign-up closes, freed places go to the queue until, decision on the
    weather) and are still to come move along with its beginning. Refuses what is called off, over or past, and a room
    that is taken. Who is rung up is decided by the sooner of the old beginning and the new: at both somebody might
    stand in vain.
    """
    with gate.locked(occurrence_id, now=now) as held:
        if held.is_called_off:
            raise Refused(_("This date is marked as not taking place. Take it up again first."))
        chosen = {each.meeting_id: each for each in meetings}
        found = list(held.occurrence.meetings.filter(pk__in=chosen, is_cancelled=False))
        if len(found) != len(chosen):
            raise Refused(_("This meeting is no longer here."))
        changed = [meeting for meeting in found if _differs(meeting, chosen[meeting.pk])]
        if not changed:
            return False
        old, sooner = meeting_times.told(held.occurrence, changed), [meeting.starts_at for meeting in changed]
        with rooms.kept_free():
            for meeting in changed:
                _hold(meeting, chosen[meeting.pk], now)
        began = held.starts_at
        held.look_again()
        if began is not None and held.starts_at is not None:
            _move_along(held, held.starts_at - began)
        date = held.occurrence
        sooner += [meeting.starts_at for meeting in changed]
        new = meeting_times.told(date)
        news.owe_moved(revised(held), old, from_date=date.pk, starts_at=min(sooner), now=now, new=new)
        gate.record(by, date, gettext_noop("time or place"))
        gate.promote(held)
        return True


def _differs(meeting: Meeting, wanted: Rescheduled) -> bool:
    is_elsewhere = (meeting.where, meeting.venue_id, meeting.room_id) != (
        wanted.where,
        wanted.venue.pk if wanted.venue else None,
        wanted.room.pk if wanted.room else None,
    )
    return is_elsewhere or (meeting.starts_at, meeting.ends_at) != (wanted.starts_at, wanted.ends_at)


def _hold(meeting: Meeting, wanted: Rescheduled, now: datetime) -> None:
    if meeting.starts_at <= now:
        raise Refused(_("The meeting has begun, so it cannot be moved any more."))
    if wanted.starts_at <= now:
        raise Refused(_("The new time lies in the past."))
    if wanted.ends_at <= wanted.starts_at:
        raise Refused(_("A meeting must end after it begins."))
    if wanted.room is not None and wanted.room.venue_id != (wanted.venue.pk if wanted.venue else None):
        raise Refused(_("This room belongs to another venue."))
    meeting.move(wanted.starts_at, wanted.ends_at)
    meeting.where, meeting.venue, meeting.room = wanted.where, wanted.venue, wanted.room
    meeting.save(update_fields=["starts_at", "ends_at", "moved_from", "where", "venue", "room"])


def _move_along(held: Locked, by: timedelta) -> None:
    """The moments set by hand keep their distance from the beginning; what has passed stays."""
    date = held.occurrence
    names = [name for name in MOMENTS if getattr(date, name) is not None and getattr(date, name) > held.now]
    for name in names:
        setattr(date, name, getattr(date, name) + by)
    if date.sign_up_opens_at and date.sign_up_closes_at and date.sign_up_closes_at <= date.sign_up_opens_at:
        raise Refused(_("Sign-up would then close before it opens. Change when it opens first."))
    if by and names:
        date.save(update_fields=names)
