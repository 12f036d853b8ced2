"""How people come to act for an institution: they ask to, and they are invited."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kopiena.floor.models.user import LANGUAGES
from partners.models.institution import Institution, Membership


def new_link_id() -> str:
    """128 random bits, the stored half of the link in the letter."""
    return secrets.token_hex(16)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations in the office's words."""

    def open(self, now: datetime) -> "InvitationQuerySet":
        """Those that still let somebody in."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now)


class Invitation(models.Model):
    """One e-mail address may come in for one institution: once, for a time, until somebody takes it back."""

    class State(models.TextChoices):
        """What became of it; kept nowhere, it follows from the moments."""

        OPEN = "open", pgettext_lazy("invitation", "open")
        ACCEPTED = "accepted", pgettext_lazy("invitation", "accepted")
        EXPIRED = "expired", pgettext_lazy("invitation", "expired")
        TAKEN_BACK = "taken_back", pgettext_lazy("invitation", "taken back")

    institution = models.ForeignKey(
        Institution, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("institution")
    )
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=10, choices=Membership.Role.choices, default=Membership.Role.EDITOR)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="lv")
    link_id = models.CharField(max_length=32, unique=True, default=new_link_id, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("invited by"),
    )
    created_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                F("institution"),
                Lower("email"),
                name="invitation_open_once",
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                violation_error_message=_("This address is already invited. Take that invitation back first."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["editor", "manager"]),
                name="invitation_role_is_known",
                violation_error_message=_("The role is editor or manager."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=["lv", "ru", "en"]),
                name="invitation_language_is_ours",
                violation_error_message=_("The language is Latvian, Russian or English."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="invitation_expires_after_it_is_made",
                violation_error_message=_("An invitation must be valid for some time."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_taken_back_lets_nobody_in",
                violation_error_message=_("An invitation that was accepted cannot be taken back: remove the person."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def is_open(self, now: datetime) -> bool:
        """Whether it still lets somebody in."""
        return self.state(now) == self.State.OPEN

    def state(self, now: datetime) -> "Invitation.State":
        """How it stands; one that ran out before a newer was made is taken back at the moment it ran out."""
        if self.accepted_at is not None:
            return self.State.ACCEPTED
        if self.revoked_at is not None and self.revoked_at < self.expires_at:
            return self.State.TAKEN_BACK
        return self.State.OPEN if now < self.expires_at else self.State.EXPIRED


class JoinRequest(models.Model):
    """ "I represent an institution": who would like to be invited. The coordinator answers with an invitation."""

    institution_name = models.CharField(_("institution"), max_length=200)
    name = models.CharField(_("contact name"), max_length=80)
    email = models.EmailField(_("e-mail at work"))
    words = models.TextField(_("what they would like to do"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="lv")
    form_token = models.CharField(max_length=32, unique=True, editable=False)
    created_at = models.DateTimeField(_("sent"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    invitation = models.OneToOneField(
        Invitation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("invitation"),
    )

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=["lv", "ru", "en"]),
                name="join_request_language_is_ours",
                violation_error_message=_("The language is Latvian, Russian or English."),
            ),
            models.CheckConstraint(
                condition=Q(invitation__isnull=True) | Q(answered_at__isnull=False),
                name="join_request_invited_says_when",
                violation_error_message=_("A request answered with an invitation says when."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
