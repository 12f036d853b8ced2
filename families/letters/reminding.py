"""Reminders: three days before, and on the day before."""

from django.utils.translation import gettext as _

from families import notices, reminders
from families.letters.about_a_place import _code, _greeting, _subject
from families.letters.case import Case, Reason
from kopiena.floor import dates
from kopiena.floor.outbox import Letter, Way


def reminder(case: Case) -> Letter:
    """With the way to give the place back; not once it would come too late, or of another day than it was found for."""
    starts_at = case.offer.starts_at
    case.expect(is_so=case.registration.is_placed and starts_at is not None)
    assert starts_at is not None
    case.expect_to_come()
    case.expect(is_so=dates.local_day(starts_at).toordinal() == case.notice.revision)
    too_late = starts_at - reminders.TOO_LATE
    if case.notice.kind == notices.REMINDER_EARLY:
        too_late = min(too_late, reminders.moment(notices.REMINDER, starts_at))
    case.expect(is_so=case.now < too_late, reason=Reason.TOO_LATE)
    return Letter(
        subject=_subject(case, _("A reminder")),
        greeting=_greeting(case),
        paragraphs=[
            _("A reminder: %(moment)s. Cannot come? Give the place to others.") % {"moment": _near(case)},
        ],
        facts=case.facts(),
        ways=[Way(_("We can't come this time"), case.cancel_link), case.way(_("See the registration"))],
        afterwards=[_code(case)],
    )


def _near(case: Case) -> str:
    """ "rīt, sestdien, 27. martā, plkst. 14.00"."""
    starts_at = case.offer.starts_at
    assert starts_at is not None
    first = min(case.meetings, key=lambda meeting: abs(meeting.starts_at - starts_at))
    moment = dates.day(starts_at, today=case.today) if first.is_all_day else dates.moment(starts_at, today=case.today)
    near = dates.near(starts_at, case.today)
    return f"{near}, {moment}" if near else moment
