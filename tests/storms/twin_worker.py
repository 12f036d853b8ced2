"""The worker with a guard taken off or its patience made short, to show that the storms would see it.

Switches in the environment, known to these tests alone: CLAIM_OFF=1 claims a letter without locking its row, and
slowly; ORDER_OFF=1 takes letters past older ones about the same; PAUSE_SECONDS tries a letter, and a mail server that
was away, again after so long.
"""

import os
import time
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.core.management import execute_from_command_line  # noqa: E402
from django.db.models import QuerySet  # noqa: E402
from django.db.models.signals import pre_save  # noqa: E402

from kopiena.floor.models import Notice  # noqa: E402
from kopiena.floor.models.notice import NoticeQuerySet  # noqa: E402
from kopiena.floor.outbox import sending  # noqa: E402
from kopiena.management.commands import work  # noqa: E402

locking = QuerySet.select_for_update


def not_locking(self: "QuerySet[Any]", *also: Any, **how: Any) -> "QuerySet[Any]":
    """Reads a notice like anything else."""
    return self.all() if self.model is Notice else locking(self, *also, **how)


def thinking(sender: type[Notice], **also: Any) -> None:
    """The letter is found; that it is claimed is not written yet."""
    time.sleep(0.01)


def in_no_order() -> NoticeQuerySet:
    """Every letter, whatever is on its way."""
    return Notice.objects.letters().filter(state__in=sending.OPEN)


if os.environ.get("CLAIM_OFF") == "1":
    QuerySet.select_for_update = not_locking  # type: ignore[method-assign]
    pre_save.connect(thinking, sender=Notice)
if os.environ.get("ORDER_OFF") == "1":
    sending._in_turn = in_no_order
if "PAUSE_SECONDS" in os.environ:
    pause = float(os.environ["PAUSE_SECONDS"])
    sending.PAUSES, work.MAIL_PAUSES = (timedelta(seconds=pause),), (pause,)

if __name__ == "__main__":
    execute_from_command_line(["manage.py", "work"])
