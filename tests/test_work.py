"""`manage.py work`: does what is owed, once or until told to stop, and stops at once when told."""

import signal
import subprocess
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from kopiena.management.commands import work
from tests.processes import ROOT, command, on_test_database


def owe() -> None:
    """A session that ended a minute ago, and one that has not."""
    now = timezone.now()
    for key, minutes in (("past", -1), ("alive", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(minutes=minutes))


@pytest.mark.django_db
def test_once_ends_what_is_due_and_says_so() -> None:
    owe()
    said = StringIO()
    call_command("work", once=True, stdout=said)
    assert said.getvalue() == "sessions: 1\n"
    assert list(Session.objects.values_list("session_key", flat=True)) == ["alive"]


@pytest.mark.django_db
def test_a_second_time_finds_nothing_and_says_nothing() -> None:
    owe()
    call_command("work", once=True, stdout=StringIO())
    said = StringIO()
    call_command("work", once=True, stdout=said)
    assert said.getvalue() == ""


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["settling", *list(work.retention.PARTS)[1:]])
def test_one_part_that_fails_keeps_no_other_from_being_done(
    part: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_now: object) -> int:
        raise ValueError("a row of anna@example.lv")

    if part == "settling":
        monkeypatch.setattr(work.registering, "settle_all", fails)
    else:
        monkeypatch.setattr(work.retention, "PARTS", {part: fails} | work.retention.PARTS | {part: fails})
    owe()
    said = StringIO()
    call_command("work", once=True, stdout=said)
    assert said.getvalue() == "sessions: 1\n"
    (line,) = caplog.messages
    assert line.startswith(f"night work: {part} failed, the rest is done: ValueError at ")
    assert "anna" not in caplog.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_the_loop_works_until_told_and_stops_at_once(told: signal.Signals) -> None:
    owe()
    worker = subprocess.Popen(
        command("work"),
        cwd=ROOT,
        env=on_test_database(PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "sessions: 1\n"
        worker.send_signal(told)
        rest = worker.communicate(timeout=10)
        assert (worker.returncode, rest) == (0, ("", ""))
    finally:
        worker.kill()
        worker.wait()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["alive"]


@pytest.mark.django_db
def test_the_loop_outlives_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Twice it is away, then it answers; what was owed is done late, not never."""
    tries: list[int] = []
    told: list[Any] = []

    def clear(_now: object) -> dict[str, int]:
        tries.append(1)
        if len(tries) < 3:
            raise work.DatabaseError("away")
        told[0](signal.SIGTERM, None)
        return {"sessions": 2}

    monkeypatch.setattr(work.retention, "clear_past", clear)
    settings.WORK_PAUSE_SECONDS = 0
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work.signal, "signal", lambda number, finish: told.append(finish))
    said, wrong = StringIO(), StringIO()
    call_command("work", stdout=said, stderr=wrong)
    assert said.getvalue() == "sessions: 2\n"
    assert wrong.getvalue().count("work: DatabaseError, trying again in 0 s") == 2
