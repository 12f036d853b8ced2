"""The one gate to every place: sign up, change, cancel, place, move, keep, call off, join, clear, erase.

Nothing else writes Registration.status, Registration.seats or Capacity. Every deed takes `now`; what a person of the
staff does takes `by`, or `staff` where they may let a rule pass with a reason. Each raises Refused with a sentence
for the visitor, or Busy when too many write at once.
"""

from families.refusals import AlreadySent, Busy, NeedsReason, NoRoom, NotOpen, Refused
from families.registering.changing import cancel, change
from families.registering.clearing import Restored, clear_junk, restore
from families.registering.dates import call_off, close_sign_up, correct_reason, open_sign_up, take_up
from families.registering.erasing import erase, forget
from families.registering.merging import merge, seats_together
from families.registering.places import hold_places, set_places
from families.registering.placing import Foreseen, foresee, move, party_of, place_by_hand
from families.registering.rescheduling import Rescheduled, reschedule
from families.registering.settling import settle, settle_all
from families.registering.signing_up import Sender, register, register_for, register_group
from families.registering.staff import Staff

__all__ = [
    "AlreadySent",
    "Busy",
    "Foreseen",
    "NeedsReason",
    "NoRoom",
    "NotOpen",
    "Refused",
    "Rescheduled",
    "Restored",
    "Sender",
    "Staff",
    "call_off",
    "cancel",
    "change",
    "clear_junk",
    "close_sign_up",
    "correct_reason",
    "erase",
    "foresee",
    "forget",
    "hold_places",
    "merge",
    "move",
    "open_sign_up",
    "party_of",
    "place_by_hand",
    "register",
    "register_for",
    "register_group",
    "reschedule",
    "restore",
    "seats_together",
    "set_places",
    "settle",
    "settle_all",
    "take_up",
]
