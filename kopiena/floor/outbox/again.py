"""A letter goes out once more, because somebody of the office says so."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kopiena.floor.models import Notice
from kopiena.floor.outbox import mailbox
from kopiena.floor.outbox.kinds import Pointless, is_known, kind_of
from kopiena.floor.outbox.letter import Letter
from kopiena.floor.outbox.owing import owe_again


class NotAgain(Exception):
    """It is not sent a second time; says why, in a sentence for the office."""


class Done(Exception):
    """It was sent again since the page was shown: the second of two taps."""


def why_not(notice: Notice) -> str:
    """Why this one cannot be sent again, in a sentence; empty where it can."""
    if notice.is_call:
        return _("A call is not sent: please ring up.")
    if notice.state == Notice.State.OWED:
        return _("It has not gone out yet and will go by itself.")
    if notice.state == Notice.State.SENDING:
        return _("It is being sent at this very moment.")
    if not notice.recipient or notice.reason == Notice.Reason.ERASED:
        return _("Whom it was for is erased, so there is nobody to send it to.")
    if not is_known(notice.kind):
        return _("The portal does not write this kind of letter any more.")
    if kind_of(notice.kind).is_secret:
        return _("What stood in it was good for a short time only; it has to be asked for anew.")
    return ""


def pointless(reason: str) -> str:
    """Why there is nothing to tell any more, in a sentence."""
    return _("There is nothing to tell any more: %(why)s.") % {"why": Notice.Reason(reason).label}


def letter_now(notice: Notice, now: datetime) -> Letter:
    """What it says today, in its own language. Raises Pointless where there is nothing to tell any more."""
    with translation.override(notice.language):
        return kind_of(notice.kind).letter(notice, now)


@transaction.atomic
def send_again(
    notice_id: int,
    seen: str,
    *,
    to: Callable[[Notice], str],
    record: Callable[[Notice], None],
    now: datetime,
) -> None:
    """Owe it once more, to the address that `to` gives, and write down who said so.

    `seen` is the Message-ID it had when the page was shown: two taps owe it once. Raises Done for the second of them,
    NotAgain where it cannot be.
    """
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    if notice.message_id != seen:
        raise Done
    if sentence := why_not(notice):
        raise NotAgain(sentence)
    try:
        letter_now(notice, now)
    except Pointless as reason:
        raise NotAgain(pointless(reason.reason)) from reason
    Notice.objects.filter(pk=notice.pk).update(recipient=to(notice))
    owe_again(notice, now)
    record(notice)
    transaction.on_commit(lambda: mailbox.throw_away([seen]))  # no notice knows that file any more
