"""Letters that failed: what the office is told of, on its first page, in its list and by letter."""

from kopiena.floor.models import Notice
from kopiena.floor.models.notice import NoticeQuerySet
from kopiena.floor.outbox.kinds import secret_kinds


def undelivered() -> NoticeQuerySet:
    """Those that did not reach somebody who can still be told; what is secret is asked for anew instead."""
    failed = Notice.objects.letters().filter(state=Notice.State.FAILED)
    return failed.exclude(recipient="").exclude(kind__in=secret_kinds())
