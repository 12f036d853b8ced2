"""One message owed to one person: the outbox, written in the deed's own transaction."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """Owed until sent, failed or withdrawn; a deed writes it once for each revision of what it is about."""

    class State(models.TextChoices):
        OWED = "owed", _("owed")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    about = models.CharField(_("about"), max_length=60, help_text=_("What it tells of, e.g. registration:12."))
    kind = models.CharField(_("kind"), max_length=40)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    details = models.JSONField(
        _("details"), default=dict, blank=True, help_text=_("What the present cannot tell: old time, place, reason.")
    )
    recipient = models.CharField(_("to"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=2, default="lv")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OWED)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "kind", "revision"],
                name="notice_once_for_each_revision",
                violation_error_message=_("This notice is already written."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["owed", "sending", "sent", "failed", "withdrawn"]),
                name="notice_state_is_known",
                violation_error_message=_("A notice is owed, being sent, sent, failed or withdrawn."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=["lv", "ru", "en"]),
                name="notice_language_is_ours",
                violation_error_message=_("The language is Latvian, Russian or English."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"
