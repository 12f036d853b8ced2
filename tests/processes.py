"""How a test starts `manage.py` as a process of its own, with exactly the environment it names."""

import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


PR_SET_PDEATHSIG = 1  # linux/prctl.h


def ends_with_the_tests() -> None:
    """For `preexec_fn`: a portal started by a test is told to stop when the test run is killed, where Linux can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def command(*args: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *args]


def environment(**values: str) -> dict[str, str]:
    """These variables and the machine's own; none of the portal's that happen to be set around the test."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, **values}


def on_test_database(**values: str) -> dict[str, str]:
    """The environment with which a process works on the database of this test."""
    around = {name: value for name, value in os.environ.items() if name in ("KOPIENA_VAR", "DATABASE_URL")}
    return environment(
        DJANGO_SETTINGS_MODULE="tests.settings_of_tests",
        DATABASE_OF_TEST=str(connection.settings_dict["NAME"]),
        PYTHONPATH=str(ROOT),
        **{"KOPIENA_VAR": str(settings.VAR_DIR), **around, **values},
    )


def run(*args: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What the process said; it is given a minute."""
    return subprocess.run(args, env=env, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
