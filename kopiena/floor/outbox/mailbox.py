"""Without a mail server, in development: each letter is a file under var/mail/, named by its Message-ID."""

from collections.abc import Iterable, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage as ReadMessage
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FileBackend(BaseEmailBackend):
    """Keeps the letters as they would have been sent; the same letter twice is one file."""

    def open(self) -> bool:
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            path = _path(message.extra_headers["Message-ID"])
            unfinished = path.with_suffix(".part")
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.replace(path)
        return len(email_messages)


def is_in_use() -> bool:
    """Whether letters are kept as files here instead of being sent; in production there is always a mail server."""
    return f"{__name__}.{FileBackend.__name__}" == settings.EMAIL_BACKEND


def kept(message_id: str) -> ReadMessage | None:
    """The letter as it lies there, or None."""
    path = _path(message_id)
    if not path.exists():
        return None
    read: Any = message_from_bytes(path.read_bytes(), policy=policy.default)
    return read


def throw_away(message_ids: Iterable[str]) -> None:
    """Letters are about people: they go when the notice forgets whom it was for."""
    for message_id in message_ids:
        _path(message_id).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "mail"


def _path(message_id: str) -> Path:
    return _folder() / f"{message_id.strip('<>').partition('@')[0]}.eml"
