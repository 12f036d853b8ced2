"""What may still be done with a date or a registration, and the sentence when it may not."""

from django.utils.translation import gettext as _

from activities.models import Activity
from activities.models.occurrence import SignUpState
from families import parties
from families.gate import Locked
from families.models import Registration
from families.parties import Party
from families.photos import Photo
from families.refusals import NoRoom, NotOpen, Refused
from families.registering.staff import Override
from kopiena.floor import counted

LARGEST_PARTY = 1000  # of people, as the database says too: a school on an outing


def check_open(held: Locked) -> None:
    """Refuse where one cannot sign up now; what is not public refuses like what is not there."""
    if not held.activity.is_public:
        raise NotOpen(_not_here())
    if message := _closed(held):
        raise NotOpen(message)


def _not_here() -> str:
    return _("This date is no longer here. Please choose another in the calendar.")


def _closed(held: Locked) -> str:
    """Why one cannot sign up now; nothing while one can."""
    return {
        SignUpState.NOT_YET: _("Sign-up has not opened yet."),
        SignUpState.CLOSED: _(
            "While you were filling in the form, sign-up closed. What you wrote is kept on this page."
        ),
        SignUpState.CANCELLED: _("This date will not take place. Please choose another."),
        SignUpState.NOT_NEEDED: _("No sign-up needed here: just come."),
        SignUpState.UNDATED: _("The date is not known yet, so sign-up has not opened."),
    }.get(held.state, "")


def broken_by_staff(held: Locked, party: Party) -> dict[str, str]:
    """The rules of time and age that only a person of the staff may let pass, each with its sentence.

    Refuses what nobody may: a date that is not published, needs no sign-up, has no time yet or will not take place.
    """
    if held.activity.state != Activity.State.PUBLISHED:
        raise NotOpen(_not_here())
    broken = {}
    if held.state is SignUpState.CLOSED:
        broken[Override.WINDOW.value] = _("Sign-up is closed.")
    elif held.state is SignUpState.NOT_YET:
        broken[Override.WINDOW.value] = _("Sign-up has not opened yet.")
    elif message := _closed(held):
        raise NotOpen(message)
    if refusal := parties.wrong_age(party, held.activity):
        broken[Override.AGE.value] = refusal.message
    return broken


def check_age(held: Locked, party: Party) -> None:
    """Refuse a child who is too young or too old on the day of the first meeting, saying which and why."""
    if refusal := parties.wrong_age(party, held.activity):
        raise refusal


def check_groups_come(held: Locked) -> None:
    """Refuse a group where no place at all is meant for groups: waiting would be in vain."""
    if held.capacity.for_groups == 0:
        raise Refused(_("Here no places are meant for groups. Please choose another date, or call the centre."))


def check_photo(photo: Photo, party: Party) -> None:
    """Refuse a no for more children than come."""
    if photo.not_for > party.all_children:
        raise Refused(
            _("In the group: %(children)s. No more than that can be left out of photographs.")
            % {"children": counted.children(party.all_children)},
            field="not_photographed",
        )


def check_not_begun(held: Locked) -> None:
    """Refuse once the first meeting has begun."""
    if held.has_begun:
        raise Refused(_("The activity has begun, so the registration can no longer be changed."))


def check_still_theirs(held: Locked, registration: Registration) -> None:
    """Refuse to change what has begun, will not take place or is cancelled."""
    check_not_begun(held)
    check_not_over(held, registration)


def check_not_over(held: Locked, registration: Registration) -> None:
    """Refuse to change what will not take place or is cancelled."""
    if held.is_called_off:
        raise Refused(_("This date will not take place. Please choose another."))
    if registration.is_cancelled:
        raise Refused(_("This registration is cancelled. To come after all, please sign up again."))


def no_more_room(held: Locked, registration: Registration, more: int) -> NoRoom:
    """The refusal of `more` places to a party that keeps those it has."""
    free = held.free_for_web or 0
    if not held.is_within_groups(more, is_group=registration.is_group):
        free = held.capacity.free_for_groups() or 0
    elif held.free_for_web is None or free >= more:
        free = 0  # what is free is the queue's
    return NoRoom(
        _(
            "There is not enough room for all of you together. You have: %(ours)s. Free besides: %(free)s. "
            "Your places stay yours. You can come in a smaller number, choose another date, or sign the others up "
            "with a form of their own: they will wait together."
        )
        % {"ours": counted.places(registration.seats), "free": free}
    )


def no_room(held: Locked, party: Party, seats: int, *, is_group: bool = False, by_staff: bool = False) -> NoRoom:
    """The refusal of a party that does not get its `seats` together; `by_staff` may give the kept places too."""
    all_free = held.free_for_coordinator if by_staff else held.free_for_web
    free = all_free or 0
    if is_group and not by_staff and (message := parties.too_large(held.capacity, seats)):
        return NoRoom(message)
    if not held.is_within_groups(seats, is_group=is_group):
        said = {"number": held.capacity.free_for_groups()}
        if held.capacity.places is None:  # then there is no queue
            return NoRoom(
                _("Places free for groups: %(number)s. The group can come in a smaller number, or on another date.")
                % said
            )
        return NoRoom(
            _("Places free for groups: %(number)s. The group can come in a smaller number, wait, or on another date.")
            % said
        )
    if not free:
        return NoRoom(_("The last places have just been taken. What you wrote is kept."))
    if all_free is None or free >= seats:
        return NoRoom(_("The places that came free are kept for those already waiting. You can join the waiting list."))
    # Only those who need a place: who comes along and takes none is no reason to stay at home.
    counts_children = held.capacity.unit == Activity.Unit.CHILDREN
    return NoRoom(
        _(
            "There is not enough room for all of you together. Free: %(places)s. In your form: %(people)s. "
            "You can join the waiting list, change the number of people or choose another date."
        )
        % {
            "places": counted.places(free),
            "people": counted.children(seats) if counts_children else counted.people(seats),
        }
    )
