"""What a notice says, for the office to read: as it was kept, or as it would go out now."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from django.utils import translation
from django.utils.translation import gettext as _

from kopiena.floor import night, private_log
from kopiena.floor.models import Centre, Notice
from kopiena.floor.outbox import Pointless
from kopiena.floor.outbox.again import letter_now, pointless
from kopiena.floor.outbox.kinds import is_known, kind_of
from kopiena.floor.outbox.mailbox import is_in_use, kept

HEADERS = ("From", "To", "Reply-To", "Date", "Message-ID", "Auto-Submitted", "Content-Language")


@dataclass(frozen=True)
class Shown:
    """A letter, or the words of a call, on the office's page; plain text."""

    heading: str
    instead: str = ""  # why there is nothing to read
    subject: str = ""
    text: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()
    has_html: bool = False


def shown(notice: Notice, now: datetime) -> Shown | None:
    """What there is to read of it; None where only the facts are left."""
    message = kept_letter(notice)
    if message is not None:
        return _as_kept(message)
    return foreseen(notice, now) if notice.is_owed else None


def kept_letter(notice: Notice) -> EmailMessage | None:
    """Its file, in development only: a real mail server keeps none, and files left over from before are not shown."""
    return kept(notice.message_id) if is_in_use() and not notice.is_call else None


def html_of(message: EmailMessage) -> str:
    """Its HTML part; empty where it has none."""
    part = message.get_body(("html",))
    return str(part.get_content()) if part is not None else ""


def _as_kept(message: EmailMessage) -> Shown:
    text = message.get_body(("plain",))
    return Shown(
        heading=_("The letter as it was sent"),
        subject=str(message["Subject"] or ""),
        text=str(text.get_content()) if text is not None else "",
        headers=tuple((name, str(message[name])) for name in HEADERS if message[name]),
        files=tuple(part.get_filename() or "" for part in message.iter_attachments()),
        has_html=bool(html_of(message)),
    )


def foreseen(notice: Notice, now: datetime) -> Shown | None:
    """What it would say now, its private links masked: whoever has one can change the registration. Nothing secret."""
    if not is_known(notice.kind) or kind_of(notice.kind).is_secret:
        return None
    heading = _("What to say") if notice.is_call else _("What it would say now")
    try:
        return _said(notice, heading, now) if notice.is_call else _written(notice, heading, now)
    except Pointless as reason:
        return Shown(heading, instead=pointless(reason.reason))
    except Exception as reason:
        if night.is_away():
            raise
        night.say(f"showing notice {notice.pk}", reason)
        return Shown(heading, instead=_("It cannot be written at the moment. Please tell whoever keeps the portal."))


def _said(notice: Notice, heading: str, now: datetime) -> Shown:
    say = kind_of(notice.kind).spoken
    with translation.override(notice.language):
        words = say(notice, now) if say is not None else ""
    if words:
        return Shown(heading, text=words)
    return Shown(
        heading, instead=_("Name neither activity nor place; if another answers, say that you will call again.")
    )


def _written(notice: Notice, heading: str, now: datetime) -> Shown:
    letter = letter_now(notice, now)
    with translation.override(notice.language):
        message = letter.message(notice, Centre.objects.first(), now)
    files = tuple(file.name for file in letter.files)
    return Shown(heading, subject=str(message.subject), text=private_log.mask(str(message.body)), files=files)
