"""`manage.py work` and the letters: how long a mail server is left alone, and what waits for what."""

import time
from collections.abc import Callable
from io import StringIO

import pytest

from kopiena.floor.outbox import sending
from kopiena.management.commands import work

AWAY = sending.Outcome({"sent": 0}, is_server_away=True, trouble="ConnectionRefusedError")
THERE = sending.Outcome({"sent": 2}, is_server_away=False)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> work.Command:
    command = work.Command(stdout=StringIO(), stderr=StringIO())
    command._refusals = 0
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(command, "_take_in_words", lambda: None)
    return command


def answers(monkeypatch: pytest.MonkeyPatch, *outcomes: sending.Outcome) -> None:
    turns = iter(outcomes)
    monkeypatch.setattr(work.sending, "send_due", lambda stopped: next(turns))


def test_a_server_that_is_away_is_left_alone_longer_and_longer_and_said_once(
    command: work.Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    warnings: list[str] = []
    monkeypatch.setattr(work.logger, "warning", lambda words, *also: warnings.append(words % also))
    answers(monkeypatch, *[AWAY] * 6, THERE, AWAY)
    pauses = [command._send(lambda: False) for _ in range(8)]
    assert pauses == [5, 10, 20, 40, 40, 40, 0, 5]
    assert warnings == ["the mail server is away, letters wait: ConnectionRefusedError"] * 2
    assert command.stdout._out.getvalue() == "letters sent: 2\n"


class Rings:
    """A bell that rings at once, so often; it remembers for how long it would have been waited."""

    def __init__(self, times: int) -> None:
        self.waits: list[float] = []
        self.times = times

    def listen(self) -> None:
        pass

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)

    def is_over(self) -> bool:
        return len(self.waits) >= self.times


def steps(command: work.Command, monkeypatch: pytest.MonkeyPatch, send: Callable[..., float]) -> list[str]:
    """What the loop does, in order."""
    done: list[str] = []

    def sends(stopped: Callable[[], bool]) -> float:
        done.append("letters")
        return send(stopped)

    monkeypatch.setattr(command, "_find_owed", lambda: done.append("owed"))
    monkeypatch.setattr(command, "_send", sends)
    monkeypatch.setattr(command, "_until_due", lambda: 1000.0)
    return done


def test_new_letters_do_not_knock_at_a_server_that_was_just_away(
    command: work.Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, bell = steps(command, monkeypatch, lambda stopped: 20.0), Rings(4)
    command._work_until(bell.is_over, bell)  # type: ignore[arg-type]
    assert done == ["owed", "letters"]
    assert all(19 < seconds <= 30 for seconds in bell.waits)


def test_however_many_letters_there_are_the_rest_is_not_kept_waiting(
    command: work.Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work.settings, "WORK_PAUSE_SECONDS", 0.05)
    asked: list[int] = []

    def never_done(stopped: Callable[[], bool]) -> float:
        began = time.monotonic()
        while not stopped():
            time.sleep(0.01)
            assert time.monotonic() - began < 5
        asked.append(1)
        return 0.0

    bell = Rings(10)
    done = steps(command, monkeypatch, never_done)
    command._work_until(lambda: len(asked) >= 3, bell)  # type: ignore[arg-type]
    assert done == ["owed", "letters"] * 3


def test_a_clock_put_back_stops_no_work(command: work.Command, monkeypatch: pytest.MonkeyPatch) -> None:
    done, bell = steps(command, monkeypatch, lambda stopped: 0.0), Rings(3)
    monkeypatch.setattr(work.timezone, "now", lambda: pytest.fail("the loop asks a clock that can be set"))
    command._work_until(bell.is_over, bell)  # type: ignore[arg-type]
    assert done == ["owed", *["letters"] * 3]
    assert max(bell.waits) <= 30
