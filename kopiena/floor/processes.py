"""The processes one start of the portal is answerable for: a group of their own, known by a token, ended together."""

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

TOKEN = "KOPIENA_STARTED_BY"  # stands in the environment of each of our processes and of their children
FIRST_WAIT, LONGEST_WAIT, LIVED_WELL = 0.5, 30.0, 20.0  # seconds


class Group:
    """Our processes in one group, written down in `record` so that a later start finds what a killed one left."""

    def __init__(self, record: Path, folder: Path, environment: dict[str, str]) -> None:
        self.record, self.folder, self.environment = record, folder, environment
        self.token = secrets.token_hex(16)
        self.pgid = 0
        self._write()  # before the first process, so that none can be left without a trace

    def spawn(self, part: str, command: Sequence[str]) -> "subprocess.Popen[bytes]":
        """Starts a command in the group; `part` tells its descendants from those of the others."""
        environment = {**self.environment, TOKEN: f"{self.token}-{part}"}
        for pgid in (self.pgid, 0):  # a group whose last process died is gone: then a new one
            try:
                process = subprocess.Popen(
                    command, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, process_group=pgid
                )
            except (PermissionError, ProcessLookupError):
                if pgid == 0:
                    raise
                continue
            break
        if pgid == 0:
            self.pgid = process.pid
            self._write()
        return process

    def end(self, part: str = "", patience: float = 3.0) -> None:
        """Ends what lives of a part, or of everything."""
        end_marked(f"{self.token}-{part}", patience)

    def forget(self) -> None:
        """Nothing is left: the record goes."""
        self.record.unlink(missing_ok=True)

    def _write(self) -> None:
        new = self.record.with_suffix(".new")
        new.write_text(json.dumps({"token": self.token, "pgid": self.pgid}))
        new.replace(self.record)


class Kept:
    """One command that is kept running: when it dies it is started again, later and later if it dies at once."""

    def __init__(self, group: Group, part: str, command: Sequence[str]) -> None:
        self.group, self.part, self.command = group, part, command
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = self.due_at = 0.0
        self.wait = FIRST_WAIT

    def look_after(self, now: float) -> None:
        """To be called again and again with a clock that only goes forward, in seconds."""
        if self.process is None:
            if now >= self.due_at:
                self.started_at = now
                self.process = self.group.spawn(self.part, self.command)
            return
        code = self.process.poll()
        if code is None:
            return
        self.process = None
        self.group.end(self.part)  # a server whose head was killed leaves workers that still answer
        self.wait = FIRST_WAIT if now - self.started_at >= LIVED_WELL else min(self.wait * 2, LONGEST_WAIT)
        self.due_at = now + self.wait
        print(
            f"The {self.part} ended ({_said(code)}); it starts again in {self.wait:g} s.", file=sys.stderr, flush=True
        )

    def ask_to_stop(self) -> None:
        """Politely; `Group.end` follows for those who do not listen."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def has_stopped(self) -> bool:
        """Whether the command itself is gone."""
        return self.process is None or self.process.poll() is not None


def end_left_over(record: Path) -> int:
    """Ends the processes of a start that was killed; how many there were. A number reused by a stranger is not ours."""
    try:
        token = str(json.loads(record.read_text())["token"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0
    if len(token) != 32:  # not written by us: an empty one would match everybody
        return 0
    ended = end_marked(f"{token}-", patience=5.0)
    record.unlink(missing_ok=True)
    return ended


def end_marked(mark: str, patience: float) -> int:
    """Sends SIGTERM, then SIGKILL after `patience` seconds, to processes whose environment carries the mark."""
    first = list(_marked(mark))
    for pid in first:
        _send(pid, mark, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while left := list(_marked(mark)):
        if time.monotonic() > deadline:
            for pid in left:
                _send(pid, mark, signal.SIGKILL)
        if time.monotonic() > deadline + 5:
            break
        time.sleep(0.05)
    return len(first)


def _marked(mark: str) -> Iterator[int]:
    """Linux tells a process's environment to its owner; elsewhere nothing is found and nobody is harmed."""
    for folder in Path("/proc").glob("[0-9]*"):
        if _carries(int(folder.name), mark):
            yield int(folder.name)


def _carries(pid: int, mark: str) -> bool:
    wanted = f"{TOKEN}={mark}".encode()
    with contextlib.suppress(OSError):
        environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        return any(line.startswith(wanted) for line in environment)
    return False


def _send(pid: int, mark: str, number: signal.Signals) -> None:
    """Holds the process by a descriptor while checking once more, so that the number cannot change hands between."""
    with contextlib.suppress(OSError):
        held = os.pidfd_open(pid)
        try:
            if _carries(pid, mark):
                signal.pidfd_send_signal(held, number)
        finally:
            os.close(held)


def _said(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"code {code}"
