"""How a test asks PostgreSQL itself: which named constraint refuses a change that went round all Python checks."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

Change = Callable[[], object]
Breaks = list[tuple[str, Change]]


def refused_by(change: Change) -> str:
    """The name of the constraint by which the database refuses the change."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        ask(change)
    return str(refusal.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]


def ask(change: Change) -> None:
    """Make the change and ask at once what the database otherwise asks at the commit: a test never commits."""
    change()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
