"""`manage.py words`: extracts, merges, compiles and checks the translated words, without the gettext programs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kopiena.floor import words


class Command(BaseCommand):
    """Without a switch it updates the catalogues from the code and the templates."""

    help = "Extracts the words to translate into locale/; --merge, --compile and --check do what they say."
    requires_system_checks: list[str] = []  # words are compiled before there is a database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--merge", nargs="+", type=Path, metavar="FILE", help="update, then fill in these blocks")
        parser.add_argument("--compile", action="store_true", help="write the .mo files where the .po are newer")
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 unless every word is complete")

    def handle(self, *args: Any, **options: Any) -> None:
        root, locale = Path(settings.BASE_DIR), Path(settings.LOCALE_PATHS[0])
        if options["check"]:
            self._check(root, locale)
        elif options["merge"]:
            words.update(root, locale)
            for note in words.merge(locale, options["merge"]):
                self.stdout.write(note)
        elif not options["compile"]:
            words.update(root, locale)
        if options["compile"]:
            for path in words.compile_all(locale):
                self.stdout.write(f"compiled {path}")

    def _check(self, root: Path, locale: Path) -> None:
        wrong = words.check_all(root, locale, packages=[Path(app.path) for app in apps.get_app_configs()])
        for problem in wrong:
            self.stdout.write(problem)
        if wrong:
            raise CommandError(f"{len(wrong)} to put right", returncode=1)
        self.stdout.write("The words are complete.")
