"""Keep a picture from outside: all its files at once or none."""

from typing import Any

from kopiena.floor.pictures.sizes import Kept


class Unfit(Exception):
    """What was sent is no picture for us; `message` says why, to a person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def store(file: Any) -> Kept:
    """Rebuild the picture in an uploaded file and keep it; raises Unfit."""
    raise NotImplementedError


def remove(key: str) -> None:
    """Throw its files away."""
    raise NotImplementedError
