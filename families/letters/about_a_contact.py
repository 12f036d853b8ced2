"""Letters to whoever owns an e-mail: two sign-ups with it, and the links once more."""

from datetime import datetime

from django.utils.translation import gettext as _

from families.letters.about_a_place import _greeting, _subject, discreet
from families.letters.case import Case, Reason
from families.models import Registration, SignUp
from kopiena.floor.models import Notice
from kopiena.floor.outbox import Letter, Pointless, Way


def twice(notice: Notice, now: datetime) -> Letter:
    """There is a second sign-up for the same date with this phone or e-mail.

    Where it bears the same e-mail both can be opened from here; else nothing is said of the other but that it is.
    """
    case = Case.of(notice, now)
    case.expect(is_so=not case.registration.is_cancelled)
    case.expect_to_come()
    second = Registration.objects.live().of(case.occurrence.pk).select_related("sign_up", "occurrence__activity")
    other = second.filter(pk=notice.details.get("second")).first()
    if other is None:
        raise Pointless(Reason.NOT_SO)
    if case.is_discreet:
        return discreet(case)
    ways = [case.way(_("Your first registration"))]
    if other.sign_up.email == case.sign_up.email:
        ways.append(Way(_("The second registration"), Case(notice, other, now).link))
        told = _(
            "For this date there are two registrations with your e-mail. If you need only one, please cancel the other."
        )
    else:
        told = _("For this date somebody has signed up once more with your phone. If it was not you, please tell us.")
    return Letter(
        subject=_subject(case, _("Two registrations with your contact")),
        greeting=_greeting(case),
        paragraphs=[told],
        facts=case.facts()[:2],
        ways=ways,
    )


def link(notice: Notice, now: datetime) -> Letter:
    """The links to everything this e-mail has signed up for and that is not over."""
    asked = SignUp.objects.filter(pk=notice.about_id(), erased_at__isnull=True).exclude(email="").first()
    if asked is None:
        raise Pointless(Reason.ERASED)
    ours = Registration.objects.filter(sign_up__email=asked.email, sign_up__erased_at__isnull=True)
    cases = [
        Case(notice, each, now)
        for each in ours.select_related("sign_up", "occurrence__activity", "occurrence__capacity")
    ]
    shown = [case for case in cases if not case.offer.is_over]
    if not shown:
        raise Pointless(Reason.NOT_SO)
    return Letter(
        subject=_("A message from Kopiena")
        if any(case.is_discreet for case in shown)
        else _("The links to your registrations"),
        paragraphs=[_("Here are the links to your registrations. Whoever has a link can change the registration.")],
        ways=[
            case.way(_("Your registration") if case.is_discreet else ", ".join(filter(None, [case.title, case.day])))
            for case in shown
        ],
    )
