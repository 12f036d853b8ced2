"""`manage.py load_demo`: the demonstration; `--remove` takes it away again."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kopiena.demo.loading import load
from kopiena.demo.removing import StillNeeded, remove


class Command(BaseCommand):
    """Made-up activities and families around today, for trying the portal out; only with DEBUG."""

    help = "Loads made-up activities and families around today (only with DEBUG), or removes them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="remove it, unless something real hangs on it")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            try:
                self._say("Demonstration removed", remove())
            except StillNeeded as refusal:
                raise CommandError(str(refusal)) from refusal
        elif not settings.DEBUG:
            raise CommandError("The demonstration is for trying the portal out: it is loaded with DEBUG on only.")
        else:
            self._say("Demonstration loaded", load(timezone.now()))

    def _say(self, what: str, counts: dict[str, int]) -> None:
        said = ", ".join(f"{name} {count}" for name, count in counts.items())
        self.stdout.write(f"{what}: {said or 'nothing was left to do'}.")
