"""A letter as an object: what stands in it, and how it becomes a message in text and HTML."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import encoders
from email.header import Header
from email.mime.base import MIMEBase
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from kopiena.floor.models import Centre, Notice
from kopiena.floor.said import Said


@dataclass(frozen=True)
class Way:
    """A link in a letter: its words and its full address."""

    words: str
    address: str


@dataclass(frozen=True)
class File:
    """Something attached."""

    name: str
    content: bytes
    kind: str  # e.g. "text/calendar"
    parameters: tuple[tuple[str, str], ...] = ()  # of its Content-Type, e.g. ("method", "PUBLISH")

    def attached(self) -> MIMEBase:
        """The bytes as they are: Django would decode a text and name its charset a second time."""
        part = MIMEBase(*self.kind.split("/"))
        for name, value in self.parameters:
            part.set_param(name, value)
        part.set_payload(self.content)
        encoders.encode_base64(part)
        part.add_header("Content-Disposition", "attachment", filename=self.name)
        return part


class Message(EmailMultiAlternatives):
    """Folds the subject knowing that "Subject: " stands before it: Django's begins on the second line, with a space."""

    def message(self, **options: Any) -> Any:
        made = super().message(**options)
        made.replace_header("Subject", Header(str(self.subject), "utf-8", header_name="Subject"))
        return made


@dataclass(frozen=True)
class Letter:
    """What one letter says, in one language; plain text everywhere, escaped only where it becomes HTML."""

    subject: str
    paragraphs: Sequence[str | Said]
    greeting: str = ""
    about: Said | None = None  # the title of what it is about, above the facts
    facts: Sequence[tuple[str, str]] = ()  # label and value, e.g. ("Kad", "sestdien, 27. martā, plkst. 14.00")
    listed_under: str = ""  # e.g. "Nākamie laiki"
    listed: Sequence[Way] = ()
    ways: Sequence[Way] = ()  # the first is the button
    afterwards: Sequence[str] = ()  # paragraphs after facts and ways
    files: Sequence[File] = ()
    is_discreet: bool = False  # whoever else reads it learns nothing, not even from the foot

    def facts_in_text(self) -> Iterator[str]:
        """Each fact on its line; several lines stand below their label."""
        for label, value in self.facts:
            yield f"{label}:{chr(10) if chr(10) in value else ' '}{value}"

    def message(self, notice: Notice, centre: Centre | None, now: datetime) -> Message:
        """The letter for this recipient, in the active language; it answers to the centre."""
        context = {"letter": self, "centre": centre, "language": notice.language, "site": settings.SITE_URL}
        message = Message(
            subject=_on_one_line(self.subject),
            body=re.sub(r"\n{3,}", "\n\n", render_to_string("letters/letter.txt", context)).strip() + "\n",
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[_on_one_line(notice.recipient)],
            reply_to=[centre.email] if centre and centre.email else None,
            headers={
                "Message-ID": notice.message_id,
                "Date": format_datetime(now),
                "Auto-Submitted": "auto-generated",
                "X-Auto-Response-Suppress": "All",
                "Content-Language": notice.language,
            },
        )
        message.attach_alternative(render_to_string("letters/letter.html", context), "text/html")
        for file in self.files:
            message.attach(file.attached())
        return message


def _on_one_line(text: str) -> str:
    """A header is one line: whatever breaks one becomes a space."""
    return " ".join(text.split())
