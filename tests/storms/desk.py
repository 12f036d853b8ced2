"""The coordinator's desk: what she puts in and does, by a process of its own on the storm's database."""

import json
import subprocess
import sys
import threading
from typing import Any

from tests.processes import ROOT, ends_with_the_tests


class Refused(Exception):
    """What the gate answered her."""


class Desk:
    """Asks the process behind it one deed after the other, as one person works."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.alone = threading.Lock()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.storms.desk_process"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=ends_with_the_tests,
        )

    def do(self, deed: str, **arguments: Any) -> Any:
        """Do it; raises Refused with the gate's sentence, and AssertionError where something broke."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with self.alone:
            self.process.stdin.write(json.dumps({"deed": deed, **arguments}) + "\n")
            self.process.stdin.flush()
            said = json.loads(self.process.stdout.readline() or '{"broken": "the desk is gone"}')
        if "refused" in said:
            raise Refused(said["refused"])
        assert "broken" not in said, said["broken"]
        return said["done"]

    def occurrences(self, count: int, **how: Any) -> list[int]:
        """New dates of as many activities; `how` as in desk_process."""
        return list(self.do("occurrences", count=count, **how))

    def occurrence(self, **how: Any) -> int:
        return self.occurrences(1, **how)[0]

    def close(self) -> None:
        self.process.communicate(timeout=30)
