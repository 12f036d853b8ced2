"""The worker: finds what is owed and does it, sends what is written; sleeps until a notice wakes it."""

import signal
from collections.abc import Callable
from datetime import timedelta
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from families import calling, registering, reminders, retention
from kopiena.floor import night
from kopiena.floor.outbox import sending, working

MAIL_PAUSE = timedelta(seconds=10)  # so long a mail server that is away is left alone


class Command(BaseCommand):
    help = "Does what is owed and sends letters at once, until told to stop; once with --once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is owed now, then stop (for cron)")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        if once:
            self._find_owed()
            self._send(lambda: False)
            return
        with working.bell() as bell:
            told: list[int] = []

            def finish(number: int, _frame: FrameType | None) -> None:
                told.append(number)
                bell.ring()

            signal.signal(signal.SIGTERM, finish)
            signal.signal(signal.SIGINT, finish)
            self._work_until(lambda: bool(told), bell)

    def _work_until(self, stopped: Callable[[], bool], bell: working.Bell) -> None:
        """Letters whenever there are any; everything else every half a minute. The letter in hand is finished."""
        pause = timedelta(seconds=settings.WORK_PAUSE_SECONDS)
        look_at = timezone.now()
        while not stopped():
            wake_at = timezone.now() + pause
            try:
                bell.listen()
                if timezone.now() >= look_at:
                    self._find_owed()
                    look_at = timezone.now() + pause
                wake_at = min(look_at, self._send(stopped) or look_at)
            except (DatabaseError, InterfaceError) as reason:  # away for a moment: what is owed stays owed
                self.stderr.write(f"work: {type(reason).__name__}, trying again in {settings.WORK_PAUSE_SECONDS} s")
            close_old_connections()
            if not stopped():
                bell.wait((wake_at - timezone.now()).total_seconds())

    def _find_owed(self) -> None:
        now = timezone.now()
        parts = {"settling": registering.settle_all, "reminders": reminders.owe_due}
        night.each({**parts, "calls": calling.withdraw_pointless}, now)
        done = retention.clear_past(now)
        if any(done.values()):
            self.stdout.write(", ".join(f"{what}: {count}" for what, count in done.items() if count))

    def _send(self, stopped: Callable[[], bool]) -> Any:
        """Send what is due; when to look again."""
        outcome = sending.send_due(stopped)
        if any(outcome.counts.values()):
            told = ", ".join(f"{what}: {count}" for what, count in outcome.counts.items() if count)
            self.stdout.write(f"letters {told}")
        if outcome.is_server_away:
            return timezone.now() + MAIL_PAUSE
        return sending.next_due(timezone.now())
