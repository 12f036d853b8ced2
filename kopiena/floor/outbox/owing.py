"""Writing notices down, in the transaction of the deed that owes them: what is rolled back was never owed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Q

from kopiena.floor.models import Notice
from kopiena.floor.models.notice import new_message_id
from kopiena.floor.outbox.kinds import kind_of

WAKE = "kopiena_notice"  # the channel a trigger of the database calls on for each new row


@dataclass(frozen=True)
class Owed:
    """One notice to write."""

    about: str
    kind: str
    revision: int
    recipient: str
    language: str
    channel: str = Notice.Channel.MAIL
    details: dict[str, Any] = field(default_factory=dict)


def owe(notices: Iterable[Owed], now: datetime) -> None:
    """Write them, each once for its revision, and withdraw what is still owed and made untrue by them."""
    written = list(notices)
    for kind in dict.fromkeys(each.kind for each in written):
        if outdated := kind_of(kind).outdates:
            about = [each.about for each in written if each.kind == kind]
            overtaken = Notice.objects.about(*about).filter(kind__in=outdated)
            if kind in outdated:  # the very same one written twice stays
                same = (Q(about=each.about, revision=each.revision) for each in written if each.kind == kind)
                overtaken = overtaken.exclude(reduce(or_, same), kind=kind)
            if secret := [name for name in outdated if kind_of(name).is_secret]:
                overtaken.filter(kind__in=secret).owed().update(details={})
            overtaken.withdraw(Notice.Reason.OVERTAKEN)
    rows = [
        Notice(
            about=each.about,
            kind=each.kind,
            revision=each.revision,
            channel=each.channel,
            details=each.details,
            recipient=each.recipient,
            language=each.language,
            created_at=now,
            due_at=now,
        )
        for each in written
    ]
    if rows:
        # What rests after a refusal leaves before these: it must not keep them waiting for hours.
        if known := {each.about for each in written if each.revision}:
            Notice.objects.letters().about(*known).owed().filter(due_at__gt=now).update(due_at=now)
        Notice.objects.bulk_create(rows, ignore_conflicts=True)


def owe_again(notice: Notice, now: datetime) -> None:
    """Send it once more, as a letter of its own: with the old Message-ID a mailbox might hide the second copy."""
    Notice.objects.filter(pk=notice.pk).exclude(state=Notice.State.SENDING).update(
        state=Notice.State.OWED,
        reason=Notice.Reason.NONE,
        answer="",
        created_at=now,
        due_at=now,
        tries=0,
        claimed_until=None,
        sent_at=None,
        done_by=None,
        message_id=new_message_id(),
    )
    wake()


def wake() -> None:
    """Wake the worker once this transaction is done; new rows do so by themselves."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {WAKE}")
