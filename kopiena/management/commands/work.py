"""The night work: finds what is owed and does it; for now, ends what is past its end date."""

import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from families import registering, retention
from kopiena.floor import night

PAUSE_SECONDS = 30


class Command(BaseCommand):
    help = "Does what is owed, every 30 seconds, until told to stop; once with --once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is owed now, then stop (for cron)")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        if once:
            self._work()
            return
        stop = threading.Event()

        def finish(_number: int, _frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, finish)
        signal.signal(signal.SIGINT, finish)
        while not stop.is_set():
            try:
                self._work()
            except (DatabaseError, InterfaceError) as reason:  # away for a moment: what is owed stays owed
                self.stderr.write(f"work: {type(reason).__name__}, trying again in {PAUSE_SECONDS} s")
            close_old_connections()
            stop.wait(PAUSE_SECONDS)

    def _work(self) -> None:
        now = timezone.now()
        night.each({"settling": registering.settle_all}, now)
        done = retention.clear_past(now)
        if any(done.values()):
            self.stdout.write(", ".join(f"{what}: {count}" for what, count in done.items() if count))
