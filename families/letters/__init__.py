"""The kinds of notice families get: how each letter reads, and what is said where somebody is rung up."""

from django.utils.translation import gettext_lazy as _

from families import notices as kinds
from families import office
from families.letters import about_a_contact, about_a_date, about_a_place, please_call, reminding, to_the_office
from families.letters.about_a_date import STANDING
from families.letters.frame import letter, spoken
from kopiena.floor.outbox import Kind

REMINDERS = frozenset({kinds.REMINDER_EARLY, kinds.REMINDER})

ALL = [
    Kind(kinds.PLACED, _("registration confirmed"), letter(about_a_place.placed)),
    Kind(kinds.WAITING, _("on the waiting list"), letter(about_a_place.waiting), outdates=STANDING - {kinds.CHANGED}),
    Kind(
        kinds.PROMOTED,
        _("places came free"),
        letter(about_a_place.promoted),
        spoken(about_a_place.say_promoted),
        outdates=frozenset({kinds.WAITING, kinds.NO_PLACE, kinds.CHANGED}),
    ),
    Kind(kinds.NO_PLACE, _("no place came free"), letter(about_a_place.no_place), spoken(about_a_place.say_no_place)),
    Kind(kinds.CHANGED, _("registration changed"), letter(about_a_place.changed), outdates=frozenset({kinds.CHANGED})),
    Kind(
        kinds.CANCELLED,
        _("registration cancelled"),
        letter(about_a_place.cancelled),
        spoken(about_a_place.say_cancelled),
        outdates=STANDING | REMINDERS | {kinds.MOVED, kinds.CALLED_OFF, kinds.TAKEN_UP, kinds.TWICE},
    ),
    Kind(
        kinds.CALLED_OFF,
        _("will not take place"),
        letter(about_a_date.called_off),
        spoken(about_a_date.say_called_off),
        outdates=frozenset({kinds.TAKEN_UP}),
    ),
    Kind(
        kinds.TAKEN_UP,
        _("takes place after all"),
        letter(about_a_date.taken_up),
        spoken(about_a_date.say_taken_up),
    ),
    Kind(
        kinds.MOVED,
        _("new time or place"),
        letter(about_a_date.moved),
        spoken(about_a_date.say_moved),
        outdates=STANDING | REMINDERS | {kinds.MOVED},
    ),
    Kind(kinds.REMINDER_EARLY, _("reminder three days before"), letter(reminding.reminder)),
    Kind(
        kinds.REMINDER,
        _("reminder on the day before"),
        letter(reminding.reminder),
        outdates=frozenset({kinds.REMINDER_EARLY}),
    ),
    Kind(kinds.TWICE, _("two sign-ups with one contact"), letter(about_a_contact.twice)),
    Kind(kinds.LINK, _("the links once more"), about_a_contact.link, is_first=True),
    Kind(
        office.FAILED_LETTERS,
        _("to the office: letters not delivered"),
        to_the_office.failed_letters,
        outdates=frozenset({office.FAILED_LETTERS}),
    ),
    Kind(
        office.CALL_LIST,
        _("to the office: calls to make"),
        to_the_office.call_list,
        outdates=frozenset({office.CALL_LIST}),
    ),
    please_call.PLEASE_CALL,
]
