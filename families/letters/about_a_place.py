"""Letters and calls about one registration: its places, its date, and what became of them."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from families.letters.case import Case, Reason
from families.models import Registration
from kopiena.floor import dates
from kopiena.floor.models import Notice
from kopiena.floor.outbox import Letter, Way

Make = Callable[[Case], Letter]


def letter(make: Make) -> Callable[[Notice, datetime], Letter]:
    """The letter as the outbox asks for it. A discreet one says that there is news and where to read it, no more."""

    def made(notice: Notice, now: datetime) -> Letter:
        case = Case.of(notice, now)
        full = make(case)  # raises Pointless for a discreet one too
        return discreet(case) if case.is_discreet else full

    return made


def spoken(say: Callable[[Case], str]) -> Callable[[Notice, datetime], str]:
    """What is said on the phone, as the outbox asks for it; of a discreet date nothing at all."""

    def said(notice: Notice, now: datetime) -> str:
        case = Case.of(notice, now)
        words = say(case)
        return "" if case.is_discreet else words

    return said


def discreet(case: Case) -> Letter:
    """No activity, no place, no name, no file: whoever else reads the mail learns nothing."""
    return Letter(
        subject=_("A message from Kopiena"),
        paragraphs=[_("There is news for you. You can read it here:")],
        ways=[case.way(_("Read the message"))],
    )


def _greeting(case: Case) -> str:
    name = case.sign_up.contact_name
    return _("Hello, %(name)s!") % {"name": name} if name else _("Hello!")


def _code(case: Case) -> str:
    return _(
        "Your registration code: %(code)s. With it and your phone or e-mail you can find the registration again."
    ) % {"code": case.sign_up.code_in_groups}


def _subject(case: Case, words: str) -> str:
    """ "Pieteikums apstiprināts: Talka, sestdien, 27. martā"."""
    return f"{words}: {', '.join(filter(None, [case.title, case.day]))}"


def placed(case: Case) -> Letter:
    case.expect(is_so=case.registration.is_placed)
    case.expect_to_come()
    return Letter(
        subject=_subject(case, _("Registration confirmed")),
        greeting=_greeting(case),
        paragraphs=[_("Your registration is confirmed: %(title)s.") % {"title": case.title}],
        facts=case.facts(),
        ways=[case.way(_("See, change or cancel the registration"))],
        afterwards=[_code(case), _("If you cannot come, please cancel the registration: somebody else will be glad.")],
        files=case.calendar(),
    )


def waiting(case: Case) -> Letter:
    case.expect(is_so=case.registration.is_waiting)
    case.expect_to_come()
    number = case.registration.number_in_queue
    return Letter(
        subject=_subject(case, _("On the waiting list")),
        greeting=_greeting(case),
        paragraphs=[
            _("On the waiting list. Your number: %(number)s") % {"number": number},
            _(
                "We will not split your family: either you all get places together, or you all wait together. "
                "Places that come free go to the first family in line for whom they are enough."
            ),
            _("As soon as places come free for you, we will let you know."),
        ],
        facts=case.facts(),
        ways=[case.way(_("See, change or cancel the registration"))],
        afterwards=[_code(case)],
    )


def promoted(case: Case) -> Letter:
    case.expect(is_so=case.registration.is_placed)
    case.expect_to_come()
    return Letter(
        subject=_subject(case, _("Places came free, your registration is confirmed")),
        greeting=_greeting(case),
        paragraphs=[
            _("Places came free: your registration is confirmed! If you cannot come, please cancel the registration.")
        ],
        facts=case.facts(),
        ways=[
            case.way(_("See, change or cancel the registration")),
            Way(_("Cancel our registration"), case.cancel_link),
        ],
        afterwards=[_code(case)],
        files=case.calendar(),
    )


def say_promoted(case: Case) -> str:
    case.expect(is_so=case.registration.is_placed)
    case.expect_to_come()
    return _("Places came free: your registration is confirmed. %(title)s, %(when)s.") % {
        "title": case.title,
        "when": case.when,
    }


def _not_waiting_in_vain(case: Case) -> None:
    case.expect(is_so=case.registration.is_waiting)
    case.expect_to_come()


def no_place(case: Case) -> Letter:
    _not_waiting_in_vain(case)
    return Letter(
        subject=_subject(case, _("No place came free this time")),
        greeting=_greeting(case),
        paragraphs=[_("No place came free this time. If one does after all, the centre will contact you.")],
        facts=case.facts(),
        ways=[case.way(_("See other dates"))],
    )


def say_no_place(case: Case) -> str:
    _not_waiting_in_vain(case)
    return _("No place came free this time: %(title)s, %(when)s.") % {"title": case.title, "when": case.when}


def changed(case: Case) -> Letter:
    case.expect(is_so=not case.registration.is_cancelled)
    case.expect_to_come()
    return Letter(
        subject=_subject(case, _("Registration changed")),
        greeting=_greeting(case),
        paragraphs=[_("Your registration is changed. This is how it stands now:"), _status(case)],
        facts=case.facts(),
        ways=[case.way(_("See, change or cancel the registration"))],
        afterwards=[_code(case)],
        files=case.calendar() if case.registration.is_placed else (),
    )


def _status(case: Case) -> str:
    if case.registration.is_placed:
        return _("Registration confirmed")
    return _("On the waiting list. Your number: %(number)s") % {"number": case.registration.number_in_queue}


def cancelled(case: Case) -> Letter:
    case.expect(is_so=case.registration.is_cancelled)
    by_family = case.registration.cancelled_by == Registration.CancelledBy.FAMILY
    words = _("Registration cancelled") if by_family else _("The centre has cancelled this registration")
    told = (
        _("You have cancelled your registration. Thank you for telling us.")
        if by_family
        else _(
            "The centre has cancelled this registration. "
            "If you signed up more than once, your other registration may still stand."
        )
    )
    return Letter(
        subject=_subject(case, words),
        greeting=_greeting(case),
        paragraphs=[told],
        facts=case.facts()[:2],
        ways=[case.way(_("See the registration"))],
        files=case.calendar(),
    )


def say_cancelled(case: Case) -> str:
    case.expect(is_so=case.registration.is_cancelled)
    case.expect(is_so=case.registration.cancelled_by == Registration.CancelledBy.CENTRE)
    return _("The centre has cancelled your registration: %(title)s, %(when)s.") % {
        "title": case.title,
        "when": case.when,
    }


def _is_off(case: Case) -> list[str]:
    """What will not take place, in words. Raises Pointless where it does after all, or is past."""
    told = {each["meeting"] for each in case.notice.details.get("meetings", ())}
    case.expect(is_so=not case.registration.is_cancelled)
    gone = [meeting for meeting in case.meetings if not told or meeting.pk in told]
    case.expect(is_so=case.offer.is_cancelled or bool(told and all(meeting.is_cancelled for meeting in gone)))
    case.expect(is_so=any(meeting.ends_at > case.now for meeting in gone), reason=Reason.TOO_LATE)
    return [dates.when(each.starts_at, each.ends_at, is_all_day=each.is_all_day, today=case.today) for each in gone]


def called_off(case: Case) -> Letter:
    times = _is_off(case)
    others = [] if case.offer.is_cancelled else [_("The other meetings take place as planned.")]
    return Letter(
        subject=_subject(case, _("Will not take place")),
        greeting=_greeting(case),
        paragraphs=list(
            filter(None, [_("Will not take place: %(title)s.") % {"title": case.title}, case.reason, *others])
        ),
        facts=[(_("When"), "\n".join(times))],
        ways=[case.way(_("See the registration"))],
        files=case.calendar() if case.registration.is_placed else (),
    )


def say_called_off(case: Case) -> str:
    times = ", ".join(_is_off(case))
    told = _("Will not take place: %(title)s, %(when)s.") % {"title": case.title, "when": times}
    return f"{told} {case.reason}".strip()


def taken_up(case: Case) -> Letter:
    case.expect(is_so=not case.registration.is_cancelled)
    case.expect_to_come()
    return Letter(
        subject=_subject(case, _("Takes place after all")),
        greeting=_greeting(case),
        paragraphs=[_("Takes place after all: %(title)s.") % {"title": case.title}, _status(case)],
        facts=case.facts(),
        ways=[case.way(_("See, change or cancel the registration"))],
        files=case.calendar() if case.registration.is_placed else (),
    )


def say_taken_up(case: Case) -> str:
    case.expect(is_so=not case.registration.is_cancelled)
    case.expect_to_come()
    return _("Takes place after all: %(title)s, %(when)s.") % {"title": case.title, "when": case.when}


def moved(case: Case) -> Letter:
    case.expect(is_so=not case.registration.is_cancelled)
    case.expect_to_come()
    return Letter(
        subject=_subject(case, _("New time or place")),
        greeting=_greeting(case),
        paragraphs=[_("There is a new time or place: %(title)s.") % {"title": case.title}, _status(case)],
        facts=case.old_and_new(),
        ways=[
            case.way(_("See, change or cancel the registration")),
            Way(_("Cancel our registration"), case.cancel_link),
        ],
        files=case.calendar() if case.registration.is_placed else (),
    )


def say_moved(case: Case) -> str:
    case.expect(is_so=not case.registration.is_cancelled)
    case.expect_to_come()
    (_was, old), (_now, new) = case.old_and_new()
    return _("There is a new time or place: %(title)s. Was: %(old)s. Now: %(new)s.") % {
        "title": case.title,
        "old": old.replace("\n", ", "),
        "new": new.replace("\n", ", "),
    }
