"""What the gate answers when a deed cannot be done: sentences for people, with a way on."""

from families.models import SignUp


class Refused(Exception):
    """The deed cannot be done; `message` says why in the visitor's language, `field` where it belongs in the form."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NoRoom(Refused):
    """The party does not fit whole; it may wait, come in another number, or on another day."""


class NotOpen(Refused):
    """Sign-up is not open: not yet, no longer, or the date will not take place."""


class NeedsReason(Refused):
    """Only a person of the staff may let this pass, and says why; `broken` says each rule in a sentence."""

    def __init__(self, broken: dict[str, str]) -> None:
        super().__init__(" ".join(broken.values()))
        self.broken = broken


class AlreadySent(Refused):
    """This form was sent before with other content; `sign_up` is what it became."""

    def __init__(self, message: str, sign_up: SignUp) -> None:
        super().__init__(message)
        self.sign_up = sign_up


class Busy(Exception):
    """So many write at once that the row could not be had in time: try again in a few seconds."""
