"""What is alike in every letter and call about a registration; and what a discreet one says instead."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from families.letters.case import Case
from kopiena.floor.models import Notice
from kopiena.floor.outbox import Letter


def letter(make: Callable[[Case], Letter]) -> Callable[[Notice, datetime], Letter]:
    """The letter as the outbox asks for it. A discreet one says that there is news and where to read it, no more."""

    def made(notice: Notice, now: datetime) -> Letter:
        case = Case.of(notice, now)
        full = make(case)  # raises Pointless for a discreet one too
        return discreet(case) if case.is_discreet else full

    return made


def spoken(say: Callable[[Case], str]) -> Callable[[Notice, datetime], str]:
    """What is said on the phone or sent from it, as the outbox asks for it; of a discreet date nothing at all."""

    def said(notice: Notice, now: datetime) -> str:
        case = Case.of(notice, now)
        words = say(case)
        hello = _("Hello! This is Kopiena.")
        return "" if case.is_discreet else f"{hello} {words}"

    return said


def discreet(*cases: Case) -> Letter:
    """No activity, no place, no name, no file: whoever else reads the mail learns nothing."""
    return Letter(
        subject=_("A message from Kopiena"),
        paragraphs=[_("There is news for you. You can read it here:")],
        ways=[case.way(_("Read the message")) for case in cases],
        is_discreet=True,
    )
