"""Has anything changed that public pages show? Two sequences of PostgreSQL tell, raised by triggers at each commit."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

ASK = """
SELECT offer.last_value + offer.is_called::int, places.last_value + places.is_called::int
FROM floor_offer_stamp offer, floor_places_stamp places
"""


class Stamp(NamedTuple):
    """What is offered, and the places left, each as a number that only grows."""

    offer: int
    places: int


class Look(NamedTuple):
    """A stamp and since when this process has known it, on its own steady clock."""

    stamp: Stamp
    since: float
    at: float

    @property
    def is_settled(self) -> bool:
        """Whether all that raised it can be read by now.

        A trigger raises it in the last moment before the commit: who looks in between gets the new number with the old
        rows, and must not keep what it makes of them.
        """
        return self.at - self.since >= settings.STAMP_READ_SECONDS


_last: Look | None = None
_asking = threading.Lock()
_is_unkept: ContextVar[bool] = ContextVar("_is_unkept", default=False)


@contextmanager
def unkept() -> Iterator[None]:
    """Within it there is no stamp, so nothing is kept and nothing is taken from what is kept.

    For pages made of rows that nobody else can see: kept, they would be shown to everybody.
    """
    token = _is_unkept.set(True)
    try:
        yield
    finally:
        _is_unkept.reset(token)


def look() -> Look | None:
    """The stamp, asked for anew at most every `STAMP_READ_SECONDS`; None while the database has never answered."""
    global _last
    if _is_unkept.get():
        return None
    now, known = time.monotonic(), _last
    if known is not None and now - known.at < settings.STAMP_READ_SECONDS:
        return known
    if not _asking.acquire(blocking=known is None):
        return known  # another thread is asking
    try:
        stamp = _ask()
        since = known.since if known is not None and known.stamp == stamp else now
        _last = Look(stamp, since, now)
    except (DatabaseError, InterfaceError):
        _last = known and known._replace(at=now)  # what is kept serves on while the database is away
    finally:
        _asking.release()
    return _last


def forget() -> None:
    """As if this process had just begun."""
    global _last
    _last = None


def _ask() -> Stamp:
    with connection.cursor() as cursor:
        cursor.execute(ASK)
        return Stamp(*cursor.fetchone())
