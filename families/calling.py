"""The calls the centre owes: what to say, who rang up, and which are not owed any more."""

from datetime import datetime, timedelta

from django.utils import translation

from families.letters import gathering
from kopiena.floor import night
from kopiena.floor.models import Notice, User
from kopiena.floor.outbox import Pointless, kind_of

TAKEN_BACK_WITHIN = timedelta(days=1)  # so long a tick can be taken back


def sentence(notice: Notice, now: datetime) -> str:
    """What to say, in the family's language; nothing of a date that is to stay unseen.

    Raises Pointless where there is nothing to tell any more.
    """
    say = kind_of(notice.kind).spoken
    if say is None:
        return ""
    with translation.override(notice.language):
        return say(notice, now).replace("\n", ", ")


def mark_called(notice_id: int, *, by: User, now: datetime) -> bool:
    """They were rung up; whether this is news. Ticked by two at once it was the first of them."""
    owed = Notice.objects.calls().owed().filter(pk=notice_id)
    return bool(owed.update(state=Notice.State.SENT, sent_at=now, done_by=by))


def take_back(notice_id: int, *, now: datetime) -> bool:
    """The tick was a slip of the thumb, so they are still to be rung up; whether it could be taken back."""
    ticked = Notice.objects.calls().filter(pk=notice_id, state=Notice.State.SENT, sent_at__gt=now - TAKEN_BACK_WITHIN)
    return bool(ticked.exclude(recipient="").update(state=Notice.State.OWED, sent_at=None, done_by=None))


def withdraw_pointless(now: datetime) -> int:
    """Withdraw the calls that have nothing to tell any more, each with its reason; returns how many."""
    owed = list(Notice.objects.calls().owed())
    gathering.gather(owed)
    return sum(_withdraw_if_pointless(notice, now) for notice in owed)


def _withdraw_if_pointless(notice: Notice, now: datetime) -> int:
    try:
        sentence(notice, now)
    except Pointless as pointless:
        return Notice.objects.filter(pk=notice.pk).withdraw(pointless.reason)
    except Exception as reason:
        if night.is_away():
            raise
        night.say(f"asking whether call {notice.pk} is still owed", reason)
    return 0
