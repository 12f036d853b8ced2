"""Waiting for work: the database calls when a notice is written; else a look every 30 seconds."""

import contextlib
import os
import select
from collections.abc import Iterator
from typing import Any

import psycopg2
from django.db import DatabaseError, InterfaceError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from kopiena.floor.outbox.owing import WAKE


class Bell:
    """Rings when a notice is written or somebody tells this process to stop; a missed ring is made up by the clock."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        os.set_blocking(self._read, False)
        os.set_blocking(self._write, False)
        self._database: BaseDatabaseWrapper | None = None

    def ring(self) -> None:
        """From a signal handler: only this, since a handler may interrupt anything, also our own end."""
        with contextlib.suppress(OSError):
            os.write(self._write, b"!")

    def listen(self) -> None:
        """From now on hear the database; before the first look, so that nothing written after it is missed.

        Where it cannot call (away, or a pooler stands between) the clock makes up for it. To be called before each
        look: a database that was restarted meanwhile, or a wire cut without a word, is heard anew.
        """
        if self._database is not None:
            if self._database.is_usable():
                self._database.connection.notifies.clear()  # whatever came with that answer is seen by this look
                return
            self._deaf()
        database = connection.copy()
        try:
            with database.cursor() as cursor:
                cursor.execute(f"LISTEN {WAKE}")
            self._database = database
        except (DatabaseError, InterfaceError):
            database.close()

    def wait(self, seconds: float) -> None:
        """Until it rings, no longer than `seconds`."""
        ears: list[Any] = [self._read]
        if self._database is not None and not self._database.connection.closed:
            ears.append(self._database.connection)
        ready, _, _ = select.select(ears, [], [], max(0.0, seconds))
        if self._read in ready:
            os.read(self._read, 512)
        if len(ears) == 2 and ears[1] in ready:
            self._hear(ears[1])

    def _hear(self, wire: Any) -> None:
        try:
            wire.poll()
            wire.notifies.clear()
        except psycopg2.Error:  # the database went away: listen anew the next time
            self._deaf()

    def _deaf(self) -> None:
        database, self._database = self._database, None
        if database is not None:
            with contextlib.suppress(DatabaseError, InterfaceError):
                database.close()

    def close(self) -> None:
        self._deaf()
        read, write, self._read, self._write = self._read, self._write, -1, -1
        os.close(read)
        os.close(write)


@contextlib.contextmanager
def bell() -> Iterator[Bell]:
    """A bell for as long as it is waited for."""
    made = Bell()
    try:
        yield made
    finally:
        made.close()
