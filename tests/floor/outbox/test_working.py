"""The bell: it rings for a notice and for a signal; where the database cannot call, the clock does."""

import os
import threading
import time
from collections.abc import Iterator

import psycopg2
import pytest
from django.db import DatabaseError, connection

from kopiena.floor.outbox import wake, working
from tests.floor.outbox.box import owed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("known_kinds")]


@pytest.fixture
def bell() -> Iterator[working.Bell]:
    with working.bell() as bell:
        yield bell


def waited(bell: working.Bell, seconds: float = 30) -> float:
    """How long it took to ring."""
    began = time.monotonic()
    bell.wait(seconds)
    return time.monotonic() - began


def cut(bell: working.Bell) -> None:
    """The database ends the wire on which the bell hangs."""
    assert bell._database is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [bell._database.connection.get_backend_pid()])


@pytest.mark.parametrize("ring", [owed, wake])
def test_it_rings_for_a_notice_and_for_one_sent_again_and_then_is_quiet(bell: working.Bell, ring: object) -> None:
    bell.listen()
    assert callable(ring)
    ring()
    assert waited(bell) < 15
    assert waited(bell, 0.3) >= 0.3


def test_what_is_rung_before_the_look_is_no_second_ring_after_it(bell: working.Bell) -> None:
    bell.listen()
    owed()
    time.sleep(0.1)
    bell.listen()  # what a worker does before it looks
    assert waited(bell, 0.3) >= 0.3


def test_after_the_wire_was_cut_it_listens_anew(bell: working.Bell) -> None:
    bell.listen()
    cut(bell)
    assert waited(bell) < 15  # the end of the wire is a ring too: look, and listen anew
    bell.listen()
    owed()
    assert waited(bell) < 15


def test_a_wire_cut_while_nobody_waits_is_found_before_the_next_look(bell: working.Bell) -> None:
    bell.listen()
    cut(bell)
    time.sleep(0.1)
    bell.listen()
    owed()
    assert waited(bell) < 15


def test_where_the_database_cannot_call_the_clock_does_and_a_signal_still_rings(
    bell: working.Bell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_args: object) -> None:
        raise DatabaseError("no LISTEN through this pooler")

    with monkeypatch.context() as patch:
        patch.setattr(working, "connection", _Deaf(refuses))
        bell.listen()
    assert waited(bell, 0.3) >= 0.3
    threading.Timer(0.1, bell.ring).start()
    assert waited(bell) < 15
    bell.listen()
    owed()
    assert waited(bell) < 15


class _Deaf:
    """A connection that can do nothing."""

    def __init__(self, refuses: object) -> None:
        self.cursor = refuses

    def copy(self) -> "_Deaf":
        return self

    def close(self) -> None:
        pass


def test_a_wire_closed_on_our_side_does_not_end_the_worker(bell: working.Bell) -> None:
    bell.listen()
    assert bell._database is not None
    bell._database.connection.close()
    assert waited(bell, 0.2) >= 0.2
    with pytest.raises(psycopg2.InterfaceError):
        bell._database.connection.poll()
    bell.listen()
    owed()
    assert waited(bell) < 15


def test_many_rings_are_one_and_none_blocks(bell: working.Bell) -> None:
    for _ in range(100_000 // 8):
        bell.ring()
    assert waited(bell) < 15


def test_a_second_signal_during_the_end_is_no_error() -> None:
    with working.bell() as bell:
        bell.listen()
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    bell.ring()
    with working.bell() as other:
        other.listen()
    assert not before or len(os.listdir("/proc/self/fd")) == before  # each bell takes its wires with it
