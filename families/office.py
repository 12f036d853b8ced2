"""What the coordinators are written to about: letters that could not be delivered, and calls that wait."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from kopiena.floor import outbox
from kopiena.floor.coordinators import LANGUAGE, addresses
from kopiena.floor.models import Notice
from kopiena.floor.models.notice import NoticeQuerySet

FAILED_LETTERS = "failed_letters"
CALL_LIST = "call_list"
TO_THE_OFFICE = (FAILED_LETTERS, CALL_LIST)
AT_MOST_EVERY = timedelta(hours=1)
LOCK = 0x0FF1CE  # of PostgreSQL, so that two workers do not find the same news at once


def undelivered() -> NoticeQuerySet:
    """Letters that failed; not those to the office itself, which would go in a circle."""
    return outbox.undelivered().exclude(kind__in=TO_THE_OFFICE)


def calls_to_make() -> NoticeQuerySet:
    """Calls nobody has made yet."""
    return Notice.objects.calls().owed()


def owe_due(now: datetime) -> int:
    """Owe the coordinators a letter of each kind where there is something new since the last; returns how many."""
    return _owe(FAILED_LETTERS, undelivered(), now) + _owe(CALL_LIST, calls_to_make(), now)


@transaction.atomic
def _owe(kind: str, found: NoticeQuerySet, now: datetime) -> int:
    """What was told is kept by Message-ID: it is another one once the same notice is owed again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = Notice.objects.filter(kind=kind).order_by("-created_at").first()
    if last is not None and now < last.created_at + AT_MOST_EVERY:
        return 0
    here = [message_id.strip("<>")[:12] for message_id in found.order_by("pk").values_list("message_id", flat=True)]
    if set(here) <= set(last.details.get("told", ()) if last else ()):
        return 0
    owed = [
        outbox.Owed(
            about=about,
            kind=kind,
            revision=int(now.timestamp()) // 60,
            recipient=email,
            language=LANGUAGE,
            details={"told": here},
        )
        for about, email in addresses().items()
    ]
    outbox.owe(owed, now)
    return len(owed)
