"""Who really came: numbers only, never a name."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models import Meeting
from families.models.registration import Registration
from partners.models import Institution


class Attendance(models.Model):
    """So many adults and children came to a meeting: of one registration, of an institution's own group that did not
    sign up, or, where it names neither, of all who just came."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+", verbose_name=_("meeting"))
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("registration")
    )
    institution = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("own group of the institution"),
    )
    adults = models.PositiveIntegerField(_("adults"), default=0)
    children = models.PositiveIntegerField(_("children"), default=0)
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("noted by"),
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance (plural)")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "registration"],
                name="attendance_once_for_a_registration",
                condition=Q(registration__isnull=False),
                violation_error_message=_("It is already noted who came of this registration."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "institution"],
                name="attendance_once_for_an_own_group",
                condition=Q(registration__isnull=True, institution__isnull=False),
                violation_error_message=_("The numbers of this group are already noted."),
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                name="attendance_once_for_all_others",
                condition=Q(registration__isnull=True, institution__isnull=True),
                violation_error_message=_("It is already noted how many just came."),
            ),
            models.CheckConstraint(
                condition=Q(registration__isnull=True) | Q(institution__isnull=True),
                name="attendance_is_of_one_kind",
                violation_error_message=_("Numbers are of a registration or of an own group, not of both."),
            ),
            models.CheckConstraint(
                condition=Q(adults__lte=2000, children__lte=2000),
                name="attendance_is_human",
                violation_error_message=_("That many people do not come at once."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
