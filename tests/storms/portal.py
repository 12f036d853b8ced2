"""`portal.py run` for real, from a copy of the project in a folder of its own."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from kopiena.floor.processes import TOKEN
from tests.processes import ends_with_the_tests

ROOT = Path(__file__).resolve().parents[2]
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", ".hypothesis", "tests")
LEFT_OUT = ("KOPIENA_VAR", "DATABASE_URL", "DEBUG", "SITE_URL", "ALLOWED_HOSTS", "SECRET_KEY", "EMAIL_URL")


class Portal:
    """A copy of the project in a folder of its own, sharing only what is installed."""

    def __init__(self, folder: Path, **values: str) -> None:
        shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
        (folder / ".venv").symlink_to(ROOT / ".venv")
        self.folder, self.var, self.values = folder, folder / "var", values
        self.port = free_port()
        self.log = folder.with_name("portal.log")
        self.process: subprocess.Popen[bytes] | None = None

    def call(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["python3", self.folder / "portal.py", *arguments],
            cwd="/",
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=120,
        )

    def run(self) -> None:
        self.launch()
        wait_for(lambda: "Ctrl-C stops it" in self.log.read_text() and self.answer() == "ok", 60, self.log)

    def launch(self) -> None:
        """Only from the main thread: the kernel ends the portal with the thread that started it."""
        command = ["python3", str(self.folder / "portal.py"), "run", "--empty", "--port", str(self.port)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command,
                cwd="/",
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=ends_with_the_tests,
            )

    def manage(self, *arguments: str) -> None:
        subprocess.run(
            [ROOT / ".venv/bin/python", "manage.py", *arguments], cwd=self.folder, env=self.environment(), check=True
        )

    def signal(self, number: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(30)

    def answer(self) -> str:
        with contextlib.suppress(OSError), urllib.request.urlopen(self.address("readiness"), timeout=3) as answer:
            return str(answer.read().decode())
        return ""

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}"

    def head(self) -> int:
        """The server's main process."""
        assert self.process is not None
        return next(
            pid for pid in children_of(self.process.pid) if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes()
        )

    def workers(self) -> list[int]:
        """The processes that answer."""
        return children_of(self.head())

    def group(self) -> dict[str, object]:
        return dict(json.loads((self.var / "run" / "group.json").read_text()))

    def children(self) -> list[int]:
        return processes_with(f"{TOKEN}=", str(self.folder))

    def environment(self) -> dict[str, str]:
        around = {name: value for name, value in os.environ.items() if name not in LEFT_OUT and name != TOKEN}
        return {**around, **self.values}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children_of(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def processes_with(mark: str, folder: str) -> list[int]:
    """Living processes of ours that work in the folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if os.readlink(process / "cwd") == folder and mark.encode() in (process / "environ").read_bytes():
                found.append(int(process.name))
    return found


def wait_for(condition: Callable[[], object], seconds: float, log: Path) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)
