"""Letters and calls about what a registration has: its places, its number in the queue, or nothing any more."""

from django.utils.translation import gettext as _

from activities.offer import Offer
from families import parties, registering
from families.elsewhere import elsewhere
from families.letters.case import Case, Reason, address
from families.models import Registration
from kopiena.floor.outbox import Letter, Way
from kopiena.floor.said import said


def placed(case: Case) -> Letter:
    case.expect(is_so=case.registration.is_placed)
    case.expect_to_come()
    return Letter(
        subject=case.subject(_("Registration confirmed")),
        greeting=case.greeting,
        paragraphs=[_("Your registration is confirmed.")],
        about=case.title,
        facts=[*case.facts(), *case.to_bring()],
        ways=[case.way(_("See, change or cancel the registration"))],
        afterwards=[case.code, _("If you cannot come, please cancel the registration: others will be glad.")],
        files=case.calendar(),
    )


def waiting(case: Case) -> Letter:
    case.expect(is_so=case.registration.is_waiting)
    case.expect_to_come()
    return Letter(
        subject=case.subject(_("On the waiting list")),
        greeting=case.greeting,
        paragraphs=[case.number],
        about=case.title,
        facts=case.facts(),
        ways=[case.way(_("See, change or cancel the registration"))],
        afterwards=[*_what_is_awaited(case), case.code],
    )


def _what_is_awaited(case: Case) -> list[str]:
    """That we will tell, and the rule of the queue; to a group larger than all it could be given, that instead."""
    is_group = case.registration.is_group
    if is_group and (in_vain := parties.too_large(case.occurrence.capacity, case.registration.seats)):
        return [in_vain]
    if is_group:
        rule = _(
            "We will not split your group: either you all get places together, or you all wait together. "
            "Places that come free go to the first registration in line for which they are enough."
        )
    else:
        rule = _(
            "We will not split your family: either you all get places together, or you all wait together. "
            "Places that come free go to the first family in line for whom they are enough."
        )
    return [_("As soon as places come free for you, we will let you know."), rule]


def promoted(case: Case) -> Letter:
    case.expect(is_so=case.registration.is_placed)
    case.expect_to_come()
    return Letter(
        subject=case.subject(_("Places came free")),
        greeting=case.greeting,
        paragraphs=[
            _("Places came free: your registration is confirmed! If you cannot come, please cancel the registration.")
        ],
        about=case.title,
        facts=[*case.facts(), *case.to_bring()],
        ways=[
            case.way(_("See, change or cancel the registration")),
            case.way_to_cancel(_("Cancel our registration")),
        ],
        afterwards=[case.code],
        files=case.calendar(),
    )


def say_promoted(case: Case) -> str:
    case.expect(is_so=case.registration.is_placed)
    case.expect_to_come()
    return _("Places came free, your registration is confirmed: %(what)s.") % {"what": case.what_and_when}


def _others(case: Case) -> list[Offer]:
    """Other dates with room for the whole party. Raises Pointless where it need not be told that none came free."""
    case.expect(is_so=case.registration.is_waiting and case.left is None)
    case.expect_to_come()
    party, is_group = registering.party_of(case.registration), case.registration.is_group
    return elsewhere(party, case.occurrence, case.now, is_group=is_group)


def _in_words(case: Case, other: Offer) -> str:
    """ "sestdien, 3. aprīlī, plkst. 10.00–12.00", with the title where it is another activity."""
    if other.occurrence.activity_id == case.occurrence.activity_id:
        return other.begins
    return f"{said(other.occurrence.activity, 'title')}, {other.begins}"


def _address_of(case: Case, other: Offer) -> str:
    """Where a family signs up, or a group at the desk of its institution."""
    institution = case.sign_up.institution if case.registration.is_group else None
    if institution is None:
        return address("families:sign_up", other.occurrence.pk)
    return address("families:desk_group_new", institution.slug, other.occurrence.pk)


def no_place(case: Case) -> Letter:
    others = _others(case)
    return Letter(
        subject=case.subject(_("No place came free this time")),
        greeting=case.greeting,
        paragraphs=[_("No place came free this time. If one does after all, the centre will contact you.")],
        about=case.title,
        facts=case.facts(),
        listed_under=_("Next dates:"),
        listed=[Way(_in_words(case, other), _address_of(case, other)) for other in others],
        ways=[case.way(_("See the registration"))],
    )


def say_no_place(case: Case) -> str:
    others = _others(case)
    told = _("No place came free this time: %(what)s.") % {"what": case.what_and_when}
    if not others:
        return told
    next_dates = _("Next dates:")
    return f"{told} {next_dates} {'; '.join(_in_words(case, other) for other in others)}."


def changed(case: Case) -> Letter:
    case.expect(is_so=not case.registration.is_cancelled)
    case.expect_to_come()
    return Letter(
        subject=case.subject(_("Registration changed")),
        greeting=case.greeting,
        paragraphs=[_("Your registration is changed."), *([case.number] if case.registration.is_waiting else [])],
        about=case.title,
        facts=case.facts(),
        ways=[case.way(_("See, change or cancel the registration"))],
        afterwards=[case.code],
        files=case.calendar() if case.registration.is_placed else (),
    )


def cancelled(case: Case) -> Letter:
    _expect_news_of_the_end(case)
    by_family = case.registration.cancelled_by == Registration.CancelledBy.FAMILY
    return Letter(
        subject=case.subject(_("Registration cancelled")),
        greeting=case.greeting,
        # Alike whatever the centre cancelled it for, as on the private page.
        paragraphs=[_("You have cancelled your registration. Thank you for telling us!")]
        if by_family
        else [
            _("The centre has cancelled this registration."),
            _("If you signed up more than once, your other registration may still stand."),
        ],
        about=case.title,
        facts=case.when_and_where(),
        ways=[case.way(_("See the registration"))],
        files=case.calendar(),
    )


def say_cancelled(case: Case) -> str:
    _expect_news_of_the_end(case)
    case.expect(is_so=case.registration.cancelled_by == Registration.CancelledBy.CENTRE)
    return _("The centre has cancelled your registration: %(what)s.") % {"what": case.what_and_when}


def _expect_news_of_the_end(case: Case) -> None:
    case.expect(is_so=case.registration.is_cancelled)
    case.expect(is_so=not case.offer.is_over, reason=Reason.TOO_LATE)
