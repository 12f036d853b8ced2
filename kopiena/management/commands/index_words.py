"""`manage.py index_words`: takes in the words of whatever changed, so that the search finds it."""

from typing import Any

from django.core.management.base import BaseCommand

from activities.search.indexing import index_owed


class Command(BaseCommand):
    """Ends when it is done: the dictionaries it reads are not to stay in anybody's memory."""

    help = "Takes in the words of activities that changed; nothing where nothing did."

    def handle(self, *args: Any, **options: Any) -> None:
        if count := index_owed():
            self.stdout.write(f"Words: {count} activities.")
