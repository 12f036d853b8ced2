"""Sending what is owed: claim one letter, make it from current data, hand it to the mail server, mark it.

Several workers may do this at once. A claim ends by itself after its lease, which is longer than a conversation with
the mail server may take; whoever died with a letter in hand leaves it to the next one. None is lost; a second copy,
with the same Message-ID, is there only where a sender dies between the server's answer and the mark.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone, translation

from kopiena.floor import night
from kopiena.floor.models import Centre, Notice
from kopiena.floor.models.notice import NoticeQuerySet
from kopiena.floor.outbox.kinds import Kind, Pointless, all_kinds, first_kinds, kind_of
from kopiena.floor.outbox.letter import Letter
from kopiena.floor.outbox.post import Post, ServerTrouble

# After the first try, the second and so on; the last one for ever, until the kind's time is over.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60))
LONGEST_BEFORE_OTHERS = timedelta(minutes=5)
PATIENT_TRIES = 3  # so often may the server break off at one letter before that letter steps aside for the others
MARK_PATIENCE = 5.0  # seconds for a database that is just being restarted
OPEN = (Notice.State.OWED, Notice.State.SENDING)
LOST = "lost"  # the lease had ended: whoever has it now says what becomes of it


@dataclass(frozen=True)
class Outcome:
    """What became of a turn at the outbox: how many letters were sent, withdrawn, failed or put off ("later")."""

    counts: dict[str, int]
    is_server_away: bool
    trouble: str = ""  # what the mail server's absence looked like


def send_due(stopped: Callable[[], bool] = lambda: False, clock: Callable[[], datetime] = timezone.now) -> Outcome:
    """Send letter after letter until none is due or `stopped` says so.

    Where the mail server is away the letters wait, and only those whose time is over are still looked at.
    """
    counts = dict.fromkeys(("sent", "withdrawn", "failed", "later"), 0)
    post = Post()
    try:
        while not stopped():
            notice = _claim(clock(), is_server_away=post.trouble is not None)
            if notice is None:
                break
            became = _send(notice, post, clock)
            if became == Notice.State.OWED and not post.trouble:
                became = "later"
            if became in counts:
                counts[became] += 1
    finally:
        post.close()
    return Outcome(counts, is_server_away=post.trouble is not None, trouble=str(post.trouble or ""))


def next_due(now: datetime) -> datetime | None:
    """When the next letter wants to be tried, or a claim ends; None where nothing is owed."""
    waiting = _in_turn().owed().order_by("due_at").values_list("due_at", flat=True).first()
    in_hand = Notice.objects.filter(state=Notice.State.SENDING).order_by("claimed_until")
    ends = in_hand.values_list("claimed_until", flat=True).first()
    return min((moment for moment in (waiting, ends) if moment is not None), default=None)


def _in_turn() -> NoticeQuerySet:
    """Letters before which no older one about the same is still on its way."""
    older = Notice.objects.letters().filter(about=OuterRef("about"), state__in=OPEN, pk__lt=OuterRef("pk"))
    return Notice.objects.letters().filter(~Exists(older), state__in=OPEN)


@transaction.atomic
def _claim(now: datetime, *, is_server_away: bool = False) -> Notice | None:
    """The next letter, in this worker's hand until its lease ends; the oldest first, sign-in codes before all.

    What tells of the same thing leaves in the order of being written: none is taken while an older one is on its way.
    """
    is_due = Q(state=Notice.State.OWED, due_at__lte=now) | Q(state=Notice.State.SENDING, claimed_until__lte=now)
    found = _in_turn().filter(is_due).order_by("pk")
    if is_server_away:
        found = found.filter(_over(now))
    free = found.select_for_update(skip_locked=True, of=("self",))
    notice = free.filter(kind__in=first_kinds()).first() or free.first()  # two, so that each finds its row by index
    if notice is None:
        return None
    notice.state, notice.claimed_until = Notice.State.SENDING, now + _lease()
    notice.tries += 1
    notice.save(update_fields=["state", "claimed_until", "tries"])
    return notice


def _lease() -> timedelta:
    return timedelta(seconds=settings.NOTICE_LEASE_SECONDS)


def _over(now: datetime) -> Q:
    """Those that were tried for as long as their kind is."""
    over = Q(pk__in=[])
    for kind in all_kinds():
        over |= Q(kind=kind.name, created_at__lt=now - kind.tried_for)
    return over


def _kind(notice: Notice) -> Kind:
    """Its kind; one that no app knows (a newer portal wrote it) waits for somebody who does."""

    def unknown(notice: Notice, now: datetime) -> Letter:
        raise LookupError(notice.kind)

    try:
        return kind_of(notice.kind)
    except KeyError:
        return Kind(notice.kind, notice.kind, unknown)


def _send(notice: Notice, post: Post, clock: Callable[[], datetime]) -> str:
    """Make the letter and hand it over; returns what became of it."""
    kind, now = _kind(notice), clock()
    no_secret: dict[str, object] = {"details": {}} if kind.is_secret else {}
    if notice.tries > 1 and _is_overtaken(notice):
        return _mark(notice, Notice.State.WITHDRAWN, reason=Notice.Reason.OVERTAKEN)
    if kind.is_secret and now - notice.created_at > kind.tried_for:
        return _mark(notice, Notice.State.WITHDRAWN, reason=Notice.Reason.TOO_LATE, **no_secret)
    try:
        message = _made(notice, kind, now)
        answer = post.hand_over(message, lambda: _renew(notice, clock()))
    except Pointless as pointless:
        return _mark(notice, Notice.State.WITHDRAWN, reason=pointless.reason, **no_secret)
    except ServerTrouble as trouble:
        return _give_back(notice, kind, clock(), trouble)
    except Exception as reason:
        if night.is_away():
            raise
        night.say(f"making letter {notice.pk}", reason)
        return _later(notice, kind, clock())
    if answer is None:
        return LOST
    if not answer.words:
        return _mark(notice, Notice.State.SENT, sent_at=clock(), **no_secret)
    if answer.is_lasting:
        return _mark(notice, Notice.State.FAILED, reason=Notice.Reason.REFUSED, answer=answer.words, **no_secret)
    return _later(notice, kind, clock(), answer.words)


def _made(notice: Notice, kind: Kind, now: datetime) -> EmailMessage:
    """The letter as it reads now, in the recipient's language. Raises Pointless."""
    with translation.override(notice.language):
        return kind.letter(notice, now).message(notice, Centre.objects.first(), now)


def _renew(notice: Notice, now: datetime) -> bool:
    """Begin the lease anew; False where it has ended and the letter is not ours any more."""
    until = now + _lease()
    is_ours = bool(_ours(notice).update(claimed_until=until))
    notice.claimed_until = until
    return is_ours


def _ours(notice: Notice) -> NoticeQuerySet:
    return Notice.objects.filter(pk=notice.pk, state=Notice.State.SENDING, claimed_until=notice.claimed_until)


def _mark(notice: Notice, state: str, **also: object) -> str:
    """Write down what became of it, unless the lease had ended and somebody else has it now.

    A database that is just being restarted is waited for: what the server has taken shall not be sent twice.
    """
    give_up_at = time.monotonic() + MARK_PATIENCE
    while True:
        try:
            marked = _ours(notice).update(state=state, claimed_until=None, **also)
            break
        except (DatabaseError, InterfaceError):
            if connection.in_atomic_block or time.monotonic() > give_up_at:
                raise
            connection.close()
            time.sleep(0.2)
    return str(state) if marked else LOST


def _later(notice: Notice, kind: Kind, now: datetime, answer: str = "") -> str:
    """Try again after a pause that grows, until its time is over; soon where a newer one about the same waits."""
    if now - notice.created_at > kind.tried_for:
        return _give_up(notice, kind, answer=answer)
    pause = PAUSES[min(notice.tries, len(PAUSES)) - 1]
    if Notice.objects.letters().about(notice.about).owed().filter(pk__gt=notice.pk).exists():
        pause = min(pause, LONGEST_BEFORE_OTHERS)
    last_at = notice.created_at + kind.tried_for + timedelta(seconds=1)
    return _back(notice, due_at=min(now + pause, last_at), answer=answer)


def _give_up(notice: Notice, kind: Kind, **also: object) -> str:
    if kind.is_secret:
        return _mark(notice, Notice.State.WITHDRAWN, reason=Notice.Reason.TOO_LATE, details={})
    return _mark(notice, Notice.State.FAILED, reason=Notice.Reason.IN_VAIN, **also)


def _give_back(notice: Notice, kind: Kind, now: datetime, trouble: ServerTrouble) -> str:
    """The server was away, which is no fault of the letter: it stays where it stood in the line.

    At which it breaks off again and again, that one steps aside, or it would hold up all others.
    """
    if now - notice.created_at > kind.tried_for:
        return _give_up(notice, kind)
    if not trouble.is_at_letter:
        return _back(notice, tries=F("tries") - 1)
    pause = PAUSES[min(notice.tries - PATIENT_TRIES, len(PAUSES) - 1)] if notice.tries >= PATIENT_TRIES else timedelta()
    return _back(notice, due_at=now + pause)


def _back(notice: Notice, **also: object) -> str:
    """Owed once more, unless a newer one about the same has made it untrue while it was in hand."""
    if _is_overtaken(notice):
        return _mark(notice, Notice.State.WITHDRAWN, reason=Notice.Reason.OVERTAKEN)
    return _mark(notice, Notice.State.OWED, **also)


def _is_overtaken(notice: Notice) -> bool:
    newer = [kind.name for kind in all_kinds() if notice.kind in kind.outdates]
    return Notice.objects.about(notice.about).owed().filter(kind__in=newer, pk__gt=notice.pk).exists()
