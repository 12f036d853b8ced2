"""`manage.py prepare`: all that must be true before the portal serves, in one process since Django starts slowly."""

import fcntl
import hashlib
from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from kopiena.floor import checks

ONCE = "kopiena: done once"


class Command(BaseCommand):
    """Migrations, roles, static files, and once each: starting data, demonstration, the coordinator's sign-in."""

    help = "Makes database and static files ready to serve; does again only what changed."
    requires_system_checks: list[str] = []  # migrate checks all; what the gate needs is asked below each time

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--empty", action="store_true", help="neither starting data nor demonstration")
        parser.add_argument("--static-only", action="store_true", help="static files only, for the tests")

    def handle(self, *args: Any, **options: Any) -> None:
        run_folder = settings.VAR_DIR / "run"
        run_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (run_folder / "prepare.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            collect_static_if_changed()
            if options["static_only"]:
                return
            try:
                connection.ensure_connection()
            except OperationalError as error:
                raise CommandError(f"The database does not answer: {error}") from error
            refuse_unsuitable_database()
            if count := unapplied_migrations():
                call_command("migrate", interactive=False, verbosity=0)
                self.stdout.write(f"Database: {count} migrations.")
            give_rights(self.stdout)
            if not options["empty"]:
                is_new = once("load_start", self.stdout)
                if settings.DEBUG:
                    is_new = once("load_demo", self.stdout) or is_new
                if is_new:  # can be searched from the first page on; whatever comes later is the worker's
                    call_command("index_words", stdout=self.stdout)
            call_command("coordinator", stdout=self.stdout)


def refuse_unsuitable_database() -> None:
    """The gate's own start-up checks, each time: the database's settings can change without a migration."""
    problems = [*checks.settings_suit_the_gate(), *checks.isolation_suits_the_gate(databases=["default"])]
    if problems:
        raise CommandError("\n".join(f"{problem.id}: {problem.msg}" for problem in problems))


def unapplied_migrations() -> int:
    """How far the database is behind the code; asking takes less time than a migrate that has nothing to do."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def give_rights(stdout: Any) -> None:
    """On a fresh database that is a hundred lines; later each change is worth reading."""
    said = StringIO()
    call_command("roles", stdout=said)
    changes = said.getvalue().splitlines()
    for line in changes if len(changes) <= 12 else [f"Roles: {len(changes)} changes."]:
        stdout.write(line)


def once(command: str, stdout: Any) -> bool:
    """Once in the life of a database, also after what it loaded was removed again; whether this was the time.

    Django's own table of what was done to this database remembers it: it travels with a backup, and migrations of no
    installed app are none of its business.
    """
    recorder = MigrationRecorder(connection)
    if (ONCE, command) in recorder.applied_migrations():
        return False
    call_command(command, stdout=stdout)
    recorder.record_applied(ONCE, command)
    return True


def collect_static_if_changed() -> None:
    """Runs collectstatic where a file, the storage that joins them or its result changed."""
    note: Path = settings.VAR_DIR / "run" / "static.sha256"
    now = fingerprint()
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if manifest.exists() and note.exists() and note.read_text() == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    note.write_text(now)


def fingerprint() -> str:
    """Every static file's place, size and time, and those of the module that stores them."""
    storage_module = Path(settings.BASE_DIR / "kopiena" / "floor" / "static_storage.py")
    files = [(str(storage_module), storage_module.stat())]
    for finder in get_finders():
        for path, storage in finder.list([]):
            files.append((f"{storage.location}:{path}", Path(storage.path(path)).stat()))
    lines = sorted(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in files)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
