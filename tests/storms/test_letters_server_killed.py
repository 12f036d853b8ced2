"""Everything killed between the commit and the answer: nobody was told anything, and the letter comes all the same."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from kopiena.floor.embedded_postgres import running_pid, stop
from tests.processes import ROOT
from tests.sink import Sink, fine, slowly
from tests.storms.cluster import Database
from tests.storms.desk import Desk
from tests.storms.family import Family
from tests.storms.house import NO_LIMITS
from tests.storms.http import NoAnswer
from tests.storms.numbers import LONG, Numbers
from tests.storms.portal import Portal, wait_for

# Put behind the copied portal's own words: it has done all and not answered yet.
NO_ANSWER = """
import time
answering = application
def application(environ, start_response):
    answer = answering(environ, start_response)
    time.sleep(60 if environ["REQUEST_METHOD"] == "POST" else 0)
    return answer
"""


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as sink:
        yield sink


@pytest.fixture
def portal(tmp_path_factory: pytest.TempPathFactory, sink: Sink, numbers: Numbers) -> Iterator[Portal]:
    """With its real lease in the long run only: the test waits for the end of it."""
    switches = NO_LIMITS if numbers == LONG else NO_LIMITS | {"NOTICE_LEASE_SECONDS": "8"}
    portal = Portal(tmp_path_factory.mktemp("letters") / "kopiena", EMAIL_URL=sink.url, **switches)
    portal.run()
    yield portal
    if portal.process is not None and portal.process.poll() is None:
        portal.signal(signal.SIGTERM)
    stop(portal.var)


@pytest.fixture
def desk(portal: Portal) -> Iterator[Desk]:
    values = {"DJANGO_SETTINGS_MODULE": "kopiena.settings", "KOPIENA_VAR": str(portal.var), "PYTHONPATH": str(ROOT)}
    desk = Desk({**portal.environment(), **values})
    yield desk
    desk.close()


def kill_everything(portal: Portal) -> None:
    """The whole machine but its disk."""
    assert portal.process is not None
    portal.process.kill()
    portal.process.wait()
    for pid in portal.children():
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    os.kill(running_pid(portal.var), signal.SIGQUIT)
    wait_for(lambda: not running_pid(portal.var), 20, portal.log)


def test_the_letter_comes_although_all_was_killed_before_the_answer(portal: Portal, desk: Desk, sink: Sink) -> None:
    date = desk.occurrence(places=5)
    portal.signal(signal.SIGTERM)
    wsgi = portal.folder / "kopiena" / "wsgi.py"
    whole = wsgi.read_text()
    wsgi.write_text(whole + NO_ANSWER)
    sink.of_recipient = slowly(9)  # the worker is struck with the letter in hand
    portal.run()
    family = Family(portal.port, "Anna", date)
    database = Database(portal.var, "kopiena")

    async def sign_up_and_hear_nothing() -> None:
        await family.open_form()
        sending = asyncio.create_task(family.send())
        while not database.one("SELECT count(*) FROM floor_notice WHERE state = 'sending'"):
            await asyncio.sleep(0.05)
        kill_everything(portal)
        with pytest.raises(NoAnswer):
            await sending

    asyncio.run(sign_up_and_hear_nothing())
    assert not family.is_answered
    wsgi.write_text(whole)
    sink.of_recipient = fine
    began = time.monotonic()
    portal.run()
    wait_for(lambda: sink.arrived, 60, portal.log)
    print(f"the letter was there {time.monotonic() - began:.1f} s after the restart")
    assert [each.recipient for each in sink.arrived] == ["anna@example.lv"]
    # And once more while the portal goes on: PostgreSQL is killed, and the worker listens anew.
    os.kill(running_pid(portal.var), signal.SIGQUIT)
    wait_for(lambda: running_pid(portal.var) and portal.answer() == "ok", 20, portal.log)
    asyncio.run(Family(portal.port, "Ilze", date, is_patient=True).sign_up())
    began = time.monotonic()
    wait_for(lambda: len(sink.arrived) == 2, 15, portal.log)
    print(f"after PostgreSQL was killed: {time.monotonic() - began:.1f} s")
    assert "@" not in portal.log.read_text()
