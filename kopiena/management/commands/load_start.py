"""`manage.py load_start`: the starting data, from the customer's documents."""

from typing import Any

from django.core.management.base import BaseCommand

from kopiena.start.loading import load


class Command(BaseCommand):
    """Creates what is missing and never changes what is there."""

    help = "Creates what is missing of the starting data. What is there, changed or not, stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        made = ", ".join(f"{what} {count}" for what, count in load().items())
        self.stdout.write(f"Starting data created: {made}." if made else "Starting data: nothing was missing.")
