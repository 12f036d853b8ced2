"""Reminders: three days before, and on the day before."""

from django.utils.translation import gettext as _

from families import notices, reminders
from families.letters import whereabouts
from families.letters.case import Case, Reason
from kopiena.floor import dates
from kopiena.floor.outbox import Letter
from kopiena.floor.said import said


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
    first = min(case.meetings, key=lambda meeting: abs(meeting.starts_at - starts_at))
    weather = said(case.activity, "weather").text
    return Letter(
        subject=case.subject(_("A reminder")),
        greeting=case.greeting,
        paragraphs=[
            _("A reminder: %(moment)s. Cannot come? Give the place to others.")
            % {"moment": whereabouts.begins(first, case.today)},
        ],
        about=case.title,
        facts=[*case.facts(), *case.to_bring(), *([(_("If the weather is bad"), weather)] if weather else [])],
        ways=[case.way_to_cancel(_("We can't come this time")), case.way(_("See the registration"))],
        afterwards=[case.code],
    )
