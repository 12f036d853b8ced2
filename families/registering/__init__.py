"""The one gate to every place: sign up, change, cancel, erase, and the number of places.

Nothing else writes Registration.status, Registration.seats or Capacity. Every deed takes `now`; what a person of the
staff does takes `by`. Each raises Refused with a sentence for the visitor, or Busy when too many write at once.
"""

from families.refusals import AlreadySent, Busy, NoRoom, NotOpen, Refused
from families.registering.changing import cancel, change
from families.registering.erasing import erase, forget
from families.registering.places import set_places
from families.registering.settling import settle, settle_all
from families.registering.signing_up import Sender, register

__all__ = [
    "AlreadySent",
    "Busy",
    "NoRoom",
    "NotOpen",
    "Refused",
    "Sender",
    "cancel",
    "change",
    "erase",
    "forget",
    "register",
    "set_places",
    "settle",
    "settle_all",
]
