"""The date itself: it will not take place, or after all; its sign-up is closed, or opened again."""

from datetime import datetime

from django.utils.translation import gettext as _

from activities.models import Occurrence
from activities.models.occurrence import SignUpState
from families import gate
from families.refusals import Refused
from kopiena.floor.models import User

REASON = ("reason_lv", "reason_ru", "reason_en")


def call_off(occurrence_id: int, *, reason: dict[str, str], by: User, now: datetime) -> None:
    """The date will not take place, with the reason in each language (`reason_lv` and so on).

    The registrations stay as they are: they say who must be told, and stand again if it takes place after all.
    Nobody moves up and nobody can sign up meanwhile.
    """
    with gate.locked(occurrence_id, now=now) as held:
        date = held.occurrence
        if date.is_cancelled:
            raise Refused(_("This date is already marked as not taking place."))
        if held.has_begun:
            raise Refused(_("The activity has begun, so it cannot be called off any more."))
        date.state = Occurrence.State.CANCELLED
        for name in REASON:
            setattr(date, name, reason.get(name, ""))
        date.save(update_fields=["state", *REASON])
        gate.record(by, date, "state")


def take_up(occurrence_id: int, *, by: User, now: datetime) -> None:
    """The date takes place after all: everybody has the place or the number they had, and the queue moves up."""
    with gate.locked(occurrence_id, now=now) as held:
        date = held.occurrence
        if not date.is_cancelled:
            raise Refused(_("This date is not marked as not taking place."))
        date.state = Occurrence.State.PLANNED
        for name in REASON:
            setattr(date, name, "")
        date.save(update_fields=["state", *REASON])
        gate.record(by, date, "state")
        gate.promote(held)


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
