"""`manage.py check_places`: counts every place anew; exits 1 where something is wrong."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from families import checking


class Command(BaseCommand):
    help = "Checks every date and registration: says what is wrong (then exits 1), and apart from it what is owed."

    def handle(self, *args: Any, **options: Any) -> None:
        with checking.one_moment():
            found = checking.check(timezone.now())
        lines = [f"wrong: {line}" for line in found.wrong] + [f"owed: {line}" for line in found.owed]
        self.stdout.write("\n".join([*lines, found.summary]))
        if found.wrong:
            raise SystemExit(1)
