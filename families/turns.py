"""Turns at one date's places within a process: one thread stands at the row in PostgreSQL, the others behind it.

PostgreSQL alone would let every thread of the server stand at one locked row, each for its own patience and some
for twice that (it counts the wait for its turn and the wait for the row apart), and all other pages would starve. Here
the line is told by what it can see: as long as the row moves on, whoever waits goes on waiting; once it has stood still
for too long, everybody is sent away at once, and after that one at a time tries whether it moves again.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings

from families.refusals import Busy

LOOK_AGAIN_SECONDS = 0.05


@dataclass
class Line:
    """The line at one date's row: who has the turn, when the row last moved on, whether it stands still."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    users: int = 0
    moved_at: float = 0.0
    is_stuck: bool = False


_lines: dict[int, Line] = {}
_guard = threading.Lock()


@contextmanager
def turn(occurrence_id: int) -> Iterator[Line]:
    """Wait for this process's turn at the row and keep it to the end of the deed; Busy where the row stands still."""
    line = _enter(occurrence_id)
    try:
        _wait(line)
        try:
            yield line
        finally:
            line.moved_at = time.monotonic()
            line.turn.release()
    finally:
        _leave(occurrence_id, line)


def forget() -> None:
    """Nothing is known of any row any more, as in a new process."""
    with _guard:
        _lines.clear()


def _wait(line: Line) -> None:
    if line.turn.acquire(blocking=False):
        return
    began = time.monotonic()
    while True:
        stood_still = time.monotonic() - max(began, line.moved_at)
        if line.is_stuck or stood_still > settings.LOCK_TIMEOUT_MS / 1000:
            line.is_stuck = True  # whoever comes now need not wait to find it out
            raise Busy
        if line.turn.acquire(timeout=LOOK_AGAIN_SECONDS):
            return


def _enter(occurrence_id: int) -> Line:
    with _guard:
        line = _lines.setdefault(occurrence_id, Line())
        line.users += 1
        return line


def _leave(occurrence_id: int, line: Line) -> None:
    """A line at which nobody stands is forgotten, unless its row was found stuck."""
    with _guard:
        line.users -= 1
        if not line.users and not line.is_stuck and _lines.get(occurrence_id) is line:
            del _lines[occurrence_id]
