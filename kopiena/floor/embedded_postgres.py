"""A real PostgreSQL of our own under var/, run from a wheel's programs, so that a newcomer installs nothing."""

import argparse
import contextlib
import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from kopiena.floor.postgres_binaries import binaries, major_version
from kopiena.floor.unprivileged import PostgresRefused, Way, choose_way, data_folder

NAME = USER = "kopiena"
PORT = 5432  # only a part of the socket's name: nothing listens on the network
PATIENCE_SECONDS = 10.0  # after kill -9 the old processes need a moment to let go of the data
LOG_LIMIT_BYTES = 1_000_000
PROC = Path("/proc")  # Linux; elsewhere a process's number is all there is to go by

# No statement and no DETAIL in the log: both would hold people's names, which must be erasable.
SETTINGS = """\
listen_addresses = ''
unix_socket_directories = '{socket_folder}'
unix_socket_permissions = 0700
port = {port}
max_connections = 200
shared_buffers = 128MB
fsync = on
full_page_writes = on
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = warning
log_min_error_statement = panic
log_error_verbosity = terse
log_checkpoints = off
"""


def database_settings(var_dir: Path) -> dict[str, str]:
    """Django's DATABASES entry for the server under `var_dir`, running or not."""
    folder = socket_folder(var_dir)
    if folder.exists() or folder.is_symlink():
        _check_owner(folder)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": NAME,
        "USER": USER,
        "HOST": str(folder),
        "PORT": str(PORT),
    }


def socket_folder(var_dir: Path) -> Path:
    """A short path (a socket's is limited to 107 bytes) that follows from the data folder's alone."""
    mark = sha256(os.fsencode(var_dir.resolve())).hexdigest()[:12]
    if os.getuid() == 0 and os.access("/run", os.W_OK):
        return Path(f"/run/kopiena-{mark}")  # only root can make a folder here
    return Path(f"/tmp/kopiena-{os.getuid()}-{mark}")


def start(var_dir: Path, say: Callable[[str], None] = print) -> bool:
    """Starts the server, making it first if need be; True if this call started it, False if it already ran."""
    var_dir = var_dir.resolve()
    for folder in (var_dir, var_dir / "run", var_dir / "log"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _one_at_a_time(var_dir):
        way = _way(var_dir)
        if way.remark:
            say(way.remark)
        if running_pid(var_dir) and _answers(var_dir):
            return False
        _own_socket_folder(socket_folder(var_dir), way)
        if not (way.data / "PG_VERSION").exists():
            _make_cluster(way)
        settings = SETTINGS.format(socket_folder=socket_folder(var_dir), port=PORT)
        (way.data / "kopiena.conf").write_text(settings)
        _start_with_patience(var_dir, way)
        if not _ask(var_dir, f"SELECT 1 FROM pg_database WHERE datname = '{NAME}'"):
            _ask(var_dir, f"CREATE DATABASE {NAME}")
    return True


def stop(var_dir: Path) -> None:
    """Stops the server and waits until it is gone; sessions are ended, nothing committed is lost."""
    var_dir = var_dir.resolve()
    if not (var_dir / "run").is_dir():
        return
    with _one_at_a_time(var_dir):
        if running_pid(var_dir):
            way = _way(var_dir)
            way.run([way.programs / "pg_ctl", "stop", "-D", way.data, "-m", "fast", "-w", "-t", "30"], _log(var_dir))
        if running_pid(var_dir):
            raise PostgresRefused(f"PostgreSQL does not stop; see {_log(var_dir)}.")
        shutil.rmtree(socket_folder(var_dir), ignore_errors=True)


def running_pid(var_dir: Path) -> int:
    """The number of the server's process, 0 if it does not run; a number that a stranger bears by now is none."""
    data = data_folder(var_dir.resolve())
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        if PROC.exists():
            return pid if os.readlink(PROC / str(pid) / "cwd") == str(data) else 0
        os.kill(pid, 0)
    except (OSError, ValueError):
        return 0
    return pid


def processes_in(data: Path) -> list[int]:
    """Processes whose working folder is the data folder: PostgreSQL's, be the written number stale or reused."""
    found = []
    for link in PROC.glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if os.readlink(link) == str(data):
                found.append(int(link.parent.name))
    return found


def _way(var_dir: Path) -> Way:
    version_file = data_folder(var_dir) / "PG_VERSION"
    return choose_way(var_dir, binaries(version_file.read_text().strip() if version_file.exists() else None))


def _make_cluster(way: Way) -> None:
    """Beside and then renamed: a half-made cluster of a killed start is never taken for a whole one."""
    new = way.data.with_name("postgres.new")
    shutil.rmtree(new, ignore_errors=True)
    locale = ["--locale=C.UTF-8"]
    if int(major_version(way.programs)) >= 17:
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    with _log(way.var_dir).open("ab") as log:
        begin = log.tell()
    command: list[str | Path] = [
        way.programs / "initdb",
        "-D",
        new,
        "-U",
        USER,
        "-E",
        "UTF8",
        "-k",
        "-A",
        "trust",
        *locale,
    ]
    if way.run(command, _log(way.var_dir)) != 0:
        said = _log(way.var_dir).read_bytes()[begin:].decode(errors="replace").strip()
        raise PostgresRefused(f"PostgreSQL could not make its data folder {new}: {said}")
    with (new / "postgresql.conf").open("a") as conf:
        conf.write("include 'kopiena.conf'\n")
    new.rename(way.data)


def _start_with_patience(var_dir: Path, way: Way) -> None:
    log = _log(var_dir)
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        log.replace(log.with_suffix(".log.1"))
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        way.run([way.programs / "pg_ctl", "start", "-D", way.data, "-w", "-t", "60"], log)
        if _answers(var_dir):
            return
        if time.monotonic() > deadline:
            last = log.read_text(errors="replace").strip().splitlines()[-3:]
            raise PostgresRefused(f"PostgreSQL does not start; {log} ends with: {' | '.join(last)}")
        if PROC.exists() and not processes_in(way.data):
            # Nothing works in the folder, so the number in the file is a stranger's (or a zombie's) by now.
            (way.data / "postmaster.pid").unlink(missing_ok=True)
        time.sleep(0.3)


def _answers(var_dir: Path) -> bool:
    return subprocess.run([binaries() / "pg_isready", "-q", "-t", "3", *_where(var_dir)]).returncode == 0


def _ask(var_dir: Path, statement: str) -> str:
    command = [str(binaries() / "psql"), "-XqtA", *_where(var_dir), "-c", statement]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise PostgresRefused(f"PostgreSQL runs but refuses: {done.stderr.strip()}")
    return done.stdout.strip()


def _where(var_dir: Path) -> list[str]:
    return ["-h", str(socket_folder(var_dir)), "-p", str(PORT), "-U", USER, "-d", "postgres"]


def _own_socket_folder(folder: Path, way: Way) -> None:
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        os.chown(folder, way.uid, way.gid)
    _check_owner(folder)
    os.chown(folder, way.uid, way.gid)
    folder.chmod(0o700)


def _check_owner(folder: Path) -> None:
    """Somebody else could make the folder first and answer in our server's place."""
    owners = {os.getuid()} | ({pwd.getpwnam("nobody").pw_uid} if os.getuid() == 0 else set())
    if folder.is_symlink() or not folder.is_dir() or folder.stat().st_uid not in owners:
        raise PostgresRefused(f"{folder} belongs to somebody else, so PostgreSQL's socket is not safe there.")


@contextlib.contextmanager
def _one_at_a_time(var_dir: Path) -> Iterator[None]:
    with (var_dir / "run" / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _log(var_dir: Path) -> Path:
    return var_dir / "log" / "postgres.log"


def main() -> int:
    """`python -m kopiena.floor.embedded_postgres start|stop|status [--var DIR]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("deed", choices=["start", "stop", "status"])
    default = os.environ.get("KOPIENA_VAR") or Path(__file__).resolve().parents[2] / "var"
    parser.add_argument("--var", type=Path, default=default)
    options = parser.parse_args()
    try:
        if options.deed == "start":
            print("started" if start(options.var) else "running")
        elif options.deed == "stop":
            stop(options.var)
        else:
            print("running" if running_pid(options.var) else "stopped")
    except PostgresRefused as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
