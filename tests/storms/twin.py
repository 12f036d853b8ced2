"""The portal with a guard taken off or a moment drawn out, to show that the storms would see it.

Switches in the environment, known to these tests alone: LOCK_OFF=1 reads the row of places without locking it and lets
every thread at it at once; PAUSE_SECONDS sleeps between the check for room and the writing of a registration.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kopiena.wsgi import application  # first: it makes Django ready for the models below

# isort: split
from django.db.models import QuerySet
from django.db.models.signals import pre_save

from activities.models import Capacity
from families import turns
from families.models import Registration

__all__ = ["application"]

locking = QuerySet.select_for_update


def not_locking(self: "QuerySet[Any]", *also: Any, **how: Any) -> "QuerySet[Any]":
    """Reads the places like anything else."""
    return self.all() if self.model is Capacity else locking(self, *also, **how)


@contextmanager
def nobody_waits(occurrence_id: int) -> Iterator[turns.Line]:
    """Everybody has the turn."""
    yield turns.Line()


def pause(sender: type[Registration], instance: Registration, **also: Any) -> None:
    """The gate has seen that there is room; the registration is not written yet."""
    if instance.pk is None:
        time.sleep(float(os.environ["PAUSE_SECONDS"]))


if os.environ.get("LOCK_OFF") == "1":
    QuerySet.select_for_update = not_locking  # type: ignore[method-assign]
    turns.turn = nobody_waits
if "PAUSE_SECONDS" in os.environ:
    pre_save.connect(pause, sender=Registration)
