"""For tests: notices in every state, and the kept file of a letter."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone

from kopiena.floor.models import Notice
from kopiena.floor.outbox import Kind, Letter
from kopiena.floor.outbox.mailbox import FileBackend

FILES = "kopiena.floor.outbox.mailbox.FileBackend"
ANSWER = "550 5.1.1 <b>anna@example.lv</b><script>alert(1)</script> no such user"


def notice(about: str = "registration:1", kind: str = "placed", **fields: Any) -> Notice:
    """A letter still owed, unless told."""
    to = {"recipient": "anna@example.lv", "language": "lv"}
    return Notice.objects.create(about=about, kind=kind, **{**to, **fields})


def sent(about: str = "registration:1", kind: str = "placed", **fields: Any) -> Notice:
    return notice(about, kind, state="sent", sent_at=timezone.now(), tries=1, **fields)


def failed(about: str = "registration:1", kind: str = "placed", **fields: Any) -> Notice:
    """The mail server said no for good; its words hold HTML."""
    return notice(about, kind, **{"state": "failed", "reason": "refused", "answer": ANSWER, "tries": 1, **fields})


def withdrawn(about: str = "registration:1", kind: str = "placed", **fields: Any) -> Notice:
    return notice(about, kind, **{"state": "withdrawn", "reason": "overtaken", **fields})


def page_of(row: Notice) -> str:
    return reverse("admin:floor_notice_change", args=[row.pk])


def html_page_of(row: Notice) -> str:
    return reverse("admin:floor_notice_html", args=[row.pk])


def again_page_of(row: Notice) -> str:
    return reverse("admin:floor_notice_again", args=[row.pk])


def list_page() -> str:
    return reverse("admin:floor_notice_changelist")


def keep_file(row: Notice, text: str = "Labdien!", html: str = "<p>Labdien!</p>") -> None:
    """The letter as the development backend keeps it."""
    message = EmailMultiAlternatives("Temats", text, "k@example.lv", [row.recipient])
    message.extra_headers["Message-ID"] = row.message_id
    message.attach_alternative(html, "text/html")
    message.attach("kopiena.ics", b"BEGIN:VCALENDAR", "text/calendar")
    FileBackend().send_messages([message])


def kind(name: str, letter: Callable[[Notice, datetime], Letter], **fields: Any) -> Kind:
    """A kind for one test."""
    return Kind(name, name, letter, **fields)
