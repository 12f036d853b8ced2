"""The date itself: it will not take place, or after all; its sign-up is closed, or opened again."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from activities.models import Meeting, Occurrence
from activities.models.occurrence import SignUpState
from families import gate, meeting_times, news
from families.gate import Locked
from families.models import Registration
from families.refusals import Refused
from families.registering import rooms
from kopiena.floor.models import User

REASON = ("reason_lv", "reason_ru", "reason_en")


def call_off(
    occurrence_id: int, *, reason: dict[str, str], meetings: Collection[int] = (), by: User, now: datetime
) -> None:
    """The date will not take place, with the reason in each language (`reason_lv` and so on).

    With `meetings` only these of it; where they are all that are left it is the whole date. The registrations stay as
    they are: they say who must be told, and stand again if it takes place after all. Nobody moves up and nobody can
    sign up meanwhile. The date keeps one reason: a later one stands at what was called off before, too.
    """
    with gate.locked(occurrence_id, now=now) as held:
        date = held.occurrence
        if held.is_called_off:
            raise Refused(_("This date is already marked as not taking place."))
        left = list(date.meetings.filter(is_cancelled=False))
        chosen = _chosen(date, left, meetings)
        is_whole = len(chosen) == len(left)
        if held.has_begun if is_whole else any(meeting.starts_at <= now for meeting in chosen):
            raise Refused(_("The activity has begun, so it cannot be called off any more."))
        _say(date, reason)
        told = [] if is_whole else meeting_times.told(date, chosen)
        if is_whole:
            date.state = Occurrence.State.CANCELLED
            date.save(update_fields=["state"])
        else:
            Meeting.objects.filter(pk__in=[meeting.pk for meeting in chosen]).update(is_cancelled=True)
        begins = min((meeting.starts_at for meeting in chosen), default=None)
        news.owe_called_off(revised(held), told, starts_at=begins, now=now)
        gate.record(by, date, "state")


def _chosen(date: Occurrence, left: list[Meeting], wanted: Collection[int]) -> list[Meeting]:
    chosen = [meeting for meeting in left if meeting.pk in wanted] if wanted else left
    if len(chosen) == len(set(wanted)) or not wanted:
        return chosen
    if date.meetings.filter(pk__in=wanted, is_cancelled=True).exists():
        raise Refused(_("This meeting is already marked as not taking place."))
    raise Refused(_("This meeting is no longer here."))


def correct_reason(occurrence_id: int, *, reason: dict[str, str], by: User, now: datetime) -> None:
    """Another reason for what is called off already.

    Who has not been told yet reads the new one, since letters and calls are made when they go out; nobody is told
    twice.
    """
    with gate.locked(occurrence_id, now=now) as held:
        date = held.occurrence
        if not (held.is_called_off or date.meetings.filter(is_cancelled=True, ends_at__gt=now).exists()):
            raise Refused(_("This date is not marked as not taking place."))
        _say(date, reason)
        gate.record(by, date, gettext_noop("reason"))


def _say(date: Occurrence, reason: dict[str, str]) -> None:
    for name in REASON:
        setattr(date, name, reason.get(name, ""))
    date.save(update_fields=REASON)


def take_up(occurrence_id: int, *, by: User, now: datetime) -> None:
    """The date, or what was called off of it, takes place after all.

    Everybody has the place or the number they had, and the queue moves up. Whom the bad news had not reached yet hears
    of neither.
    """
    with gate.locked(occurrence_id, now=now) as held:
        date = held.occurrence
        off = Meeting.objects.filter(occurrence=date, is_cancelled=True, starts_at__gt=now)
        begins = min((meeting.starts_at for meeting in off), default=None)
        if date.is_cancelled:
            date.state, begins = Occurrence.State.PLANNED, held.starts_at
            date.save(update_fields=["state"])
        elif begins is not None:
            taken = _("Another meeting has the room at that time now. Give one of them another room first.")
            with rooms.kept_free(taken):
                off.update(is_cancelled=False)
        else:
            raise Refused(_("This date is not marked as not taking place."))
        _say(date, {})
        held.look_again()
        news.owe_taken_up(revised(held), starts_at=begins, now=now)
        gate.record(by, date, "state")
        gate.promote(held)


def revised(held: Locked) -> list[Registration]:
    """Everybody who comes or waits, each registration one revision further: something about its date has changed."""
    everybody = Registration.objects.of(held.occurrence.pk).live()
    everybody.update(revision=F("revision") + 1)
    return list(everybody.select_related("sign_up").order_by("pk"))


def close_sign_up(occurrence_id: int, *, by: User, now: datetime) -> None:
    """Nobody can sign up from this moment on; the queue still moves up."""
    with gate.locked(occurrence_id, now=now) as held:
        if held.state is SignUpState.NOT_YET:
            raise Refused(_("Sign-up has not opened yet. Change when it opens instead."))
        if held.state is not SignUpState.OPEN:
            raise Refused(_("Sign-up is not open."))
        _close_at(held.occurrence, now, by)


def open_sign_up(occurrence_id: int, *, by: User, now: datetime) -> None:
    """One can sign up again, until it begins."""
    with gate.locked(occurrence_id, now=now) as held:
        if held.state is not SignUpState.CLOSED or held.has_begun:
            raise Refused(_("Only a sign-up that was closed before the beginning can be opened again."))
        _close_at(held.occurrence, None, by)


def _close_at(date: Occurrence, moment: datetime | None, by: User) -> None:
    date.sign_up_closes_at = moment
    date.save(update_fields=["sign_up_closes_at"])
    gate.record(by, date, "sign-up closes")
