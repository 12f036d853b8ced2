"""`manage.py restore FILE`: a backup into an empty database; `portal.py restore` brings the database up for it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kopiena import backups


class Command(BaseCommand):
    help = "Restores what `backup` wrote, into an empty database only."
    requires_system_checks: list[str] = []  # they may ask for tables that are yet to come

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            same = backups.restore(file.absolute())
        except backups.BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Restored and compared: {'; '.join(same)}.")
