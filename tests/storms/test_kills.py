"""Killed in mid-storm with `kill -9`: whoever was answered is in, nobody is in twice, and no person is needed."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from kopiena.floor.embedded_postgres import running_pid, stop
from tests.processes import ROOT
from tests.storms.cluster import Database
from tests.storms.desk import Desk
from tests.storms.facts import standing, statuses, told_otherwise, unsound
from tests.storms.family import Family
from tests.storms.house import NO_LIMITS
from tests.storms.http import NoAnswer, ask
from tests.storms.numbers import Numbers
from tests.storms.portal import Portal, wait_for

WELL_AGAIN_SECONDS = 5


@dataclass
class Storm:
    """Families at the door of one portal, somebody who watches it, and the moment of the blow."""

    portal: Portal
    families: list[Family]
    struck_at: float = 0.0
    answered_before: int = 0
    failed_at: list[float] = field(default_factory=list)  # moments at which it did not answer well

    async def blow(self, strike: Callable[[Portal], None]) -> None:
        """Strikes once a third of the families has its answer; ends when everybody has seen the private page."""
        watching = asyncio.create_task(self._watch())
        playing = [asyncio.create_task(family.sign_up()) for family in self.families]
        while sum(family.is_answered for family in self.families) < len(self.families) // 3:
            assert not all(task.done() for task in playing), "nobody was answered"
            await asyncio.sleep(0.02)
        self.answered_before = sum(family.is_answered for family in self.families)
        self.struck_at = time.monotonic()
        strike(self.portal)
        await asyncio.gather(*playing)
        while time.monotonic() < self.struck_at + WELL_AGAIN_SECONDS:  # a fall after all were served is one too
            await asyncio.sleep(0.1)
        watching.cancel()

    async def _watch(self) -> None:
        while True:
            try:
                answer = await ask(self.portal.port, "/readiness")
            except NoAnswer:
                answer = None
            if answer is None or answer.status != 200:
                self.failed_at.append(time.monotonic())
            await asyncio.sleep(0.1)

    @property
    def was_well_after(self) -> float:
        """Seconds from the blow until it answered and went on answering."""
        return max([moment - self.struck_at for moment in self.failed_at], default=0.0)


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    portal = Portal(tmp_path_factory.mktemp("kills") / "kopiena", **NO_LIMITS)
    portal.run()
    yield portal
    if portal.process is not None and portal.process.poll() is None:
        portal.signal(signal.SIGTERM)
    stop(portal.var)


@pytest.fixture(scope="module")
def desk(portal: Portal) -> Iterator[Desk]:
    values = {"DJANGO_SETTINGS_MODULE": "kopiena.settings", "KOPIENA_VAR": str(portal.var), "PYTHONPATH": str(ROOT)}
    desk = Desk({**portal.environment(), **values})
    yield desk
    desk.close()


def kill_head(portal: Portal) -> None:
    os.kill(portal.head(), signal.SIGKILL)


def kill_worker(portal: Portal) -> None:
    os.kill(portal.workers()[0], signal.SIGKILL)


def kill_backend(portal: Portal) -> None:
    """One that is at work, if one is: PostgreSQL then throws everybody out and recovers."""
    busiest = Database(portal.var, "kopiena").one(
        "SELECT pid FROM pg_stat_activity WHERE datname = 'kopiena' AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend' ORDER BY state = 'idle', xact_start LIMIT 1"
    )
    os.kill(busiest, signal.SIGKILL)


def stop_postgres(portal: Portal) -> None:
    """SIGQUIT is `pg_ctl stop -m immediate`: nothing is written any more; the portal starts it again by itself."""
    os.kill(running_pid(portal.var), signal.SIGQUIT)


def kill_portal(portal: Portal) -> None:
    """And start it again, as a service manager does; the server it had goes on answering until then."""
    assert portal.process is not None
    portal.process.kill()
    portal.process.wait()
    portal.launch()


@pytest.mark.parametrize("strike", [kill_head, kill_worker, kill_backend, stop_postgres, kill_portal])
def test_after_a_kill_everybody_answered_is_in_once_and_it_is_soon_well(
    portal: Portal, desk: Desk, numbers: Numbers, strike: Callable[[Portal], None]
) -> None:
    wait_for(lambda: portal.answer() == "ok", 30, portal.log)  # also where the blow before has left it badly
    count = numbers.kill
    occurrence = desk.occurrence(places=count)
    families = [
        Family(portal.port, f"Viesis-{strike.__name__}-{n}", occurrence, 1 + n % 2, n % 3 // 2, is_patient=True)
        for n in range(count)
    ]
    storm = Storm(portal, families)
    asyncio.run(storm.blow(strike))
    database = Database(portal.var, "kopiena")
    found = standing(database, occurrence)
    assert storm.answered_before < count, "the blow came after the storm"
    assert set(statuses(families)) <= {200, 302, 503}
    assert told_otherwise(database, families) == []
    assert found.placed + found.waiting == count
    assert found.numbers == list(range(1, count + 1))
    assert unsound(database) == {}
    assert storm.was_well_after < WELL_AGAIN_SECONDS
    print(f"{strike.__name__}: well after {storm.was_well_after:.1f} s, {statuses(families)}")
