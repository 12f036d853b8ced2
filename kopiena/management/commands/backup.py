"""`manage.py backup FILE`: database and media into one file; `portal.py backup` brings the database up for it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kopiena import backups


class Command(BaseCommand):
    help = "Writes the database and the media folder into one file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            backups.back_up(file.absolute())
        except backups.BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{file} holds the database and the pictures, so people's names: keep it safe.")
