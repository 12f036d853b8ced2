"""Letters to whoever owns an e-mail: two sign-ups with it, and the links once more."""

from datetime import datetime

from django.utils.translation import gettext as _

from families.letters.case import Case, Reason
from families.letters.frame import discreet
from families.models import Registration, SignUp
from kopiena.floor.models import Notice
from kopiena.floor.outbox import Letter, Pointless, Way


def twice(case: Case) -> Letter:
    """There is a second sign-up for the same date with this phone or e-mail.

    Where it bears the same e-mail both can be opened from here; else nothing is said of the other but that it is.
    """
    case.expect(is_so=not case.registration.is_cancelled)
    case.expect_to_come()
    second = Registration.objects.live().of(case.occurrence.pk).with_contact_of(case.sign_up)
    other = second.filter(pk=case.notice.details.get("second")).select_related("sign_up").first()
    if other is None:
        raise Pointless(Reason.NOT_SO)
    if other.sign_up.email == case.sign_up.email:
        ways = [
            case.way(_("Your first registration")),
            Way(_("The second registration"), Case(case.notice, other, case.now).link),
        ]
        told = _(
            "For this date there are two registrations with your e-mail. If you need only one, please cancel the other."
        )
    else:
        ways = [case.way(_("See the registration"))]
        told = _("For this date somebody has signed up once more with your phone. If it was not you, please tell us.")
    return Letter(
        subject=case.subject(_("Two registrations")),
        greeting=case.greeting,
        paragraphs=[told],
        about=case.title,
        facts=case.when_and_where(),
        ways=ways,
    )


def link(notice: Notice, now: datetime) -> Letter:
    """The links to everything this e-mail has signed up for and that is not over.

    Where one of it is discreet none is named: a nameless one among the others would be noticed.
    """
    asked = SignUp.objects.filter(pk=notice.about_id(), erased_at__isnull=True)
    # Written for that address only: were it another by now, it would be somebody else's letter.
    email = asked.filter(email=notice.recipient).exclude(email="").values_list("email", flat=True).first()
    if email is None:
        raise Pointless(Reason.ERASED)
    ours = Registration.objects.filter(sign_up__email=email, sign_up__erased_at__isnull=True).order_by("pk")
    found = ours.select_related("sign_up", "occurrence__activity", "occurrence__capacity")
    cases = [case for case in (Case(notice, each, now) for each in found) if not case.offer.is_over]
    if not cases:
        raise Pointless(Reason.NOT_SO)
    if any(case.is_discreet for case in cases):
        return discreet(*cases)
    return Letter(
        subject=_("The links to your registrations"),
        greeting=_("Hello!"),
        paragraphs=[
            _(
                "Here are the links to your registrations. "
                "Whoever has a link can change the registration, so keep it to yourself."
            )
        ],
        listed=[case.way(_named(case)) for case in cases],
    )


def _named(case: Case) -> str:
    """ "Ezera talka, sestdien, 27. martā, plkst. 14.00", and that it is cancelled where it is."""
    if case.registration.is_cancelled:
        return _("%(what)s – registration cancelled") % {"what": case.what_and_when}
    return case.what_and_when
