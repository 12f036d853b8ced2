"""Inviting somebody to act for an institution: by e-mail, once, for two weeks, until it is taken back."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kopiena.floor import outbox
from kopiena.floor.links import id_in, is_proven
from kopiena.floor.links import link as made_link
from kopiena.floor.models import Notice, Tally, User
from kopiena.floor.models.tally import DAY, Try
from partners.models import Institution, Invitation, Membership
from partners.refusals import Refused

VALID = timedelta(days=14)
PURPOSE = "partners.invitation"
KIND = "invitation"
BY_INSTITUTION, TO_ADDRESS = "invitation of", "invitation to"


def link_of(invitation: Invitation) -> str:
    """The part of the address that opens this invitation; derived, so a leaked database holds no working one."""
    return made_link(PURPOSE, invitation.link_id, invitation.link_id)


def invitation_of(link: str) -> Invitation | None:
    """The invitation a link opens, in whatever state; None where it is none of ours."""
    link_id = id_in(link)
    if link_id is None or not is_proven(link, PURPOSE, link_id, link_id):
        return None
    return Invitation.objects.select_related("institution").filter(link_id=link_id).first()


def about(invitation: Invitation) -> str:
    """What the letter of this invitation is about."""
    return f"invitation:{invitation.pk}"


def invite(
    institution: Institution, email: str, role: str, language: str, *, by: User | None, now: datetime
) -> Invitation:
    """Owe this address a letter with the link that lets it in. Raises Refused."""
    email = email.strip().lower()
    if Membership.objects.filter(institution=institution, user__email=email).exists():
        raise Refused(_("This person already acts for this institution."), field="email")
    _count(institution, email, now)
    try:
        with transaction.atomic():
            # One that ran out lets nobody in and must not stand in the way of a new one.
            gone = institution.invitations.filter(email__iexact=email, accepted_at__isnull=True, expires_at__lte=now)
            gone.filter(revoked_at__isnull=True).update(revoked_at=F("expires_at"))
            made = Invitation.objects.create(
                institution=institution,
                email=email,
                role=role,
                language=language,
                invited_by=by,
                created_at=now,
                expires_at=now + VALID,
            )
            outbox.owe([outbox.Owed(about(made), KIND, 0, recipient=email, language=language)], now)
    except IntegrityError as refusal:
        if refusal.__cause__.diag.constraint_name != "invitation_open_once":  # type: ignore[union-attr]
            raise
        told = _("This address is already invited. Take that invitation back first.")
        raise Refused(told, field="email") from None
    return made


@transaction.atomic
def revoke(invitation_id: int, *, now: datetime) -> None:
    """Take it back: its link lets nobody in any more, and a letter not sent yet stays. Raises Refused."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    if invitation.accepted_at is not None:
        raise Refused(_("An invitation that was accepted cannot be taken back: remove the person."))
    if invitation.revoked_at is None:
        invitation.revoked_at = now
        invitation.save(update_fields=["revoked_at"])
        Notice.objects.about(about(invitation)).withdraw(Notice.Reason.NOT_SO)


@transaction.atomic
def accept(invitation_id: int, user: User, *, now: datetime) -> Membership:
    """Let in whoever has shown that the invited address is theirs: once, whoever asks at the same moment."""
    asked = Invitation.objects.select_for_update(of=["self"]).select_related("institution")
    invitation = asked.filter(pk=invitation_id).first()
    if invitation is None:
        raise Refused(_("This invitation is not valid any more."))
    if user.email != invitation.email.lower() or not user.is_active:
        raise Refused(_("This invitation is for another e-mail address."))
    ours = Membership.objects.filter(institution=invitation.institution, user=user).first()
    if invitation.accepted_at is not None and ours is not None:
        return ours  # the button was pressed twice
    if not invitation.is_open(now):
        raise Refused(_("This invitation is not valid any more."))
    as_what = {"role": invitation.role}
    ours, _is_new = Membership.objects.get_or_create(institution=invitation.institution, user=user, defaults=as_what)
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    User.objects.filter(pk=user.pk).update(language=invitation.language)
    Notice.objects.about(about(invitation)).withdraw(Notice.Reason.NOT_SO)
    return ours


def account_of(invitation: Invitation) -> User:
    """The account of the invited address, made where there is none; without a password, it opens nothing by itself."""
    made = {"password": make_password(None), "language": invitation.language}
    user, _is_new = User.objects.get_or_create(email=invitation.email.lower(), defaults=made)
    return user


def _count(institution: Institution, email: str, now: datetime) -> None:
    """Count one letter more; raises Refused where a mailbox or an institution had too many within a day."""
    limits = {
        Try(BY_INSTITUTION, str(institution.pk), DAY): settings.INVITATIONS_PER_DAY,
        Try(TO_ADDRESS, email, DAY): settings.INVITATIONS_TO_ONE_PER_DAY,
    }
    Tally.objects.count_each(list(limits), now)
    counts = Tally.objects.tries_of_each(list(limits), now)
    if any(counts[each] > limit for each, limit in limits.items()):
        raise Refused(_("Too many invitations were sent today. Please try again tomorrow."), field="email")
