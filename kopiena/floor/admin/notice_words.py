"""What became of a notice, in the office's words: the same on its page, in lists and at what it tells of."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kopiena.floor.admin.office import at
from kopiena.floor.models import Notice
from kopiena.floor.models.notice import NoticeQuerySet
from kopiena.floor.outbox import undelivered

NEWS_FOR = timedelta(days=14)  # so long the office is told that a letter was not delivered


def state(notice: Notice) -> str:
    """ "nosūtīta: sestd., 27.03.2027. 14.00", "nav piegādāta: pasta serveris to nepieņem"."""
    words = _of_call(notice) if notice.is_call else _of_letter(notice)
    return words % {"tries": notice.tries, "moment": at(_moment(notice)), "why": notice.get_reason_display()}


def _moment(notice: Notice) -> datetime:
    return notice.sent_at or notice.due_at


def _of_letter(notice: Notice) -> str:
    match notice.state:
        case Notice.State.OWED if notice.tries:
            return _("not sent yet, tries: %(tries)s, the next one: %(moment)s")
        case Notice.State.OWED:
            return pgettext("letter", "to be sent")
        case Notice.State.SENDING:
            return pgettext("letter", "being sent")
        case Notice.State.SENT:
            return pgettext("letter", "sent: %(moment)s")
        case Notice.State.FAILED:
            return pgettext("letter", "not delivered: %(why)s")
    return pgettext("letter", "not sent: %(why)s")


def _of_call(notice: Notice) -> str:
    match notice.state:
        case Notice.State.SENT:
            return _("rung up: %(moment)s")
        case Notice.State.FAILED | Notice.State.WITHDRAWN:
            return _("not to be rung up: %(why)s")
    return _("to be rung up")


def short(notice: Notice) -> str:
    """In a word or two: "vēstule: nosūtīta", "zvans: jāzvana"."""
    names = {
        Notice.State.OWED: _("to be rung up") if notice.is_call else pgettext("letter", "to be sent"),
        Notice.State.SENDING: pgettext("letter", "being sent"),
        Notice.State.SENT: _("rung up") if notice.is_call else pgettext("letter", "sent"),
        Notice.State.FAILED: _("not reached") if notice.is_call else pgettext("letter", "not delivered"),
        Notice.State.WITHDRAWN: _("not to be rung up") if notice.is_call else pgettext("letter", "not sent"),
    }
    return f"{notice.get_channel_display()}: {names[Notice.State(notice.state)]}"


def state_and_answer(notice: Notice) -> Any:
    """The same with what the mail server answered, which may be anything, below it."""
    if not notice.answer:
        return state(notice)
    return format_html('{}<br><small class="answer">{}</small>', state(notice), notice.answer)


def undelivered_of_late(now: datetime) -> NoticeQuerySet:
    """Those that are still news."""
    return undelivered().filter(created_at__gte=now - NEWS_FOR)
