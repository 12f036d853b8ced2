"""One message owed to one person: the outbox, written in the deed's own transaction."""

import secrets
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_message_id() -> str:
    """Fixed when the notice is written, so that a second copy is known as one; never the same again."""
    return f"<{secrets.token_hex(16)}@{urlsplit(settings.SITE_URL).hostname}>"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices in the office's words."""

    def about(self, *abouts: str) -> "NoticeQuerySet":
        return self.filter(about__in=abouts)

    def letters(self) -> "NoticeQuerySet":
        return self.filter(channel=Notice.Channel.MAIL)

    def calls(self) -> "NoticeQuerySet":
        return self.filter(channel=Notice.Channel.CALL)

    def owed(self) -> "NoticeQuerySet":
        """Not out yet and not in anybody's hand."""
        return self.filter(state=Notice.State.OWED)

    def withdraw(self, reason: str) -> int:
        """Those still owed will not go out; returns how many."""
        return self.owed().update(state=Notice.State.WITHDRAWN, reason=reason)


class Notice(models.Model):
    """Owed until sent, failed or withdrawn; a deed writes it once for each revision of what it is about."""

    class State(models.TextChoices):
        OWED = "owed", _("owed")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Channel(models.TextChoices):
        MAIL = "mail", _("letter")
        CALL = "call", _("call")

    class Reason(models.TextChoices):
        """Why it will not go out."""

        NONE = "", _("no reason")
        OVERTAKEN = "overtaken", _("a newer one says how it is now")
        NOT_SO = "not_so", _("it is not so any more")
        TOO_LATE = "too_late", _("it would have come too late")
        ERASED = "erased", _("whom it was for is erased")
        REFUSED = "refused", _("the mail server does not take it")
        IN_VAIN = "in_vain", _("48 hours of trying were in vain")

    about = models.CharField(_("about"), max_length=60, help_text=_("What it tells of, e.g. registration:12."))
    kind = models.CharField(_("kind"), max_length=40)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    channel = models.CharField(_("way"), max_length=4, choices=Channel.choices, default=Channel.MAIL)
    details = models.JSONField(
        _("details"), default=dict, blank=True, help_text=_("What the present cannot tell: old time, place, reason.")
    )
    recipient = models.CharField(_("to"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=2, default="lv")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OWED)
    reason = models.CharField(_("why not"), max_length=10, choices=Reason.choices, blank=True, default=Reason.NONE)
    answer = models.CharField(_("the mail server's answer"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    due_at = models.DateTimeField(_("next try"), default=timezone.now)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    claimed_until = models.DateTimeField(_("in hand until"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("called by"),
    )
    message_id = models.CharField(_("message id"), max_length=300, unique=True, default=new_message_id, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["due_at"], name="notice_to_send", condition=Q(state__in=["owed", "sending"])),
            models.Index(fields=["id"], name="notice_in_line", condition=Q(state__in=["owed", "sending"])),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "kind", "revision", "channel"],
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
            models.CheckConstraint(
                condition=Q(channel__in=["mail", "call"]),
                name="notice_channel_is_known",
                violation_error_message=_("A notice is a letter or a call."),
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["", "overtaken", "not_so", "too_late", "erased", "refused", "in_vain"]),
                name="notice_reason_is_known",
                violation_error_message=_("Nobody knows this reason for not sending a notice."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["failed", "withdrawn"]) ^ Q(reason=""),
                name="notice_says_why_it_did_not_go_out",
                violation_error_message=_("A notice that failed or was withdrawn says why, and no other does."),
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="notice_sent_says_when",
                violation_error_message=_("A notice that is sent says when, and no other does."),
            ),
            models.CheckConstraint(
                condition=Q(state="sending", claimed_until__isnull=False, channel="mail")
                | (~Q(state="sending") & Q(claimed_until__isnull=True)),
                name="notice_in_hand_says_until_when",
                violation_error_message=_("Only a letter being sent is in somebody's hand, and it says until when."),
            ),
            models.CheckConstraint(
                condition=Q(done_by__isnull=True) | Q(state="sent", channel="call"),
                name="notice_is_called_by_somebody",
                violation_error_message=_("Only a call that was made was made by somebody."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"

    @property
    def is_call(self) -> bool:
        return self.channel == self.Channel.CALL

    @property
    def is_owed(self) -> bool:
        return self.state == self.State.OWED

    def about_id(self) -> int:
        """The number of the row it tells of: 12 of "registration:12"."""
        return int(self.about.rpartition(":")[2])

    def is_before(self, moment: datetime) -> bool:
        """Whether it was written before that moment."""
        return self.created_at < moment
