"""What `portal.py run` does once all is installed: one start at a time; database, server and worker kept alive."""

import contextlib
import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kopiena.floor import embedded_postgres, processes
from kopiena.floor.unprivileged import PostgresRefused

WORKERS, THREADS = 2, 16  # with 4 threads one locked row starves everyone
STOP_PATIENCE = 8.0  # seconds for open requests and the letter being sent
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextlib.contextmanager
def only_one(var_dir: Path) -> Iterator[str]:
    """Yields nothing and holds the lock, or yields the address at which another start of this folder serves."""
    with _lock_file(var_dir).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the kernel lets go of it even after kill -9
        except BlockingIOError:
            lock.seek(0)
            yield lock.read().strip() or "it is just being prepared"
            return
        lock.truncate(0)
        yield ""


def note_address(var_dir: Path, host: str, port: int) -> str:
    """The address for people, written into the lock for a second start to say."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    address = f"http://{shown}:{port}/"
    _lock_file(var_dir).write_text(address)
    return address


def end_left_over(var_dir: Path) -> int:
    """Ends what a killed start left; only to be called by who holds the lock."""
    return processes.end_left_over(_record(var_dir))


def port_problem(host: str, port: int) -> str:
    """A sentence if nobody can listen there, else nothing."""
    if not 0 < port < 65536:
        return f"{port} is no port: choose one from 1 to 65535."
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        other = f"python3 portal.py run --port {port + 1}"
        return f"Nothing can be served at {host}, port {port} ({error.strerror}). With another port: {other}"
    return ""


@contextlib.contextmanager
def database(var_dir: Path) -> Iterator[Callable[[], None]]:
    """Keeps PostgreSQL there for the time being; yields what is to be called now and then to keep it alive.

    Several commands may use it at once: the last one out stops it, if one of ours had started it.
    """
    if os.environ.get("DATABASE_URL"):
        yield lambda: None
        return
    mark = var_dir / "run" / "postgres.ours"
    with (var_dir / "run" / "postgres.users").open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        found = embedded_postgres.running_pid(var_dir)
        ours = not found or (mark.exists() and mark.read_text() == str(found))

        def keep() -> None:
            nonlocal ours
            if not embedded_postgres.running_pid(var_dir) and embedded_postgres.start(var_dir, _say):
                ours = True
            if ours:
                mark.write_text(str(embedded_postgres.running_pid(var_dir)))

        try:
            embedded_postgres.start(var_dir, _say)
            keep()
            yield keep
        finally:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if ours:
                    embedded_postgres.stop(var_dir)
                    mark.unlink(missing_ok=True)


def serve(root: Path, var_dir: Path, host: str, port: int, address: str, keep_database: Callable[[], None]) -> None:
    """Server and worker side by side until a signal; whatever happens, none of them is left."""
    group = processes.Group(_record(var_dir), root, _environment(host, address))
    kept = [
        processes.Kept(group, "server", server_command(host, port)),
        processes.Kept(group, "worker", [sys.executable, "manage.py", "work"]),
    ]
    announced, look_at_database_at = False, 0.0
    try:
        while True:
            now = time.monotonic()
            if now >= look_at_database_at:
                look_at_database_at = now + _look_after(keep_database)
            for one in kept:
                one.look_after(now)
            if not announced and _answers(host, port):
                announced = True
                _say(f"Kopiena: {address}  (Ctrl-C stops it)")
            time.sleep(0.2)
    finally:
        _stop(group, kept)


def _look_after(keep_database: Callable[[], None]) -> float:
    """Seconds until the next look."""
    try:
        keep_database()
    except (PostgresRefused, OSError) as refused:
        print(refused, file=sys.stderr, flush=True)
        return 5.0
    return 1.0


def _stop(group: processes.Group, kept: list[processes.Kept]) -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    for one in kept:
        one.ask_to_stop()
    deadline = time.monotonic() + STOP_PATIENCE
    while time.monotonic() < deadline and not all(one.has_stopped() for one in kept):
        time.sleep(0.05)
    group.end(patience=1.0)
    group.forget()


def server_command(host: str, port: int, application: str = "kopiena.wsgi:application") -> list[str]:
    """No access log: the private links stand in the addresses. An idle connection counts until its timeout runs out."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", host, "--port", str(port), "--workers", str(WORKERS), "--blocking-threads", str(THREADS)),
        *("--backpressure", "512", "--http1-header-read-timeout", "15000"),
        *("--workers-kill-timeout", "5", "--respawn-failed-workers"),
        *("--no-access-log", "--log-level", "error", application),
    ]


# Of the GNU library: else each of the threads keeps free memory of its own, which makes a worker a third larger.
MEMORY = {"MALLOC_ARENA_MAX": "2"}


def _environment(host: str, address: str) -> dict[str, str]:
    """In development the address need not be said twice; DEBUG off names everything itself."""
    environment = {**MEMORY, **os.environ, "PYTHONUNBUFFERED": "1"}
    if os.environ.get("DEBUG", "true").lower() in {"true", "on", "ok", "y", "yes", "1"}:
        environment.setdefault("SITE_URL", address.rstrip("/"))
        environment.setdefault("ALLOWED_HOSTS", f"127.0.0.1,localhost,[::1],{host}")
    return environment


def _answers(host: str, port: int) -> bool:
    """Whether a page comes back; that something listens is not enough, since workers may die while they start."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    name = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip(" .*") or "localhost"
    with contextlib.suppress(OSError), socket.create_connection((reachable, port), timeout=2) as connection:
        connection.sendall(f"GET /healthz HTTP/1.0\r\nHost: {name}\r\n\r\n".encode())
        return connection.recv(5) == b"HTTP/"
    return False


def _lock_file(var_dir: Path) -> Path:
    return var_dir / "run" / "portal.lock"


def _record(var_dir: Path) -> Path:
    return var_dir / "run" / "group.json"


def _say(sentence: str) -> None:
    print(sentence, flush=True)
