"""A wish to be rung up: it has no letter, and what is said is that we ring as asked."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from families import notices
from kopiena.floor.models import Notice
from kopiena.floor.outbox import Kind, Letter, Pointless


def say(notice: Notice, now: datetime) -> str:
    hello, why = _("Hello! This is Kopiena."), _("You asked us to call you.")
    return f"{hello} {why}"


def no_letter(notice: Notice, now: datetime) -> Letter:
    """Nobody writes to a phone."""
    raise Pointless(Notice.Reason.NOT_SO)


PLEASE_CALL = Kind(notices.PLEASE_CALL, gettext_lazy("please call me"), no_letter, say)
