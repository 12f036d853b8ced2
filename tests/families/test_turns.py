"""The line at one row within a process: it waits while the row moves on, and goes away when it stands still."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from families import turns
from families.refusals import Busy


@pytest.fixture(autouse=True)
def patience(settings: Any) -> Iterator[float]:
    """Seconds after which a row has stood still for too long."""
    settings.LOCK_TIMEOUT_MS = 200
    yield 0.2
    turns.forget()


class Thread(threading.Thread):
    """Takes its turn at row 1, keeps it for so many seconds, and says how it went."""

    def __init__(self, seconds: float) -> None:
        super().__init__(daemon=True)
        self.seconds, self.has_turn, self.waited, self.went = seconds, threading.Event(), 0.0, ""
        self.start()

    def run(self) -> None:
        began = time.monotonic()
        try:
            with turns.turn(1):
                self.has_turn.set()
                self.waited, self.went = time.monotonic() - began, "had"
                time.sleep(self.seconds)
        except Busy:
            self.waited, self.went = time.monotonic() - began, "busy"


def went(*threads: Thread) -> list[str]:
    for thread in threads:
        thread.join(5)
    return [thread.went for thread in threads]


def test_one_after_the_other_however_many_as_long_as_the_row_moves_on(patience: float) -> None:
    threads = [Thread(0.1) for _ in range(8)]
    assert went(*threads) == ["had"] * 8
    assert max(thread.waited for thread in threads) > 3 * patience


def test_where_the_row_stands_still_everybody_is_sent_away_and_whoever_comes_then_at_once(patience: float) -> None:
    stands = Thread(1.0)
    stands.has_turn.wait(5)
    assert went(*(waits := [Thread(0) for _ in range(5)])) == ["busy"] * 5
    assert min(thread.waited for thread in waits) >= 0.9 * patience
    late = Thread(0)
    assert went(late) == ["busy"]
    assert late.waited < 0.5 * patience
    assert went(stands) == ["had"]
    assert went(Thread(0)) == ["had"]


def test_one_that_is_stuck_holds_no_other_row() -> None:
    with turns.turn(1), turns.turn(2):
        assert went(Thread(0)) == ["busy"]
    assert went(Thread(0)) == ["had"]


def test_a_row_at_which_nobody_stands_is_forgotten() -> None:
    for number in range(5):
        with turns.turn(number), pytest.raises(ZeroDivisionError), turns.turn(100 + number):
            raise ZeroDivisionError
    assert turns._lines == {}
