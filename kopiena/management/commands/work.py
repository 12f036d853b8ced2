"""The worker: finds what is owed and does it, sends what is written; sleeps until a notice wakes it."""

import logging
import signal
import time
from collections.abc import Callable
from datetime import datetime
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, close_old_connections, reset_queries
from django.utils import timezone

from activities import unused_pictures
from activities.search.helper import Helper
from families import calling, office, registering, reminders, retention
from families.desk import daily
from kopiena.floor import night
from kopiena.floor.outbox import sending, working

logger = logging.getLogger(__name__)
DATABASE_PAUSE = 5  # seconds
PICTURES_PAUSE = 3600.0  # seconds between two looks for pictures that nothing shows
MAIL_PAUSES = (5.0, 10.0, 20.0, 40.0)  # seconds for which a mail server that is away is left alone; the last for ever


class Command(BaseCommand):
    help = "Does what is owed and sends letters at once, until told to stop; once with --once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is owed now, then stop (for cron)")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        self._refusals = 0  # turns in a row in which the mail server was away
        self._helper = Helper()
        self._pictures_at = time.monotonic()
        with working.bell() as bell:
            told: list[int] = []

            def finish(number: int, _frame: FrameType | None) -> None:
                told.append(number)
                bell.ring()

            before = {number: signal.signal(number, finish) for number in (signal.SIGTERM, signal.SIGINT)}
            try:
                if once:
                    self._find_owed()
                    self._send(lambda: bool(told))
                    night.each({"words": _index}, timezone.now())
                else:
                    self._work_until(lambda: bool(told), bell)
            finally:
                self._helper.stop()
                for number, handler in before.items():
                    signal.signal(number, handler)

    def _work_until(self, stopped: Callable[[], bool], bell: working.Bell) -> None:
        """Letters whenever there are any; everything else every half a minute. The letter in hand is finished.

        By a clock that nobody sets: one put back an hour must not stop the work for as long.
        """
        look_at = mail_at = time.monotonic()
        while not stopped():
            try:
                bell.listen()
                if time.monotonic() >= look_at:
                    self._find_owed()
                    self._take_in_words()
                    look_at = time.monotonic() + settings.WORK_PAUSE_SECONDS
                if time.monotonic() >= mail_at:
                    pause = self._send(_until(look_at, stopped))
                    mail_at = time.monotonic() + pause
                wake_at = min(look_at, max(mail_at, time.monotonic() + self._until_due()))
            except (DatabaseError, InterfaceError) as reason:  # away for a moment: what is owed stays owed
                pause = min(DATABASE_PAUSE, settings.WORK_PAUSE_SECONDS)
                self.stderr.write(f"work: {type(reason).__name__}, trying again in {pause} s")
                wake_at = time.monotonic() + pause
            close_old_connections()
            reset_queries()
            if not stopped():
                bell.wait(wake_at - time.monotonic())

    def _find_owed(self) -> None:
        now = timezone.now()
        parts: dict[str, night.Part] = {
            "settling": registering.settle_all,
            "reminders": reminders.owe_due,
            "calls": calling.withdraw_pointless,
            "office": office.owe_due,
            "institutions": daily.owe_due,
        }
        if time.monotonic() >= self._pictures_at:
            self._pictures_at = time.monotonic() + PICTURES_PAUSE
            parts["pictures"] = unused_pictures.throw_away
        night.each(parts, now)
        done = retention.clear_past(now)
        if any(done.values()):
            self.stdout.write(", ".join(f"{what}: {count}" for what, count in done.items() if count))

    def _take_in_words(self) -> None:
        """By a helper, for which nobody waits."""
        night.each({"words": self._helper.look_after}, timezone.now())

    def _send(self, stopped: Callable[[], bool]) -> float:
        """Send what is due; for how many seconds the mail server is to be left alone."""
        outcome = sending.send_due(stopped)
        if any(outcome.counts.values()):
            told = ", ".join(f"{what}: {count}" for what, count in outcome.counts.items() if count)
            self.stdout.write(f"letters {told}")
        if not outcome.is_server_away:
            self._refusals = 0
            return 0.0
        if not self._refusals:  # once, not at every try
            logger.warning("the mail server is away, letters wait: %s", outcome.trouble)
        self._refusals += 1
        return MAIL_PAUSES[min(self._refusals, len(MAIL_PAUSES)) - 1]

    def _until_due(self) -> float:
        """Seconds until the next letter wants to be tried; more than any pause where nothing is owed."""
        now = timezone.now()
        due_at = sending.next_due(now)
        return max(0.0, (due_at - now).total_seconds()) if due_at else float(settings.WORK_PAUSE_SECONDS)


def _index(now: datetime) -> int:
    """In this process, since it ends at once; only here, so that no other loads the dictionaries' code."""
    from activities.search.indexing import index_owed

    return index_owed()


def _until(moment: float, stopped: Callable[[], bool]) -> Callable[[], bool]:
    """Stopped, or it is time for something else: however many letters there are, the rest is not kept waiting."""
    return lambda: stopped() or time.monotonic() >= moment
