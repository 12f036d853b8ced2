"""What may still be done with a date or a registration, and the sentence when it may not."""

from datetime import datetime

from django.utils.translation import gettext as _

from activities.models import Activity
from activities.models.occurrence import SignUpState
from families.gate import Locked
from families.models import Registration
from families.parties import Party
from families.refusals import NoRoom, NotOpen, Refused
from kopiena.floor import counted


def check_open(held: Locked, now: datetime) -> None:
    """Refuse where one cannot sign up now; what is not public refuses like what is not there."""
    if not held.activity.is_public:
        raise NotOpen(_("This date is no longer here. Please choose another in the calendar."))
    state = held.occurrence.sign_up_state(now, held.starts_at)
    if held.is_called_off:
        state = SignUpState.CANCELLED
    messages = {
        SignUpState.NOT_YET: _("Sign-up has not opened yet."),
        SignUpState.CLOSED: _(
            "While you were filling in the form, sign-up closed. What you wrote is kept on this page."
        ),
        SignUpState.CANCELLED: _("This date will not take place. Please choose another."),
        SignUpState.NOT_NEEDED: _("No sign-up needed here: just come."),
        SignUpState.UNDATED: _("The date is not known yet, so sign-up has not opened."),
    }
    if state in messages:
        raise NotOpen(messages[state])


def check_not_begun(held: Locked, now: datetime) -> None:
    """Refuse once the first meeting has begun."""
    if held.has_begun(now):
        raise Refused(_("The activity has begun, so the registration can no longer be changed."))


def check_still_theirs(held: Locked, registration: Registration, now: datetime) -> None:
    """Refuse to change what has begun, will not take place or is cancelled."""
    check_not_begun(held, now)
    if held.is_called_off:
        raise Refused(_("This date will not take place. Please choose another."))
    if registration.is_cancelled:
        raise Refused(_("This registration is cancelled. To come after all, please sign up again."))


def no_room(held: Locked, party: Party, seats: int, now: datetime, *, already: int = 0) -> NoRoom:
    """The refusal of a party that does not get its `seats` together; `already` are the places it holds."""
    free = (held.capacity.free_for_web(now) or 0) + already
    if not free:
        return NoRoom(_("The last places have just been taken. What you wrote is kept."))
    if free >= seats:
        return NoRoom(_("The places that came free are kept for those already waiting. You can join the waiting list."))
    counts_children = held.capacity.unit == Activity.Unit.CHILDREN
    return NoRoom(
        _(
            "There is not enough room for all of you together. Free: %(places)s. In your form: %(people)s. "
            "You can join the waiting list, change the number of people or choose another date."
        )
        % {
            "places": counted.places(free),
            "people": counted.children(party.all_children) if counts_children else counted.people(party.size),
        }
    )
