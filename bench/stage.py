"""What is measured and where: a PostgreSQL and servers of their own, in a folder that is gone afterwards."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

import psycopg2

import portal
from bench import tables
from bench.families import HOST
from kopiena.floor import embedded_postgres, serving
from kopiena.floor.postgres_binaries import binaries

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30.0  # seconds for a server to answer first
_names = count(1)


@dataclass(frozen=True)
class Stage:
    """Where the portal and the bare view answer, and where their database is."""

    var_dir: Path
    portal: int  # the ports
    bare: int

    def dates(self, how_many: int, places: int | None = None) -> list[str]:
        """Addresses of sign-up forms: each of an activity of its own that asks the children's ages."""
        from django.utils import timezone

        from activities.models import Activity, Meeting, Occurrence, Venue

        start = timezone.now() + timedelta(days=30)
        addresses = []
        for number in (next(_names) for _ in range(how_many)):
            activity = Activity.objects.create(
                slug=f"merijums-{number}",
                title_lv=f"Mērījums {number}",
                theme="craft",
                state="published",
                published_at=timezone.now(),
                usual_places=places,
                is_age_asked=True,
            )
            occurrence = Occurrence.objects.create(activity=activity)
            venue = Venue.objects.order_by("pk").first()
            end = start + timedelta(hours=2)
            Meeting.objects.create(occurrence=occurrence, starts_at=start, ends_at=end, where="venue", venue=venue)
            addresses.append(occurrence.get_sign_up_url())
        return addresses

    def pgbench(self, clients: int, seconds: float, *, is_hot: bool) -> float | None:
        """Bare transactions a second; None where the wheel has no pgbench."""
        program = binaries() / "pgbench"
        if not program.exists():
            return None
        script = self.var_dir / "bare.sql"
        script.write_text(tables.SCRIPT.format(row="0" if is_hot else ":client_id + 1"))
        where = embedded_postgres.database_settings(self.var_dir)
        told = ["-n", "-c", str(clients), "-j", "1", "-T", str(max(1, round(seconds))), "-f", str(script)]
        reached = ["-h", where["HOST"], "-p", where["PORT"], "-U", where["USER"], where["NAME"]]
        done = subprocess.run([program, *told, *reached], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"pgbench failed: {done.stderr.strip()}")
        (line,) = [line for line in done.stdout.splitlines() if line.startswith("tps = ")]
        return float(line.split()[2])

    def bare_anew(self) -> None:
        """Empty tables for the yardsticks."""
        where = embedded_postgres.database_settings(self.var_dir)
        connection = psycopg2.connect(host=where["HOST"], port=where["PORT"], user=where["USER"], dbname=where["NAME"])
        with contextlib.closing(connection), connection, connection.cursor() as cursor:
            cursor.execute(tables.TABLES)


@contextlib.contextmanager
def database() -> Iterator[Path]:
    """A database of its own with the starting data, and Django on it; gone whatever happens. Yields its folder."""
    for number in serving.SIGNALS:
        signal.signal(number, _leave)
    with contextlib.ExitStack() as down:
        folder = down.enter_context(tempfile.TemporaryDirectory(prefix="kopiena-bench-", ignore_cleanup_errors=True))
        var_dir = Path(folder)
        down.callback(embedded_postgres.stop, var_dir)
        embedded_postgres.start(var_dir)
        os.environ.update(_production(var_dir))
        portal.compile_words()
        subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        import django

        django.setup()
        yield var_dir


@contextlib.contextmanager
def stage() -> Iterator[Stage]:
    """Everything up, the starting data loaded; everything down again, whatever happens between."""
    with contextlib.ExitStack() as down:
        var_dir = down.enter_context(database())
        made = Stage(var_dir, free_port(), free_port())
        made.bare_anew()
        down.enter_context(server(serving.server_command("127.0.0.1", made.portal), made.portal))
        command = serving.server_command("127.0.0.1", made.bare, "bench.bare:application")
        down.enter_context(server(command, made.bare))
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # dates are made between the loads, while nothing else goes on
        yield made


def _production(var_dir: Path) -> dict[str, str]:
    """The portal as it runs behind a proxy: DEBUG off; the limits on junk out of the way of a load that is no junk."""
    where = embedded_postgres.database_settings(var_dir)
    return {
        "KOPIENA_VAR": str(var_dir),
        "DJANGO_SETTINGS_MODULE": "kopiena.settings",
        "DEBUG": "false",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": f"{HOST},127.0.0.1",
        "SITE_URL": f"https://{HOST}",
        "EMAIL_URL": "dummymail://",
        "DATABASE_URL": f"postgres://{where['USER']}@/{where['NAME']}?host={where['HOST']}&port={where['PORT']}",
        "MINIMUM_FILLING_SECONDS": "0",
        "CONTACT_SIGN_UPS_PER_DAY": "1000000",
        "ADDRESS_SIGN_UPS_PER_HOUR": "1000000",
    }


@contextlib.contextmanager
def server(command: list[str], port: int, **environment: str) -> Iterator[int]:
    """A granian of ours, in a process group of its own so that its workers end with it; the number of its process."""
    process = subprocess.Popen(
        command, cwd=ROOT, start_new_session=True, env={**serving.MEMORY, **os.environ, **environment}
    )
    try:
        deadline = time.monotonic() + PATIENCE
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("A server does not start; it says why above.")
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
        connection.sendall(f"GET /healthz HTTP/1.0\r\nHost: {HOST}\r\n\r\n".encode())
        return connection.recv(5) == b"HTTP/"
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _leave(number: int, frame: object) -> None:
    for each in serving.SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise SystemExit(128 + number)
