"""Give the groups of the staff their rights."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kopiena import roles


class Command(BaseCommand):
    """Door to roles.set_rights: may run twice without harm."""

    help = "Gives the groups Coordinator, Helper and Auditor exactly the rights kopiena/roles.py names."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changes = roles.set_rights()
        except roles.UnknownRight as reason:
            raise CommandError(str(reason)) from reason
        for change in changes:
            self.stdout.write(change)
