"""Sending what is owed: claim one letter, make it from current data, hand it to the mail server, mark it.

Several workers may do this at once. A claim ends by itself after its lease, which is longer than a conversation with
the mail server may take; whoever died with a letter in hand leaves it to the next one. None is lost; a second copy,
with the same Message-ID, is there only where a sender dies between the server's answer and the mark.
"""

import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone, translation

from kopiena.floor import night
from kopiena.floor.models import Centre, Notice
from kopiena.floor.outbox.kinds import Kind, Pointless, first_kinds, kind_of

logger = logging.getLogger(__name__)

# After the first try, the second and so on; the last one for ever, until the kind's time is over.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60))
OPEN = (Notice.State.OWED, Notice.State.SENDING)


class ServerTrouble(Exception):
    """The mail server cannot be talked to: nothing is wrong with the letter, and the others need not try."""


@dataclass(frozen=True)
class Outcome:
    """What became of a turn at the outbox: how many letters were sent, withdrawn, failed or put off ("later")."""

    counts: dict[str, int]
    is_server_away: bool


def send_due(stopped: Callable[[], bool] = lambda: False, clock: Callable[[], datetime] = timezone.now) -> Outcome:
    """Send letter after letter until none is due, `stopped` says so, or the mail server is away."""
    counts = dict.fromkeys(("sent", "withdrawn", "failed", "later"), 0)
    is_server_away = False
    post = _Post()
    try:
        while not stopped():
            notice = _claim(clock())
            if notice is None:
                break
            try:
                counts[_send(notice, post, clock())] += 1
            except ServerTrouble as trouble:
                logger.warning("the mail server is away, letters wait: %s", trouble)
                is_server_away = True
                break
    finally:
        post.close()
    return Outcome(counts, is_server_away=is_server_away)


def next_due(now: datetime) -> datetime | None:
    """When the next letter wants to be tried, or a claim ends; None where nothing is owed."""
    waiting = Notice.objects.letters().owed().order_by("due_at").values_list("due_at", flat=True).first()
    in_hand = Notice.objects.filter(state=Notice.State.SENDING).order_by("claimed_until")
    ends = in_hand.values_list("claimed_until", flat=True).first()
    return min((moment for moment in (waiting, ends) if moment is not None), default=None)


@transaction.atomic
def _claim(now: datetime) -> Notice | None:
    """The next letter, in this worker's hand until its lease ends; the oldest first, sign-in codes before all.

    What tells of the same thing leaves in the order of being written: none is taken while an older one is on its way.
    """
    is_due = Q(state=Notice.State.OWED, due_at__lte=now) | Q(state=Notice.State.SENDING, claimed_until__lte=now)
    older = Notice.objects.letters().filter(about=OuterRef("about"), state__in=OPEN, pk__lt=OuterRef("pk"))
    first = Case(When(kind__in=first_kinds(), then=Value(0)), default=Value(1))
    found = Notice.objects.letters().filter(is_due).exclude(Exists(older)).order_by(first, "pk")
    notice = found.select_for_update(skip_locked=True, of=("self",)).first()
    if notice is None:
        return None
    notice.state, notice.claimed_until = Notice.State.SENDING, now + timedelta(seconds=settings.NOTICE_LEASE_SECONDS)
    notice.tries += 1
    notice.save(update_fields=["state", "claimed_until", "tries"])
    return notice


def _send(notice: Notice, post: "_Post", now: datetime) -> str:
    """Make the letter and hand it over; returns what became of it. Raises ServerTrouble after giving it back."""
    kind = kind_of(notice.kind)
    if now - notice.created_at > kind.tried_for:
        return _mark_given_up(notice, kind)
    try:
        with translation.override(notice.language):
            message = kind.letter(notice, now).message(notice, Centre.objects.first(), now)
    except Pointless as pointless:
        return _mark(
            notice, Notice.State.WITHDRAWN, reason=pointless.reason, **({"details": {}} if kind.is_secret else {})
        )
    except Exception as reason:
        if night.is_away():
            raise
        night.say(f"making letter {notice.pk}", reason)
        return _later(notice, kind, now)
    try:
        answer, is_lasting = post.hand_over(message)
    except ServerTrouble:
        _give_back(notice, kind, now)
        raise
    if not answer:
        return _mark(notice, Notice.State.SENT, sent_at=now, **({"details": {}} if kind.is_secret else {}))
    if is_lasting:
        return _mark(notice, Notice.State.FAILED, reason=Notice.Reason.REFUSED, answer=answer)
    return _later(notice, kind, now, answer)


def _mark(notice: Notice, state: str, **also: object) -> str:
    """Write down what became of it, unless the lease had ended and somebody else has it now."""
    ours = Notice.objects.filter(pk=notice.pk, state=Notice.State.SENDING, claimed_until=notice.claimed_until)
    ours.update(state=state, claimed_until=None, **also)
    return str(state)


def _mark_given_up(notice: Notice, kind: Kind) -> str:
    if kind.is_secret:
        return _mark(notice, Notice.State.WITHDRAWN, reason=Notice.Reason.TOO_LATE, details={})
    return _mark(notice, Notice.State.FAILED, reason=Notice.Reason.IN_VAIN)


def _later(notice: Notice, kind: Kind, now: datetime, answer: str = "") -> str:
    """Try again after a pause that grows; what is secret is tried once."""
    if kind.is_secret:
        return _mark(notice, Notice.State.FAILED, reason=Notice.Reason.REFUSED, answer=answer, details={})
    pause = PAUSES[min(notice.tries, len(PAUSES)) - 1]
    due_at = min(now + pause, max(now, notice.created_at + kind.tried_for) + timedelta(seconds=1))
    _mark(notice, Notice.State.OWED, due_at=due_at, answer=answer)
    return "later"


def _give_back(notice: Notice, kind: Kind, now: datetime) -> None:
    """The server was away, which is no fault of the letter: it stays where it stood in the line."""
    if kind.is_secret:
        _mark(notice, Notice.State.FAILED, reason=Notice.Reason.IN_VAIN, details={})
    else:
        _mark(notice, Notice.State.OWED, tries=F("tries") - 1)


class _Post:
    """The conversation with the mail server, kept for the letters of one turn."""

    def __init__(self) -> None:
        self._backend: BaseEmailBackend | None = None

    def hand_over(self, message: object) -> tuple[str, bool]:
        """("", False) where it was taken, else the server's answer and whether it is lasting."""
        is_new = self._backend is None
        try:
            return self._try(message)
        except ServerTrouble:
            if is_new:
                raise
        return self._try(message)  # the conversation had grown old: once more in a new one

    def _try(self, message: object) -> tuple[str, bool]:
        try:
            if self._backend is None:
                self._backend = get_connection(fail_silently=False)
                self._backend.open()
            self._backend.send_messages([message])  # type: ignore[list-item]
        except smtplib.SMTPRecipientsRefused as refused:
            return self._refused(*next(iter(refused.recipients.values())))
        except smtplib.SMTPDataError as refused:
            return self._refused(refused.smtp_code, refused.smtp_error)
        except (OSError, smtplib.SMTPException) as trouble:
            self.close()
            raise ServerTrouble(_of_server(trouble)) from trouble
        return "", False

    def _refused(self, code: int, words: bytes | str) -> tuple[str, bool]:
        """The server speaks of this one letter; 421 is its own goodbye."""
        said = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"[:300]
        if code == 421:
            self.close()
            raise ServerTrouble(f"it said {code}")
        return said.replace("\x00", ""), code >= 500

    def close(self) -> None:
        backend, self._backend = self._backend, None
        if backend is not None:
            try:
                backend.close()
            except (OSError, smtplib.SMTPException) as trouble:
                logger.debug("the mail server hung up first: %s", type(trouble).__name__)


def _of_server(trouble: Exception) -> str:
    """What to log: never the server's own words, in which an address may stand."""
    code = getattr(trouble, "smtp_code", None)
    return f"{type(trouble).__name__} {code}" if code else type(trouble).__name__
