"""The night work, part by part: one that fails is said, and the others are still done."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import DatabaseError, InterfaceError, connection

logger = logging.getLogger(__name__)

Part = Callable[[datetime], int]


def each(parts: Mapping[str, Part], now: datetime) -> dict[str, int]:
    """Do every part; returns how many each found. What failed stays owed and is tried again the next time.

    Raises only where the database itself is away: then no other part could be done either.
    """
    done = {}
    for name, part in parts.items():
        try:
            done[name] = part(now)
        except Exception as reason:
            if is_away():
                raise
            say(name, reason)
    return done


def is_away() -> bool:
    """Whether the database does not answer any more."""
    try:
        connection.ensure_connection()
        return not connection.is_usable()
    except (DatabaseError, InterfaceError):
        return True


def say(name: str, reason: Exception) -> None:
    """Log what failed and where; not the error's own words, in which PostgreSQL may quote a person's row."""
    place = reason.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    logger.error("night work: %s failed, the rest is done: %s at %s", name, type(reason).__name__, where)
