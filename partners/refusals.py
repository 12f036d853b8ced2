"""What a deed about institutions' people answers when it cannot be done: a sentence with a way on."""


class Refused(Exception):
    """The deed cannot be done; `message` says why in the reader's language, `field` where it belongs in the form."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
