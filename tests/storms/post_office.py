"""Workers as processes of their own on a database of their own, before a mail server of the test's."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.processes import ROOT, command, ends_with_the_tests
from tests.sink import Sink
from tests.storms.cluster import Cluster
from tests.storms.desk import Desk
from tests.storms.house import NO_LIMITS

TWIN = [sys.executable, "-m", "tests.storms.twin_worker", "work"]  # the same worker with a guard taken off
Worker = subprocess.Popen[bytes]


class PostOffice:
    """A database with its desk, a sink, and as many workers as the test starts."""

    def __init__(self, cluster: Cluster, name: str, **switches: str) -> None:
        self.sink = Sink().start()
        self.database = cluster.database(name)
        self.environment = cluster.environment(
            DJANGO_SETTINGS_MODULE="tests.settings_of_tests",
            DATABASE_OF_TEST=name,
            EMAIL_URL=self.sink.url,
            PYTHONUNBUFFERED="1",
            **NO_LIMITS,
            **switches,
        )
        self.log = Path(cluster.var, "log", f"{name}.log")
        self.workers: list[Worker] = []
        self.desk = Desk(self.environment)

    def start(self, *, by: list[str] | None = None, **switches: str) -> Worker:
        """One more worker; its words go to the log."""
        with self.log.open("a") as log:
            worker: Worker = subprocess.Popen(
                by or command("work"),
                cwd=ROOT,
                env={**self.environment, **switches},
                stdout=log,
                stderr=log,
                preexec_fn=ends_with_the_tests,
            )
        self.workers.append(worker)
        return worker

    def sign_up(self, count: int, names: str = "Viesis", occurrence: int | None = None) -> int:
        """So many families sign up, and a letter is owed to each; the date they come to."""
        date = occurrence or self.desk.occurrence(places=None)
        self.desk.do("fill", occurrence=date, sizes=[1] * count, names=names)
        return date

    def count(self, state: str) -> int:
        return int(self.database.one("SELECT count(*) FROM floor_notice WHERE state = %s", state))

    def states(self) -> dict[str, int]:
        return dict(self.database.rows("SELECT state, count(*) FROM floor_notice GROUP BY state"))

    def owed_ids(self) -> set[str]:
        """The Message-IDs of all letters there are."""
        return {row[0] for row in self.database.rows("SELECT message_id FROM floor_notice WHERE channel = 'mail'")}

    def is_done(self) -> bool:
        return not self.database.one("SELECT count(*) FROM floor_notice WHERE state IN ('owed', 'sending')")

    def wait_for(self, condition: Callable[[], object], seconds: float = 60) -> float:
        """Until it is so; the seconds it took."""
        began = time.monotonic()
        while not condition():
            assert time.monotonic() < began + seconds, f"{self.states()} {self.log.read_text()[-3000:]}"
            time.sleep(0.02)
        return time.monotonic() - began

    def sleeps(self, workers: int = 1) -> bool:
        """Whether so many workers listen to the database."""
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND query LIKE 'LISTEN%%'"
        heard = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND query = 'SELECT 1'"
        name = self.database.name
        return int(self.database.one(asked, name)) + int(self.database.one(heard, name)) >= workers

    def close(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                os.kill(worker.pid, signal.SIGCONT)
                worker.terminate()
        for worker in self.workers:
            try:
                worker.wait(20)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()
        self.desk.close()
        self.sink.stop()
