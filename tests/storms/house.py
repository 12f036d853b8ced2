"""A real server on a database of its own, with the coordinator's desk beside it."""

import subprocess
import time
from pathlib import Path
from urllib.request import urlopen

from kopiena.floor import serving
from tests.processes import ROOT, command, ends_with_the_tests
from tests.storms.cluster import Cluster
from tests.storms.desk import Desk
from tests.storms.portal import free_port

PORTAL = "kopiena.wsgi:application"
TWIN = "tests.storms.twin:application"  # the same portal with a guard taken off

# What a storm is not about: nobody types that fast, and so many never come from one address.
NO_LIMITS = {
    "MINIMUM_FILLING_SECONDS": "0",
    "CONTACT_SIGN_UPS_PER_DAY": "1000000",
    "ADDRESS_SIGN_UPS_PER_HOUR": "1000000",
}


class House:
    """granian with the flags of `portal.py run`, its database, its log and its desk."""

    def __init__(self, cluster: Cluster, name: str, application: str = PORTAL, **switches: str) -> None:
        self.cluster, self.port = cluster, free_port()
        self.database = cluster.database(name)
        self.environment = cluster.environment(
            DJANGO_SETTINGS_MODULE="tests.settings_of_tests", DATABASE_OF_TEST=name, **NO_LIMITS, **switches
        )
        self.log = Path(cluster.var, "log", f"{name}.log")
        with self.log.open("w") as log:
            self.server = subprocess.Popen(
                serving.server_command("127.0.0.1", self.port, application),
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=ends_with_the_tests,
            )
        self.desk = Desk(self.environment)
        try:
            self._wait_until_it_answers()
        except BaseException:
            self.close()
            raise

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + 60
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/readiness", timeout=5):
                    return
            except OSError:
                assert self.server.poll() is None, self.log.read_text()
                assert time.monotonic() < deadline, self.log.read_text()
                time.sleep(0.1)

    def manage(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """`manage.py` on this house's database."""
        return subprocess.run(
            command(*arguments), cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120
        )

    def close(self) -> None:
        self.desk.close()
        self.server.terminate()
        self.server.wait(30)
