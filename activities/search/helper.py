"""The helper that takes in new words beside the worker: a process of its own, which ends and gives its memory back."""

import os
import subprocess
import sys
from datetime import datetime

from django.conf import settings

from activities.search.texts import is_owed

PATIENCE = 5.0  # seconds for it to end when the worker is told to
KINDNESS = 10  # pages come first


class HelperFailed(Exception):
    """It ended badly; what it said, `manage.py index_words` says by hand."""


class Helper:
    """Started when words are owed, never twice at a time; nobody waits for it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def look_after(self, now: datetime) -> int:
        """Begin what is owed, if anything is; 1 where something was begun."""
        if self._process is not None:
            code = self._process.poll()
            if code is None:
                return 0
            self._process = None
            if code != 0:
                raise HelperFailed(code)
        if not is_owed():
            return 0
        self._process = subprocess.Popen(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "index_words"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=lambda: os.nice(KINDNESS),
        )
        return 1

    def stop(self) -> None:
        """End it in the middle, if need be: what it had not finished stays owed."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
