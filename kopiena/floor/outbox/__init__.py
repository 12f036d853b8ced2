"""The outbox: letters and calls owed as rows in the deed's own transaction, sent by the worker, none lost.

The floor knows no kind of notice. Each app registers its own in `ready()`: how the letter reads, what is said on the
phone, and when there is no point in either any more.
"""

from kopiena.floor.outbox.kinds import Kind, Pointless, all_kinds, kind_of, label_of, register
from kopiena.floor.outbox.letter import File, Letter, Way
from kopiena.floor.outbox.owing import Owed, owe, owe_again, wake
from kopiena.floor.outbox.undelivered import undelivered

__all__ = [
    "File",
    "Kind",
    "Letter",
    "Owed",
    "Pointless",
    "Way",
    "all_kinds",
    "kind_of",
    "label_of",
    "owe",
    "owe_again",
    "register",
    "undelivered",
    "wake",
]
