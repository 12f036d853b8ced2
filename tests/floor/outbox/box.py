"""Kinds of notice of the tests' own, so that the outbox is tried without families; and a post box that obeys."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from kopiena.floor.models import Notice
from kopiena.floor.outbox import Kind, Letter, Owed, Pointless, owe, sending
from tests.conftest import NOW

ABOUT = "registration:1"


def letter(notice: Notice, now: datetime) -> Letter:
    """What the details ask for."""
    if reason := notice.details.get("pointless"):
        raise Pointless(reason)
    if notice.details.get("is_broken"):
        raise ValueError("a row of anna@example.lv")
    return Letter(subject=notice.details.get("subject", notice.kind), paragraphs=[f"{now:%H:%M}"])


KINDS = [
    Kind("t_plain", "plain", letter),
    Kind("t_newer", "newer", letter, outdates=frozenset({"t_plain"})),
    Kind("t_first", "first", letter, is_first=True),
    Kind("t_code", "code", letter, is_first=True, is_secret=True, tried_for=timedelta(minutes=10)),
]


def owed(about: str = ABOUT, kind: str = "t_plain", now: datetime = NOW, **details: object) -> Notice:
    """One more letter, written at `now`."""
    revision = Notice.objects.count()
    to = f"{about.replace(':', '-')}@example.lv"
    owe([Owed(about, kind, revision, to, "lv", details=dict(details))], now)
    return Notice.objects.latest("pk")


class Box(BaseEmailBackend):
    """Takes every letter, unless the test has put something in its way; all boxes of a test are one."""

    taken: list[EmailMessage] = []
    obstacles: list[Exception | None] = []  # one for each letter, in turn; None lets it through
    at_letter: Callable[[EmailMessage], None] = staticmethod(lambda message: None)
    opened = 0
    cannot_open: Exception | None = None

    def open(self) -> bool:
        type(self).opened += 1
        if self.cannot_open:
            raise self.cannot_open
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            if not message.recipients():
                return 0
            type(self).at_letter(message)
            if self.obstacles and (obstacle := self.obstacles.pop(0)):
                raise obstacle
            self.taken.append(message)
        return len(email_messages)

    @classmethod
    def empty(cls) -> None:
        cls.taken, cls.obstacles, cls.opened, cls.cannot_open = [], [], 0, None
        cls.at_letter = staticmethod(lambda message: None)


def subjects(messages: Iterable[EmailMessage]) -> list[str]:
    """What arrived, by the heading."""
    return [message.subject for message in messages]


def turn(at: datetime = NOW) -> sending.Outcome:
    """One turn at the outbox."""
    return sending.send_due(clock=lambda: at)


def sent(at: datetime = NOW) -> dict[str, int]:
    """What became of the letters of one turn, without the noughts."""
    return {what: count for what, count in turn(at).counts.items() if count}


def row(notice: Notice, *names: str) -> tuple[Any, ...]:
    """How it stands in the database."""
    found: tuple[Any, ...] = Notice.objects.values_list(*(names or ("state", "reason", "answer"))).get(pk=notice.pk)
    return found
